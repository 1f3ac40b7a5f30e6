"""A strip of the house's zones: one press jumps there, and best seats are looked for there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QScrollArea, QWidget

from pos_app.ui.widgets.boxes import row
from pos_app.ui.widgets.buttons import Button

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QWheelEvent

WHOLE_HOUSE = -1
_HEIGHT = 46


class ZoneStrip(QScrollArea):
    """Buttons of which one is down; scrolls sideways where there are many.

    Signals: chosen(int), the index of a zone, WHOLE_HOUSE for all of it; each press says so, also a repeated one.
    """

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._group = QButtonGroup(self)
        self._row = row(spacing=6)
        inside = QWidget()
        inside.setLayout(self._row)
        # Once for all: a sheet for each button costs a large house a frame.
        inside.setStyleSheet("QPushButton { padding: 0 10px; }")
        self.setWidget(inside)
        self.setWidgetResizable(True)
        self.setFixedHeight(_HEIGHT)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(self.tr("Zones"))
        self._group.idClicked.connect(self._on_clicked)

    @property
    def zone(self) -> int:
        """Return the chosen zone, WHOLE_HOUSE for all of it."""
        return self._group.checkedId() - 1 if self._group.checkedId() > 0 else WHOLE_HOUSE

    def show_zones(self, names: Sequence[str]) -> None:
        """Show these zones in the house's order; the whole house is chosen."""
        for button in self._group.buttons():
            self._group.removeButton(button)
            button.hide()
            button.deleteLater()
        while self._row.count():
            self._row.takeAt(0)
        self.setVisible(len(names) > 1)
        for number, words in enumerate((self.tr("Whole house"), *names)):
            button = Button(words)
            button.setCheckable(True)
            button.setProperty("variant", "segment")
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self._group.addButton(button, number)
            self._row.addWidget(button)
        self._row.addStretch(1)
        first = self._group.button(0)
        if first is not None:
            first.setChecked(True)

    def _on_clicked(self, number: int) -> None:
        button = self._group.button(number)
        if button is not None:
            self.ensureWidgetVisible(button, 60, 0)
        self.chosen.emit(number - 1 if number > 0 else WHOLE_HOUSE)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll sideways."""
        bar = self.horizontalScrollBar()
        bar.setValue(bar.value() - event.angleDelta().y() - event.angleDelta().x())
        event.accept()
