"""A choice out of a list that folds out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox

from pos_app.ui.widgets.popup_list import MOST_ROWS, PopupList, TallRows

if TYPE_CHECKING:
    from PySide6.QtGui import QWheelEvent
    from PySide6.QtWidgets import QWidget


class ComboBox(QComboBox):
    """Unfolds rows that a finger can hit; the wheel scrolls the page, and changes nothing. Signals: see QComboBox."""

    def __init__(self, parent: QWidget | None = None, *, editable: bool = False) -> None:
        super().__init__(parent)
        self.setEditable(editable)
        # Nor does the wheel give it the keyboard.
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMaxVisibleItems(MOST_ROWS)
        self.setView(PopupList())
        # The box takes the bar away from a list that it means to scroll by arrows.
        self.view().setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        # The box gives its list rows of its own.
        self.setItemDelegate(TallRows(self))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave it to what is scrolled: a choice under the pointer must stay as it is."""
        event.ignore()
