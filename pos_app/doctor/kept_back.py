"""Seats that the house keeps back: what a record says is kept is kept, and what is kept under a record is said by it.

Seats kept back without any record (claim_id empty) are let pass: they have no time of release that could be missed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from pos_app.db.models import KeptBack, PerformanceSeat
from pos_app.doctor.findings import Finding, Rule
from pos_app.domain.seats import SeatKey
from pos_app.domain.selling.holds import read_places

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import Session

    from pos_app.doctor.names import Names


def judge_kept_back(session: Session, names: Names) -> Iterator[Finding]:
    """Compare the claims of the house with its records, both ways."""
    said: dict[SeatKey, int] = {}
    for record in session.execute(
        select(KeptBack.id, KeptBack.places).where(KeptBack.closed_at.is_(None)).order_by(KeptBack.id)
    ):
        try:
            said |= dict.fromkeys(read_places(record.places), record.id)
        except ValueError:
            yield Finding(Rule.KEPT_BACK, f"its places cannot be read: “{record.places[:80]}”", f"Record {record.id}")
    kept = {
        SeatKey(row.performance_id, row.seat_id): int(row.claim_id)
        for row in session.execute(
            select(PerformanceSeat.performance_id, PerformanceSeat.seat_id, PerformanceSeat.claim_id).where(
                PerformanceSeat.state == "claimed",
                PerformanceSeat.claim_kind.in_(("house", "blocked")),
                PerformanceSeat.claim_id.is_not(None),
            )
        )
    }
    wrong = sorted(seat for seat in said.keys() | kept.keys() if said.get(seat) != kept.get(seat))
    names.learn_seats(seat.seat_id for seat in wrong)
    for seat in wrong:
        told = f"kept back under record {kept.get(seat, 'none')}, said by record {said.get(seat, 'none')}"
        yield Finding(Rule.KEPT_BACK, told, names.place(seat.performance_id, seat.seat_id))
