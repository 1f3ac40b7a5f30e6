"""The hands that work the window in a test: they wait for what they can see, however slow the machine is today."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, Final, TypeVar

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from pytestqt.qtbot import QtBot

from pos_app.ui.look.dressing import dress

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QWindow
    from PySide6.QtWidgets import QWidget

T = TypeVar("T")

PATIENCE_MS: Final = 90_000
"""Where nothing else is said. Only a test that fails waits so long; what must not take long says so itself."""

PROGRAM_SECONDS: Final = 560
"""What a program of its own is given to the end, a whole tour on a crowded machine; only a test that fails waits so."""

_STILL: Final = 3


_KEYS_APART_MS: Final = 2


def scan_with_keys(window: QWindow, text: str) -> None:
    """Send what a scanner that types sends, Enter at the end.

    Each key bears the stamp of its time, as the system gives it to hardware: a test that is held up between two keys
    has not typed more slowly for that.
    """
    began = round(time.monotonic() * 1000)
    for number, letter in enumerate(f"{text}\r"):
        key = Qt.Key.Key_Return if letter == "\r" else Qt.Key(ord(letter))
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, letter)
            event.setTimestamp(began + number * _KEYS_APART_MS)
            QCoreApplication.sendEvent(window, event)


class PatientHands(QtBot):
    """pytest-qt's qtbot with patience."""

    def addWidget(self, widget: QWidget, **how: Any) -> None:  # noqa: N802 - pytest-qt's
        """Look after a widget, see pytest-qt; one that stands alone is dressed as in a window."""
        super().addWidget(widget, **how)
        if widget.isWindow() and not widget.styleSheet():
            dress(widget)

    def waitUntil(self, callback: Callable[[], Any], *, timeout: int = PATIENCE_MS) -> None:  # noqa: N802 - pytest-qt's
        """Wait until the callback returns true."""
        super().waitUntil(callback, timeout=timeout)

    def waitStill(self, look: Callable[[], T]) -> T:  # noqa: N802 - named like its neighbours
        """Wait until what is looked at stays as it is for some turns of the event loop, and return it.

        A layout is made anew in a later turn than what it is made anew for, and may need several.
        """
        seen: list[T] = []

        def is_still() -> bool:
            seen.append(look())
            return len(seen) > _STILL and all(one == seen[-1] for one in seen[-_STILL:])

        self.waitUntil(is_still)
        return seen[-1]

    def waitSignal(self, signal: Any, *, timeout: int = PATIENCE_MS, **how: Any) -> Any:  # noqa: N802 - pytest-qt's
        """Wait for a signal, see pytest-qt."""
        return super().waitSignal(signal, timeout=timeout, **how)

    def waitExposed(self, widget: Any, *, timeout: int = PATIENCE_MS) -> Any:  # noqa: N802 - pytest-qt's
        """Wait until a window is on the screen."""
        return super().waitExposed(widget, timeout=timeout)

    def waitActive(self, widget: Any, *, timeout: int = PATIENCE_MS) -> Any:  # noqa: N802 - pytest-qt's
        """Wait until a window has the keyboard."""
        return super().waitActive(widget, timeout=timeout)
