"""What is shown of one customer, a part at a time: what is typed, the orders, the payments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QWidget

from pos_app.ui.widgets.key_button import KeyButton
from pos_app.ui.widgets.wrapping_row import WrappingRow

if TYPE_CHECKING:
    from collections.abc import Sequence


class PartButtons(QWidget):
    """Buttons of which exactly one is down, each with a key. parts: their names, and the keys.

    Signals: chosen(int): a person went to this part, or it was shown by show_part().
    """

    chosen = Signal(int)

    def __init__(self, parts: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._names = tuple(name for name, _key in parts)
        self._group = QButtonGroup(self)
        self.buttons: list[KeyButton] = []
        for at, (name, key) in enumerate(parts):
            button = KeyButton(name, key)
            button.setCheckable(True)
            button.clicked.connect(lambda _checked=False, at=at: self.chosen.emit(at))
            self._group.addButton(button, at)
            self.buttons.append(button)
        WrappingRow(*self.buttons, inside=self, spacing=6).setContentsMargins(18, 0, 14, 10)
        self.buttons[0].setChecked(True)

    def add(self, button: KeyButton) -> None:
        """Put a button behind the parts that leads elsewhere."""
        layout = self.layout()
        if layout is not None:
            layout.addWidget(button)

    @property
    def current(self) -> int:
        """Return which part is shown."""
        return self._group.checkedId()

    def show_part(self, at: int) -> None:
        """Go to a part, from 0."""
        self.buttons[at].setChecked(True)
        self.chosen.emit(at)

    def show_words(self, at: int, words: str) -> None:
        """Write something else on a button; "": its name alone."""
        self.buttons[at].set_words(words or self._names[at])

    def show_possible(self, *, has_others: bool) -> None:
        """Offer the parts besides the first, or leave all buttons away where there is only that."""
        self.setVisible(has_others)
        if not has_others:
            self.show_part(0)
