"""Best seats together: how many, in which category, for a wheelchair or not."""

from __future__ import annotations

from enum import IntEnum
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from pos_app.ui.look.icons import icon
from pos_app.ui.look.theme import figures_font
from pos_app.ui.screens.selling.map.price_chips import ANY
from pos_app.ui.widgets.boxes import row
from pos_app.ui.widgets.buttons import Button
from pos_app.ui.widgets.key_button import KeyButton
from pos_app.ui.widgets.labels import text_label
from pos_app.ui.words.amounts import shown_number
from pos_app.ui.words.lists import labelled
from pos_app.ui.words.sentences import spoken_count

MOST_TOGETHER: Final = 20
USUAL: Final = 2
"""So many are looked for until somebody says otherwise."""
_ICON: Final = "magic-wand"
_GAP: Final = 6


class Comfort(IntEnum):
    """What is on the button: icon, words in one line and key; words in two lines and key; the words alone."""

    WHOLE = 0
    NARROW = 1
    BARE = 2


class Stepper(QWidget):
    """A whole number between two bounds; buttons step it.

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


class BestBar(QWidget):
    """Asks for seats; finds none itself.

    Signals, each with how many, the category's id (ANY for any), and whether with a wheelchair place:
        asked(int, int, bool): in place of those that were found last;
        asked_beside(int, int, bool): beside all that is in the basket.
    """

    asked = Signal(int, int, bool)
    asked_beside = Signal(int, int, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.count = Stepper(self.tr("Seats together"), least=1, most=MOST_TOGETHER, value=USUAL)
        self.count.changed.connect(self._say)
        self._category = ANY
        self.wheelchair = Button(icon("wheelchair", checked_role="accent"), "")
        self.wheelchair.setCheckable(True)
        self.wheelchair.setProperty("variant", "segment")
        self.wheelchair.setFixedWidth(44)
        self.wheelchair.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.wheelchair.setToolTip(self.tr("One wheelchair place, the others beside it"))
        self.wheelchair.setAccessibleName(self.wheelchair.toolTip())
        self.wheelchair.toggled.connect(self._say)
        self.button = KeyButton("", "F4", icon_name=_ICON)
        self.button.clicked.connect(lambda: self.asked.emit(*self._wish()))
        self.button.setToolTip(self.tr("F4 again: the next best instead. Shift+F4: more beside them."))
        more = QShortcut(QKeySequence("Shift+F4"), self, lambda: self.asked_beside.emit(*self._wish()))
        more.setAutoRepeat(False)
        row(self.count, self.wheelchair, self.button, inside=self, spacing=_GAP)
        self._say()
        self.set_comfort(Comfort.WHOLE)

    def want_category(self, category_id: int) -> None:
        """Look in this category from now on, ANY for any."""
        self._category = category_id

    def reset(self) -> None:
        """Ask for what is usual: another customer comes."""
        self.count.set_value(USUAL)
        self.wheelchair.setChecked(False)

    def set_comfort(self, comfort: Comfort) -> None:
        """Give the button more room, or less.

        It keeps its width whatever the number is: the buttons beside it must not move under the hand.
        """
        self.button.set_icon_name(_ICON if comfort is Comfort.WHOLE else "")
        words = self.button.words
        widths = []
        for count in (1, 2, MOST_TOGETHER):
            self.button.set_words(_words(count))
            widths.append(self._button_width(comfort))
        self.button.set_words(words)
        self.button.setFixedWidth(max(widths))

    def _button_width(self, comfort: Comfort) -> int:
        if comfort is Comfort.BARE:
            return self.button.least_width()
        return (self.button.sizeHint() if comfort is Comfort.WHOLE else self.button.minimumSizeHint()).width()

    def wanted_width(self) -> int:
        """Return the width that it takes."""
        return self.count.sizeHint().width() + self.wheelchair.width() + self.button.minimumWidth() + 2 * _GAP

    def _say(self) -> None:
        self.button.set_words(_words(self.count.value))

    def _wish(self) -> tuple[int, int, bool]:
        return self.count.value, self._category, self.wheelchair.isChecked()


def _words(count: int) -> str:
    return spoken_count("Best seat", "Best {count} together", count)
