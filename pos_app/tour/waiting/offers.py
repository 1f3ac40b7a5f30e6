"""Offers in the tour: a refund that somebody waited for, a letter, a sale in two keys, and one that nobody took."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt

from pos_app.demo.offers import put_offer_back
from pos_app.tour.hands import Hands
from pos_app.tour.letters.receiver import SENT_WITHIN
from pos_app.tour.stage import fail
from pos_app.tour.waiting.counter import ADDRESSES, FIRST, SECOND, THIRD, TYPED
from pos_app.ui.screens.orders.refund.given_back_sheet import GivenBackSheet
from pos_app.ui.screens.orders.refund.sheet import RefundSheet
from pos_app.ui.screens.selling.waiting.offers_sheet import OffersSheet

if TYPE_CHECKING:
    from pos_app.app import Foyer
    from pos_app.tour.letters.receiver import Receiver
    from pos_app.tour.selling import Selling
    from pos_app.tour.stage import Stage
    from pos_app.tour.waiting.counter import Counter
    from pos_app.ui.screens.orders.screen import OrdersScreen

_SHIFT: Final = Qt.KeyboardModifier.ShiftModifier
_ALT: Final = Qt.KeyboardModifier.AltModifier
_OVER_WITHIN: Final = 60.0


class Offers:
    """Gives tickets back at the order desk, and sells what is offered for them at the counter."""

    def __init__(self, stage: Stage, foyer: Foyer, selling: Selling, counter: Counter, receiver: Receiver) -> None:
        self._stage = stage
        self._foyer = foyer
        self._selling = selling
        self._counter = counter
        self._receiver = receiver
        self._hands = Hands(stage, foyer.window)
        self._told: dict[str, int] = {}

    @property
    def screen(self) -> OrdersScreen:
        """The screen of orders."""
        workplace = self._foyer.workplace
        if workplace is None or workplace.orders is None:
            fail("the orders are not open")
        return workplace.orders

    def show_order(self, at: int) -> None:
        """Press Alt+2, and find one of the orders of this tour by its number."""
        number = self._counter.orders[at]
        self._hands.key(Qt.Key.Key_2, _ALT)
        self._stage.wait_for("orders are listed", lambda: self.screen.search.table.orders)
        self.screen.search.show_all()
        self._hands.write(self.screen.search.field, number)
        panel, table = self.screen.panel, self.screen.search.table
        # The panel may show it from before, and lose it to the newest of all until the list has narrowed.
        self._stage.wait_for("it is found alone", lambda: [one.number for one in table.orders] == [number])
        self._stage.wait_for(
            "the order is shown", lambda: panel.order is not None and panel.order.number == number and panel.rows.rows
        )

    def ask_refund(self) -> None:
        """Tick two seats side by side, and press F7."""
        self.show_order(0)
        self._count_letters()
        self.tick(2)
        self._hands.key(Qt.Key.Key_F7)
        sheet = self._hands.wait_for_sheet(RefundSheet)
        self._stage.wait_for("it is reckoned", lambda: sheet.preview is not None)
        self._hands.click(sheet.reason.choices[0])

    def refund(self) -> None:
        """Press Enter: the money goes back, and who waits is offered the seats in that moment."""
        self._hands.click(self._hands.wait_for_sheet(RefundSheet).yes)
        self._hands.wait_for_sheet(GivenBackSheet)
        self._hands.key(Qt.Key.Key_Return)
        self._hands.wait_for_no_sheet()

    def tick(self, count: int) -> None:
        """Tick the first of the seats of the order that is shown."""
        panel = self.screen.panel
        if panel.order is None:
            fail("no order is shown")
        wanted = [line.line_id for line in panel.order.live_seats[:count]]
        for row in panel.rows.rows:
            if row.line.is_live and row.box.isChecked() != (row.line.line_id in wanted):
                self._hands.click(row.box)

    def hear_of_offer(self) -> None:
        """Wait until the letter has come to the first party; the counter sees the offer."""
        self._wait_for_letter(FIRST)
        self._hands.key(Qt.Key.Key_1, _ALT)
        card = self._selling.sell.waiting.card
        self._stage.wait_for("the till tells of the offer", lambda: card.words)

    def find_offer(self) -> None:
        """Press Shift+F5, and type the name as it is told on the telephone."""
        self._find(FIRST)

    def open_offer(self) -> None:
        """Press Enter: its seats are in the basket, and its customer."""
        sheet = self._hands.wait_for_sheet(OffersSheet)
        self._hands.click(sheet.yes)
        self._hands.wait_for_no_sheet()
        self._stage.wait_for("its seats are in the basket", lambda: len(self._selling.sell.hold.basket.lines) == 2)

    def let_lapse(self) -> None:
        """Let the time of the second party's offer be over: housekeeping passes it on to the third one."""
        house = self._foyer.house
        if house is None:
            fail("the box office is not open")
        self._wait_for_letter(SECOND)
        house.database.transact(put_offer_back)
        self._wait_for_letter(SECOND)
        self._wait_for_letter(THIRD)
        self._hands.key(Qt.Key.Key_1, _ALT)
        self._find(THIRD)

    def _find(self, name: str) -> None:
        self._hands.key(Qt.Key.Key_F5, _SHIFT)
        sheet = self._hands.wait_for_sheet(OffersSheet)
        self._hands.write(sheet.search, TYPED[name])
        self._stage.wait_for(
            f"{name} is found",
            lambda: (
                sheet.chosen is not None
                and sheet.chosen.entry.customer_name == name
                and sheet.chosen.entry.offer is not None
            ),
        )

    def _count_letters(self) -> None:
        for name, address in ADDRESSES.items():
            self._told[name] = len(self._receiver.letters_to(address))

    def _wait_for_letter(self, name: str) -> None:
        seen = self._told.get(name, 0)
        self._stage.wait_for(
            f"a letter has come to {name}",
            lambda: len(self._receiver.letters_to(ADDRESSES[name])) > seen,
            SENT_WITHIN,
        )
        self._told[name] = seen + 1
