"""What the map says of a seat and of an area: on the map, on its card, and to a screen reader."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from pos_app.domain.codes import grouped
from pos_app.domain.seats import MapState, SeatKind
from pos_app.domain.sentences import say
from pos_app.ui.words.amounts import shown_number
from pos_app.ui.words.directions import isolated
from pos_app.ui.words.lists import listed, side_by_side
from pos_app.ui.words.sentences import spoken, spoken_count
from pos_app.ui.words.times import shown_moment, shown_time, shown_time_left

if TYPE_CHECKING:
    from pos_app.domain.orders.reserved_note import ReservedNote
    from pos_app.domain.season.kept_seats import KeptNote
    from pos_app.domain.waiting.offered_note import OfferedNote
    from pos_app.services.seats.map_data import SeatClaim


@dataclass(frozen=True, slots=True)
class SeatWords:
    """A seat in words; parts that do not apply are empty."""

    place: str
    kind: str
    category: str
    price: str
    state: str

    def card_lines(self) -> tuple[str, ...]:
        """Return what stands below the place on the card, line by line."""
        sold_as = side_by_side(isolated(self.category), isolated(self.price))
        state = side_by_side(isolated(self.kind), isolated(self.state))
        return tuple(line for line in (sold_as, state) if line)

    def spoken(self) -> str:
        """Return everything, one after the other."""
        return listed((self.place, self.kind, self.category, self.price, self.state))


def kind_words(kind: SeatKind) -> str:
    """Return what a seat is for, or nothing for an ordinary one."""
    match kind:
        case SeatKind.WHEELCHAIR:
            return QCoreApplication.translate("SeatMap", "Wheelchair place")
        case SeatKind.COMPANION:
            return QCoreApplication.translate("SeatMap", "Companion")
        case SeatKind.RESTRICTED:
            return QCoreApplication.translate("SeatMap", "Restricted view")
        case _:
            return ""


def state_words(state: MapState, claim: SeatClaim | None = None, *, pending: bool = False, mine: str = "") -> str:
    """Return the state of a seat; of a held one, by whom and how long still; of one kept back, why.

    mine: what a seat of one's own is called; "": in this basket.
    """
    if pending and state is MapState.MINE:
        return QCoreApplication.translate("SeatMap", "Being given back")
    if pending:
        return QCoreApplication.translate("SeatMap", "Being held for you")
    if state is MapState.HELD:
        return _held_words(claim)
    if state in {MapState.HOUSE, MapState.BLOCKED} and claim is not None and claim.kept is not None:
        return kept_words(state, claim.kept)
    if state is MapState.RESERVED and claim is not None and claim.reserved is not None:
        return reserved_words(claim.reserved)
    if state is MapState.OFFERED and claim is not None and claim.offered is not None:
        return offered_words(claim.offered)
    return {
        MapState.FREE: QCoreApplication.translate("SeatMap", "Available"),
        MapState.MINE: mine or QCoreApplication.translate("SeatMap", "In this basket"),
        MapState.SOLD: QCoreApplication.translate("SeatMap", "Sold"),
        MapState.HOUSE: QCoreApplication.translate("SeatMap", "House seat"),
        MapState.BLOCKED: QCoreApplication.translate("SeatMap", "Blocked"),
        MapState.RESERVED: QCoreApplication.translate("SeatMap", "Reserved"),
        MapState.OFFERED: QCoreApplication.translate("SeatMap", "Offered to who waited"),
        MapState.FIRST_CALL: QCoreApplication.translate("SeatMap", "For the waiting list"),
        MapState.RESALE: QCoreApplication.translate("SeatMap", "Available: a guest gave it back for resale"),
    }[state]


def own_words(*, kept: bool) -> str:
    """Return how a seat of the order stands that is exchanged: kept among the new ones, or given back."""
    if kept:
        return QCoreApplication.translate("SeatMap", "Kept by this exchange")
    return QCoreApplication.translate("SeatMap", "Given back by this exchange")


def kept_words(state: MapState, note: KeptNote) -> str:
    """Return why a seat is kept back: "Kept for the house: Press, until 18:30"."""
    is_house = state is MapState.HOUSE
    if note.until is None:
        if is_house:
            return spoken(say("Kept for the house: {reason}", reason=note.reason))
        return spoken(say("Blocked: {reason}", reason=note.reason))
    until = shown_time(note.until, note.time_zone) if note.same_day else shown_moment(note.until, note.time_zone)
    if is_house:
        return spoken(say("Kept for the house: {reason}, until {time}", reason=note.reason, time=until))
    return spoken(say("Blocked: {reason}, until {time}", reason=note.reason, time=until))


def reserved_words(note: ReservedNote) -> str:
    """Return for whom a seat is reserved: "Reserved for Novak until 18:30, order 4KM7-2XQ9"."""
    until = shown_time(note.until, note.time_zone) if note.same_day else shown_moment(note.until, note.time_zone)
    words = QCoreApplication.translate("SeatMap", "Reserved for {0} until {1}, order {2}")
    return words.format(isolated(note.name), until, grouped(note.number))


def offered_words(note: OfferedNote) -> str:
    """Return to whom a seat is offered: "Offered to Anna Novak until 18:30"."""
    until = shown_time(note.until, note.time_zone) if note.same_day else shown_moment(note.until, note.time_zone)
    return QCoreApplication.translate("SeatMap", "Offered to {0} until {1}").format(isolated(note.name), until)


def left_words(free: int) -> str:
    """Return how many places are left, short: "87 left"."""
    if free <= 0:
        return QCoreApplication.translate("SeatMap", "Sold out")
    return QCoreApplication.translate("SeatMap", "{0} left").format(shown_number(free))


def basket_words(mine: int) -> str:
    """Return how many of the places are this basket's, short: "4 in this basket"."""
    return QCoreApplication.translate("SeatMap", "{0} in this basket").format(shown_number(mine))


def area_state_words(free: int, mine: int) -> str:
    """Return how an area stands, for its card and for screen readers: "87 places left, 4 in this basket"."""
    if free <= 0:
        left = QCoreApplication.translate("SeatMap", "Sold out")
    else:
        left = spoken_count("{count} place left", "{count} places left", free)
    return listed((left, basket_words(mine))) if mine else left


def _held_words(claim: SeatClaim | None) -> str:
    if claim is None or not claim.holder:
        return QCoreApplication.translate("SeatMap", "Held by another till")
    if claim.seconds_left is None:
        return spoken(say("Held by {holder}", holder=claim.holder))
    return spoken(say("Held by {holder}, {time} left", holder=claim.holder, time=shown_time_left(claim.seconds_left)))
