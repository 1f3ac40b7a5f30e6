"""The hands that work the window in a test: they wait for what they can see, however slow the machine is today."""

from __future__ import annotations

import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final, TypeVar

from PySide6.QtCore import QAbstractEventDispatcher, QCoreApplication, QEvent, QEventLoop, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QWindow
from pytestqt.exceptions import TimeoutError as WaitedInVain
from pytestqt.qtbot import QtBot

from pos_app.ui.look.dressing import dress

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from PySide6.QtWidgets import QWidget

T = TypeVar("T")

PATIENCE_MS: Final = 90_000
"""Where nothing else is said. Only a test that fails waits so long; what must not take long says so itself."""

PROGRAM_SECONDS: Final = 560
"""What a program of its own is given to the end, a whole tour on a crowded machine; only a test that fails waits so."""

_STILL: Final = 3
_LOOK_AGAIN_MS: Final = 10
"""What happens in no turn of the event loop is seen so soon."""


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


class _Turns:
    """Turns of the event loop, one at a time."""

    def __init__(self) -> None:
        self._loop = QEventLoop()
        self._timer = QTimer(singleShot=True, interval=_LOOK_AGAIN_MS)
        self._timer.timeout.connect(self._loop.quit)
        self._rests = 0

    def take(self) -> None:
        """Do what is waiting, or wait for something to do; not for long."""
        dispatcher = QAbstractEventDispatcher.instance()
        assert dispatcher is not None
        self._rests = 0
        self._timer.start()
        dispatcher.aboutToBlock.connect(self._on_rest)
        self._loop.exec()
        dispatcher.aboutToBlock.disconnect(self._on_rest)
        self._timer.stop()

    def _on_rest(self) -> None:
        """The first rest ends when there is something to do; before the second one that has been done."""
        self._rests += 1
        if self._rests > 1:
            self._loop.quit()


class PatientHands(QtBot):
    """pytest-qt's qtbot with patience, which looks for what it waits for after each turn of the event loop."""

    def addWidget(self, widget: QWidget, **how: Any) -> None:  # noqa: N802 - pytest-qt's
        """Look after a widget, see pytest-qt; one that stands alone is dressed as in a window."""
        super().addWidget(widget, **how)
        if widget.isWindow() and not widget.styleSheet():
            dress(widget)

    def waitUntil(self, callback: Callable[[], Any], *, timeout: int = PATIENCE_MS) -> None:  # noqa: N802 - pytest-qt's
        """Wait until the callback returns true, or no longer raises AssertionError where it returns nothing."""
        turns, until = _Turns(), time.monotonic() + timeout / 1000
        while not _is_so(callback, last_time=time.monotonic() > until):
            if time.monotonic() > until:
                raise WaitedInVain(f"waited in vain for {timeout / 1000:g} s")
            turns.take()

    def waitStill(self, look: Callable[[], T]) -> T:  # noqa: N802 - named like its neighbours
        """Wait until what is looked at stays as it is for some turns of the event loop, and return it.

        A layout is made anew in a later turn than what it is made anew for, and may need several.
        """
        seen: list[T] = []

        def is_still() -> bool:
            seen.append(look())
            return len(seen) > _STILL and all(one == seen[-1] for one in seen[-_STILL:])

        # Of a fixed length: what is to happen in a later turn is not missed in some that had nothing to do.
        super().waitUntil(is_still, timeout=PATIENCE_MS)
        return seen[-1]

    def waitSignal(self, signal: Any, *, timeout: int = PATIENCE_MS, **how: Any) -> Any:  # noqa: N802 - pytest-qt's
        """Wait for a signal, see pytest-qt."""
        return super().waitSignal(signal, timeout=timeout, **how)

    def waitExposed(self, widget: QWidget | QWindow, *, timeout: int = PATIENCE_MS) -> Any:  # noqa: N802 - pytest-qt's
        """Wait until a window is on the screen."""
        return self._wait_for_window(widget, QWindow.isExposed, timeout)

    def waitActive(self, widget: QWidget | QWindow, *, timeout: int = PATIENCE_MS) -> Any:  # noqa: N802 - pytest-qt's
        """Wait until a window has the keyboard."""
        return self._wait_for_window(widget, QWindow.isActive, timeout)

    @contextmanager
    def _wait_for_window(
        self, widget: QWidget | QWindow, is_so: Callable[[QWindow], bool], timeout: int
    ) -> Iterator[None]:
        """Let something be done to a window, and wait until it has come so far."""
        yield
        self.waitUntil(lambda: (window := _window_of(widget)) is not None and is_so(window), timeout=timeout)


def _is_so(callback: Callable[[], Any], *, last_time: bool) -> bool:
    try:
        result = callback()
    except AssertionError:
        if last_time:
            raise
        return False
    if result not in {None, True, False}:
        raise ValueError(f"what is waited for is true or false, and not {result!r}")
    return result is not False


def _window_of(widget: QWidget | QWindow) -> QWindow | None:
    return widget if isinstance(widget, QWindow) else widget.window().windowHandle()
