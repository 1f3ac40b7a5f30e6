"""How the judge names places, orders and tickets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from pos_app.db.models import Event, Performance, PlanRow, Seat, Zone
from pos_app.domain.seats import Place

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy.orm import Session

_AT_ONCE: Final = 500


class Names:
    """Names of performances and seats; seats are read when they are first needed, many at once."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._seats: dict[int, str] = {}
        rows = session.execute(
            select(Performance.id, Event.title, Performance.starts_at).join(Event, Event.id == Performance.event_id)
        )
        self._performances = {row.id: f"“{row.title}” {row.starts_at:%Y-%m-%d %H:%M} UTC" for row in rows}

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
                number = row.number if row.area_id is None else f"{row.number} of the standing places"
                self._seats[row.id] = Place(row.name, row.label or "", number).spoken()

    def performance(self, performance_id: int) -> str:
        """Return the title, the time and the number of a performance."""
        return f"{self._performances.get(performance_id, 'unknown')} (performance {performance_id})"

    def place(self, performance_id: int, seat_id: int) -> str:
        """Return a performance and a seat of it."""
        if seat_id not in self._seats:
            self.learn_seats([seat_id])
        return f"{self.performance(performance_id)}, {self._seats.get(seat_id, 'unknown place')} (seat {seat_id})"
