"""Looking, while an order is shown, whether another till changes it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from pos_app.domain.orders.page import OrderPage, OrderSign
    from pos_app.ui.screens.orders.operations import OrderOperations

_EVERY_MS: Final = 1_500


class OrderWatch(QObject):
    """Compares the order that is shown with the one stored, by its sign, while its screen can be seen.

    Signals: stale(int): the order with this id was changed, or another till has it open for paying, or no longer.
    """

    stale = Signal(int)

    def __init__(self, operations: OrderOperations, screen: QWidget, *, every_ms: int = _EVERY_MS) -> None:
        super().__init__(screen)
        self._operations = operations
        self._screen = screen
        self._order: OrderPage | None = None
        self._is_asking = False
        self._timer = QTimer(self, interval=every_ms)
        self._timer.timeout.connect(self._look)

    def watch(self, order: OrderPage | None) -> None:
        """Watch an order from now on; None: none."""
        self._order = order
        if order is None:
            self._timer.stop()
        elif not self._timer.isActive():
            self._timer.start()

    def _look(self) -> None:
        if self._order is None or self._is_asking or not self._screen.isVisible():
            return
        order = self._order
        self._is_asking = True
        self._operations.sign(self, order.order_id).then(lambda sign: self._on_sign(order, sign), self._on_silence)

    def _on_sign(self, order: OrderPage, sign: OrderSign) -> None:
        self._is_asking = False
        if order is self._order and sign != order.sign:
            self.stale.emit(order.order_id)

    def _on_silence(self, _error: Exception) -> None:
        """Nobody asked for it; that the server is away, others tell."""
        self._is_asking = False
