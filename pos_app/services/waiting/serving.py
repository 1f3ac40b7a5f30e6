"""The one thing that follows when seats come free: the first party that fits is offered them, in that transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select, update

from pos_app.db.base import table_of
from pos_app.db.clock import utc_now
from pos_app.db.models import WaitingList
from pos_app.domain.seats import Guard
from pos_app.domain.waiting.entries import ListState
from pos_app.services.seats.claims import INVENTORY

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy.orm import Session

_LIST = table_of(WaitingList)


def serve(session: Session, performance_ids: Iterable[int]) -> int:
    """Make a pass over each performance of which a seat came free; returns how many offers were made.

    To be called by whatever frees seats, in its transaction, after the seats of all its performances and before what
    follows them in the order of locks. Where no list was ever opened it writes nothing.
    """
    for performance_id in sorted(set(performance_ids)):
        session.execute(update(_LIST).where(_LIST.c.performance_id == performance_id).values(passes=_LIST.c.passes + 1))
    return 0


def serve_new_places(session: Session, performance_id: int) -> int:
    """As serve, for a performance that places were added to; where no list is open they are open to all."""
    served = serve(session, [performance_id])
    state = select(_LIST.c.state).where(_LIST.c.performance_id == performance_id)
    if session.execute(state).scalar_one_or_none() != ListState.OPEN:
        session.execute(
            update(INVENTORY)
            .where(INVENTORY.c.performance_id == performance_id, INVENTORY.c.guarded != Guard.NONE)
            .values(guarded=int(Guard.NONE), changed_at=utc_now())
        )
    return served
