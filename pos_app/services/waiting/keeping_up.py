"""What housekeeping does for waiting lists besides offers that lapse: waits that are over, and passes made once more.

A pass leaves seats that others are at; the clock begins and ends sales and waits. So passes are made again, but only
where looking shows that one would do something.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import exists, select, update

from pos_app.db.base import table_of
from pos_app.db.clock import utc_now
from pos_app.db.models import Performance, WaitingEntry, WaitingList
from pos_app.domain.seats import Guard
from pos_app.domain.waiting.entries import EntryState, ListState
from pos_app.domain.waiting.matching import FreePlaces, match
from pos_app.domain.waiting.passing import PassedOver, PassOver
from pos_app.services.audit import JOBS_CHAIN, append
from pos_app.services.letters.waiting import tell_waiting_ended
from pos_app.services.server_time import to_come
from pos_app.services.waiting.serving import serve, write_list
from pos_app.services.waiting.standing import load_free, load_standing, load_waiting

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

BATCH: Final = 50

_LIST = table_of(WaitingList)
_ENTRY = table_of(WaitingEntry)


def end_waits(session: Session, *, limit: int = BATCH) -> int:
    """Take a batch of parties off whose time to wait is over, and tell them; return how many. Safe on every till."""
    over = _ENTRY.c.state == EntryState.WAITING, _ENTRY.c.until <= utc_now()
    found = session.execute(
        select(_ENTRY.c.id, _ENTRY.c.performance_id)
        # By way of the open lists: nobody waits on a closed one, and entries of years lie there.
        .join(_LIST, _LIST.c.performance_id == _ENTRY.c.performance_id)
        .where(_LIST.c.state == ListState.OPEN, *over)
        .order_by(_ENTRY.c.id)
        .limit(limit)
    ).all()
    for performance_id in sorted({row.performance_id for row in found}):
        write_list(session, performance_id)
    ids = [row.id for row in found]
    # Looked at again behind the lists: another till may have been faster.
    rows = session.execute(
        select(_ENTRY.c.id, _ENTRY.c.performance_id, _ENTRY.c.until)
        .where(_ENTRY.c.id.in_(ids), *over)
        .order_by(_ENTRY.c.id)
        .with_for_update()
    ).all()
    for row in rows:
        why = PassedOver(PassOver.OVER, until=row.until)
        session.execute(
            update(_ENTRY)
            .where(_ENTRY.c.id == row.id)
            .values(
                state=EntryState.LEFT,
                revision=_ENTRY.c.revision + 1,
                passed_over=why.written(),
                passed_over_at=utc_now(),
                closed_at=utc_now(),
            )
        )
    for row in rows:
        tell_waiting_ended(session, row.id)
    for row in rows:
        append(
            session,
            JOBS_CHAIN,
            "waiting_over",
            performance=row.performance_id,
            entry=row.id,
            until=row.until.isoformat(),
        )
    return len(rows)


def list_unserved(session: Session) -> tuple[int, ...]:
    """Return the performances of open lists for which a pass would do something now. Locks nothing, writes nothing."""
    waits = exists().where(_ENTRY.c.performance_id == _LIST.c.performance_id, _ENTRY.c.state == EntryState.WAITING)
    lists = session.execute(
        select(_LIST.c.performance_id, waits.label("waits"))
        .join(Performance, Performance.id == _LIST.c.performance_id)
        .where(_LIST.c.state == ListState.OPEN, to_come())
        .order_by(_LIST.c.performance_id)
    ).all()
    return tuple(row.performance_id for row in lists if _is_unserved(session, row.performance_id, waits=row.waits))


def serve_again(session: Session, performance_id: int) -> int:
    """Make one more pass over a performance; returns how many offers were made."""
    return serve(session, [performance_id])


def _is_unserved(session: Session, performance_id: int, *, waits: bool) -> bool:
    free = load_free(session, performance_id, guarded=not waits)
    if any(guard != Guard.FITS_NOBODY for guard in free.guards.values()):
        return True
    standing = load_standing(session, performance_id)
    if not (waits and free.places) or standing is None or standing.lasts is None:
        return False
    parties = [one.party for one in load_waiting(session, performance_id)]
    return bool(match(parties, FreePlaces(free.places)).offers)
