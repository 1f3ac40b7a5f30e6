"""A button that shows what is chosen and opens a menu of all there is to choose from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAction, QFont, QFontMetricsF, QIcon
from PySide6.QtWidgets import QMenu, QSizePolicy

from pos_app.ui.look.icons import icon_pixmap
from pos_app.ui.look.theme import current_theme, ui_font
from pos_app.ui.widgets.buttons import Button, framed_painter
from pos_app.ui.words.lists import labelled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPaintEvent

_SIDE: Final = 12
_GAP: Final = 8
_ICON: Final = 20
_CARET: Final = 12
_MOST: Final = 132
"""Pixels of words; longer ones are elided, and told whole in the tool tip."""


@dataclass(frozen=True, slots=True)
class MenuChoice:
    """A row of the menu. beside: what stands at its right end."""

    key: int
    words: str
    beside: str = ""
    icon: QIcon | None = None


class MenuButton(Button):
    """One of many, in the room of one button; the rows of its menu are 44 px high.

    Where there is little room, the icon stands for the words.
    Signals: chosen(int): the key that a person chose, also the one that was chosen before.
    """

    chosen = Signal(int)

    def __init__(self, icon_name: str) -> None:
        super().__init__()
        self._name = ""
        self._icon_name = icon_name
        self._choices: tuple[MenuChoice, ...] = ()
        self._current = 0
        self._is_short = False
        self.setProperty("variant", "tool")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        menu = QMenu(self)
        menu.setProperty("rows", "tall")
        menu.aboutToShow.connect(self._on_opened)
        menu.triggered.connect(self._on_triggered)
        self.setMenu(menu)

    def set_name(self, name: str) -> None:
        """Tell screen readers and the tool tip what is chosen here."""
        self._name = name
        self.menu().setAccessibleName(name)
        self.choose(self._current)

    @property
    def current(self) -> int:
        """Return the key that is chosen; 0 where there is nothing to choose from."""
        return self._current

    @property
    def words(self) -> str:
        """Return what is chosen, in words."""
        return next((one.words for one in self._choices if one.key == self._current), "")

    def show_choices(self, choices: Sequence[MenuChoice], current: int) -> None:
        """Offer these; one of them is chosen."""
        self._choices = tuple(choices)
        menu = self.menu()
        menu.clear()
        for one in self._choices:
            words = one.words.replace("&", "&&")
            action = QAction(f"{words}\t{one.beside}" if one.beside else words, menu)
            if one.icon is not None:
                action.setIcon(one.icon)
            action.setData(one.key)
            menu.addAction(action)
        self.choose(current)
        self.updateGeometry()

    def choose(self, key: int) -> None:
        """Choose by the key, without saying so."""
        self._current = key
        self.setAccessibleName(labelled(self._name, self.words))
        self._tell()
        self.update()

    def set_short(self, short: bool) -> None:  # noqa: FBT001 - one flag, named by the method
        """Show the icon alone, or the words."""
        if short != self._is_short:
            self._is_short = short
            self._tell()
            self.updateGeometry()
            self.update()

    def width_for(self, *, short: bool) -> int:
        """Return its width with the icon alone, or with room for the longest of the words."""
        if short:
            return 2 * _SIDE + _ICON + _GAP + _CARET
        metrics = QFontMetricsF(_font())
        widest = max((metrics.horizontalAdvance(one.words) for one in self._choices), default=0.0)
        return 2 * _SIDE + _GAP + _CARET + round(min(widest, _MOST)) + 2

    def sizeHint(self) -> QSize:
        """Room for any of the choices, so that nothing moves when another one is chosen."""
        return QSize(self.width_for(short=self._is_short), 44)

    def minimumSizeHint(self) -> QSize:
        """The same."""
        return self.sizeHint()

    def _tell(self) -> None:
        metrics = QFontMetricsF(_font())
        is_whole = not self._is_short and metrics.horizontalAdvance(self.words) <= _MOST
        self.setToolTip(self._name if is_whole else labelled(self._name, self.words))

    def _on_opened(self) -> None:
        current = next((one for one in self.menu().actions() if one.data() == self._current), None)
        if current is not None:
            self.menu().setActiveAction(current)

    def _on_triggered(self, action: QAction) -> None:
        self.choose(action.data())
        self.chosen.emit(self._current)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the frame of the style sheet, the words or the icon, and the mark of a menu."""
        del event
        painter = framed_painter(self)
        role = "text" if self.isEnabled() else "faint"
        ratio = self.devicePixelRatioF()
        area = QRectF(self.rect()).adjusted(_SIDE, 0, -_SIDE, 0)
        caret = icon_pixmap("caret-down", _CARET, role="muted", ratio=ratio)
        painter.drawPixmap(round(area.right()) - _CARET, round(area.center().y() - _CARET / 2), caret)
        area.setRight(area.right() - _CARET - _GAP)
        if self._is_short:
            pixmap = icon_pixmap(self._icon_name, _ICON, role=role, ratio=ratio)
            painter.drawPixmap(round(area.left()), round(area.center().y() - _ICON / 2), pixmap)
            return
        painter.setFont(_font())
        painter.setPen(current_theme().color(role))
        words = painter.fontMetrics().elidedText(self.words, Qt.TextElideMode.ElideRight, round(area.width()) + 1)
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)


def _font() -> QFont:
    return ui_font(14, QFont.Weight.Medium)
