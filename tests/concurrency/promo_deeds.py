"""What tills do with a promo code."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from pos_app.domain.errors import PromoCodeRefused
from pos_app.domain.seats import SeatKey
from pos_app.domain.selling.sales import PaymentMethod, SaleLine, SaleRequest, Tender
from pos_app.services.promo_codes.redeeming import redeem
from pos_app.services.selling import sales
from pos_app.services.selling.holds import place_hold
from pos_app.services.selling.pricing import Whose, price_basket
from pos_app.services.selling.sales import sell
from tests.concurrency.till import change

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from pos_app.domain.promo_codes.rules import PromoRule
    from tests.concurrency.till import Till


def sell_with_code(
    till: Till, *, performance_id: int, seat_id: int, adult_id: int, code: str, customer_id: int | None = None
) -> str:
    """Hold a seat of one's own and see the code accepted; then, all at once, sell with it."""
    seat, basket_key = SeatKey(performance_id, seat_id), uuid4().hex
    till.transact(place_hold, till.actor, basket_key, [seat])
    lines = (SaleLine(seat, adult_id),)
    total = till.database.read(price_basket, lines, code, whose=Whose(customer_id)).totals.total_minor
    till.say("ready")
    till.wait()
    tender = Tender(PaymentMethod.CASH, total, total)
    request = SaleRequest(uuid4().hex, basket_key, lines, total, tender, promo_code=code, customer_id=customer_id)
    try:
        till.transact(sell, till.actor, request)
    except PromoCodeRefused:
        return "refused"
    return "sold"


def sell_with_code_that_was_looked_at(till: Till, **arguments: Any) -> str:
    """Sell the wrong way: see that the code has a use left, and count the use later."""

    def count_later(session: Session, rule: PromoRule, order_id: int, saved_minor: int, **more: Any) -> None:
        till.say("looked", rule.uses)
        till.wait()
        redeem(session, replace(rule, most_uses=None), order_id, saved_minor, **more)

    change(sales, redeem=count_later)
    return sell_with_code(till, **arguments)
