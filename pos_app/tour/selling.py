"""The cashier's part of the tour."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from pos_app.demo.season import hold_seats_for
from pos_app.documents.previews import words_of_pages
from pos_app.domain.currencies import exponent
from pos_app.domain.seats import MapState
from pos_app.tour.stage import fail

if TYPE_CHECKING:
    from collections.abc import Callable

    from pos_app.app import Foyer
    from pos_app.domain.season.offers import PerformanceSummary
    from pos_app.domain.staff.sign_in import DemoSignIn
    from pos_app.flows.print_tickets import PrintedTickets
    from pos_app.tour.stage import Stage
    from pos_app.ui.screens.selling.screen import SellScreen

SHORT_HOLD_SECONDS: Final = 3
_LEFT: Final = Qt.MouseButton.LeftButton


class Selling:
    """Signs in as the cashier and sells."""

    def __init__(self, stage: Stage, foyer: Foyer, person: DemoSignIn) -> None:
        self._stage = stage
        self._foyer = foyer
        self._person = person
        self._seats: list[int] = []
        self._sold = 0
        self.printed: PrintedTickets | None = None

    @property
    def sell(self) -> SellScreen:
        """The sell screen, once somebody has signed in."""
        workplace = self._foyer.workplace
        if workplace is None or workplace.sell is None:
            fail("the sell screen is not open")
        return workplace.sell

    def sign_in(self) -> None:
        """Type name and password."""
        screen = self._foyer.window.sign_in_screen
        screen.form.name_field.setText(self._person.name)
        screen.form.password_field.setText(self._person.password)
        QTest.keyClick(screen.form.password_field, Qt.Key.Key_Return)
        self._stage.wait_for("the cashier is in", lambda: self._foyer.window.actor is not None)
        self._stage.wait_for("the seats are shown", lambda: self.sell.live.plan is not None)
        self._stage.wait_for("the states are known", lambda: self.has_free_run(2))

    def choose_performance(self) -> None:
        """Click the second performance that has plenty of seats left."""
        open_now = self.sell.live.offer
        if not self.open_first(
            lambda one: one.free > one.capacity // 3 and (not open_now or one.title != open_now.title)
        ):
            fail("no performance with seats left")
        self._stage.wait_for("its states are known", lambda: self.has_free_run(2))

    def open_first(self, wanted: Callable[[PerformanceSummary], bool]) -> bool:
        """Click the first performance on sale that is wanted; False where the list has none."""
        listed = self.sell.performances
        rows = range(listed.model.rowCount())
        found = next((row for row in rows if listed.model.at(row).on_sale and wanted(self._counted(row))), None)
        if found is None:
            return False
        index = listed.model.index(found)
        performance_id = listed.model.at(found).performance_id
        listed.view.scrollTo(index)
        at = listed.view.visualRect(index).center()
        QTest.mouseClick(listed.view.viewport(), _LEFT, Qt.KeyboardModifier.NoModifier, at)
        self._stage.wait_for(
            "the performance is open",
            lambda: (offer := self.sell.live.offer) and offer.performance_id == performance_id,
        )
        return True

    def _counted(self, row: int) -> PerformanceSummary:
        """Look at a performance of the list until its seats are counted."""
        listed = self.sell.performances
        if not listed.model.at(row).counted:
            listed.view.scrollTo(listed.model.index(row))
            self._stage.wait_for("its seats are counted", lambda: listed.model.at(row).counted)
        return listed.model.at(row)

    def pick_seats(self, count: int = 3) -> None:
        """Click seats that stand side by side."""
        before = len(self.sell.hold.basket.lines)
        self._seats = self._free_run(count)
        if not self._seats:
            fail(f"no {count} free seats side by side")
        for seat in self._seats:
            self._click(seat)
        self._stage.wait_for("the seats are held", lambda: len(self.sell.hold.basket.lines) == before + count)
        board = self.sell.map_panel.map
        self._stage.wait_for("the map agrees", lambda: all(board.state_of(at) == MapState.MINE for at in self._seats))
        if self.sell.hold.seconds_left <= 0:
            fail("no time is left on a fresh hold")

    def has_free_run(self, count: int) -> bool:
        """Tell whether so many seats side by side are known to be free."""
        return bool(self._free_run(count))

    def change_type(self) -> None:
        """Make the last one a child, if the house has such a ticket."""
        hold = self.sell.hold
        line = hold.basket.lines[-1]
        other = [kind for kind in line.choices if kind.ticket_type_id != line.ticket_type.ticket_type_id]
        if not other:
            fail("only one ticket type is offered")
        before = hold.basket.totals().total_minor
        row = self.sell.basket_panel.rows()[-1]
        row.type_chosen.emit((row.seat,), other[0].ticket_type_id)
        if hold.basket.totals().total_minor == before:
            fail("the total did not follow the ticket type")

    def open_cash(self) -> None:
        """Press F10, and type what the customer gives."""
        banner = self.sell.banner
        banner.dismiss()
        QTest.keyClick(self._foyer.window, Qt.Key.Key_F10)
        sheet = self.sell.checkout.sheet
        self._stage.wait_for("the payment is open, or advice is given", lambda: sheet.isVisible() or banner.isVisible())
        if not sheet.isVisible():
            # Seats picked by hand may leave a single one over: the customer wants these all the same.
            QTest.keyClick(self._foyer.window, Qt.Key.Key_F10)
        self._stage.wait_for("the payment is open", sheet.isVisible)
        note = self._note()
        focus = self._focused()
        QTest.keyClicks(focus, str(note))
        self._stage.rest()

    def take_cash(self) -> None:
        """Press Enter: sold, change told, tickets set."""
        focus = self._focused()
        total = self.sell.hold.basket.totals().total_minor
        self._sold = len(self.sell.hold.basket.lines)
        QTest.keyClick(focus, Qt.Key.Key_Return)
        self._stage.wait_for("it is sold", lambda: self.sell.tickets.sale is not None)
        sale = self.sell.tickets.sale
        if sale is None or sale.total_minor != total:
            fail("the total charged is not the total shown")
        self._stage.record.order = {
            "number": sale.number,
            "total_minor": sale.total_minor,
            "currency": sale.currency,
        }
        self._stage.wait_for("the tickets are set", lambda: self.sell.tickets.printed is not None)
        self.printed = self.sell.tickets.printed

    def keep_tickets(self) -> None:
        """Copy the PDF beside the pictures, and name each ticket."""
        printed = self.printed
        if printed is None or printed.path is None or not printed.path.is_file():
            fail("there is no PDF")
        name = f"tickets-{printed.order_number}.pdf"
        shutil.copyfile(printed.path, self._stage.folder / name)
        for words in words_of_pages(printed.pdf):
            self._stage.findings.read(" ".join(words.split()), name, "tickets")
        for face in printed.faces:
            self._stage.record.tickets.append({"place": face.place.spoken(), "code": face.code, "pdf": name})
        if len(printed.faces) != self._sold:
            fail("there is not a ticket for each seat")

    def next_customer(self) -> None:
        """Press Enter: the till is free for the next one."""
        QTest.keyClick(self._focused(), Qt.Key.Key_Return)
        self._stage.wait_for("the basket is empty", lambda: self.sell.tickets.sale is None)

    def let_a_hold_run_out(self) -> None:
        """Hold a seat for a few seconds only, and do nothing."""
        offer = self.sell.live.offer
        house = self._foyer.house
        if offer is None or house is None:
            fail("no performance is open")
        house.database.transact(hold_seats_for, offer.performance_id, SHORT_HOLD_SECONDS)
        try:
            self.pick_seats(2)
            self._stage.wait_for("the time is up", lambda: self.sell.hold.is_expired)
            board = self.sell.map_panel.map
            free = MapState.FREE
            self._stage.wait_for(
                "the map shows them free", lambda: all(board.state_of(at) == free for at in self._seats)
            )
        finally:
            house.database.transact(hold_seats_for, offer.performance_id, offer.hold_seconds)

    def take_them_again(self) -> None:
        """Press F5: the same seats, a new hold."""
        QTest.keyClick(self._foyer.window, Qt.Key.Key_F5)
        self._stage.wait_for("they are held again", lambda: self.sell.hold.seconds_left > SHORT_HOLD_SECONDS)

    def release(self) -> None:
        """Press Esc, and Enter to confirm."""
        QTest.keyClick(self._foyer.window, Qt.Key.Key_Escape)
        self._stage.rest()
        QTest.keyClick(self._focused(), Qt.Key.Key_Return)
        self._stage.wait_for("the basket is empty", lambda: not self.sell.hold.basket.lines)

    def _focused(self) -> QWidget:
        focused = QApplication.focusWidget()
        return self._foyer.window if focused is None else focused

    def _click(self, seat: int) -> None:
        board = self.sell.map_panel.map
        at = board.seat_center(seat)
        QTest.mouseClick(board, _LEFT, Qt.KeyboardModifier.NoModifier, QPoint(at.x(), at.y()))

    def _free_run(self, count: int) -> list[int]:
        """Return free seats side by side, the nearest to the stage's middle first; [] where there are none."""
        plan, board = self.sell.live.plan, self.sell.map_panel.map
        if plan is None or not len(plan.seat_id):
            return []
        order = sorted(
            range(len(plan.seat_id)),
            key=lambda at: (plan.x[at] - plan.focal_x) ** 2 + (plan.y[at] - plan.focal_y) ** 2,
        )
        for first in order:
            run = range(first, first + count)
            if run[-1] < len(plan.seat_id) and all(
                plan.row_of[at] == plan.row_of[first]
                and plan.position[at] == plan.position[first] + at - first
                and plan.kind[at] == 0
                and board.state_of(at) == MapState.FREE
                for at in run
            ):
                return list(run)
        return []

    def _note(self) -> int:
        """Return what the customer gives, in whole units: the next full fifty above the total."""
        basket = self.sell.hold.basket
        fifty: int = 50 * 10 ** exponent(basket.currency)
        return (basket.totals().total_minor // fifty + 1) * 50
