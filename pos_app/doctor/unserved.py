"""Parties that wait although seats that fit them are free: whatever frees a seat should have offered it to them."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import and_, func, or_, select

from pos_app.db.clock import seconds_until, utc_now, utc_plus
from pos_app.db.models import Performance, PerformanceSeat, Seat, WaitingEntry, WaitingList
from pos_app.doctor.findings import Finding, Rule
from pos_app.domain.seats import SeatKind, SeatState
from pos_app.domain.sentences import say
from pos_app.domain.waiting.entries import EntryState, ListState

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlalchemy.orm import Session

    from pos_app.doctor.names import Names

_UNDER_WAY: Final = 300
"""Seconds within which a till has done its housekeeping: what came free or changed since is no fault yet."""
_LATE: Final = 3600
"""Seconds before the start, or the end of sale, from which on it is not asked any more."""
_ADVICE: Final = say("Each till looks again by itself while it is open. Where this stays, tell support.")


def judge_unserved(session: Session, _names: Names) -> Iterator[Finding]:
    """Ask who waits whether free seats would do, where they are free for a while and it is not too late."""
    waiting = session.execute(
        select(
            WaitingEntry.id,
            WaitingEntry.performance_id,
            WaitingEntry.seats,
            WaitingEntry.categories,
            WaitingEntry.zones,
            WaitingEntry.together,
        )
        .join(WaitingList, WaitingList.performance_id == WaitingEntry.performance_id)
        .join(Performance, Performance.id == WaitingEntry.performance_id)
        .where(
            WaitingList.state == ListState.OPEN,
            WaitingEntry.state == EntryState.WAITING,
            WaitingEntry.created_at < utc_plus(-_UNDER_WAY),
            or_(WaitingEntry.until.is_(None), WaitingEntry.until > utc_now()),
            Performance.state == "scheduled",
            Performance.deleted_at.is_(None),
            or_(Performance.on_sale_at.is_(None), Performance.on_sale_at < utc_plus(-_UNDER_WAY)),
            seconds_until(func.coalesce(Performance.off_sale_at, Performance.starts_at)) > _LATE,
        )
        .order_by(WaitingEntry.turn, WaitingEntry.id)
    ).all()
    free: dict[int, Sequence[Any]] = {}
    for entry in waiting:
        if entry.performance_id not in free:
            free[entry.performance_id] = _free(session, entry.performance_id)
        if _would_do(entry, free[entry.performance_id]):
            subject = say("Waiting entry {number}", number=str(entry.id))
            yield Finding(Rule.ENTRIES, say("it waits, and seats that fit it are free"), subject, _ADVICE)


def _free(session: Session, performance_id: int) -> Sequence[Any]:
    seat = PerformanceSeat
    return session.execute(
        select(Seat.id, Seat.zone_id, Seat.category_id, Seat.kind, Seat.row_id, Seat.area_id, Seat.position)
        .join(seat, and_(seat.seat_id == Seat.id, seat.performance_id == performance_id))
        .where(seat.state == SeatState.FREE, seat.changed_at < utc_plus(-_UNDER_WAY))
        .order_by(Seat.row_id, Seat.position)
    ).all()


def _would_do(entry: Any, free: Sequence[Any]) -> bool:
    """Tell whether a party could sit: anywhere, or side by side in one row, or in one area."""
    categories, zones = _ids(entry.categories), _ids(entry.zones)
    fitting = [
        seat
        for seat in free
        if (not zones or seat.zone_id in zones)
        and (
            seat.category_id in categories if categories else seat.kind not in {SeatKind.WHEELCHAIR, SeatKind.COMPANION}
        )
    ]
    if len(fitting) < entry.seats or not entry.together:
        return bool(len(fitting) >= entry.seats)
    # Seats that follow each other in a row have one difference of place and rank; the places of an area are one.
    groups: defaultdict[tuple[int | None, int], int] = defaultdict(int)
    ranks: defaultdict[int | None, int] = defaultdict(int)
    for seat in fitting:
        if seat.area_id is not None:
            groups[None, seat.area_id] += 1
        else:
            groups[seat.row_id, seat.position - ranks[seat.row_id]] += 1
            ranks[seat.row_id] += 1
    return bool(max(groups.values()) >= entry.seats)


def _ids(text: str) -> frozenset[int]:
    return frozenset(int(one) for one in text.split(",") if one)
