"""The side of the door screen: the last scans, or the search."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QStackedWidget, QWidget

from pos_app.ui.screens.door.find_guests import FindGuests
from pos_app.ui.screens.door.last_scans import LastScansList
from pos_app.ui.widgets.boxes import column
from pos_app.ui.widgets.labels import text_label

WIDTH = 336


class DoorSide(QFrame):
    """Holds the list of the last scans and the search, and shows one of them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "panel")
        self.setFixedWidth(WIDTH)
        self.last_scans = LastScansList()
        self.finder = FindGuests()
        self._title = text_label("", "heading")
        self._pages = QStackedWidget()
        self._pages.addWidget(self.last_scans)
        self._pages.addWidget(self.finder)
        column(self._title, (self._pages, 1), inside=self, margins=12, spacing=8)
        self.show_last_scans()

    @property
    def finding(self) -> bool:
        """Tell whether the search is shown."""
        return self._pages.currentWidget() is self.finder

    def show_last_scans(self) -> None:
        """Leave the search."""
        self._pages.setCurrentWidget(self.last_scans)
        self._title.setText(self.tr("Last scans"))

    def show_finder(self) -> None:
        """Start to search; what was typed before is selected, so that typing replaces it."""
        self._pages.setCurrentWidget(self.finder)
        self._title.setText(self.tr("Find a guest"))
        self.finder.field.setFocus()
        self.finder.field.selectAll()
