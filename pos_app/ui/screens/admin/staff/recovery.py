"""A new recovery sheet, made by the password of the manager who works here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from pos_app.flows.founding_keys import make_recovery_sheet
from pos_app.ui.records.own_password_sheet import OwnPasswordSheet
from pos_app.ui.widgets.recovery_box import RecoveryBox
from pos_app.ui.widgets.sheets.base import Sheet

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from pos_app.ui.office import Office


class RecoveryAsking(QObject):
    """Asks for the password, and shows the sheet. It lives as long as its page."""

    def __init__(self, page: QWidget, office: Office) -> None:
        super().__init__(page)
        self._page = page
        self._office = office

    def begin(self) -> None:
        """Ask."""
        title = self.tr("Make a new recovery sheet?")
        asking = OwnPasswordSheet(self._page, title, self._office.actor.name, yes=self.tr("Make it"))

        def made(found: tuple[str, str]) -> None:
            asking.close_sheet()
            self._show(*found)

        asking.given.connect(
            lambda password: self._office.run_flow(self._page, make_recovery_sheet, password).then(
                made, asking.show_refusal
            )
        )
        asking.open()

    def _show(self, house: str, code: str) -> None:
        sheet = Sheet(self._page, self.tr("The new recovery sheet"), width=640)
        box = RecoveryBox(self._office.background)
        box.show_sheet(house, code)
        sheet.body.addWidget(box)
        close = sheet.add_button(self.tr("It is on paper now"), "Esc")
        close.clicked.connect(sheet.cancel)
        sheet.open()
