"""What lifts a refusal while the payment stays open: the cashier's word for a late sale, a manager's for a gift."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos_app.domain.errors import ApprovalRefused, SaleAfterStart
from pos_app.ui.screens.selling.basket.questions import ask_late_sale

if TYPE_CHECKING:
    from collections.abc import Callable

    from pos_app.ui.screens.selling.basket.hold import BasketHold
    from pos_app.ui.screens.selling.payment.gift_question import GiftQuestion
    from pos_app.ui.screens.selling.payment.sheet import PaymentSheet


def ask_to_lift(
    error: Exception, sheet: PaymentSheet, hold: BasketHold, gifts: GiftQuestion, go_on: Callable[[], object]
) -> None:
    """Ask over the open payment for what is missing, if a word is all that is; then go on, where it is still open."""

    def go_on_if_open() -> None:
        if sheet.is_open:
            go_on()

    def allow_late() -> None:
        hold.late.allow(seat.performance_id for seat in hold.basket.seats)
        go_on_if_open()

    if isinstance(error, SaleAfterStart):
        ask_late_sale(sheet).confirmed.connect(allow_late)
    elif isinstance(error, ApprovalRefused):
        gifts.ask_again(hold.basket, sheet, error, go_on_if_open)
