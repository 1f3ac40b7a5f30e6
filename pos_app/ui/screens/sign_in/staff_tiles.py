"""Everybody who may switch quickly by PIN."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QScrollArea, QVBoxLayout, QWidget

from pos_app.ui.screens.sign_in.person_tile import PersonTile
from pos_app.ui.screens.sign_in.role_words import role_words
from pos_app.ui.widgets.labels import text_label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pos_app.domain.staff.sign_in import StaffChoice

_COLUMNS: Final = 2


class StaffTiles(QWidget):
    """A grid of persons who have a PIN.

    Signals: chosen(StaffChoice).
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._area = QScrollArea(widgetResizable=True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(text_label(self.tr("Switch quickly"), "heading"))
        column.addWidget(text_label(self.tr("Choose your name and type your PIN."), "muted"))
        column.addSpacing(8)
        column.addWidget(self._area, 1)

    def show_staff(self, staff: Sequence[StaffChoice]) -> None:
        """Show those who have a PIN."""
        grid_widget = QWidget()
        grid = QGridLayout(grid_widget)
        grid.setContentsMargins(0, 0, 6, 0)
        grid.setSpacing(10)
        for place, person in enumerate(person for person in staff if person.has_pin):
            tile = PersonTile(person.name, role_words(person.role))
            tile.clicked.connect(lambda _checked=False, person=person: self.chosen.emit(person))
            grid.addWidget(tile, place // _COLUMNS, place % _COLUMNS)
        for column in range(_COLUMNS):
            grid.setColumnStretch(column, 1)
        grid.setRowStretch(grid.rowCount(), 1)
        self._area.setWidget(grid_widget)
