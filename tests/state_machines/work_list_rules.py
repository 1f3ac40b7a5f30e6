"""The steps of a walk by which a performance is cancelled, its orders are worked off, and it is given after all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from pos_app.domain.orders.work_lists import OpenWorkList, WorkDeed, WorkState, WorkStep
from pos_app.services.orders.work_lists.lists import close_work_list, open_work_list
from pos_app.services.orders.work_lists.steps import work_off
from pos_app.services.orders.work_lists.waiting import end_waiting_of_list
from pos_app.services.season.cancellations import cancel_performance, reinstate_performance
from pos_app.services.waiting.keeping_up import serve_again
from tests.state_machines.exchange_rules import ExchangeRules
from tests.state_machines.refund_rules import REPEAT
from tests.state_machines.ticket_rules import has_orders

if TYPE_CHECKING:
    from collections.abc import Sequence

_DEEDS: Final = st.lists(st.sampled_from((WorkDeed.KEEP, WorkDeed.REFUND)), min_size=1, max_size=3)
_MOST: Final = 3
"""Orders of a list that are worked off, so that the house is not empty afterwards."""


class WorkListRules(ExchangeRules):
    """All that may happen to the orders of a performance at once."""

    @precondition(has_orders)
    @rule(at=st.integers(0, 1), deeds=_DEEDS, repeat=REPEAT, ended=REPEAT)
    def work_off_a_cancelled_performance(
        self, at: int, deeds: Sequence[WorkDeed], *, repeat: bool, ended: bool
    ) -> None:
        """Do some of its orders, each once or twice, close the list, and give the performance after all.

        ended: nobody waits for it any more; else housekeeping finds what may be offered when it is given again.
        """
        performance, boss = self.stage.performances[at], self.stage.small.manager
        self.transact(cancel_performance, boss, performance, "the tenor is ill")
        self.model.off.add(performance)
        list_id = self.transact(open_work_list, boss, OpenWorkList(self.fresh("list"), performance))
        listed = [sale for sale in self.model.orders if any(self.lines_there(sale, performance))]
        for turn, sale in enumerate(listed[:_MOST]):
            for _ in range(1 + repeat):
                self.work_off(list_id, sale, performance, deeds[turn % len(deeds)])
        for _ in range(ended + ended * repeat):
            self.end_waiting(list_id, performance)
        self.transact(close_work_list, boss, list_id)
        self.transact(reinstate_performance, boss, performance)
        self.model.off.discard(performance)
        self.serve_again(performance)

    def serve_again(self, performance: int) -> None:
        """Let the housekeeping look whether something may be offered now."""

        def real() -> None:
            self.transact(serve_again, performance)

        self.compare("serve again", lambda: self.model.passes.add(performance), real)

    def end_waiting(self, list_id: int, performance: int) -> None:
        """Let nobody wait any more for what is called off."""

        def real() -> object:
            done = self.transact(end_waiting_of_list, self.stage.small.manager, list_id)
            return done.entries, done.offers

        self.compare("end waiting", lambda: self.model.end_waiting(performance), real)

    def work_off(self, list_id: int, sale: str, performance: int, deed: WorkDeed) -> None:
        """Do one order: its tickets there go back with their fees, and the order's own fee with the last of all.

        What is reserved there is given up, if no till has it open for paying.
        """
        step = WorkStep(list_id, self.order_id(sale), deed)

        def foresee() -> object:
            if deed is WorkDeed.KEEP:
                return WorkState.KEPT
            self.model.give_back_for_house(sale, f"work {list_id}", *self.lines_there(sale, performance))
            return WorkState.REFUNDED

        self.compare("work off", foresee, lambda: self.transact(work_off, self.stage.small.manager, step).state)

    def lines_there(self, sale: str, performance: int) -> tuple[list[int], list[int]]:
        """Return the lines of an order that stand in a performance, and those that are reserved there."""
        order = self.model.orders[sale]
        there = {number for number, line in enumerate(order.lines) if line.seat.performance_id == performance}
        return [line for line in order.live if line in there], [line for line in order.reserved if line in there]
