"""When a manager closes an account, changes its role, or puts a till away, while the person is at work."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from pos_app.ui.words.lists import following
from pos_app.ui.words.messages import Level, Message

if TYPE_CHECKING:
    from pos_app.services.staff.standing import Standing
    from pos_app.ui.screens.selling.screen import SellScreen

LOOK_MS: Final = 250
GRACE_SECONDS: Final = 20.0
"""How long a sale that was just made stays on the screen: for the change, and for the printer to take the tickets."""


class ForcedSignOut(QObject):
    """Waits until no money is between the person and a customer, and then says that it is time to go.

    Signals: said(Message): why the person is about to be signed out. due(Message): sign out now, saying this.
    """

    said = Signal(object)
    due = Signal(object)

    def __init__(self, sell: SellScreen | None, parent: QObject) -> None:
        super().__init__(parent)
        self._sell = sell
        self._standing: Standing | None = None
        self._was_told = False
        self._sold_since: float | None = None
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self._look)

    def begin(self, standing: Standing) -> None:
        """The server says that the person may not go on."""
        self._standing = standing
        self._timer.start()
        self._look()

    def _look(self) -> None:
        if self._must_wait():
            if not self._was_told:
                self._was_told = True
                advice = self.tr("Finish this sale: after it Foyer signs you out.")
                self.said.emit(Message(self._why(), advice, Level.WARNING))
            return
        self._timer.stop()
        self.due.emit(Message(self._why(), following(self._of_money(), self._what_now()), Level.WARNING))

    def _must_wait(self) -> bool:
        sell = self._sell
        if sell is None:
            return False
        if sell.checkout.taking.is_unsettled or (self._is_paying() and not sell.hold.is_expired):
            return True
        if not sell.tickets.is_open:
            return False
        now = time.monotonic()
        if self._sold_since is None:
            self._sold_since = now
        return now - self._sold_since < GRACE_SECONDS

    def _is_paying(self) -> bool:
        return self._sell is not None and self._sell.checkout.payment.is_open

    def _why(self) -> str:
        if self._standing is None or self._standing.role is None:
            return self.tr("A manager closed your account.")
        if not self._standing.till_in_use:
            return self.tr("A manager put this till away.")
        return self.tr("Your role was changed.")

    def _what_now(self) -> str:
        if self._standing is None or self._standing.role is None:
            return self.tr("Only a manager can open it again, under Manage, Staff.")
        if not self._standing.till_in_use:
            return self.tr("Go on at another till, or ask a manager to take this one back.")
        return self.tr("Sign in again to go on.")

    def _of_money(self) -> str:
        if self._is_paying():
            return self.tr("The payment that was open was not made: give the money back.")
        return ""
