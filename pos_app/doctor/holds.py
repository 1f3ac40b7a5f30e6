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
from pos_app.doctor.names import state_word
from pos_app.domain.seats import SeatKey
from pos_app.domain.selling.holds import read_places
from pos_app.domain.sentences import NOTHING, say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from sqlalchemy import Row
    from sqlalchemy.orm import Session

    from pos_app.doctor.names import Names
    from pos_app.domain.sentences import Sentence


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
            yield Finding(Rule.HOLDS, say("its places cannot be read: “{text}”", text=row.places[:80]), _hold(row.id))
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
        if told := _wrong_with(claim, seat, holds):
            yield Finding(Rule.CLAIMS, told, names.place(seat.performance_id, seat.seat_id))
    for hold in holds.values():
        lost = sorted(seat for seat in hold.places if hold.running and claimed.get(seat) != hold.hold_id)
        names.learn_seats(seat.seat_id for seat in lost)
        for seat in lost:
            place = names.place(seat.performance_id, seat.seat_id)
            yield Finding(Rule.HOLDS, say("it is running, and has lost {place}", place=place), _hold(hold.hold_id))


def _wrong_with(
    claim: Row[int, int, int | None, datetime | None, str | None], seat: SeatKey, holds: Mapping[int, _OpenHold]
) -> Sentence:
    """Say what is wrong with the claim of a basket; NOTHING: all is well."""
    if claim.claim_id is None:
        return say("claimed by a basket, without saying by which")
    number = str(claim.claim_id)
    hold = holds.get(claim.claim_id)
    if hold is None and claim.closed_as:
        end = state_word(claim.closed_as)
        return say("claimed by hold {hold}, which is closed ({end})", hold=number, end=end)
    if hold is None:
        return say("claimed by hold {hold}, which is not there", hold=number)
    if seat not in hold.places:
        return say("claimed by hold {hold}, whose places do not name it", hold=number)
    if claim.claim_until == hold.expires_at:
        return NOTHING
    # As they are stored: they may differ by less than a second.
    if claim.claim_until is None:
        return say("claimed until ever, its hold {hold} ends at {end}", hold=number, end=str(hold.expires_at))
    return say(
        "claimed until {until}, its hold {hold} ends at {end}",
        until=str(claim.claim_until),
        hold=number,
        end=str(hold.expires_at),
    )


def _hold(hold_id: int) -> Sentence:
    return say("Hold {hold}", hold=str(hold_id))
