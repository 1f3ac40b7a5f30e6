"""Finding an order at the desk: by name, by seat, by a scan; and whose it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt

from pos_app.tour.hands import Hands
from pos_app.tour.stage import fail
from pos_app.ui.screens.orders.changes.details_sheet import DetailsSheet

if TYPE_CHECKING:
    from collections.abc import Callable

    from pos_app.app import Foyer
    from pos_app.domain.orders.page import LineOnPage, OrderPage
    from pos_app.domain.tickets.faces import TicketFace
    from pos_app.tour.selling import Selling
    from pos_app.tour.stage import Stage
    from pos_app.ui.screens.orders.screen import OrdersScreen

GUEST: Final = "Zora Nachtigall"


class Desk:
    """Stands at the order desk. new_faces: tickets of the order that are good; old_faces: such as are so no more.

    guest: whose the order is.
    """

    def __init__(self, stage: Stage, foyer: Foyer, selling: Selling, guest: str = GUEST) -> None:
        self.stage = stage
        self.foyer = foyer
        self.selling = selling
        self.guest = guest
        self.hands = Hands(stage, foyer.window)
        self.old_faces: list[TicketFace] = []
        self.new_faces: list[TicketFace] = []

    @property
    def screen(self) -> OrdersScreen:
        """The screen of orders, once somebody has signed in."""
        workplace = self.foyer.workplace
        if workplace is None or workplace.orders is None:
            fail("the orders are not open")
        return workplace.orders

    @property
    def order(self) -> OrderPage:
        """The order that is shown."""
        order = self.screen.panel.order
        if order is None:
            fail("no order is shown")
        return order

    @property
    def number(self) -> str:
        """The number of the order that was sold in this tour."""
        return str(self.stage.record.order.get("number", ""))

    @property
    def old_face(self) -> TicketFace:
        """A ticket whose place was given for another one."""
        return self.old_faces[0]

    @property
    def new_face(self) -> TicketFace:
        """The ticket of the new place."""
        return self.new_faces[0]

    def open(self) -> None:
        """Click Orders: those of the whole house, the newest first."""
        self.hands.press("Orders")
        self.stage.wait_for("orders are listed", lambda: self.screen.search.table.orders)
        self.stage.wait_for("one of them is shown", lambda: self.screen.panel.order is not None)

    def show_last(self) -> None:
        """Press F3: what this till sold last."""
        self.hands.key(Qt.Key.Key_F3)
        self._wait_for_ours("it is among the last ones")
        self.stage.wait_for("only those of this till are listed", lambda: len(self.screen.search.table.orders) == 1)

    def ask_name(self) -> None:
        """Press F12, and type a name."""
        self.hands.key(Qt.Key.Key_F12)
        sheet = self.hands.wait_for_sheet(DetailsSheet)
        self.hands.write(sheet.name.line, self.guest)

    def write_name(self) -> None:
        """Press Enter: the order is theirs."""
        self.hands.key(Qt.Key.Key_Return)
        self.hands.wait_for_no_sheet()
        self.stage.wait_for("the name is on it", lambda: self.order.customer_name == self.guest)

    def find_by_name(self) -> None:
        """Type the last name, as a tired person does."""
        self._find(self.guest.split()[-1].lower())

    def find_by_seat(self) -> None:
        """Type a seat as guests say it."""
        line = self.order.live_seats[0]
        if line.place is None:
            fail("the order has no seat")
        self._find(f"{line.place.zone} row {line.place.row} {line.place.number}".lower())

    def find_by_scan(self) -> None:
        """Scan a ticket, whatever is listed."""
        printed = self.selling.printed
        if printed is None:
            fail("nothing was printed")
        self.screen.search.show_all()
        self.stage.wait_for("another order is shown", lambda: self.screen.search.table.orders)
        self.foyer.window.scans.scanned.emit(printed.faces[0].code)
        self._wait_for_ours("the scan shows it")

    def show_waiting(self) -> None:
        """Press F4: what is paid and waits at the window; then the order of the tour again."""
        self.hands.key(Qt.Key.Key_F4)
        table = self.screen.search.table
        self.stage.wait_for(
            "some wait at the window", lambda: table.orders and all(one.order_id for one in table.orders)
        )
        self.stage.rest()

    def look_again(self) -> None:
        """Open the order once more: all that became of it."""
        self.hands.press("Orders")
        self._find(self.guest.lower())

    def choose(self, wanted: Callable[[LineOnPage], bool]) -> None:
        """Tick places of the order that is shown, and no others."""
        for row in self.screen.panel.rows.rows:
            if row.line.is_live and row.box.isChecked() != wanted(row.line):
                self.hands.click(row.box)

    def show_ours(self) -> None:
        """Show the order of the tour, wherever the desk is."""
        if self.screen.panel.order is None or self.order.number != self.number:
            self._find(self.guest.lower())

    def _find(self, words: str) -> None:
        self.screen.search.show_all()
        self.hands.write(self.screen.search.field, words)
        self._wait_for_ours(f"“{words}” finds it")

    def _wait_for_ours(self, what: str) -> None:
        def is_shown() -> bool:
            order, search = self.screen.panel.order, self.screen.search
            is_answered = search.finding.answered == search.query
            return is_answered and order is not None and order.number == self.number

        self.stage.wait_for(what, is_shown)
