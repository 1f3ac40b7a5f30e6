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
from pos_app.domain.sentences import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import Session

    from pos_app.doctor.names import Names
    from pos_app.domain.sentences import Sentence


def judge_kept_back(session: Session, names: Names) -> Iterator[Finding]:
    """Compare the claims of the house with its records, both ways."""
    said: dict[SeatKey, int] = {}
    for record in session.execute(
        select(KeptBack.id, KeptBack.places).where(KeptBack.closed_at.is_(None)).order_by(KeptBack.id)
    ):
        try:
            said |= dict.fromkeys(read_places(record.places), record.id)
        except ValueError:
            told = say("its places cannot be read: “{text}”", text=record.places[:80])
            yield Finding(Rule.KEPT_BACK, told, say("Record {record}", record=str(record.id)))
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
        told = _contradiction(kept.get(seat), said.get(seat))
        yield Finding(Rule.KEPT_BACK, told, names.place(seat.performance_id, seat.seat_id))


def _contradiction(kept: int | None, said: int | None) -> Sentence:
    """Say under which record a seat is kept, and which one says so."""
    if kept is None:
        return say("kept back under record none, said by record {said}", said=str(said))
    if said is None:
        return say("kept back under record {kept}, said by record none", kept=str(kept))
    return say("kept back under record {kept}, said by record {said}", kept=str(kept), said=str(said))
