"""People as buttons: initials, name, and a line about them; the staff, and the sign-ins of the demo."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import (
    QGridLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QWidget,
)

from pos_app.ui.look.theme import current_theme, ui_font
from pos_app.ui.widgets.boxes import Gap, column, row
from pos_app.ui.widgets.labels import Chip, text_label
from pos_app.ui.words.roles import role_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPaintEvent

    from pos_app.domain.staff.sign_in import DemoSignIn, StaffChoice

_HEIGHT: Final = 68
_AVATAR: Final = 40
_SIDE: Final = 14
_COLUMNS: Final = 2


def initials(name: str) -> str:
    """Return the first letters of the first and the last word: "Amina Əliyeva" is "AƏ"."""
    words = name.split()
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()


class PersonTile(QPushButton):
    """Paints the initials in a circle beside the name. Signals: clicked() of QPushButton."""

    def __init__(self, name: str, line: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._line = line
        self.setProperty("variant", "tile")
        self.setFixedHeight(_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(f"{name}, {line}")
        self.setStyleSheet(f"min-height: {_HEIGHT - 2}px")

    def sizeHint(self) -> QSize:
        """Room for a name of usual length."""
        return QSize(230, _HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """A long name is shortened rather than pushing others aside."""
        return QSize(130, _HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the frame of the style sheet, then the person."""
        del event
        option = QStyleOptionButton()
        self.initStyleOption(option)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.style().drawControl(QStyle.ControlElement.CE_PushButtonBevel, option, painter, self)
        theme = current_theme()
        able = self.isEnabled()
        circle = QRectF(_SIDE, (self.height() - _AVATAR) / 2, _AVATAR, _AVATAR)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("accent_soft" if able else "hover"))
        painter.drawEllipse(circle)
        painter.setPen(theme.color("accent" if able else "faint"))
        painter.setFont(ui_font(14, QFont.Weight.DemiBold))
        painter.drawText(circle, Qt.AlignmentFlag.AlignCenter, initials(self._name))
        left = circle.right() + 12
        words = QRectF(left, self.height() / 2 - 20, self.width() - left - _SIDE, 20)
        for text, pixels, weight, role in (
            (self._name, 14, QFont.Weight.DemiBold, "text"),
            (self._line, 13, QFont.Weight.Normal, "muted"),
        ):
            painter.setFont(ui_font(pixels, weight))
            painter.setPen(theme.color(role if able else "faint"))
            shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(words.width()))
            painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
            words.translate(0, 20)


class StaffTiles(QWidget):
    """A grid of persons who have a PIN.

    Signals: chosen(StaffChoice).
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._area = QScrollArea(widgetResizable=True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        title = text_label(self.tr("Switch quickly"), "heading")
        how = text_label(self.tr("Choose your name and type your PIN."), "muted")
        column(title, how, Gap(8), (self._area, 1), inside=self, spacing=4)

    def show_staff(self, staff: Sequence[StaffChoice]) -> None:
        """Show those who have a PIN."""
        grid_widget = QWidget()
        grid = QGridLayout(grid_widget)
        grid.setContentsMargins(0, 0, 6, 0)
        grid.setSpacing(10)
        for place, person in enumerate(person for person in staff if person.has_pin):
            tile = PersonTile(person.name, role_words(person.role))
            tile.clicked.connect(lambda _checked=False, person=person: self.chosen.emit(person))
            grid.addWidget(tile, place // _COLUMNS, place % _COLUMNS)
        for at in range(_COLUMNS):
            grid.setColumnStretch(at, 1)
        grid.setRowStretch(grid.rowCount(), 1)
        self._area.setWidget(grid_widget)


class DemoCards(QWidget):
    """A row of persons with role, password and PIN written out; shown in demo mode only.

    Signals: chosen(str, str), name and password.
    """

    chosen = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row = row(spacing=10)
        words = text_label(self.tr("A practice house with invented data. One click signs you in."), "muted")
        head = row(Chip(self.tr("Demo"), "warn"), (words, 1), spacing=10)
        column(head, self._row, inside=self, spacing=10)

    def show_sign_ins(self, demo: Sequence[DemoSignIn]) -> None:
        """Show these; nothing at all when there are none."""
        while (item := self._row.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for person in demo:
            line = self.tr("{0} · PIN {1}").format(person.password, person.pin)
            tile = PersonTile(person.name, line)
            tile.clicked.connect(lambda _checked=False, person=person: self.chosen.emit(person.name, person.password))
            self._row.addWidget(tile)
        self.setVisible(bool(demo))
