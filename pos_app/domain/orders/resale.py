"""Tickets given back for resale: what is told before, what is asked for, and what comes of it. Minor units."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from pos_app.domain.percents import WHOLE, percent_of
from pos_app.domain.seats import tell_places
from pos_app.domain.sentences import Money, say, say_count, say_in_turn

if TYPE_CHECKING:
    from datetime import datetime

    from pos_app.domain.seats import Place
    from pos_app.domain.sentences import Sentence


class ResaleState(StrEnum):
    """What became of a ticket that was given back for resale."""

    OPEN = "open"
    """Its seat is for sale, and it is good until somebody buys it."""
    RESOLD = "resold"
    TAKEN_BACK = "taken_back"
    CAME_IN = "came_in"
    """Its holder came to the door with it."""
    UNSOLD = "unsold"
    """Nobody bought the seat before the performance began, or was called off."""


@dataclass(frozen=True, slots=True)
class ResaleAsk:
    """Which tickets of an order are to be given back for resale, by their lines."""

    order_id: int
    line_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ResaleLine:
    """A ticket that may be given back. brought_minor: what it cost; commission_minor: what the house keeps of it."""

    line_id: int
    place: Place
    brought_minor: int
    commission_minor: int


@dataclass(frozen=True, slots=True)
class ResalePreview:
    """What giving tickets back for resale would come to. revision: of the order. percent: what the house keeps."""

    revision: int
    lines: tuple[ResaleLine, ...]
    currency: str
    percent: int

    @property
    def commission_minor(self) -> int:
        """What the house keeps if all are resold."""
        return sum(line.commission_minor for line in self.lines)

    @property
    def back_minor(self) -> int:
        """What goes back to the customer if all are resold."""
        return sum(line.brought_minor for line in self.lines) - self.commission_minor

    @property
    def sentence(self) -> Sentence:
        """Return what the customer is told before it is done."""
        told = say_count(
            "If somebody buys the seat, {back} will be given back; {commission} is kept as commission.",
            "If somebody buys all {count} seats, {back} will be given back; {commission} is kept as commission.",
            len(self.lines),
            back=Money(self.back_minor, self.currency),
            commission=Money(self.commission_minor, self.currency),
        )
        valid = say_count("Until then the ticket is valid.", "Until then the tickets are valid.", len(self.lines))
        return say_in_turn(
            told, valid, say("What nobody has bought by the start stays with the customer, and nothing is given back.")
        )


@dataclass(frozen=True, slots=True)
class ResaleOnPage:
    """How the resale of a line stands, on the page of its order. commission_minor: what the house keeps, or would.

    since: when it was given back; ended_at: when it was resold, None: it is on resale. Times in UTC.
    """

    commission_minor: int
    since: datetime
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ResaleRequest:
    """Tickets given back for resale, as it is asked for.

    request_id: made by the till, so that a repeat does nothing. revision, commission_minor: of the preview that was
    told.
    """

    request_id: str
    order_id: int
    revision: int | None
    line_ids: tuple[int, ...]
    commission_minor: int


@dataclass(frozen=True, slots=True)
class ResaleBackRequest:
    """Tickets taken off resale, as it is asked for; see ResaleRequest."""

    request_id: str
    order_id: int
    revision: int | None
    line_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ResaleDone:
    """Tickets that are on resale now, or are not any more; the same for each repeat of its request."""

    number: str
    change_id: int
    places: tuple[Place, ...]
    is_on: bool

    @property
    def sentence(self) -> Sentence:
        """Return what is told of it."""
        places = tell_places(self.places)
        if self.is_on:
            return say("On resale: {places}. The tickets are valid until somebody buys the seats.", places=places)
        return say("Not on resale any more: {places}. The tickets are valid.", places=places)


def commission_of(brought_minor: int, percent: int) -> int:
    """Return what the house keeps of a ticket that cost so much: a percentage, halves up, never more than it cost."""
    return min(percent_of(brought_minor, percent * WHOLE), brought_minor)
