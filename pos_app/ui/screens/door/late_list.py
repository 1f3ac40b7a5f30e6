"""The list that tells late verdicts together, and asks again for scans that have none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPalette
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QWidget

from pos_app.ui.look.theme import current_theme, theme_notifier, ui_font
from pos_app.ui.screens.door.late_words import list_words, row_verdict, row_words, state_of_list
from pos_app.ui.screens.door.verdict_drawing import STRIPE_BAND, paint_stripes, sign
from pos_app.ui.screens.door.verdict_look import LOOKS, STRIPE, DoorState, state_of
from pos_app.ui.widgets.boxes import Gap, column, row
from pos_app.ui.widgets.buttons import text_button
from pos_app.ui.widgets.key_button import KeyButton

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from pos_app.ui.screens.door.late_scans import LateRow, LateScans

_CORNER: Final = 14.0
_SIGN: Final = 64
_ROW_SIGN: Final = 30
_AGES_MILLISECONDS: Final = 1_000


class LateList(QWidget):
    """Shows LateScans: each with its place and verdict, or with a button of its own to check it again.

    Signals:
        again_asked(tuple[Scan, ...]): these shall be checked again.
        closed(): the steward has read it.
    """

    again_asked = Signal(object)
    closed = Signal()

    def __init__(self, scans: LateScans, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scans = scans
        self._rows: list[_Row] = []
        self._state = DoorState.TOLD_LATE
        self.answers = False
        self._sign = QLabel()
        self._word, self._headline, self._advice = QLabel(), QLabel(), QLabel()
        for label, pixels, weight in (
            (self._word, 34, QFont.Weight.Bold),
            (self._headline, 20, QFont.Weight.DemiBold),
            (self._advice, 16, QFont.Weight.Normal),
        ):
            label.setFont(ui_font(pixels, weight))
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.all_button = KeyButton("", "F5", icon_name="arrow-clockwise", variant="danger", size="large")
        self.close_button = KeyButton("", icon_name="check", size="large")
        self.close_button.print_key("Esc")
        self._held = QWidget()
        self._column = column(inside=self._held, spacing=6)
        self._column.addStretch(1)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setWidget(self._held)
        told = column(1, self._word, self._headline, self._advice, 1, spacing=2)
        head = row(self._sign, Gap(12), (told, 1), Gap(12), self.all_button, self.close_button, spacing=8)
        band = STRIPE_BAND + 12
        column(head, (self._area, 1), inside=self, margins=(band, band, band, band), spacing=12)
        self._ages = QTimer(self, interval=_AGES_MILLISECONDS)
        self._ages.timeout.connect(self._tell_rows)
        self.all_button.clicked.connect(self._on_all)
        self.close_button.clicked.connect(self.closed)
        scans.changed.connect(self.refresh)
        theme_notifier().changed.connect(self.refresh)
        self.refresh()

    @property
    def rows(self) -> tuple[LateRow, ...]:
        """What is listed."""
        return tuple(one.shown for one in self._rows)

    def again_button(self, at: int) -> QWidget:
        """Return the button that checks one of the rows again."""
        return self._rows[at].again

    def verdict_of(self, at: int) -> str:
        """Return the verdict that is written in a row."""
        return self._rows[at].verdict.text()

    def refresh(self) -> None:
        """Show what there is now."""
        rows = self._scans.rows
        self._state = state_of_list(rows)
        words = list_words(rows, answers=self.answers)
        for label, text in (
            (self._word, words.word),
            (self._headline, words.headline),
            (self._advice, words.advice),
        ):
            label.setText(text)
            label.setVisible(bool(text))
        while len(self._rows) < len(rows):
            made = _Row(self._held)
            made.again.clicked.connect(lambda _checked=False, one=made: self._on_one(one))
            self._column.insertWidget(len(self._rows), made)
            self._rows.append(made)
        while len(self._rows) > len(rows):
            gone = self._rows.pop()
            self._column.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        for widget, one in zip(self._rows, rows, strict=True):
            widget.shown = one
        unchecked = self._scans.unchecked
        self.all_button.setVisible(bool(unchecked))
        self.all_button.setEnabled(any(not one.checking for one in unchecked))
        self.all_button.set_words(self.tr("Check all again") if len(unchecked) > 1 else self.tr("Check it again"))
        self.close_button.set_words(self.tr("Guests are gone") if unchecked else self.tr("Done"))
        self._paint()
        self._tell_rows()

    def _tell_rows(self) -> None:
        for widget in self._rows:
            widget.tell(self._scans.seconds_since(widget.shown))

    def _on_all(self) -> None:
        self.again_asked.emit(tuple(one.scan for one in self._scans.unchecked if not one.checking))

    def _on_one(self, widget: _Row) -> None:
        self.again_asked.emit((widget.shown.scan,))

    def _paint(self) -> None:
        look, dark = LOOKS[self._state], current_theme().dark
        background, text = look.colors(dark=dark)
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Window, QColor(background))
        palette.setColor(QPalette.ColorRole.WindowText, QColor(text))
        self.setPalette(palette)
        for label in (self._word, self._headline, self._advice):
            label.setPalette(palette)
        for inner in (self._area.viewport(), self._held):
            inner.setAutoFillBackground(False)
        self._sign.setPixmap(sign(look.icon, STRIPE[dark] if look.striped else text, _SIGN, self.devicePixelRatioF()))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Fill the list with the colour of its state."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        shape = QPainterPath()
        shape.addRoundedRect(area, _CORNER, _CORNER)
        painter.fillPath(shape, self.palette().color(QPalette.ColorRole.Window))
        if LOOKS[self._state].striped:
            painter.setClipPath(shape)
            paint_stripes(painter, area, QColor(STRIPE[current_theme().dark]))

    def showEvent(self, event: object) -> None:
        """Let the ages of the scans go on."""
        super().showEvent(event)  # type: ignore[arg-type]
        self._ages.start()

    def hideEvent(self, event: object) -> None:
        """Nobody reads them."""
        super().hideEvent(event)  # type: ignore[arg-type]
        self._ages.stop()


class _Row(QFrame):
    """One scan: its sign, where, what is known, and its verdict or the button that asks for it again."""

    shown: LateRow

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._sign = QLabel()
        self._upper, self._lower, self.verdict = QLabel(), QLabel(), QLabel()
        self._upper.setFont(ui_font(24, QFont.Weight.Bold))
        self._lower.setFont(ui_font(15))
        self.verdict.setFont(ui_font(24, QFont.Weight.Bold))
        self.again = text_button(self.tr("Check again"), icon_name="arrow-clockwise")
        self.again.setMinimumHeight(44)
        for label in (self._upper, self._lower, self.verdict):
            label.setTextFormat(Qt.TextFormat.PlainText)
        told = column(self._upper, self._lower, spacing=0)
        inside = (self._sign, Gap(6), (told, 1), self.verdict, self.again)
        row(*inside, inside=self, margins=(12, 6, 12, 6), spacing=8)

    def tell(self, seconds_ago: float) -> None:
        """Write what is known of it."""
        one, dark = self.shown, current_theme().dark
        upper, lower = row_words(one, seconds_ago)
        verdict = row_verdict(one)
        self._upper.setText(upper)
        self._lower.setText(lower)
        self.verdict.setText(verdict)
        self.verdict.setVisible(bool(verdict))
        self.again.setVisible(one.is_open)
        self.again.setEnabled(not one.checking)
        self.again.setAccessibleName(f"{self.tr('Check again')}: {upper}")
        self.setAccessibleName(". ".join(filter(None, (upper, verdict, lower))))
        state = DoorState.CHECKING if one.result is None else state_of(one.result)
        # The colour of a verdict stands for the guest in front, who was asked for.
        look = LOOKS[state if one.asked or one.result is None else DoorState.CHECKING]
        background, text = look.colors(dark=dark)
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Window, QColor(background))
        palette.setColor(QPalette.ColorRole.WindowText, QColor(text))
        self.setPalette(palette)
        for label in (self._upper, self._lower, self.verdict):
            label.setPalette(palette)
        icon = LOOKS[DoorState.NOT_CHECKED].icon if one.result is None and not one.checking else LOOKS[state].icon
        self._sign.setPixmap(sign(icon, text, _ROW_SIGN, self.devicePixelRatioF()))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Fill the row."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shape = QPainterPath()
        shape.addRoundedRect(QRectF(self.rect()), 8, 8)
        painter.fillPath(shape, self.palette().color(QPalette.ColorRole.Window))
