"""Staff in the manager's tour: somebody new, with a password and a PIN of their own."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt

from pos_app.tour.season.manager import Chapter
from pos_app.ui.screens.admin.staff.page import StaffPage
from pos_app.ui.screens.admin.staff.secret_sheet import SecretSheet
from pos_app.ui.screens.admin.staff.sign_ins_sheet import SignInsSheet

CASHIER: Final = "Ines Falk"


class Hiring(Chapter):
    """Takes somebody on."""

    @property
    def _page(self) -> StaffPage:
        return self._manager.section("staff", StaffPage)

    def look(self) -> None:
        """Open the section, and one's own account."""
        self._hands.leave_sheet()
        self._manager.open("Staff", "staff")
        self._stage.wait_for("somebody works here", lambda: self._page.list.table.shown)
        self._hands.choose_row(self._page.list.table, "You")

    def begin_account(self) -> None:
        """Ctrl+N, a name and a password that is made up."""
        self._hands.key(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
        self._hands.fill(name=CASHIER, role="Cashier")
        self._hands.press("Make one up")
        self._hands.fill(pin="2580")

    def save_account(self) -> None:
        """Ctrl+S."""
        self._hands.save()
        self._hands.choose_row(self._page.list.table, CASHIER)

    def begin_pin(self) -> None:
        """Ask for another PIN."""
        self._hands.press("PIN…")
        self._hands.wait_for_sheet(SecretSheet)
        self._hands.fill(pin="3690")

    def change_pin(self) -> None:
        """Enter saves it."""
        self._hands.press("Save")
        self._hands.wait_for_no_sheet()

    def begin_password(self) -> None:
        """Ask for another password."""
        self._hands.press("New password…")
        self._hands.wait_for_sheet(SecretSheet)

    def show_sign_ins(self) -> None:
        """Leave the password as it was, and see when the manager signed in."""
        self._hands.leave_sheet()
        self._hands.choose_row(self._page.list.table, "You")
        self._hands.press("Last sign-ins")
        self._hands.wait_for_sheet(SignInsSheet)
