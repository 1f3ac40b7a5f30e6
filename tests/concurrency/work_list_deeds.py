"""The writes of a work list that the fault injector walks through, and the first print of what waits at the window."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from pos_app.domain.orders.work_lists import OpenWorkList, WorkDeed, WorkStep
from pos_app.services.orders.collecting import hand_over
from pos_app.services.orders.work_lists.lists import close_work_list, open_work_list
from pos_app.services.orders.work_lists.steps import work_off
from tests.concurrency.fault_deeds import same
from tests.small_house import sell_seats

if TYPE_CHECKING:
    from collections.abc import Callable

    from pos_app.db.database import Database
    from tests.concurrency.fault_deeds import Deed
    from tests.concurrency.fault_stage import Stage

_WHY = "The singer is ill"


def opening(stage: Stage) -> Deed:
    """Open the list of the gala, for which one order was sold."""
    house = stage.house
    if not stage.gala_is_sold:
        stage.database.transact(sell_seats, house, house.seats_of(1, (1, 2), house.gala_id))
        stage.gala_is_sold = True
    request = OpenWorkList(uuid4().hex, house.gala_id, _WHY)
    opened: set[int] = set()

    def ask(till: Database) -> Any:
        opened.add(till.transact(open_work_list, house.manager, request))
        return len(opened)

    def tidy() -> None:
        stage.database.transact(close_work_list, house.manager, opened.pop())

    return same(ask, tidy)


def item(deed: WorkDeed) -> Callable[[Stage], Deed]:
    """Work off one order of the evening's list."""

    def prepare(stage: Stage) -> Deed:
        house, asked = stage.house, stage.request()
        order_id = stage.sell(asked).order_id
        # Opening a list anew takes in what was sold meanwhile.
        work = OpenWorkList("the list of the evening", house.performance_id, _WHY)
        list_id = stage.database.transact(open_work_list, house.manager, work)
        step = WorkStep(list_id, order_id, deed)
        gone = tuple(line.seat for line in asked.lines) if deed is WorkDeed.REFUND else ()

        def ask(till: Database) -> Any:
            return till.transact(work_off, house.manager, step).state

        return same(ask, partial(stage.reuse, gone))

    return prepare


def first_print(stage: Stage) -> Deed:
    """Hand over the tickets of an order that was paid before and waits at the window."""
    order_id = stage.sell(replace(stage.request(), collect=True)).order_id
    request = uuid4().hex
    return same(lambda till: len(till.transact(hand_over, stage.house.cashier, order_id, request)))
