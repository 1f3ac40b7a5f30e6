"""What a work list does besides its orders: it ends all waiting for a performance that is not given."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos_app.domain.roles import Permission
from pos_app.services.orders.work_lists.steps import lock_list, require_cancelled
from pos_app.services.permissions import require
from pos_app.services.waiting.offers import end_waiting

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from pos_app.domain.roles import Actor
    from pos_app.services.waiting.offers import EndedWaiting


def end_waiting_of_list(session: Session, actor: Actor, list_id: int) -> EndedWaiting:
    """Close the waiting list of a list's performance, take its offers back, and tell each party once.

    May be repeated: what has ended is not ended again, and nobody is told twice. Raises WorkListClosed, NotCancelledNow
    (reinstated meanwhile, or only moved: those who wait go on waiting), NotFound, NotPermitted.
    """
    require(session, actor, Permission.MANAGE)
    work = lock_list(session, list_id)
    require_cancelled(session, work.performance_id)
    return end_waiting(session, actor, work.performance_id, work.reason)
