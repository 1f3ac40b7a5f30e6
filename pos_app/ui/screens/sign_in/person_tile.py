"""A person as a button: initials, name, and a line about them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QPushButton, QSizePolicy, QStyle, QStyleOptionButton, QWidget

from pos_app.ui.look.theme import current_theme, ui_font

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

_HEIGHT: Final = 68
_AVATAR: Final = 40
_SIDE: Final = 14


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
