"""Codes that stand beside others, that each customer may use so often, that were ended a moment ago."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select, update

from pos_app.db.clock import utc_now
from pos_app.db.models import AuditEntry, PriceCategory, PromoCode, PromoRedemption, SeatingPlan
from pos_app.doctor import judge_database
from pos_app.domain.codes import new_request_id
from pos_app.domain.customers.records import CustomerDraft
from pos_app.domain.errors import PromoCodeRefused
from pos_app.domain.selling.sales import PaymentMethod, SaleLine, SaleRequest, Tender, VoidRequest
from pos_app.services.orders.refunds.voids import void_order
from pos_app.services.promo_codes.records import archive_promo_code, end_promo_code
from pos_app.services.promo_codes.redeeming import look_up_promo_codes, redeem, same_categories
from pos_app.services.selling import sales
from pos_app.services.selling.holds import place_hold
from pos_app.services.selling.pricing import price_basket
from pos_app.services.selling.sales import sell
from tests.kinds import BOTH
from tests.services.customers.people import add
from tests.services.letters.codes import set_verified
from tests.services.promo_codes.test_redeeming import make_code, uses_of
from tests.small_house import allow

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sqlalchemy.orm import InstrumentedAttribute, Session

    from pos_app.domain.roles import Actor
    from pos_app.domain.seats import SeatKey
    from pos_app.domain.selling.sales import Sale
    from tests.houses import OpenHouse


def ask(house: OpenHouse, seats: Sequence[SeatKey], code: str, customer: int | None = None) -> SaleRequest:
    """Hold seats, and ask to sell them with a code."""
    key = new_request_id()
    house.database.transact(place_hold, house.small.cashier, key, seats)
    lines = tuple(SaleLine(seat, house.small.adult_id) for seat in seats)
    due = house.database.read(price_basket, lines, code).totals.total_minor
    tender = Tender(PaymentMethod.CASH, due, due)
    return SaleRequest(new_request_id(), key, lines, due, tender, customer_id=customer, promo_code=code)


def buy(house: OpenHouse, seat: int, code: str, customer: int | None = None) -> Sale:
    request = ask(house, house.small.seats_of(2, [seat]), code, customer)
    return house.database.transact(sell, house.small.cashier, request)


def test_two_codes_on_one_order_are_each_counted_with_what_they_saved(house: OpenHouse) -> None:
    percent = house.database.transact(make_code, code="TEN", combinable=True)
    amount = house.database.transact(
        make_code, code="FIVE", kind="amount", scope="order", value=500, currency="EUR", combinable=True
    )
    sale = buy(house, 1, "five + ten")
    assert sale.total_minor == 4000 - 400 - 500
    saved = house.database.read(
        lambda session: {
            row.promo_code_id: row.saved_minor
            for row in session.execute(select(PromoRedemption.promo_code_id, PromoRedemption.saved_minor))
        }
    )
    assert saved == {percent: 400, amount: 500}
    body = house.database.read(lambda session: session.scalars(select(AuditEntry.body)).all())[-1]
    assert json.loads(body)["promo_code"] == "FIVE+TEN"
    assert house.database.read(judge_database) == ()
    void = VoidRequest(new_request_id(), sale.order_id, "Mistake", house.database.transact(allow, house.small))
    house.database.transact(void_order, house.small.cashier, void)
    assert [house.database.read(uses_of, one) for one in (percent, amount)] == [0, 0]
    assert house.database.read(judge_database) == ()


def test_a_code_that_stands_alone_is_sold_with_no_other(house: OpenHouse) -> None:
    house.database.transact(make_code, code="TEN", combinable=True)
    house.database.transact(make_code, code="ALONE")
    with pytest.raises(PromoCodeRefused, match="ALONE cannot be combined"):
        buy(house, 1, "TEN+ALONE")


def test_a_customer_uses_a_code_as_often_as_it_says_and_is_told_before_and_at_the_sale(house: OpenHouse) -> None:
    house.database.transact(make_code, most_uses_each=2)
    anna, boris = (add(house, CustomerDraft("Anna Novak")).customer_id for _ in range(2))
    buy(house, 1, "WINTER10", anna)
    sale = buy(house, 2, "WINTER10", anna)
    with pytest.raises(PromoCodeRefused, match="This customer has used WINTER10 already"):
        house.database.read(look_up_promo_codes, "WINTER10", anna)
    with pytest.raises(PromoCodeRefused, match="2 times"):
        buy(house, 3, "WINTER10", anna)
    buy(house, 4, "WINTER10", boris)
    void = VoidRequest(new_request_id(), sale.order_id, "Mistake", house.database.transact(allow, house.small))
    house.database.transact(void_order, house.small.cashier, void)
    buy(house, 5, "WINTER10", anna)
    assert house.database.read(judge_database) == ()


def test_nobody_who_is_no_customer_uses_a_code_that_is_limited_for_each_customer(house: OpenHouse) -> None:
    house.database.transact(make_code, most_uses_each=1)
    with pytest.raises(PromoCodeRefused, match="F8"):
        buy(house, 1, "WINTER10")


def test_a_code_for_verified_customers_is_told_before_and_refused_at_the_sale(house: OpenHouse) -> None:
    code_id = house.database.transact(make_code, verified_only=True)
    anna = add(house, CustomerDraft("Anna Novak", "anna@example.org")).customer_id
    with pytest.raises(PromoCodeRefused, match="WINTER10 is for customers whose e-mail address is verified") as told:
        house.database.read(look_up_promo_codes, "WINTER10", anna)
    assert told.value.advice == "Send a code to the address (F8, then F9), or take this one out."
    with pytest.raises(PromoCodeRefused, match="Choose or make the customer"):
        buy(house, 1, "WINTER10")
    request = ask(house, house.small.seats_of(2, [2]), "WINTER10", anna)
    with pytest.raises(PromoCodeRefused, match="address is verified"):
        house.database.transact(sell, house.small.cashier, request)
    assert house.database.read(uses_of, code_id) == 0
    house.database.transact(set_verified, anna)
    house.database.read(look_up_promo_codes, "WINTER10", anna)
    house.database.transact(sell, house.small.cashier, request)
    assert house.database.read(uses_of, code_id) == 1
    assert house.database.read(judge_database) == ()


@BOTH
@pytest.mark.parametrize("mark", [PromoCode.ended_at, PromoCode.deleted_at])
def test_a_code_that_is_stopped_while_a_sale_is_under_way_is_refused(
    house: OpenHouse, mark: InstrumentedAttribute[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    code_id = house.database.transact(make_code)
    request = ask(house, house.small.seats_of(2, [1]), "WINTER10")

    def late(session: Session, *args: Any, **kwargs: Any) -> None:
        session.execute(update(PromoCode).where(PromoCode.id == code_id).values({mark: utc_now()}))
        redeem(session, *args, **kwargs)

    monkeypatch.setattr(sales, "redeem", late)
    with pytest.raises(PromoCodeRefused, match="ended by the manager"):
        house.database.transact(sell, house.small.cashier, request)
    assert house.database.read(uses_of, code_id) == 0


@pytest.mark.parametrize("stop", [end_promo_code, archive_promo_code])
def test_a_code_that_was_ended_is_taken_by_no_sale(house: OpenHouse, stop: Callable[..., Any]) -> None:
    code_id = house.database.transact(make_code)
    request = ask(house, house.small.seats_of(2, [1]), "WINTER10")
    manager: Actor = house.small.manager
    house.database.transact(stop, manager, code_id)
    with pytest.raises(PromoCodeRefused):
        house.database.transact(sell, house.small.cashier, request)
    assert house.database.read(uses_of, code_id) == 0


def test_a_category_means_that_of_every_version_of_the_plan(house: OpenHouse) -> None:
    def add_plan(session: Session, name: str, version: int) -> int:
        old = session.get_one(SeatingPlan, house.small.plan_id)
        plan = SeatingPlan(
            venue_id=old.venue_id, name=name, version=version, width=1.0, height=1.0, focal_x=0.0, focal_y=0.0
        )
        session.add(plan)
        session.flush()
        category = PriceCategory(plan_id=plan.id, name="A")
        session.add(category)
        session.flush()
        return category.id

    newer = house.database.transact(add_plan, "Stalls only", 2)
    other = house.database.transact(add_plan, "Studio", 1)
    ids = house.database.read(same_categories, [newer])
    assert ids == {newer, house.small.category_a_id}
    assert other not in ids
    house.database.transact(make_code, only=json.dumps({"categories": [newer]}))
    assert buy(house, 1, "WINTER10").total_minor == 3600
