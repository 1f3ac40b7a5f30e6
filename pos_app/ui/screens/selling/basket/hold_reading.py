"""What the server says that a basket holds: after it was out of reach, and of seats whose answer was lost."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from pos_app.domain.errors import HoldExpired, NotFound, OutcomeUnknown, ServerBusy, ServerUnreachable
from pos_app.services.selling.holds import load_hold

if TYPE_CHECKING:
    from collections.abc import Callable

    from pos_app.domain.selling.holds import PlacedHold
    from pos_app.ui.background import Background
    from pos_app.ui.screens.selling.basket.hold_request import HoldRequest

AGAIN_MS: Final = 2_000
"""How often it is asked what became of seats whose answer was lost: nobody else can sell them, and nobody here."""


class HoldReading(QObject):
    """Reads the hold of the present basket. basket_key: which one that is now.

    Signals:
        read(PlacedHold, list): what the basket holds; and the requests (HoldRequest) whose answer had been lost.
        over(): the basket holds nothing any more.
        failed(Exception): it could not be read, though the server answers.
    """

    read = Signal(object, list)
    over = Signal()
    failed = Signal(object)

    def __init__(self, background: Background, basket_key: Callable[[], str], parent: QObject) -> None:
        super().__init__(parent)
        self._background = background
        self._basket_key = basket_key
        self._unheard: list[HoldRequest] = []
        self._again = QTimer(self, interval=AGAIN_MS)
        self._again.timeout.connect(self.ask)

    @property
    def is_following_up(self) -> bool:
        """Tell whether there are requests whose answer was lost."""
        return bool(self._unheard)

    def ask(self) -> None:
        """Ask the server."""
        self._background.read_latest(self, "hold", load_hold, self._basket_key()).then(self._on_read, self._on_not_read)

    def follow_up(self, request: HoldRequest) -> None:
        """Keep asking until it is known whether this request, whose answer was lost, holds seats."""
        self._unheard.append(request)
        self._again.start()

    def forget_unheard(self) -> list[HoldRequest]:
        """Ask no more; returns the requests of which nothing was heard."""
        self._again.stop()
        requests, self._unheard = self._unheard, []
        return requests

    def _on_read(self, placed: PlacedHold) -> None:
        self.read.emit(placed, self.forget_unheard())

    def _on_not_read(self, error: Exception) -> None:
        if isinstance(error, HoldExpired | NotFound):
            self.forget_unheard()
            self.over.emit()
        elif not isinstance(error, ServerUnreachable | ServerBusy | OutcomeUnknown):
            self.failed.emit(error)
