"""The writes of a work list that the fault injector walks through, and the first print of what waits at the window.

The evening stands for a performance that was moved to another day: it is on sale. Another one is called off.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from sqlalchemy import update

from pos_app.db.clock import utc_now
from pos_app.db.models import Performance
from pos_app.domain.errors import SeatsTaken
from pos_app.domain.orders.work_failures import failure_of, write_failure
from pos_app.domain.orders.work_lists import OpenWorkList, WorkDeed, WorkStep
from pos_app.domain.sentences import say
from pos_app.services.orders.collecting import hand_over
from pos_app.services.orders.work_lists.lists import close_work_list, open_work_list
from pos_app.services.orders.work_lists.steps import note_failure, work_off
from tests.concurrency.fault_deeds import same
from tests.small_house import sell_seats

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

    from pos_app.db.database import Database
    from pos_app.domain.seats import SeatKey
    from tests.concurrency.fault_deeds import Deed
    from tests.concurrency.fault_stage import Stage

_WHY = "The singer is ill"


def opening(*, cancelled: bool) -> Callable[[Stage], Deed]:
    """Open the list of the gala, for which one order was sold: it is cancelled, or moved."""

    def prepare(stage: Stage) -> Deed:
        request = _list_of_the_gala(stage, cancelled=cancelled)
        opened: set[int] = set()

        def ask(till: Database) -> Any:
            opened.add(till.transact(open_work_list, stage.house.manager, request))
            return len(opened)

        def tidy() -> None:
            stage.database.transact(close_work_list, stage.house.manager, opened.pop())
            stage.database.transact(_call_off, stage.house.gala_id, off=False)

        return same(ask, tidy)

    return prepare


def closing(stage: Stage) -> Deed:
    """Close the list of the gala."""
    request = _list_of_the_gala(stage, cancelled=False)
    list_id = stage.database.transact(open_work_list, stage.house.manager, request)
    return same(lambda till: till.transact(close_work_list, stage.house.manager, list_id))


def _list_of_the_gala(stage: Stage, *, cancelled: bool) -> OpenWorkList:
    house = stage.house
    if not stage.gala_is_sold:
        stage.database.transact(sell_seats, house, house.seats_of(1, (1, 2), house.gala_id))
        stage.gala_is_sold = True
    stage.database.transact(_call_off, house.gala_id, off=cancelled)
    return OpenWorkList(uuid4().hex, house.gala_id, "" if cancelled else _WHY)


def item_of_moved(deed: WorkDeed) -> Callable[[Stage], Deed]:
    """Work off one order of the evening's list."""

    def prepare(stage: Stage) -> Deed:
        asked = stage.request()
        order_id = stage.sell(asked).order_id
        list_id = _list_with_all(stage, stage.house.performance_id)
        return _step(stage, WorkStep(list_id, order_id, deed), tuple(line.seat for line in asked.lines))

    return prepare


def item_of_cancelled(deed: WorkDeed) -> Callable[[Stage], Deed]:
    """Work off one order of a performance that is called off; it has fees."""

    def prepare(stage: Stage) -> Deed:
        seats = stage.seats(2, stage.off_id)
        stage.database.transact(_call_off, stage.off_id, off=False)
        order_id = stage.database.transact(sell_seats, stage.house, seats).order_id
        stage.database.transact(_call_off, stage.off_id, off=True)
        return _step(stage, WorkStep(_list_with_all(stage, stage.off_id), order_id, deed), seats)

    return prepare


def _list_with_all(stage: Stage, performance_id: int) -> int:
    """Open the list of a performance, or open it anew: it takes in what was sold meanwhile."""
    work = OpenWorkList(f"the list of {performance_id}", performance_id, _WHY)
    return stage.database.transact(open_work_list, stage.house.manager, work)


def _step(stage: Stage, step: WorkStep, seats: tuple[SeatKey, ...]) -> Deed:
    if step.deed is WorkDeed.MOVE:
        step = replace(step, to_performance_id=stage.later_id)
    gone = () if step.deed is WorkDeed.KEEP else seats

    def ask(till: Database) -> Any:
        return till.transact(work_off, stage.house.manager, step).state

    return same(ask, partial(stage.reuse, gone))


def failure(stage: Stage) -> Deed:
    """Keep why an order of the evening's list could not be moved."""
    order_id = stage.sell(stage.request()).order_id
    step = WorkStep(_list_with_all(stage, stage.house.performance_id), order_id, WorkDeed.MOVE)
    why = write_failure(failure_of(SeatsTaken(say("These seats are sold."))))
    return same(lambda till: till.transact(note_failure, stage.house.manager, step, why).state)


def _call_off(session: Session, performance_id: int, *, off: bool) -> None:
    """Cancel a performance, or reinstate it, whatever has become of it before."""
    values = {"state": "cancelled" if off else "scheduled", "cancelled_at": utc_now() if off else None}
    reason = _WHY if off else ""
    session.execute(update(Performance).where(Performance.id == performance_id).values(**values, cancel_reason=reason))


def first_print(stage: Stage) -> Deed:
    """Hand over the tickets of an order that was paid before and waits at the window."""
    order_id = stage.sell(replace(stage.request(), collect=True)).order_id
    request = uuid4().hex
    return same(lambda till: len(till.transact(hand_over, stage.house.cashier, order_id, request)))
