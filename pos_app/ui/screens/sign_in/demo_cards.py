"""The sign-ins of the demo, written out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from pos_app.ui.widgets.boxes import column, row
from pos_app.ui.widgets.labels import Chip, text_label
from pos_app.ui.widgets.person_cards import PersonTile

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pos_app.domain.staff.sign_in import DemoSignIn


class DemoCards(QWidget):
    """A row of persons with role, password and PIN written out; shown in demo mode only.

    Signals: chosen(str, str), name and password.
    """

    chosen = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row = row(spacing=10)
        words = text_label(self.tr("A practice house with invented data. One click signs you in."), "muted")
        head = row(Chip(self.tr("Demo"), "warn"), (words, 1), spacing=10)
        column(head, self._row, inside=self, spacing=10)

    def show_sign_ins(self, demo: Sequence[DemoSignIn]) -> None:
        """Show these; nothing at all when there are none."""
        while (item := self._row.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for person in demo:
            line = self.tr("{0} · PIN {1}").format(person.password, person.pin)
            tile = PersonTile(person.name, line)
            tile.clicked.connect(lambda _checked=False, person=person: self.chosen.emit(person.name, person.password))
            self._row.addWidget(tile)
        self.setVisible(bool(demo))
