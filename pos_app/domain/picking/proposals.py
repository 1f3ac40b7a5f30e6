"""What is asked of the best-seat rule, and what it answers: plain data.

Categories, zones and rows are the integers by which the drawn plan numbers them; a seat is its database id.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from pos_app.domain.errors import InvalidInput, PosError
from pos_app.domain.sentences import NOTHING, Sentence, say

MOST_TOGETHER: Final = 20
"""So many places are looked for at once."""


@dataclass(frozen=True, slots=True)
class Wish:
    """So many places together. Raises InvalidInput when it makes no sense.

    count: all places, those of wheelchairs and companions among them. category, zone: None means any.
    avoid_orphans: leave no single seat beside the block where that can be avoided. may_split: several blocks in
    neighbouring rows will do where there is no block for all. without: seats that are not to be offered.
    """

    count: int
    category: int | None = None
    zone: int | None = None
    wheelchairs: int = 0
    companions: int = 0
    avoid_orphans: bool = True
    may_split: bool = True
    without: frozenset[int] = frozenset()

    def __post_init__(self) -> None:
        if not 1 <= self.count <= MOST_TOGETHER:
            raise InvalidInput(
                say("Best seats are looked for from 1 to {most} places.", most=MOST_TOGETHER),
                field="count",
                advice=say("Ask several times for a larger group."),
            )
        if self.wheelchairs < 0 or self.companions < 0 or self.wheelchairs + self.companions > self.count:
            raise InvalidInput(
                say("There are more wheelchairs and companions than places."),
                field="count",
                advice=say("Count them among the places."),
            )
        if self.companions and not self.wheelchairs:
            raise InvalidInput(
                say("A companion's place goes with a wheelchair place."),
                field="companions",
                advice=say("Ask for the wheelchair place as well, or choose the seat on the map."),
            )

    @property
    def ordinary(self) -> int:
        """How many ordinary seats are asked for."""
        return self.count - self.wheelchairs - self.companions


@dataclass(frozen=True, slots=True)
class Part:
    """Seats side by side in one row, in the order of their positions. row: less than 1 for a seat without a row."""

    row: int
    zone: int
    seats: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Proposal:
    """Places that are free.

    parts: from side to side and row to row; one, unless `split`. category: None when they are of several.
    borrowed: those of the seats that are kept for others, and given only because nothing else is free: places of
    wheelchairs and companions for who needs none, or companions' places of another wheelchair.
    """

    seats: tuple[int, ...]
    parts: tuple[Part, ...]
    category: int | None
    split: bool
    borrowed: tuple[int, ...] = ()


class Reason(StrEnum):
    """Why there is no proposal."""

    NOT_ENOUGH = "not enough"
    """Fewer places are free than were asked for."""
    NOT_TOGETHER = "not together"
    """Enough are free, but not side by side, and the wish would not be split."""
    TOO_SCATTERED = "too scattered"
    """Enough are free, but not in neighbouring rows of one zone."""
    NO_WHEELCHAIR_PLACE = "no wheelchair place"
    """Too few wheelchair places are free."""
    NO_COMPANION_PLACE = "no companion place"
    """No seats are free for the companions where the wheelchair places are."""


@dataclass(frozen=True, slots=True)
class NoProposal:
    """Why not, and the nearest that can be had: each alternative departs from the wish in some way.

    free: how many places of what was asked for are free (wheelchair places, when those are lacking).
    """

    wish: Wish
    reason: Reason
    free: int
    alternatives: tuple[Proposal, ...]


class NoSeatsTogether(PosError):
    """The best-seat rule has no answer. reason: why. alternatives: the nearest that can be had instead."""

    def __init__(
        self, message: Sentence, *, reason: Reason, alternatives: tuple[Proposal, ...] = (), advice: Sentence = NOTHING
    ) -> None:
        super().__init__(message, advice=advice)
        self.reason = reason
        self.alternatives = alternatives
