"""What an exchange would cost, asked anew after each change of it: the newest answer counts, and no other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from pos_app.domain.errors import ServerBusy, ServerUnreachable
from pos_app.services.orders.exchanges.making import preview_exchange

if TYPE_CHECKING:
    from pos_app.domain.orders.exchanges import ExchangeAsk, ExchangePreview
    from pos_app.ui.office import Office
    from pos_app.ui.screens.selling.exchange.under_way import Exchange

REST_MS: Final = 120
"""So long nothing is asked after a change: whoever types three letters is answered once."""


class Previewing(QObject):
    """Keeps the preview of the exchange true.

    Signals: told(): there is another answer, or none any more.
    """

    told = Signal()

    def __init__(self, office: Office, exchange: Exchange, parent: QObject) -> None:
        super().__init__(parent)
        self._office = office
        self._exchange = exchange
        self._asked: ExchangeAsk | None = None
        self.preview: ExchangePreview | None = None
        """The last answer; of the exchange as it is now where is_current says so."""
        self.refusal: Exception | None = None
        """Why it cannot be made as it is now."""
        self.is_current = False
        self._is_checking = False
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self._ask)

    @property
    def is_settled(self) -> bool:
        """Tell whether nothing is asked, and the answer is of the exchange as it is now."""
        return self.is_current and not self._is_checking

    def check(self) -> None:
        """Ask once more before money moves; told() follows, whatever the answer."""
        self.look()
        if not self._is_checking and self._asked is not None:
            self._is_checking = True
            self._rest.stop()
            self._ask()

    def look(self) -> None:
        """Ask anew where the exchange is another one now."""
        ask = self._exchange.ask()
        if ask == self._asked:
            return
        self._asked = ask
        self.refusal, self.is_current = None, False
        if ask is None:
            self._rest.stop()
            self.preview, self._is_checking = None, False
        else:
            self._rest.start()
        self.told.emit()

    def look_again(self) -> None:
        """Ask anew though nothing was chosen otherwise: somebody has changed the order, its prices or its seats."""
        self._asked = None
        self.look()

    def hear_server(self) -> None:
        """The server answered: what it could not be asked before is asked now."""
        if isinstance(self.refusal, ServerUnreachable | ServerBusy):
            self.look_again()

    def _ask(self) -> None:
        ask = self._asked
        if ask is not None:
            self._office.read_latest(self, "preview", preview_exchange, ask).then(
                lambda preview: self._on_told(ask, preview), lambda error: self._on_refused(ask, error)
            )

    def _on_told(self, ask: ExchangeAsk, preview: ExchangePreview) -> None:
        if ask == self._asked:
            self.preview, self.refusal, self.is_current, self._is_checking = preview, None, True, False
            self.told.emit()

    def _on_refused(self, ask: ExchangeAsk, error: Exception) -> None:
        if ask == self._asked:
            self.preview, self.refusal, self.is_current, self._is_checking = None, error, True, False
            self.told.emit()
