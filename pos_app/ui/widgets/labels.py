"""What is only looked at: words, signs, chips, panels and rules in the styles of the house."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Final
from unicodedata import category

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QFontMetricsF, QPainter
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QSizePolicy, QWidget

from pos_app.ui.look.icons import icon_pixmap
from pos_app.ui.look.theme import current_theme, figures_font, ui_font

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QResizeEvent


_SMALLEST_FITTED: Final = 14
_UNBROKEN: Final = re.compile(r"\S{24,}")
_BREAK_EACH: Final = 8
_ONE_WITH_THE_LAST: Final = frozenset({"Mn", "Mc", "Me", "Cf"})
_BREAK_HERE: Final = "\N{ZERO WIDTH SPACE}"


def text_label(text: str = "", role: str = "body", *, tone: str = "", wrap: bool = False) -> QLabel:
    """Return a plain-text label.

    role: display, title, heading, strong, body, muted, small. tone: "", ok, warn, danger, accent, muted.
    """
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(wrap)
    label.setProperty("role", role)
    if tone:
        label.setProperty("tone", tone)
    return label


def breakable(words: str) -> str:
    """Return words that a label can break anywhere where they have no space for long; it cuts them at its edge else."""
    return _UNBROKEN.sub(lambda run: _with_breaks(run[0]), words)


def say(label: QLabel | QPushButton, words: str) -> None:
    """Change what a label or a button says; it takes no room while it says nothing."""
    label.setText(words)
    label.setVisible(bool(words))


def keep_room(label: QLabel) -> None:
    """Let a label that is hidden keep the room of one line, so that nothing moves under the hand when it speaks."""
    policy = label.sizePolicy()
    policy.setRetainSizeWhenHidden(True)
    label.setSizePolicy(policy)
    label.setMinimumHeight(QFontMetrics(ui_font(14)).lineSpacing())


def set_tone(widget: QWidget, tone: str) -> None:
    """Change the tone (ok, warn, danger, accent, muted or "") of a widget on screen."""
    set_look(widget, "tone", tone)


def set_look(widget: QWidget, name: str, value: object) -> None:
    """Set a property that the style sheet reads, and have it read again."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def _with_breaks(run: str) -> str:
    """Let a run of letters break after every few, but not before a mark that belongs to the letter before it."""
    told = run[:1]
    for at, (last, letter) in enumerate(pairwise(run), 1):
        joined = category(letter) in _ONE_WITH_THE_LAST or category(last) == "Cf"
        told += letter if at % _BREAK_EACH or joined else _BREAK_HERE + letter
    return told


def panel() -> QFrame:
    """Return a white panel with round corners."""
    frame = QFrame()
    frame.setProperty("role", "panel")
    return frame


def rule() -> QFrame:
    """Return a thin horizontal line."""
    frame = QFrame()
    frame.setProperty("role", "rule")
    frame.setFixedHeight(1)
    return frame


class Chip(QLabel):
    """A short word in a coloured pill, beside a title. tone: "" (quiet), accent, ok, warn, danger. No signals."""

    def __init__(self, text: str = "", tone: str = "accent") -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setProperty("role", "chip")
        self.setProperty("tone", tone)

    def show_text(self, text: str, tone: str) -> None:
        """Change words and tone together."""
        self.setText(text)
        set_tone(self, tone)


class IconLabel(QWidget):
    """Paints one icon in a colour of the theme; decoration, so screen readers pass over it. No signals."""

    def __init__(self, name: str, pixels: int = 20, role: str = "text") -> None:
        super().__init__()
        self._name = name
        self._pixels = pixels
        self._role = role
        self.setFixedSize(pixels, pixels)

    def show_icon(self, name: str, role: str) -> None:
        """Change the icon and its colour."""
        self._name = name
        self._role = role
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the icon."""
        del event
        painter = QPainter(self)
        painter.drawPixmap(0, 0, icon_pixmap(self._name, self._pixels, role=self._role, ratio=self.devicePixelRatioF()))


class ElidedLabel(QLabel):
    """A line of plain words that is cut with an ellipsis where there is no room, and told whole in its tool tip.

    role: as text_label has it. No signals of its own.
    """

    def __init__(self, text: str = "", role: str = "body") -> None:
        super().__init__()
        self._words = ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.show_words(text)

    @property
    def words(self) -> str:
        """Return all that it says, cut or not."""
        return self._words

    def show_words(self, text: str) -> None:
        """Say something else."""
        self._words = text
        self.setAccessibleName(text)
        self._cut()

    def _cut(self) -> None:
        shown = QFontMetrics(self.font()).elidedText(self._words, Qt.TextElideMode.ElideRight, max(0, self.width()))
        if shown != self.text():
            self.setText(shown)
        self.setToolTip(self._words if shown != self._words else "")

    def minimumSizeHint(self) -> QSize:
        """As narrow as the layout wants it."""
        return QSize(20, super().minimumSizeHint().height())

    def sizeHint(self) -> QSize:
        """Room for all the words."""
        return QSize(QFontMetrics(self.font()).horizontalAdvance(self._words) + 2, super().sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut where the new width asks for it."""
        super().resizeEvent(event)
        self._cut()


class FittedLabel(QWidget):
    """Amounts and order numbers in letters as large as the width allows, `pixels` at the most.

    tone: a colour of the theme. figures: all of one width, so that an amount does not tremble. No signals.
    """

    def __init__(
        self,
        text: str = "",
        pixels: int = 40,
        *,
        tone: str = "text",
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
        figures: bool = True,
    ) -> None:
        super().__init__()
        self._text = text
        self._pixels = pixels
        self._tone = tone
        self._align = align
        self._write = figures_font if figures else ui_font
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(text)

    @property
    def text(self) -> str:
        """Return what it says."""
        return self._text

    def show_text(self, text: str, tone: str = "text") -> None:
        """Say something else."""
        self._text = text
        self._tone = tone
        self.setAccessibleName(text)
        self.update()

    def fitted_pixels(self) -> int:
        """Return the size of the letters at the present width."""
        needed = QFontMetricsF(self._font(self._pixels)).horizontalAdvance(self._text)
        if needed <= self.width():
            return self._pixels
        return max(min(self._pixels, _SMALLEST_FITTED), int(self._pixels * self.width() / needed))

    def _font(self, pixels: int) -> QFont:
        return self._write(pixels, QFont.Weight.Bold)

    def sizeHint(self) -> QSize:
        """The height of one line of the largest letters; any width will do."""
        return QSize(120, round(self._pixels * 1.22))

    def minimumSizeHint(self) -> QSize:
        """The height is always the same, so that nothing moves when an amount grows."""
        return QSize(60, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the words."""
        del event
        painter = QPainter(self)
        painter.setFont(self._font(self.fitted_pixels()))
        painter.setPen(current_theme().color(self._tone))
        words = painter.fontMetrics().elidedText(self._text, Qt.TextElideMode.ElideRight, self.width() + 1)
        painter.drawText(self.rect(), self._align | Qt.AlignmentFlag.AlignVCenter, words)
