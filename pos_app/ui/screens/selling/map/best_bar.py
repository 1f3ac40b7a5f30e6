"""Best seats together: how many, in which category, for a wheelchair or not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QWidget

from pos_app.ui.look.icons import icon
from pos_app.ui.look.theme import figures_font
from pos_app.ui.widgets.boxes import row
from pos_app.ui.widgets.buttons import Button
from pos_app.ui.widgets.key_button import KeyButton
from pos_app.ui.widgets.labels import text_label
from pos_app.ui.words.amounts import shown_number
from pos_app.ui.words.lists import labelled
from pos_app.ui.words.sentences import spoken_count

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QWheelEvent

MOST_TOGETHER: Final = 20
ANY: Final = 0


class Stepper(QWidget):
    """A whole number between two bounds; buttons and wheel step it.

    Signals: changed(int).
    """

    changed = Signal(int)

    def __init__(self, words: str, *, least: int, most: int, value: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._least, self._most, self._value = least, most, value
        self._words = words
        self._number = text_label(shown_number(value), "strong")
        self._number.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._number.setFont(figures_font(15))
        self._number.setFixedWidth(30)
        self.fewer = self._button("minus", self.tr("One fewer"), -1)
        self.more = self._button("plus", self.tr("One more"), 1)
        row(self.fewer, self._number, self.more, inside=self, spacing=2)
        self.setAccessibleName(labelled(words, shown_number(value)))

    @property
    def value(self) -> int:
        """Return the number."""
        return self._value

    def set_value(self, value: int) -> None:
        """Set the number, within its bounds."""
        value = max(self._least, min(self._most, value))
        self.fewer.setEnabled(value > self._least)
        self.more.setEnabled(value < self._most)
        if value != self._value:
            self._value = value
            self._number.setText(shown_number(value))
            self.setAccessibleName(labelled(self._words, shown_number(value)))
            self.changed.emit(value)

    def _button(self, name: str, words: str, step: int) -> Button:
        button = Button(icon(name), "")
        button.setProperty("variant", "tool")
        button.setFixedWidth(44)
        button.setToolTip(words)
        button.setAccessibleName(words)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(lambda _checked=False: self.set_value(self._value + step))
        return button

    def wheelEvent(self, event: QWheelEvent) -> None:
        """One step a notch."""
        steps = event.angleDelta().y()
        if steps:
            self.set_value(self._value + (1 if steps > 0 else -1))
        event.accept()


class BestBar(QWidget):
    """Asks for seats; finds none itself.

    Signals: asked(int, int, bool): how many, the category's id (ANY for any), with a wheelchair place.
    """

    asked = Signal(int, int, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.count = Stepper(self.tr("Seats together"), least=1, most=MOST_TOGETHER, value=2)
        self.count.changed.connect(self._say)
        self.category = QComboBox()
        self.category.setAccessibleName(self.tr("Price category"))
        self.category.setMinimumContentsLength(8)
        self.category.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.category.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.wheelchair = Button(icon("wheelchair", checked_role="accent"), "")
        self.wheelchair.setCheckable(True)
        self.wheelchair.setProperty("variant", "segment")
        self.wheelchair.setFixedWidth(44)
        self.wheelchair.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.wheelchair.setToolTip(self.tr("One wheelchair place, the others beside it for companions"))
        self.wheelchair.setAccessibleName(self.wheelchair.toolTip())
        self.wheelchair.toggled.connect(self._say)
        self.button = KeyButton("", "F4", icon_name="magic-wand")
        self.button.clicked.connect(self._on_asked)
        row(self.count, self.category, self.wheelchair, self.button, 1, inside=self, spacing=8)
        self._say()
        self.show_categories(())

    def show_categories(self, categories: Sequence[tuple[int, str]]) -> None:
        """Offer these categories (id and name); the choice of before stays where it can."""
        before = self.category.currentText()
        self.category.clear()
        self.category.addItem(self.tr("Any category"), ANY)
        for category_id, name in categories:
            self.category.addItem(name, category_id)
        self.category.setCurrentIndex(max(0, self.category.findText(before)))
        self.setEnabled(bool(categories))

    def _say(self) -> None:
        count = self.count.value
        self.button.set_words(spoken_count("Best seat", "Best {count} together", count))

    def _on_asked(self) -> None:
        category = self.category.currentData()
        self.asked.emit(self.count.value, int(category or ANY), self.wheelchair.isChecked())
