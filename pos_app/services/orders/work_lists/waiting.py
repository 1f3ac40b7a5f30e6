"""What a work list does besides its orders: it ends waiting and resale of a performance that is not given.

Two transactions, for each begins with other locks: resale with orders, waiting with seats. Either may be repeated.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos_app.domain.roles import Permission
from pos_app.services.orders.work_lists.steps import lock_list, require_cancelled
from pos_app.services.permissions import require
from pos_app.services.resale.ending import end_resales
from pos_app.services.waiting.offers import end_waiting

if TYPE_CHECKING:
    from typing import Any

    from sqlalchemy.orm import Session

    from pos_app.domain.roles import Actor
    from pos_app.services.waiting.offers import EndedWaiting


def end_resales_of_list(session: Session, actor: Actor, list_id: int) -> int:
    """Take the tickets of a list's performance off resale, that are in no basket; return how many.

    What is ended is not ended again. Raises WorkListClosed, NotCancelledNow (reinstated meanwhile, or only moved: they
    stay on resale for the new date), NotFound, NotPermitted.
    """
    work = _lock_cancelled(session, actor, list_id)
    return end_resales(session, actor, work.performance_id, work.reason)


def end_waiting_of_list(session: Session, actor: Actor, list_id: int) -> EndedWaiting:
    """Close the waiting list of a list's performance, take its offers back, and tell each party once.

    What has ended is not ended again, and nobody is told twice. Raises as end_resales_of_list.
    """
    work = _lock_cancelled(session, actor, list_id)
    return end_waiting(session, actor, work.performance_id, work.reason)


def _lock_cancelled(session: Session, actor: Actor, list_id: int) -> Any:
    require(session, actor, Permission.MANAGE)
    work = lock_list(session, list_id)
    require_cancelled(session, work.performance_id)
    return work
