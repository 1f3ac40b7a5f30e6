"""The promo code of the basket: looked up in the background, shown in its field, dropped on request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from pos_app.domain.errors import PromoCodeRefused
from pos_app.services.promo_codes.redeeming import look_up_promo_codes
from pos_app.ui.screens.selling.basket.promo_field import TakenCode
from pos_app.ui.words.amounts import shown_amount
from pos_app.ui.words.messages import message_for

if TYPE_CHECKING:
    from datetime import datetime

    from pos_app.domain.promo_codes.rules import PromoRule
    from pos_app.domain.selling.basket import Basket
    from pos_app.ui.background import Background
    from pos_app.ui.screens.selling.basket.hold import BasketHold
    from pos_app.ui.screens.selling.basket.promo_field import PromoField


class BasketCodes(QObject):
    """Puts codes into the basket and takes them out, and keeps the field true.

    Signals: said(Message): something for the person. done(): the keyboard is free for the next step.
    """

    said = Signal(object)
    done = Signal()

    def __init__(self, background: Background, hold: BasketHold, field: PromoField, parent: QObject) -> None:
        super().__init__(parent)
        self._background = background
        self._hold = hold
        self._field = field
        self._basket: Basket = hold.basket
        self._shown = False

    def show(self) -> None:
        """Show the code of the basket as it is; what is being typed stays, unless it was for another basket."""
        basket = self._hold.basket
        is_other = basket is not self._basket
        self._basket = basket
        if basket.promo is not None:
            saved = basket.saved_by_code() or (0,) * len(basket.promo.rules)
            codes = [
                TakenCode(rule.code, rule.named(), shown_amount(minor, basket.currency) if basket.lines else "")
                for rule, minor in zip(basket.promo.rules, saved, strict=True)
            ]
            self._field.show_taken(codes, basket.promo_problem(), takes_more=basket.promo.takes_more)
            self._shown = True
        elif self._shown or is_other:
            self._field.show_none()
            self._shown = False

    def look_up(self, text: str) -> None:
        """Ask the server about a code that was typed."""
        basket = self._hold.basket
        self._background.read_latest(self, "promo", look_up_promo_codes, text, basket.customer_name).then(
            lambda found: self._on_found(found, basket), lambda error: self._on_refused(error, basket)
        )

    def take_out(self) -> None:
        """Go on without a code."""
        self._hold.change(lambda basket: basket.drop_promo())
        self.done.emit()

    def _on_found(self, found: tuple[tuple[PromoRule, ...], datetime], basket: Basket) -> None:
        if basket is not self._hold.basket:
            return
        try:
            self._hold.change(lambda basket: basket.apply_promo(*found))
        except PromoCodeRefused as refusal:
            self._field.show_refusal(refusal)
        else:
            self.done.emit()

    def _on_refused(self, error: Exception, basket: Basket) -> None:
        if basket is not self._hold.basket:
            return
        if isinstance(error, PromoCodeRefused):
            self._field.show_refusal(error)
        else:
            self.said.emit(message_for(error))
