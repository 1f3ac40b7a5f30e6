"""Baskets: what is claimed has an open hold that names it, and a running hold has what it names.

A hold past its time that nobody has swept yet is housekeeping, not an error.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from pos_app.db.clock import seconds_until
from pos_app.db.models import Hold, PerformanceSeat
from pos_app.doctor.findings import Finding, Rule
from pos_app.domain.seats import SeatKey
from pos_app.domain.selling.holds import read_places

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from sqlalchemy.orm import Session

    from pos_app.doctor.names import Names


@dataclass(frozen=True, slots=True)
class _OpenHold:
    hold_id: int
    places: frozenset[SeatKey]
    expires_at: datetime
    running: bool


def judge_holds(session: Session, names: Names) -> Iterator[Finding]:
    """Compare the claims of baskets with the holds, both ways."""
    holds: dict[int, _OpenHold] = {}
    seconds_left = seconds_until(Hold.expires_at).label("seconds_left")
    for row in session.execute(
        select(Hold.id, Hold.places, Hold.expires_at, seconds_left).where(Hold.closed_at.is_(None)).order_by(Hold.id)
    ):
        places: frozenset[SeatKey] = frozenset()
        try:
            places = frozenset(read_places(row.places))
        except ValueError:
            yield Finding(Rule.HOLDS, f"its places cannot be read: “{row.places[:80]}”", f"Hold {row.id}")
        holds[row.id] = _OpenHold(row.id, places, row.expires_at, row.seconds_left > 0)
    claims = session.execute(
        select(
            PerformanceSeat.performance_id,
            PerformanceSeat.seat_id,
            PerformanceSeat.claim_id,
            PerformanceSeat.claim_until,
            Hold.closed_as,
        )
        .outerjoin(Hold, Hold.id == PerformanceSeat.claim_id)
        .where(PerformanceSeat.state == "claimed", PerformanceSeat.claim_kind == "basket")
        .order_by(PerformanceSeat.performance_id, PerformanceSeat.seat_id)
    ).all()
    names.learn_seats(claim.seat_id for claim in claims)
    claimed: dict[SeatKey, int | None] = {}
    for claim in claims:
        seat = SeatKey(claim.performance_id, claim.seat_id)
        claimed[seat] = claim.claim_id
        told = ""
        if claim.claim_id is None:
            told = "claimed by a basket, without saying by which"
        elif (hold := holds.get(claim.claim_id)) is None:
            fate = f"closed ({claim.closed_as})" if claim.closed_as else "not there"
            told = f"claimed by hold {claim.claim_id}, which is {fate}"
        elif seat not in hold.places:
            told = f"claimed by hold {claim.claim_id}, whose places do not name it"
        elif claim.claim_until != hold.expires_at:
            told = f"claimed until {claim.claim_until or 'ever'}, its hold {hold.hold_id} ends at {hold.expires_at}"
        if told:
            yield Finding(Rule.CLAIMS, told, names.place(seat.performance_id, seat.seat_id))
    for hold in holds.values():
        lost = sorted(seat for seat in hold.places if hold.running and claimed.get(seat) != hold.hold_id)
        names.learn_seats(seat.seat_id for seat in lost)
        for seat in lost:
            place = names.place(seat.performance_id, seat.seat_id)
            yield Finding(Rule.HOLDS, f"it is running, and has lost {place}", f"Hold {hold.hold_id}")
