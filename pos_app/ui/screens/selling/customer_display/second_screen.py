"""The customer's screen follows the cashier's: basket, total, change; only where there is a second screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication

from pos_app.ui.screens.selling.customer_display.display import CustomerDisplay

if TYPE_CHECKING:
    from PySide6.QtGui import QScreen

    from pos_app.ui.screens.selling.basket.hold import HoldDesk
    from pos_app.ui.screens.selling.payment.checkout import Checkout
    from pos_app.ui.screens.selling.screen import SellScreen


class SecondScreen(QObject):
    """Owns the display and moves it where it belongs; it goes with the sell screen. No signals."""

    def __init__(self, sell: SellScreen) -> None:
        super().__init__(sell)
        self._sell = sell
        self._desk: HoldDesk = sell.desk
        self._checkout: Checkout = sell.checkout
        self.display = CustomerDisplay(sell)
        self._desk.basket_changed.connect(self._on_changed)
        self._checkout.sale_shown.connect(self._on_changed)
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.screenAdded.connect(self._on_screens)
            app.screenRemoved.connect(self._on_screens)
        self._on_screens()

    def _on_changed(self) -> None:
        sale = self._checkout.sale
        if sale is not None:
            self.display.show_sale(sale)
        else:
            self.display.show_basket(self._desk.basket)

    def _on_screens(self) -> None:
        own: QScreen = self._sell.window().screen()
        self.display.follow_screens(own)
