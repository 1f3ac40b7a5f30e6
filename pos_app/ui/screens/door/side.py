"""The side of the door screen: the last scans, or the search."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QStackedWidget, QWidget

from pos_app.ui.screens.door.find_guests import FindGuests
from pos_app.ui.screens.door.last_scans import LastScansList
from pos_app.ui.widgets.boxes import column, row
from pos_app.ui.widgets.buttons import text_button
from pos_app.ui.widgets.labels import text_label

WIDTH: Final = 336


class DoorSide(QFrame):
    """Holds the list of the last scans and the search, and shows one of them.

    Signals:
        asked_for(): the person wants to see it.
        all_gates_changed(bool): the scans of every gate shall be listed, or those of this one alone.
    """

    asked_for = Signal()
    all_gates_changed = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "panel")
        self.setFixedWidth(WIDTH)
        self.last_scans = LastScansList()
        self.finder = FindGuests()
        self._title = text_label("", "heading")
        self.all_gates_button = text_button(self.tr("All gates"), variant="segment")
        self.all_gates_button.setCheckable(True)
        self.all_gates_button.toggled.connect(self._on_all_gates_toggled)
        self._pages = QStackedWidget()
        self._pages.addWidget(self.last_scans)
        self._pages.addWidget(self.finder)
        head = row((self._title, 1), self.all_gates_button, spacing=8)
        column(head, (self._pages, 1), inside=self, margins=12, spacing=8)
        self.show_last_scans()

    @property
    def finding(self) -> bool:
        """Tell whether the search is shown."""
        return self._pages.currentWidget() is self.finder

    @property
    def shows_all_gates(self) -> bool:
        """Tell whether the scans of every gate are listed."""
        return self.all_gates_button.isChecked()

    def show_last_scans(self) -> None:
        """Leave the search."""
        self._pages.setCurrentWidget(self.last_scans)
        self.all_gates_button.show()
        self._name()

    def show_finder(self) -> None:
        """Start to search; what was typed before is selected, so that typing replaces it."""
        self._pages.setCurrentWidget(self.finder)
        self.all_gates_button.hide()
        self._name()
        self.asked_for.emit()
        self.finder.field.setFocus()
        self.finder.field.selectAll()

    def _name(self) -> None:
        if self.finding:
            self._title.setText(self.tr("Find a guest"))
        else:
            self._title.setText(self.tr("Last scans") if self.shows_all_gates else self.tr("Last scans here"))

    def _on_all_gates_toggled(self, every: bool) -> None:  # noqa: FBT001 - a Qt slot
        self._name()
        self.last_scans.name_gates(every)
        self.all_gates_changed.emit(every)
