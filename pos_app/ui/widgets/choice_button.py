"""A button that opens a short list and shows what was chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from pos_app.ui.look.icons import icon

if TYPE_CHECKING:
    from collections.abc import Sequence


class ChoiceButton(QPushButton):
    """Options are pairs of key and words; arrow keys and Enter work in the list.

    Signals: chosen(object), the key that a person chose.
    """

    chosen = Signal(object)

    def __init__(self, options: Sequence[tuple[object, str]], name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._options = dict(options)
        self._current: object = None
        self.setProperty("variant", "tool")
        self.setIcon(icon("caret-down", role="muted"))
        self.setIconSize(QSize(14, 14))
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        menu = QMenu(self)
        for key, words in options:
            menu.addAction(words).triggered.connect(lambda _checked=False, key=key: self._on_triggered(key))
        self.setMenu(menu)
        if options:
            self.choose(options[0][0])

    @property
    def current(self) -> object:
        """Return the key that is shown."""
        return self._current

    def choose(self, key: object) -> None:
        """Show an option by its key without saying so; raises KeyError for an unknown one."""
        words = self._options[key]
        self._current = key
        self.setText(f"{words} ")
        self.setAccessibleName(f"{self._name}: {words}" if self._name else words)

    def _on_triggered(self, key: object) -> None:
        self.choose(key)
        self.chosen.emit(key)
