"""Keys with Alt are something to do, and never type a character.

A shortcut of the window that is not to be had just now (a sheet lies over it, its page is not in front) goes on to the
field that has the keyboard, and Qt types what stands on its key: "4" for Alt+4.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QWindow
from shiboken6 import isValid

from pos_app.ui.key_events import COMMAND


class CommandKeys(QObject):
    """Takes the character from such keys on their way into the window that has the keyboard; what they do stays.

    Shortcuts were looked for before. Works while its parent lives. No signals.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._watched: QWindow | None = None
        app = QCoreApplication.instance()
        if isinstance(app, QGuiApplication):
            app.focusWindowChanged.connect(self._watch)
            self._watch(QGuiApplication.focusWindow())

    def _watch(self, window: QWindow | None) -> None:
        if self._watched is not None and isValid(self._watched):
            self._watched.removeEventFilter(self)
        self._watched = window
        if window is not None:
            window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Send such a key on without its character."""
        if event.type() is not QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        # AltGr is Ctrl and Alt together on some systems; what it writes is a character all the same.
        with_alt = event.modifiers() & COMMAND == Qt.KeyboardModifier.AltModifier
        if not (with_alt and event.text() and event.text().isprintable()):
            return False
        bare = QKeyEvent(
            event.type(),
            event.key(),
            event.modifiers(),
            event.nativeScanCode(),
            event.nativeVirtualKey(),
            event.nativeModifiers(),
            "",
            event.isAutoRepeat(),
            event.count(),
        )
        QCoreApplication.sendEvent(watched, bare)
        return True
