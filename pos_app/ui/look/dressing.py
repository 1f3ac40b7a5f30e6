"""How windows and their pages wear the look: what is on screen changes at once, what is hidden before it is seen."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final, cast
from weakref import WeakSet

from PySide6.QtCore import QEvent, QObject, QTimer
from shiboken6 import isValid

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

_PAUSE_MS: Final = 30
"""Between two hidden parts, for what the person does meanwhile."""


def dress(part: QWidget) -> None:
    """Give a part of a window the style sheet, now and whenever the look changes.

    A part is what is shown and hidden as a whole: a page of a stack, a sheet, a strip that all pages share, a small
    window. Each visible widget lies in exactly one; the main window and the stacks themselves wear nothing. So a change
    of the look costs what is on screen, and not what has been visited. Where parts of this one are dressed each by
    itself, nothing is done.

    Parts carry the sheet, and not the application: there, all that is in a widget would be dressed anew each time that
    it is put into another one, and building a screen would take three times as long.
    """
    if not any(one.parent() is part or not one.is_window for one in part.findChildren(_Worn)):
        _wardrobe().add(_Worn(part))


def wear(sheet: str) -> None:
    """Let every part wear another style sheet: those on screen now, the others one by one, or when they are shown."""
    _wardrobe().wear(sheet)


def are_all_dressed() -> bool:
    """Tell whether the parts that are hidden have followed the look, too."""
    return not _wardrobe().waiting


class _Worn(QObject):
    """What a part wears; goes with it."""

    def __init__(self, part: QWidget) -> None:
        super().__init__(part)
        self._sheet: str | None = None
        part.installEventFilter(self)

    @property
    def _part(self) -> QWidget:
        # Not kept as an attribute: what knows its parent so is garbage only for the collector.
        return cast("QWidget", self.parent())

    @property
    def is_on_screen(self) -> bool:
        return self._part.isVisible()

    @property
    def is_window(self) -> bool:
        return self._part.isWindow()

    @property
    def is_late(self) -> bool:
        return self._sheet != _wardrobe().sheet

    def follow(self) -> None:
        """Wear what is worn now."""
        if self.is_late:
            self._sheet = _wardrobe().sheet
            self._part.setStyleSheet(self._sheet)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Before it is seen, wear what is worn now."""
        del watched
        # The kind of the event comes first: those of its own end come when its attributes are gone.
        if event.type() == QEvent.Type.Show:
            self.follow()
        return False


class _Wardrobe(QObject):
    """Knows every part, and dresses the hidden ones in the pauses."""

    def __init__(self) -> None:
        super().__init__()
        self.sheet = ""
        self._all: WeakSet[_Worn] = WeakSet()
        self._pause = QTimer(self, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._dress_one)

    @property
    def waiting(self) -> list[_Worn]:
        """The parts that wear something old."""
        return [one for one in self._all if isValid(one) and one.is_late]

    def add(self, worn: _Worn) -> None:
        self._all.add(worn)
        worn.follow()

    def wear(self, sheet: str) -> None:
        self.sheet = sheet
        for one in self.waiting:
            if one.is_on_screen:
                one.follow()
        self._pause.start()

    def _dress_one(self) -> None:
        waiting = self.waiting
        if waiting:
            waiting[0].follow()
        if len(waiting) <= 1:
            self._pause.stop()


@cache
def _wardrobe() -> _Wardrobe:
    return _Wardrobe()
