"""The customer's screen follows the cashier's: basket, total, change; only where there is a second screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication

from pos_app.ui.screens.selling.customer_display.display import CustomerDisplay

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from pos_app.domain.selling.basket import Basket
    from pos_app.domain.selling.sales import Sale


class SecondScreen(QObject):
    """Owns the display and moves it where it belongs; it goes with the screen of the cashier. No signals."""

    def __init__(self, cashiers: QWidget) -> None:
        super().__init__(cashiers)
        self._cashiers = cashiers
        self.display = CustomerDisplay(cashiers)
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.screenAdded.connect(self._on_screens)
            app.screenRemoved.connect(self._on_screens)
        self._on_screens()

    def show(self, basket: Basket, sale: Sale | None) -> None:
        """Show the sale that was just made, else the basket."""
        if sale is not None:
            self.display.show_sale(sale)
        else:
            self.display.show_basket(basket)

    def _on_screens(self) -> None:
        self.display.follow_screens(self._cashiers.window().screen())
