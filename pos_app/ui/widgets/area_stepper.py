"""How many places of an area: a small sheet beside it, for mouse, finger and keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QFrame, QLineEdit, QSizePolicy, QWidget

from pos_app.ui.announce import announce
from pos_app.ui.look.theme import figures_font
from pos_app.ui.widgets.boxes import column, row
from pos_app.ui.widgets.buttons import icon_button
from pos_app.ui.widgets.key_button import KeyButton
from pos_app.ui.widgets.keys import ENTER, keep_keys
from pos_app.ui.widgets.labels import ElidedLabel, set_tone, text_label
from pos_app.ui.widgets.line_bounds import bound_line
from pos_app.ui.words.amounts import shown_number
from pos_app.ui.words.lists import listed
from pos_app.ui.words.sentences import spoken_count

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QPushButton

WIDTH: Final = 264
EDGE: Final = 8
"""The sheet keeps so far from the edge of what it lies on."""
PAGE_STEP: Final = 10
_STEPS: Final = {
    Qt.Key.Key_Up: 1,
    Qt.Key.Key_Down: -1,
    Qt.Key.Key_PageUp: PAGE_STEP,
    Qt.Key.Key_PageDown: -PAGE_STEP,
}
_KEYS: Final = {*_STEPS, *ENTER, Qt.Key.Key_Escape}


class AreaStepper(QFrame):
    """Asks for the number of places that a basket shall hold of an area in all. Lies over its parent; hidden at first.

    Signals: chosen(int): the total, Enter or its button pressed; closed(): Esc or the cross pressed, nothing chosen.
    """

    chosen = Signal(int)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._total = self._free = self._mine = self._most = 0
        self.setProperty("role", "panel")
        self.setFixedWidth(WIDTH)
        self.setAutoFillBackground(True)
        self._name = ElidedLabel(role="heading")
        self._left = text_label("", "muted")
        self._left.setWordWrap(True)
        self._field = QLineEdit()
        bound_line(self._field, 5)
        self._field.setValidator(QIntValidator(0, 99_999, self))
        self._field.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._field.setFont(figures_font(20))
        self._field.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._field.textEdited.connect(self._on_typed)
        self.setFocusProxy(self._field)
        self.fewer = self._step_button("minus", self.tr("One fewer"), -1)
        self.more = self._step_button("plus", self.tr("One more"), 1)
        cross = icon_button("x", self.tr("Close"))
        cross.clicked.connect(self.close_unchosen)
        self.confirm = KeyButton("", variant="primary")
        self.confirm.print_key("Return")
        self.confirm.clicked.connect(self._on_confirmed)
        head = row((self._name, 1), cross)
        number = row(self.fewer, self._field, self.more, spacing=8)
        column(head, number, self._left, self.confirm, inside=self, margins=(14, 8, 14, 14), spacing=8)
        self.hide()

    @property
    def total(self) -> int:
        """The number that stands there."""
        return self._total

    def ask(self, name: str, *, free: int, mine: int, most: int = 500) -> None:
        """Open for an area: places left, those that the basket holds already, and the most that a basket takes."""
        self._most = most
        self._name.show_words(name)
        self._field.setAccessibleName(self.tr("Number of places in {0}").format(name))
        self.setAccessibleName(name)
        self._total = mine or 1
        self.set_counts(free=free, mine=mine)
        self.show()
        self.raise_()
        self._field.setFocus(Qt.FocusReason.PopupFocusReason)
        self._field.selectAll()

    def set_counts(self, *, free: int, mine: int) -> None:
        """Follow the other tills while it is open."""
        self._free, self._mine = free, mine
        self._set_total(self._total)

    def open_at(self, spot: QPoint) -> None:
        """Lie with the middle at a point of the parent, and wholly inside it."""
        self.adjustSize()
        parent = self.parentWidget()
        around = self.rect() if parent is None else parent.rect()
        left = min(max(EDGE, spot.x() - self.width() // 2), max(EDGE, around.width() - self.width() - EDGE))
        top = min(max(EDGE, spot.y() - self.height() // 2), max(EDGE, around.height() - self.height() - EDGE))
        self.move(left, top)

    def close_unchosen(self) -> None:
        """Close, and choose nothing."""
        self.hide()
        self.closed.emit()

    def _limit(self) -> int:
        return max(0, min(self._free + self._mine, self._most))

    def _step_button(self, icon_name: str, words: str, step: int) -> QPushButton:
        button = icon_button(icon_name, words, variant="tool", role="text")
        button.setAutoRepeat(True)
        # The keyboard stays in the field.
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.clicked.connect(lambda: self._step(step))
        return button

    def _step(self, step: int) -> None:
        self._set_total(self._total + step)
        self._field.selectAll()
        announce(self._field, listed((shown_number(self._total), self._left.text())))

    def _set_total(self, total: int) -> None:
        limit = self._limit()
        self._total = min(max(0, total), limit)
        if self._field.text() != str(self._total):
            self._field.setText(str(self._total))
        self.fewer.setEnabled(self._total > 0)
        self.more.setEnabled(self._total < limit)
        self._tell(too_many=total > limit)

    def _tell(self, *, too_many: bool) -> None:
        set_tone(self._left, "warn" if too_many else "muted")
        self._left.setText(self._words())
        self._field.setAccessibleDescription(self._left.text())
        self.confirm.setEnabled(self._total > 0 or self._mine > 0)
        if not self._total and self._mine:
            self.confirm.set_words(self.tr("Give all back"))
        else:
            self.confirm.set_words(spoken_count("Hold {count} place", "Hold {count} places", self._total))

    def _words(self) -> str:
        if self._most < self._free + self._mine and self._total >= self._most:
            return self.tr("One basket takes {0} at most").format(shown_number(self._most))
        if not self._mine:
            return self.tr("of {0} left").format(shown_number(self._free)) if self._free else self.tr("Sold out")
        mine, free = shown_number(self._mine), shown_number(self._free)
        return self.tr("{0} in this basket, {1} more left").format(mine, free)

    def _on_typed(self, text: str) -> None:
        if text:
            self._set_total(int(text))
        else:
            self._total = 0
            self._tell(too_many=False)

    def _on_confirmed(self) -> None:
        if self.confirm.isEnabled():
            self.hide()
            self.chosen.emit(self._total)

    def event(self, event: QEvent) -> bool:
        """Keep its keys from the shortcuts of the screen."""
        return keep_keys(event, _KEYS) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Step with the arrows and the page keys, confirm with Enter, close with Esc."""
        if step := _STEPS.get(Qt.Key(event.key())):
            self._step(step)
        elif event.key() in ENTER:
            self._on_confirmed()
        elif event.key() == Qt.Key.Key_Escape:
            self.close_unchosen()
        else:
            super().keyPressEvent(event)
