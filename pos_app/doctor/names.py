"""How the judge names places, orders and tickets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from pos_app.db.models import Event, Performance, PlanRow, Seat, Zone
from pos_app.domain.seats import Place
from pos_app.domain.sentences import Moment, Sentence, say

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy.orm import Session

    from pos_app.domain.sentences import Fact

_AT_ONCE: Final = 500


class Names:
    """Names of performances and seats; seats are read when they are first needed, many at once."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._seats: dict[int, Fact] = {}
        rows = session.execute(
            select(Performance.id, Event.title, Performance.starts_at, Performance.ends_at).join(
                Event, Event.id == Performance.event_id
            )
        )
        self._performances = {row.id: (row.title, Moment(row.starts_at, "UTC", until=row.ends_at)) for row in rows}

    def learn_seats(self, seat_ids: Iterable[int | None]) -> None:
        """Read the names of seats that are about to be told."""
        new = sorted({seat for seat in seat_ids if seat is not None} - self._seats.keys())
        for start in range(0, len(new), _AT_ONCE):
            rows = self._session.execute(
                select(Seat.id, Zone.name, PlanRow.label, Seat.number, Seat.area_id)
                .join(Zone, Zone.id == Seat.zone_id)
                .outerjoin(PlanRow, PlanRow.id == Seat.row_id)
                .where(Seat.id.in_(new[start : start + _AT_ONCE]))
            )
            for row in rows:
                place = Place(row.name, row.label or "", row.number).spoken()
                self._seats[row.id] = (
                    place if row.area_id is None else say("{place} of the standing places", place=place)
                )

    def performance(self, performance_id: int) -> Sentence:
        """Return the title, the time and the number of a performance."""
        number = str(performance_id)
        if performance_id not in self._performances:
            return say("unknown (performance {number})", number=number)
        title, at = self._performances[performance_id]
        return say("“{title}” {at} UTC (performance {number})", title=title, at=at, number=number)

    def place(self, performance_id: int, seat_id: int) -> Sentence:
        """Return a performance and a seat of it."""
        if seat_id not in self._seats:
            self.learn_seats([seat_id])
        performance, number = self.performance(performance_id), str(seat_id)
        if seat_id not in self._seats:
            return say("{performance}, unknown place (seat {number})", performance=performance, number=number)
        place = self._seats[seat_id]
        return say("{performance}, {place} (seat {number})", performance=performance, place=place, number=number)


_STATES: Final = {
    "came_in": say("admitted, and kept"),
    "captured": say("captured"),
    "claimed": say("claimed"),
    "closed": say("closed"),
    "due": say("due"),
    "exchanged": say("exchanged"),
    "expired": say("expired"),
    "failed": say("failed"),
    "free": say("free"),
    "given_up": say("given up"),
    "lapsed": say("lapsed"),
    "left": say("left"),
    "live": say("live"),
    "offered": say("offered"),
    "open": say("open"),
    "paid": say("paid"),
    "pending": say("pending"),
    "released": say("released"),
    "reserved": say("reserved"),
    "resold": say("resold"),
    "returned": say("returned"),
    "sold": say("sold"),
    "taken_back": say("taken back"),
    "unsold": say("unsold"),
    "void": say("void"),
    "waiting": say("waiting"),
    "withdrawn": say("withdrawn"),
}


def state_word(state: str) -> str:
    """Say in which state something is; one that there should not be is told as it stands in the database."""
    return _STATES.get(state, state)


def order_words(number: str) -> Sentence:
    """Return the name of an order."""
    return say("Order {order}", order=number)


def ticket_words(ticket_id: int, order_number: str) -> Sentence:
    """Return the name of a ticket."""
    return say("Ticket {ticket} of order {order}", ticket=str(ticket_id), order=order_number)
