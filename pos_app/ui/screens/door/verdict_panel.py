"""The large area that says what to do with the guest: colour, sign and words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPainterPath, QPalette
from PySide6.QtWidgets import QBoxLayout, QLabel, QSizePolicy, QWidget

from pos_app.ui.look.theme import current_theme, theme_notifier, ui_font
from pos_app.ui.screens.door.verdict_drawing import paint_stripes, sign
from pos_app.ui.screens.door.verdict_look import LOOKS, STRIPE, DoorState
from pos_app.ui.widgets.boxes import Gap, column, row
from pos_app.ui.widgets.key_button import KeyButton

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QResizeEvent

_LEAST_PIXELS: Final = 13
"""No letters are smaller, however low the window is."""
_SCALES: Final = (0.4, 2.4)
"""The sizes below are multiplied by the largest number between these with which all words have room."""
_MOST_ABOVE: Final = 1.15
"""Where no guest waits for it, it need not be read from afar."""
_STEPS: Final = 7
"""Halvings until the number is close enough."""
_SIGN_ABOVE: Final = 104
"""Pixels of the sign that stands above the words, multiplied like their sizes."""
_MARGIN: Final = 36
_SPACING: Final = 4
_SIGN_GAP: Final = 32
_ABOVE_AND_BELOW: Final = 28
_BETWEEN: Final = 24
"""What the layout takes beside the lines."""
_CORNER: Final = 14.0
_HIGH: Final = 10_000


@dataclass(frozen=True, slots=True)
class PanelWords:
    """The lines of the panel from top to bottom; empty ones take no room.

    word: the verdict. used: how long ago and where the ticket was used. zone and seat: where. ticket: type and holder.
    headline, advice: why, what to do. detail: more.
    """

    word: str
    used: str = ""
    zone: str = ""
    seat: str = ""
    ticket: str = ""
    headline: str = ""
    advice: str = ""
    detail: str = ""

    @property
    def lines(self) -> tuple[str, ...]:
        """Return all lines, the empty ones too."""
        return (
            self.word,
            self.used,
            self.zone,
            self.seat,
            self.ticket,
            self.headline,
            self.advice,
            self.detail,
        )


_SIZES: Final = (
    (46, QFont.Weight.Bold),
    (40, QFont.Weight.Bold),
    (28, QFont.Weight.DemiBold),
    (46, QFont.Weight.Bold),
    (21, QFont.Weight.Medium),
    (24, QFont.Weight.DemiBold),
    (20, QFont.Weight.Normal),
    (16, QFont.Weight.Medium),
)
"""Pixels and weight of each line of PanelWords."""
_ON_ONE_LINE: Final = frozenset({1, 3})
"""When and where, and the seat: read at one glance. The verdict itself stands on one line however small it is."""


class VerdictPanel(QWidget):
    """Shows one DoorState with its words, as large as there is room for them.

    again_button: pressed to check the same scan again; shown while nothing was checked and there is a scan.
    group_button: pressed to admit the others of the same order; shown while some of them are expected.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = DoorState.READY
        self._words = PanelWords("")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(420, 220)
        self._sign = QLabel()
        self._lines = tuple(QLabel() for _size in _SIZES)
        words = self.tr("Check the same ticket again")
        self.again_button = KeyButton(words, "F5", icon_name="arrow-clockwise", variant="danger", size="large")
        self.group_button = KeyButton("", "F6", icon_name="users", size="large")
        self.group_button.told_as = self.tr("Admit the others of the same order")
        self._buttons = (self.again_button, self.group_button)
        for label in self._lines:
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        for button in self._buttons:
            button.hide()
        self._row = row(*self._buttons, spacing=12)
        self._text = column(1, *self._lines, Gap(8), self._row, 1, spacing=_SPACING)
        half = _ABOVE_AND_BELOW // 2
        inside = (1, self._sign, (self._text, 1), 1)
        self._box = row(*inside, inside=self, margins=(_MARGIN, half, _MARGIN, half), spacing=0)
        theme_notifier().changed.connect(self._paint_words)
        self.show_state(DoorState.READY, PanelWords(""))

    @property
    def state(self) -> DoorState:
        """What is shown."""
        return self._state

    @property
    def words(self) -> PanelWords:
        """What is written."""
        return self._words

    def show_state(self, state: DoorState, words: PanelWords, *, can_check_again: bool = False) -> None:
        """Show a state and its words until the next call; nothing is said of others of an order."""
        self._state, self._words = state, words
        self.again_button.setVisible(can_check_again)
        self.group_button.hide()
        self._write()

    def offer_group(self, words: str) -> None:
        """Offer to admit the others of the order beside the verdict that stands there; "": no longer."""
        if words:
            self.group_button.set_words(words)
        self.group_button.setVisible(bool(words))
        self._fit()

    def _write(self) -> None:
        for label, line in zip(self._lines, self._words.lines, strict=True):
            label.setText(line)
            label.setVisible(bool(line))
        self.setAccessibleName(". ".join(line for line in self._words.lines if line))
        self._paint_words()

    def _paint_words(self) -> None:
        background, text = LOOKS[self._state].colors(dark=current_theme().dark)
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Window, QColor(background))
        palette.setColor(QPalette.ColorRole.WindowText, QColor(text))
        self.setPalette(palette)
        for label in self._lines:
            # Not inherited: the application's style sheet gives every label a palette of its own.
            label.setPalette(palette)
        self._fit()
        self.update()

    def _fit(self) -> None:
        """Put the sign beside the words of a verdict, and above those of any other state; make all of it large."""
        beside = LOOKS[self._state].covers
        self._box.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)
        for at, stretch in enumerate((0, 0, 1, 0) if beside else (1, 0, 0, 1)):
            self._box.setStretch(at, stretch)
        width, height = self.width() - 2 * _MARGIN, self.height() - _ABOVE_AND_BELOW - _BETWEEN
        if any(not button.isHidden() for button in self._buttons):
            height -= self.again_button.sizeHint().height() + 8 + _SPACING
        side = max(64, min(round(height * 0.6), round(width * 0.24))) if beside else 0
        scale = self._largest(width - (side + _SIGN_GAP if beside else 0), height, with_sign=not beside)
        align = Qt.AlignmentFlag.AlignVCenter | (
            Qt.AlignmentFlag.AlignLeft if beside else Qt.AlignmentFlag.AlignHCenter
        )
        for label, (pixels, weight) in zip(self._lines, _SIZES, strict=True):
            label.setFont(ui_font(_scaled(pixels, scale), weight))
            label.setAlignment(align)
        self._row.setAlignment(Qt.AlignmentFlag.AlignLeft if beside else Qt.AlignmentFlag.AlignHCenter)
        look = LOOKS[self._state]
        color = STRIPE[current_theme().dark] if look.striped else look.colors(dark=current_theme().dark)[1]
        pixels = side or round(_SIGN_ABOVE * scale)
        self._sign.setFixedSize(pixels + _SIGN_GAP if beside else width, pixels)
        self._sign.setAlignment(align)
        self._sign.setPixmap(sign(look.icon, color, pixels, self.devicePixelRatioF()))

    def _largest(self, width: int, height: int, *, with_sign: bool) -> float:
        least, most = _SCALES[0], _SCALES[1] if not with_sign else _MOST_ABOVE
        if self._height_of(most, width, with_sign=with_sign) <= height:
            return most
        for _step in range(_STEPS):
            middle = (least + most) / 2
            if self._height_of(middle, width, with_sign=with_sign) <= height:
                least = middle
            else:
                most = middle
        return least

    def _height_of(self, scale: float, width: int, *, with_sign: bool) -> int:
        """Return the pixels that the lines take below each other; too many where a word has no room."""
        height = round(_SIGN_ABOVE * scale) if with_sign else 0
        for at, (line, (pixels, weight)) in enumerate(zip(self._words.lines, _SIZES, strict=True)):
            if not line:
                continue
            one_line = at == 0 or (at in _ON_ONE_LINE and scale > 1)
            how = Qt.TextFlag.TextSingleLine if one_line else Qt.TextFlag.TextWordWrap
            metrics = QFontMetrics(ui_font(_scaled(pixels, scale), weight))
            room = metrics.boundingRect(QRect(0, 0, max(1, width), _HIGH), how, line)
            if room.width() > width:
                return _HIGH
            height += room.height() + _SPACING
        return height

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Fill the panel with the colour of the verdict."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        shape = QPainterPath()
        shape.addRoundedRect(area, _CORNER, _CORNER)
        painter.fillPath(shape, self.palette().color(QPalette.ColorRole.Window))
        if LOOKS[self._state].striped:
            painter.setClipPath(shape)
            paint_stripes(painter, area, QColor(STRIPE[current_theme().dark]))
        elif self._state is DoorState.READY:
            painter.setPen(current_theme().color("line"))
            painter.drawPath(shape)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the words grow with the panel."""
        super().resizeEvent(event)
        self._fit()


def _scaled(pixels: int, scale: float) -> int:
    return max(_LEAST_PIXELS, round(pixels * scale))
