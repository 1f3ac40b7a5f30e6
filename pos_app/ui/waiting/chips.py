"""Any of many as buttons that stay down, side by side; none of them: any will do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from pos_app.ui.widgets.boxes import column
from pos_app.ui.widgets.buttons import Button
from pos_app.ui.widgets.labels import text_label
from pos_app.ui.widgets.wrapping_row import WrappingRow
from pos_app.ui.words.lists import labelled

if TYPE_CHECKING:
    from collections.abc import Sequence


class ChoiceChips(QWidget):
    """Buttons of which any number is down. options: key and words. Signals: changed()."""

    changed = Signal()

    def __init__(self, name: str, options: Sequence[tuple[int, str]]) -> None:
        super().__init__()
        self._chips: dict[int, Button] = {}
        for key, words in options:
            chip = Button(words)
            chip.setCheckable(True)
            chip.setProperty("variant", "segment")
            chip.setAccessibleName(labelled(name, words))
            chip.clicked.connect(self._on_clicked)
            self._chips[key] = chip
        self._any = text_label(self.tr("None chosen: any will do."), "small", tone="muted")
        chips = QWidget()
        WrappingRow(*self._chips.values(), inside=chips, spacing=6)
        column(chips, self._any, inside=self, spacing=3)
        self.setAccessibleName(name)

    @property
    def chosen(self) -> tuple[int, ...]:
        """Return the keys that are down; none: any will do."""
        return tuple(key for key, chip in self._chips.items() if chip.isChecked())

    def chip(self, key: int) -> Button:
        """Return the button of a key. Raises KeyError."""
        return self._chips[key]

    def _on_clicked(self) -> None:
        self._any.setVisible(not self.chosen)
        self.changed.emit()
