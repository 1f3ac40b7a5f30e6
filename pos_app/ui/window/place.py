"""Where the window stands: as it stood last time, and never beyond the screen that is there today."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QByteArray, QRect, QSize
from PySide6.QtWidgets import QApplication

from pos_app.ui.remembered import remembered

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QMainWindow

_GEOMETRY: Final = "window/geometry"
WISHED: Final = QSize(1440, 900)
LEAST: Final = QSize(1024, 680)
_FRAME: Final = QSize(2, 38)
"""What a desktop draws around a window, before it is known how much."""
_HANDLE: Final = 80
"""So much of the head of a window must be on a screen, or nobody can take hold of it."""


def restore_place(window: QMainWindow) -> None:
    """Put a window where it stood last time, else in the middle of the primary screen."""
    geometry = remembered().value(_GEOMETRY)
    known = isinstance(geometry, QByteArray) and window.restoreGeometry(geometry)
    rooms = [screen.availableGeometry() for screen in QApplication.screens()]
    if not rooms:
        return
    primary = QApplication.primaryScreen().availableGeometry()
    rooms.sort(key=lambda room: room != primary)
    before = window.geometry() if known else None
    place = fitted_place(before, rooms)
    window.setMinimumSize(LEAST.boundedTo(_inside(_room_of(place, rooms)).size()))
    if not (known and (window.isMaximized() or window.isFullScreen())) and place != before:
        window.setGeometry(place)


def remember_place(window: QMainWindow) -> None:
    """Remember where a window stands."""
    remembered().setValue(_GEOMETRY, window.saveGeometry())


def fitted_place(before: QRect | None, rooms: Sequence[QRect]) -> QRect:
    """Return where the inside of a window stands: whole on one screen, with its frame.

    before: where it stood last time. rooms: what each screen has beside its panels, the primary one first. A place on a
    screen that is gone comes back to the primary one.
    """
    if before is None or not any(_can_be_taken(before, room) for room in rooms):
        size = WISHED if before is None else before.size()
        place = QRect(rooms[0].topLeft(), size)
        place.moveCenter(rooms[0].center())
        return _within(place, _inside(rooms[0]))
    return _within(before, _inside(_room_of(before, rooms)))


def toggle_full_screen(window: QMainWindow) -> None:
    """Fill the screen with a window, or give it its place back."""
    if window.isFullScreen():
        window.showNormal()
    else:
        window.showFullScreen()


def _can_be_taken(place: QRect, room: QRect) -> bool:
    """Tell whether enough of the head of a window is there to drag it."""
    head = QRect(place.left(), place.top() - _FRAME.height(), place.width(), _FRAME.height())
    seen = head.intersected(room)
    return seen.width() >= min(_HANDLE, place.width()) and seen.height() > 0


def _room_of(place: QRect, rooms: Sequence[QRect]) -> QRect:
    """Return the screen that shows most of a window."""

    def shown(room: QRect) -> int:
        part = place.intersected(room)
        return part.width() * part.height() if part.isValid() else 0

    return max(rooms, key=shown)


def _inside(room: QRect) -> QRect:
    """Return the room that is left inside the frame of a window."""
    side, top = _FRAME.width() // 2, _FRAME.height() - _FRAME.width() // 2
    return room.adjusted(side, top, -side, -side)


def _within(place: QRect, room: QRect) -> QRect:
    """Shrink and push a window so far that it lies within."""
    size = place.size().boundedTo(room.size())
    left = min(max(place.left(), room.left()), room.right() + 1 - size.width())
    top = min(max(place.top(), room.top()), room.bottom() + 1 - size.height())
    return QRect(left, top, size.width(), size.height())
