"""The one ear for the scanner: on every page of the window, whatever has the keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from pos_app.ui.wedge import WedgeFilter

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QStackedWidget, QWidget

    from pos_app.ui.screens.sign_in.lock_screen import LockScreen
    from pos_app.ui.screens.sign_in.screen import SignInScreen


class Scans(QObject):
    """Listens while its wedge is enabled; a scan reaches no field, no button and no map.

    Where somebody is at work it is handed on. While the window is locked or nobody has signed in, it is said to be for
    nothing: it counts as no PIN and as no password, and what was typed stays, and the keyboard where it is. While the
    box office is being set up, it is for nothing, too.

    pages: the work, the lock and the sign-in among them. screen: returns the key of the screen in front, or behind the
    lock.
    Signals: scanned(str): as it came, where somebody is at work.
    """

    scanned = Signal(str)

    def __init__(
        self,
        pages: QStackedWidget,
        work: QWidget,
        lock: LockScreen,
        sign_in: SignInScreen,
        screen: Callable[[], str],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._pages, self._work, self._lock, self._sign_in, self._screen = pages, work, lock, sign_in, screen
        self.wedge = WedgeFilter(self)
        self.wedge.scanned.connect(self._on_scanned)

    def _on_scanned(self, text: str) -> None:
        page = self._pages.currentWidget()
        if page is self._work:
            self.scanned.emit(text)
        elif page is self._lock:
            gate = self.tr("This gate is locked: unlock it first, then scan again.")
            till = self.tr("This till is locked: unlock it first, then scan again.")
            self._lock.hint(gate if self._screen() == "door" else till)
        elif page is self._sign_in:
            self._sign_in.hint(self.tr("Nobody is signed in: sign in first, then scan again."))
