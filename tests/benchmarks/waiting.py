"""Waiting in a process with windows, while its event loop runs as it always does."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEventLoop, QTimer

if TYPE_CHECKING:
    from collections.abc import Callable

_LOOK_MS: Final = 2


def wait_for(condition: Callable[[], bool], what: str, *, seconds: float = 15.0) -> None:
    """Wait until it is so. Raises RuntimeError when it does not become so."""
    deadline = time.monotonic() + seconds
    loop = QEventLoop()

    def look() -> None:
        if condition() or time.monotonic() > deadline:
            loop.quit()

    timer = QTimer(interval=_LOOK_MS)
    timer.timeout.connect(look)
    timer.start()
    loop.exec()
    timer.stop()
    if not condition():
        raise RuntimeError(f"It did not happen within {seconds} s that {what}.")


def rest(milliseconds: int) -> None:
    """Let the event loop run for a while."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()
