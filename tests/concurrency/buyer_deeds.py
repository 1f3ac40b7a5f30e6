"""What till processes do with customers: sell to one, merge two, erase one, each round when the test says go."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

from pos_app.domain.seats import SeatKey
from pos_app.domain.selling.sales import PaymentMethod, SaleLine, SaleRequest, Tender
from pos_app.services.customers.buying import find_buyer
from pos_app.services.customers.merging import merge_customers
from pos_app.services.customers.privacy.erasing import erase_customer
from pos_app.services.promo_codes import redeeming
from pos_app.services.selling import buyers, sales
from pos_app.services.selling.holds import place_hold
from pos_app.services.selling.pricing import Whose, price_basket
from pos_app.services.selling.sales import sell
from tests.concurrency.order_deeds import pause_before, tell_outcome
from tests.concurrency.till import change

if TYPE_CHECKING:
    from tests.concurrency.till import Till


def sell_to_each(till: Till, *, wishes: list[dict[str, Any]], adult_id: int, code: str = "") -> None:
    """Sell one seat to one customer after the other: held and priced before, sold at the same moment as others do."""
    for one in wishes:
        seat, basket_key = SeatKey(*one["seat"]), uuid4().hex
        lines = (SaleLine(seat, adult_id),)
        till.transact(place_hold, till.actor, basket_key, [seat])
        total = till.database.read(price_basket, lines, code, whose=Whose(one["customer_id"])).totals.total_minor
        request = SaleRequest(
            uuid4().hex,
            basket_key,
            lines,
            total,
            Tender(PaymentMethod.CASH, total, total),
            promo_code=code,
            customer_name=one["name"],
            customer_id=one["customer_id"],
        )
        till.say("ready")
        till.wait()
        tell_outcome(till, lambda: till.transact(sell, till.actor, request), "sold")  # noqa: B023 - of this turn


def merge_each(till: Till, *, pairs: list[tuple[int, int]]) -> None:
    """Merge one pair of customers after the other: the second one of each becomes a number of the first one."""
    for kept_id, other_id in pairs:
        till.say("ready")
        till.wait()
        asked = (till.actor, kept_id, other_id)
        tell_outcome(till, lambda: till.transact(merge_customers, *asked, request_id=uuid4().hex), "merged")  # noqa: B023 - of this turn


def erase_each(till: Till, *, customers: list[int]) -> None:
    """Erase one customer after the other."""

    for customer_id in customers:
        till.say("ready")
        till.wait()
        asked = (till.actor, customer_id)
        tell_outcome(till, lambda: till.transact(erase_customer, *asked, request_id=uuid4().hex), "erased")  # noqa: B023 - of this turn


def sell_what_was_left(till: Till, *, trusting: bool, **arguments: Any) -> None:
    """Count what a customer has, and sell a while later. trusting: the wrong way, nobody waits for anybody."""
    pause_before(till, sales, "price_for_sale")
    if trusting:
        change(buyers, lock_customer=find_buyer)
    sell_to_each(till, **arguments)


def sell_by_an_old_look(till: Till, *, trusting: bool, **arguments: Any) -> None:
    """Sell what was looked at while it was priced. trusting: the wrong way, nobody looks at the customer again."""
    if trusting:
        change(
            buyers, lock_customer=lambda _session, customer_id: customer_id, require_tickets_left=lambda *_, **__: None
        )
        change(redeeming, _require_uses_left=lambda *_, **__: None)
    sell_to_each(till, **arguments)
