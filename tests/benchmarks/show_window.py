"""A process that opens a window and tells when it was painted: Foyer's sign-in, or a window with nothing in it."""

from __future__ import annotations

import os
import sys
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent


def main() -> None:
    """Arguments: "bare", or the address of a database."""
    if sys.argv[1] == "bare":
        _open_bare()
    else:
        _open_foyer(sys.argv[1])


def _painted() -> None:
    sys.stdout.write(f"{time.monotonic()}\n")
    sys.stdout.flush()
    # There is nothing to put away but what the machine takes back by itself.
    os._exit(0)


def _open_bare() -> None:
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication, QMainWindow

    class Bare(QMainWindow):
        def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
            super().paintEvent(event)
            QTimer.singleShot(0, _painted)

    app = QApplication(["bare"])
    window = Bare()
    window.resize(1280, 800)
    window.show()
    app.exec()


def _open_foyer(url: str) -> None:
    """Start the program as its command does, and watch for the first picture of its window."""
    from PySide6.QtCore import QEvent, QObject, QTimer

    from pos_app import app
    from pos_app.cli.command import run_command

    class Watch(QObject):
        def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
            if event.type() == QEvent.Type.Paint:
                QTimer.singleShot(0, _painted)
            return False

    start = app.Foyer.start

    def watched_start(foyer: app.Foyer) -> None:
        foyer.watch = Watch(foyer)  # type: ignore[attr-defined]  # kept alive with it
        foyer.window.installEventFilter(foyer.watch)  # type: ignore[attr-defined]
        start(foyer)

    app.Foyer.start = watched_start  # type: ignore[method-assign, assignment]
    run_command(["--database", url])


if __name__ == "__main__":
    main()
