"""A cancelled performance worked off: its list is opened, and all of its orders are refunded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from pos_app.demo.season import SEASON
from pos_app.domain.orders.work_lists import WorkDeed, count_work
from pos_app.tour.stage import fail
from pos_app.ui.screens.admin.events.page import EventsPage
from pos_app.ui.screens.orders.work_list.panel import WorkListPanel
from pos_app.ui.screens.orders.work_list.sheets import RefundOrdersSheet

if TYPE_CHECKING:
    from pos_app.domain.staff.sign_in import DemoSignIn
    from pos_app.tour.orders.desk import Desk
    from pos_app.ui.screens.admin.screen import AdminScreen


class WorkingOff:
    """Works at the list of a performance as its manager."""

    def __init__(self, desk: Desk, person: DemoSignIn) -> None:
        self._desk = desk
        self._hands = desk.hands
        self._stage = desk.stage
        self._person = person

    @property
    def _screen(self) -> AdminScreen:
        workplace = self._desk.foyer.workplace
        if workplace is None or workplace.manage is None:
            fail("the manager's screen is not open")
        return workplace.manage

    @property
    def _panel(self) -> WorkListPanel:
        return self._hands.find(WorkListPanel)

    @property
    def _left(self) -> int:
        return count_work(self._panel.view.table.records).left

    def sign_in(self) -> None:
        """The steward goes, the manager comes."""
        window = self._desk.foyer.window
        window.sign_out()
        form = window.sign_in_screen.form
        self._hands.write(form.name_field, self._person.name)
        self._hands.write(form.password_field, self._person.password)
        QTest.keyClick(form.password_field, Qt.Key.Key_Return)
        self._stage.wait_for("the manager is in", lambda: window.actor is not None)

    def open_performance(self) -> None:
        """Go to the cancelled performance."""
        self._hands.press("Manage")
        self._stage.wait_for("a section is open", lambda: self._screen.current)
        self._hands.press("Events")
        self._stage.wait_for("the events are open", lambda: self._screen.current == "events")
        section = self._screen.section("events")
        if not isinstance(section, EventsPage):
            fail("the section of events is another one")
        self._hands.press("Performances", section.parts)
        title = next(one.title for one in SEASON if one.cancelled)
        self._hands.choose_row(section.performances.list.table, title)

    def open_list(self) -> None:
        """Open its work list, of which somebody has done a part."""
        self._hands.press("Work list")
        view = self._panel.view
        self._stage.wait_for("its orders are listed", lambda: view.isVisible() and view.table.shown)

    def ask_refund(self) -> None:
        """Choose all and press F6: what goes back, and how."""
        self._hands.click(self._panel.view.all_button)
        self._hands.click(self._panel.view.button(WorkDeed.REFUND))
        self._hands.wait_for_sheet(RefundOrdersSheet)

    def refund_all(self) -> None:
        """Say yes: order after order is refunded, until none is left."""
        sheet = self._hands.wait_for_sheet(RefundOrdersSheet)
        self._hands.click(sheet.yes)
        view = self._panel.view
        self._stage.wait_for("no order is left", lambda: not view.run.is_busy and self._left == 0, 60)
