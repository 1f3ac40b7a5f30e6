"""The counter of the tour of waiting lists: the last seats sold, parties that join, and the list looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt

from pos_app.tour.hands import Hands
from pos_app.tour.stage import fail
from pos_app.ui.screens.selling.basket.order_sheet import OrderSheet
from pos_app.ui.screens.selling.waiting.join_sheet import JoinSheet
from pos_app.ui.screens.selling.waiting.joined_sheet import JoinedSheet
from pos_app.ui.screens.selling.waiting.queue_sheet import QueueSheet

if TYPE_CHECKING:
    from pos_app.app import Foyer
    from pos_app.tour.selling import Selling
    from pos_app.tour.stage import Stage
    from pos_app.ui.customers.finder import CustomerFinder

FIRST: Final = "Zuzana Dvořáková"
SECOND: Final = "Siobhán Walsh"
THIRD: Final = "Mary Kelly"
SELLER: Final = "João Silva"
TYPED: Final = {FIRST: "dvorakova", SECOND: "siobhan", THIRD: "mary kelly", SELLER: "joao silva"}
"""As people type it in a hurry."""
ADDRESSES: Final = {
    FIRST: "zuzana.dvorakova@example.org",
    SECOND: "siobhan@example.org",
    THIRD: "mary.kelly@example.org",
    SELLER: "joao.silva@example.org",
}
_NEARLY: Final = range(6, 20)
"""So many seats are left of the evening of the tour."""
_SHIFT: Final = Qt.KeyboardModifier.ShiftModifier


class Counter:
    """Sells an evening out, and writes down who waits for it. orders: the numbers of what was sold, in turn."""

    def __init__(self, stage: Stage, foyer: Foyer, selling: Selling) -> None:
        self._stage = stage
        self._selling = selling
        self._hands = Hands(stage, foyer.window)
        self.orders: list[str] = []

    def open_evening(self) -> None:
        """Press Alt+1, and choose the performance of which a few seats are left."""
        self._hands.key(Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
        if not self._selling.open_first(lambda one: one.free in _NEARLY):
            fail("no performance is nearly sold out")
        self._stage.wait_for("its states are known", lambda: self._selling.has_free_run(2))

    def pick_last(self) -> None:
        """Click the seats that are left, after the others."""
        for _ in range(2):
            self._selling.pick_seats(2)

    def name_seller(self) -> None:
        """Press F8 over the basket, and choose whose it is."""
        self._hands.key(Qt.Key.Key_F8)
        self._choose(self._hands.wait_for_sheet(OrderSheet).finder, SELLER)
        self._hands.key(Qt.Key.Key_Return)
        self._hands.wait_for_no_sheet()

    def note_order(self) -> None:
        """Keep the number of what was sold; the till is free for the next one."""
        self.orders.append(str(self._stage.record.order["number"]))
        self._selling.next_customer()

    def see_sold_out(self) -> None:
        """Nothing is left: the strip above the map offers to wait."""
        self._stage.wait_for("nothing is free", lambda: not self._selling.has_free_run(1))
        strip = self._selling.sell.waiting.strip
        self._stage.wait_for("it offers to join", strip.join.isVisible)

    def ask_to_join(self) -> None:
        """Press Shift+F6, choose a customer, and leave it at two people who sit together."""
        self._begin(FIRST)

    def join(self) -> None:
        """Press Enter: the place is told, with the code."""
        self._hands.click(self._hands.wait_for_sheet(JoinSheet).yes)
        self._hands.wait_for_sheet(JoinedSheet)

    def join_others(self) -> None:
        """Let two others join, each of two people."""
        self._leave_joined()
        for name in (SECOND, THIRD):
            self._begin(name)
            self.join()
            if name is SECOND:
                self._leave_joined()

    def look_at_queue(self) -> None:
        """Press Shift+F7: who waits, in which order."""
        if isinstance(self._hands.place, JoinedSheet):
            self._leave_joined()
        self._hands.key(Qt.Key.Key_F7, _SHIFT)
        sheet = self._hands.wait_for_sheet(QueueSheet)
        self._stage.wait_for("they are listed", lambda: sheet.queue.table.shown)

    def look_back(self) -> None:
        """Press Alt+1, and look at the list once more: what became of each of them."""
        self._hands.key(Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
        self._hands.key(Qt.Key.Key_F7, _SHIFT)
        sheet = self._hands.wait_for_sheet(QueueSheet)
        self._stage.wait_for("the list is read", lambda: sheet.queue.page is not None)
        self._hands.press("All, ended too", sheet)
        self._stage.wait_for("those that ended are listed", lambda: len(sheet.queue.table.shown) == len(TYPED) - 1)

    def leave_queue(self) -> None:
        """Press Esc."""
        self._hands.leave_sheet()

    def _begin(self, name: str) -> None:
        self._hands.key(Qt.Key.Key_F6, _SHIFT)
        sheet = self._hands.wait_for_sheet(JoinSheet)
        self._stage.wait_for("it is known what may be wanted", lambda: sheet.wants is not None)
        self._choose(sheet.finder, name)
        self._stage.wait_for("the party may join", sheet.yes.isEnabled)

    def _leave_joined(self) -> None:
        self._hands.click(self._hands.wait_for_sheet(JoinedSheet).done)
        self._hands.wait_for_no_sheet()

    def _choose(self, finder: CustomerFinder, name: str) -> None:
        """Type a name, walk to the one who has it by the arrow key, and press Enter."""
        self._hands.write(finder.line, TYPED[name])
        self._stage.wait_for(
            f"{name} is offered", lambda: [one.name for one in finder.suggestions.customers][:1] == [name]
        )
        self._hands.key(Qt.Key.Key_Down)
        self._hands.key(Qt.Key.Key_Return)
        self._stage.wait_for(f"{name} is chosen", lambda: finder.customer is not None and finder.customer.name == name)
