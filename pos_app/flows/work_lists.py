"""Working off a work list: what refuses an order is kept on it, in a transaction of its own.

What is around the orders, waiting and resale, is ended in two.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pos_app.domain.errors import (
    ApprovalRefused,
    CannotConnect,
    DiskRefused,
    NotPermitted,
    OutcomeUnknown,
    PosError,
    SchemaMismatch,
    ServerBusy,
    ServerUnreachable,
    TooLargeForServer,
)
from pos_app.domain.orders.work_failures import failure_of, write_failure
from pos_app.domain.orders.work_lists import NotCancelledNow, WorkListClosed
from pos_app.services.orders.work_lists.steps import note_failure, work_off
from pos_app.services.orders.work_lists.waiting import end_resales_of_list, end_waiting_of_list

if TYPE_CHECKING:
    from pos_app.db.database import Database
    from pos_app.domain.orders.work_lists import WorkDone, WorkStep
    from pos_app.domain.roles import Actor

_NOT_THE_ORDERS_FAULT: Final = (
    WorkListClosed,
    NotCancelledNow,
    NotPermitted,
    ApprovalRefused,
    ServerUnreachable,
    ServerBusy,
    OutcomeUnknown,
    CannotConnect,
    SchemaMismatch,
    TooLargeForServer,
    DiskRefused,
)
"""What would stop any other order as well: the work waits, and the order stays as it was."""


def work_off_order(database: Database, actor: Actor, step: WorkStep) -> WorkDone:
    """Work off an order; one that cannot be done is put down as failed, with the reason. May be repeated.

    Raises what stops the whole work: the list was closed, the performance reinstated, the person may not, the server
    does not answer.
    """
    try:
        return database.transact(work_off, actor, step)
    except _NOT_THE_ORDERS_FAULT:
        raise
    except PosError as refused:
        return database.transact(note_failure, actor, step, write_failure(failure_of(refused)))


def end_around_orders(database: Database, actor: Actor, list_id: int) -> None:
    """End waiting for a cancelled performance and its resale, by its list. May be repeated: what has ended stays so.

    Waiting first, for what is offered is nobody's to take off resale. Raises as the services do.
    """
    database.transact(end_waiting_of_list, actor, list_id)
    database.transact(end_resales_of_list, actor, list_id)
