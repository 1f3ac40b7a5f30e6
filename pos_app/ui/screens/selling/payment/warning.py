"""The warning over a payment whose seats are no longer held, kept true for as long as the payment is open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from pos_app.ui.screens.selling.payment.words import time_is_up
from pos_app.ui.words.counted_places import are_seats

if TYPE_CHECKING:
    from pos_app.ui.screens.selling.basket.hold import BasketHold
    from pos_app.ui.screens.selling.payment.late_sheet import LatePaymentSheet


class PaymentWarning(QObject):
    """Comes when the time is up, and goes when the seats are held again. No signals."""

    def __init__(self, hold: BasketHold, payment: LatePaymentSheet, parent: QObject) -> None:
        super().__init__(parent)
        self._hold = hold
        self._payment = payment

    def look(self) -> None:
        """Say in the sheet whether the time is up."""
        if self._payment.is_open:
            sheet = self._payment.sheet
            places = self._hold.basket.places()
            is_over = self._hold.is_expired and bool(places)
            told = time_is_up(sheet.method, len(places), are_seats=are_seats(places))
            sheet.warn(told if is_over else None)
