"""A button that shows the key that presses it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QKeySequence, QShortcut
from PySide6.QtWidgets import QSizePolicy

from pos_app.ui.look.icons import icon_pixmap
from pos_app.ui.look.theme import current_theme, ui_font
from pos_app.ui.widgets.buttons import Button, framed_painter
from pos_app.ui.widgets.keys import CAP_HEIGHT, cap_width, paint_cap

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

_TEXT_ROLES: Final = {"primary": "accent_text", "danger": "danger_text"}
_SIDE: Final = 14
_GAP: Final = 10
_LESS: Final = ((True, True), (False, True), (False, False))
"""What is left away where there is no room: nothing, the icon, the key as well (the accessible name tells it)."""


@dataclass(frozen=True, slots=True)
class _Face:
    """What is painted on the button."""

    lines: tuple[str, ...]
    icon: bool
    cap: bool


class KeyButton(Button):
    """Icon, words, and the key cap at the right; pressing the key clicks it.

    variant: "" (normal), primary, ghost, danger. size: "" (44 px) or large (56 px).
    told_as: what its key does, for a list of keys, where the words on it say that only beside what stands around it.
    Signals: clicked() of QPushButton.
    """

    def __init__(self, text: str, key: str = "", *, icon_name: str = "", variant: str = "", size: str = "") -> None:
        super().__init__()
        self._words = text
        self._icon_name = icon_name
        self._variant = variant
        self._large = size == "large"
        self._key = QKeySequence()
        self.told_as = ""
        self.setProperty("variant", variant)
        self.setProperty("scale", size)
        # A click with the mouse leaves the keyboard where it was working, for example on the seat map.
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.print_key(key)
        if key:
            # A shortcut of its own: that of Qt's buttons shows them down for 100 ms first, and clicks again and again
            # while the key is held down.
            shortcut = QShortcut(self._key, self, self.click)
            shortcut.setAutoRepeat(False)

    @property
    def key_sequence(self) -> QKeySequence:
        """Return the key that presses it."""
        return self._key

    @property
    def words(self) -> str:
        """Return what is written on it."""
        return self._words

    def set_words(self, text: str) -> None:
        """Change what is written on it."""
        self._words = text
        self.setAccessibleName(f"{text} ({self._key.toString()})" if self._cap() else text)
        self.updateGeometry()
        self.update()

    def print_key(self, key: str) -> None:
        """Print a key cap without binding the key, for where somebody else listens to it."""
        self._key = QKeySequence(key)
        self.set_words(self._words)

    def set_icon_name(self, icon_name: str) -> None:
        """Change the icon."""
        self._icon_name = icon_name
        self.update()

    def _cap(self) -> str:
        if self._key == QKeySequence(Qt.Key.Key_Return):
            return "↵"
        return self._key.toString(QKeySequence.SequenceFormat.NativeText)

    def _words_font(self) -> QFont:
        return ui_font(16 if self._large else 14, QFont.Weight.DemiBold)

    def _cap_width(self) -> float:
        return cap_width(self._cap(), 28.0) if self._cap() else 0.0

    def _icon_side(self) -> int:
        return 22 if self._large else 20

    def sizeHint(self) -> QSize:
        """Room for icon, words and key cap."""
        return self._size_for(_Face((self._words,), bool(self._icon_name), bool(self._cap())))

    def minimumSizeHint(self) -> QSize:
        """Room for the words in two lines: they are not cut unless the layout leaves no choice."""
        return self._size_for(_Face(_halves(self._words), bool(self._icon_name), bool(self._cap())))

    def least_width(self) -> int:
        """Return the width of its words alone, in two lines: with less, they are cut."""
        return self._size_for(_Face(_halves(self._words), icon=False, cap=False)).width()

    def _size_for(self, face: _Face) -> QSize:
        metrics = QFontMetricsF(self._words_font())
        width = 2 * _SIDE + max(map(metrics.horizontalAdvance, face.lines)) + 2
        if face.icon:
            width += self._icon_side() + _GAP
        if face.cap:
            width += self._cap_width() + _GAP
        return QSize(round(width), 56 if self._large else 44)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the frame of the style sheet, then icon, words and key cap."""
        del event
        painter = framed_painter(self)
        theme = current_theme()
        role = "accent" if self.isChecked() else _TEXT_ROLES.get(self._variant, "text")
        if not self.isEnabled():
            role = "muted" if self._variant in _TEXT_ROLES else "faint"
        face = self._face()
        area = QRectF(self.rect()).adjusted(_SIDE, 0, -_SIDE, 0)
        if face.icon:
            side = self._icon_side()
            pixmap = icon_pixmap(self._icon_name, side, role=role, ratio=self.devicePixelRatioF())
            painter.drawPixmap(round(area.x()), round(area.center().y() - side / 2), pixmap)
            area.setLeft(area.x() + side + _GAP)
        if face.cap:
            cap = QRectF(area.right() - self._cap_width(), 0, self._cap_width(), CAP_HEIGHT)
            cap.moveCenter(area.center() if area.width() < cap.width() else cap.center())
            cap.moveTop(round(area.center().y() - CAP_HEIGHT / 2))
            quiet = role if self._variant in _TEXT_ROLES or not self.isEnabled() else "muted"
            paint_cap(painter, cap, self._cap(), theme.color(quiet))
            area.setRight(cap.left() - _GAP)
        painter.setFont(self._words_font())
        painter.setPen(theme.color(role))
        metrics = painter.fontMetrics()
        words = "\n".join(
            metrics.elidedText(line, Qt.TextElideMode.ElideRight, int(area.width()) + 1) for line in face.lines
        )
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)

    def is_cut(self) -> bool:
        """Tell whether there is no room for its words, not even in two lines and without icon and key."""
        return not self._fits(self._face())

    def _face(self) -> _Face:
        """Return what is painted: all of it, or what there is room for; words in two lines first, then no icon."""
        icon, cap = bool(self._icon_name), bool(self._cap())
        lines = (self._words,), _halves(self._words)
        faces = [_Face(one, icon and with_icon, cap and with_cap) for with_icon, with_cap in _LESS for one in lines]
        return next(filter(self._fits, faces), faces[0])

    def _fits(self, face: _Face) -> bool:
        return self._size_for(face).width() <= self.width() + 2


def _halves(words: str) -> tuple[str, ...]:
    """Return words in two lines, as even as may be; in one where they have no space."""
    gaps = [at for at, letter in enumerate(words) if letter == " "]
    if not gaps:
        return (words,)
    middle = min(gaps, key=lambda at: abs(2 * at - len(words)))
    return words[:middle], words[middle + 1 :]
