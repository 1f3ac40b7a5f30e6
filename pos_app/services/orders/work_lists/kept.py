"""Decisions to keep an order, which outlive the list on which they were made."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import exists
from sqlalchemy.orm import aliased

from pos_app.db.models import Performance, WorkItem, WorkList
from pos_app.domain.orders.changes import LineState
from pos_app.domain.orders.work_lists import WorkState

if TYPE_CHECKING:
    from sqlalchemy import Exists

STANDING: Final = (LineState.LIVE, LineState.RESERVED)
"""Lines whose guests wait for what becomes of them: they have tickets, or seats under their name."""


def was_kept(order_id: Any, performance_id: Any) -> Exists:
    """Return the condition that an order was kept since its performance was cancelled, as it still is.

    What was decided before it was cancelled, or before it was cancelled anew, was about something else.
    """
    item, work, met = aliased(WorkItem), aliased(WorkList), aliased(Performance)
    return exists().where(
        item.order_id == order_id,
        item.state == WorkState.KEPT,
        work.id == item.work_list_id,
        work.performance_id == performance_id,
        met.id == work.performance_id,
        met.state == "cancelled",
        item.done_at >= met.cancelled_at,
    )
