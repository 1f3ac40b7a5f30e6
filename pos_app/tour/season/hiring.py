"""Staff in the manager's tour: somebody new, with a password and a PIN of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt

from pos_app.tour.stage import fail
from pos_app.ui.screens.admin.staff.page import StaffPage
from pos_app.ui.screens.admin.staff.secret_sheet import SecretSheet
from pos_app.ui.screens.admin.staff.sign_ins_sheet import SignInsSheet

if TYPE_CHECKING:
    from pos_app.tour.season.manager import Manager

CASHIER: Final = "Ines Falk"


class Hiring:
    """Takes somebody on."""

    def __init__(self, manager: Manager) -> None:
        self._manager = manager

    @property
    def _page(self) -> StaffPage:
        page = self._manager.screen.section("staff")
        if not isinstance(page, StaffPage):
            fail("this is not the staff")
        return page

    def look(self) -> None:
        """Open the section, and one's own account."""
        self._manager.hands.leave_sheet()
        self._manager.open("Staff", "staff")
        self._manager.stage.wait_for("somebody works here", lambda: self._page.list.table.shown)
        self._manager.hands.choose_row(self._page.list.table, "You")

    def begin_account(self) -> None:
        """Ctrl+N, a name and a password that is made up."""
        self._manager.hands.key(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
        self._manager.hands.fill(name=CASHIER, role="Cashier")
        self._manager.hands.press("Make one up")
        self._manager.hands.fill(pin="2580")

    def save_account(self) -> None:
        """Ctrl+S."""
        self._manager.hands.save()
        self._manager.hands.choose_row(self._page.list.table, CASHIER)

    def begin_pin(self) -> None:
        """Ask for another PIN."""
        self._manager.hands.press("PIN…")
        self._manager.hands.wait_for_sheet(SecretSheet)
        self._manager.hands.fill(pin="3690")

    def change_pin(self) -> None:
        """Enter saves it."""
        self._manager.hands.press("Save")
        self._manager.hands.wait_for_no_sheet()

    def begin_password(self) -> None:
        """Ask for another password."""
        self._manager.hands.press("New password…")
        self._manager.hands.wait_for_sheet(SecretSheet)

    def show_sign_ins(self) -> None:
        """Leave the password as it was, and see when the manager signed in."""
        self._manager.hands.leave_sheet()
        self._manager.hands.choose_row(self._page.list.table, "You")
        self._manager.hands.press("Last sign-ins")
        self._manager.hands.wait_for_sheet(SignInsSheet)
