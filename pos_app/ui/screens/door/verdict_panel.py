"""The large area that says what to do with the guest: colour, icon and words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QByteArray, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPalette, QPixmap, QPolygonF
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from pos_app.assets import asset
from pos_app.ui.look.theme import current_theme, theme_notifier, ui_font
from pos_app.ui.screens.door.verdict_look import LOOKS, STRIPE, DoorState
from pos_app.ui.widgets.boxes import Gap, column
from pos_app.ui.widgets.key_button import KeyButton

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QResizeEvent

_DESIGN_SIZE: Final = (820.0, 500.0)
"""Width and height for which the sizes below are meant; they grow and shrink with the panel."""

_ICON: Final = 104
_LEAST_SCALE: Final = 0.5
_LEAST_PIXELS: Final = 13
"""No letters are smaller, however low the window is."""
_STRIPE_BAND: Final = 26
_CORNER: Final = 14.0


@dataclass(frozen=True, slots=True)
class PanelWords:
    """The lines of the panel from top to bottom; empty ones take no room.

    word: the verdict. zone and seat: where. ticket: type and holder. headline, advice: why, what to do. detail: more.
    """

    word: str
    zone: str = ""
    seat: str = ""
    ticket: str = ""
    headline: str = ""
    advice: str = ""
    detail: str = ""


class VerdictPanel(QWidget):
    """Shows one DoorState with its words.

    again_button: pressed to check the same scan again; shown while nothing was checked and there is a scan.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = DoorState.READY
        self._words = PanelWords("")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(420, 220)
        self._icon = QLabel()
        self._word, self._zone, self._seat = QLabel(), QLabel(), QLabel()
        self._ticket, self._headline, self._advice, self._detail = QLabel(), QLabel(), QLabel(), QLabel()
        self._sizes: tuple[tuple[QLabel, int, QFont.Weight], ...] = (
            (self._word, 46, QFont.Weight.Bold),
            (self._zone, 28, QFont.Weight.DemiBold),
            (self._seat, 44, QFont.Weight.Bold),
            (self._ticket, 21, QFont.Weight.Medium),
            (self._headline, 24, QFont.Weight.DemiBold),
            (self._advice, 20, QFont.Weight.Normal),
            (self._detail, 16, QFont.Weight.Medium),
        )
        words = self.tr("Check the same ticket again")
        self.again_button = KeyButton(words, "F5", icon_name="arrow-clockwise", variant="danger", size="large")
        self.again_button.hide()
        labels = (self._icon, *(label for label, _pixels, _weight in self._sizes))
        for label in labels:
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(label is not self._icon)
        again = (self.again_button, 0, Qt.AlignmentFlag.AlignHCenter)
        column(1, *labels, Gap(8), again, 1, inside=self, margins=(36, 14, 36, 14), spacing=4)
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
        """Show a state and its words until the next call."""
        self._state, self._words = state, words
        lines = (words.word, words.zone, words.seat, words.ticket, words.headline, words.advice, words.detail)
        for (label, _pixels, _weight), line in zip(self._sizes, lines, strict=True):
            label.setText(line)
            label.setVisible(bool(line))
        self.again_button.setVisible(can_check_again)
        self.setAccessibleName(". ".join(line for line in lines if line))
        self._paint_words()

    def _paint_words(self) -> None:
        background, text = LOOKS[self._state].colors(dark=current_theme().dark)
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Window, QColor(background))
        palette.setColor(QPalette.ColorRole.WindowText, QColor(text))
        self.setPalette(palette)
        for label, _pixels, _weight in self._sizes:
            # Not inherited: the application's style sheet gives every label a palette of its own.
            label.setPalette(palette)
        self._fit()
        self.update()

    def _fit(self) -> None:
        scale = min(self.width() / _DESIGN_SIZE[0], self.height() / _DESIGN_SIZE[1])
        scale = max(_LEAST_SCALE, min(scale, 1.9))
        for label, pixels, weight in self._sizes:
            label.setFont(ui_font(max(_LEAST_PIXELS, round(pixels * scale)), weight))
        look = LOOKS[self._state]
        color = STRIPE[current_theme().dark] if look.striped else look.colors(dark=current_theme().dark)[1]
        self._icon.setPixmap(_picture(look.icon, color, round(_ICON * scale), self.devicePixelRatioF()))

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
            _paint_stripes(painter, area, QColor(STRIPE[current_theme().dark]))
        elif self._state is DoorState.READY:
            painter.setPen(current_theme().color("line"))
            painter.drawPath(shape)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the words grow with the panel."""
        super().resizeEvent(event)
        self._fit()


def _paint_stripes(painter: QPainter, area: QRectF, color: QColor) -> None:
    frame = QPainterPath()
    frame.addRect(area)
    inside = QPainterPath()
    inside.addRoundedRect(area.adjusted(_STRIPE_BAND, _STRIPE_BAND, -_STRIPE_BAND, -_STRIPE_BAND), 8, 8)
    painter.setClipPath(frame.subtracted(inside), Qt.ClipOperation.IntersectClip)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    step, left = _STRIPE_BAND * 1.6, area.left() - area.height()
    while left < area.right():
        painter.drawPolygon(
            QPolygonF(
                [
                    QPointF(left, area.bottom()),
                    QPointF(left + area.height(), area.top()),
                    QPointF(left + area.height() + step / 2, area.top()),
                    QPointF(left + step / 2, area.bottom()),
                ]
            )
        )
        left += step


def _picture(name: str, color: str, pixels: int, ratio: float) -> QPixmap:
    pixmap = QPixmap(round(pixels * ratio), round(pixels * ratio))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    drawing = asset("icons", f"{name}.svg").read_bytes().replace(b"currentColor", color.encode())
    QSvgRenderer(QByteArray(drawing)).render(painter)
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap
