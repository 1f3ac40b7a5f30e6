"""A basket is looked at before the money moves: what would be refused afterwards is refused now."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import update

from pos_app.db.clock import utc_plus
from pos_app.db.models import Price, PromoUsage
from pos_app.domain.errors import (
    InvalidInput,
    NotOnSale,
    NotPermitted,
    PosError,
    PriceChanged,
    PromoCodeRefused,
    SaleAfterStart,
    SeatsTaken,
)
from pos_app.services.season.ticket_types import archive_ticket_type
from pos_app.services.selling.quotes import confirm_basket, load_basket_news
from pos_app.services.selling.sales import sell
from tests.services.promo_codes.test_redeeming import make_code
from tests.services.selling.refusals import orders_made
from tests.services.stories import cash_request, change_performance, change_staff, hold, run_out

if TYPE_CHECKING:
    from collections.abc import Callable

    from pos_app.domain.selling.holds import PlacedHold
    from tests.houses import OpenHouse


def _adults_cost(house: OpenHouse, amount_minor: int) -> None:
    change = update(Price).where(Price.ticket_type_id == house.small.adult_id).values(amount_minor=amount_minor)
    house.database.transact(lambda session: session.execute(change))


def _take_elsewhere(house: OpenHouse, held: PlacedHold) -> None:
    run_out(house, held)
    hold(house, held.seats, actor=house.small.elsewhere(house.small.cashier))


def _leave(house: OpenHouse, held: PlacedHold) -> None:
    run_out(house, held)
    change_staff(house, house.small.cashier, active=False)


_REFUSED: dict[str, tuple[Callable[[OpenHouse, PlacedHold], Any], type[PosError]]] = {
    "the price changed": (lambda house, _held: _adults_cost(house, 4500), PriceChanged),
    "the evening is cancelled": (lambda house, _held: change_performance(house, state="cancelled"), NotOnSale),
    "it has begun": (lambda house, _held: change_performance(house, starts_at=utc_plus(-60)), SaleAfterStart),
    "the type is put away": (
        lambda house, _held: house.database.transact(archive_ticket_type, house.small.manager, house.small.adult_id),
        InvalidInput,
    ),
    "the seats are gone": (_take_elsewhere, SeatsTaken),
    "the seller left": (_leave, NotPermitted),
}


@pytest.mark.parametrize("what", list(_REFUSED))
def test_what_the_sale_would_refuse_is_refused_before_it(house: OpenHouse, what: str) -> None:
    happens, error = _REFUSED[what]
    held = hold(house, house.small.seats_of(1, (1, 2)))
    request = cash_request(house, held)
    house.database.read(confirm_basket, house.small.cashier, request)
    happens(house, held)
    with pytest.raises(error) as told:
        house.database.read(confirm_basket, house.small.cashier, request)
    with pytest.raises(error) as refused:
        house.database.transact(sell, house.small.cashier, request)
    assert str(told.value.message) == str(refused.value.message)
    assert orders_made(house) == 0


def test_the_new_total_is_told(house: OpenHouse) -> None:
    request = cash_request(house, hold(house, house.small.seats_of(1, (1, 2))))
    _adults_cost(house, 4500)
    with pytest.raises(PriceChanged, match=r"was 80\.00 EUR and is now 90\.00 EUR") as told:
        house.database.read(confirm_basket, house.small.cashier, request)
    assert told.value.total_minor == 9000


def test_a_code_that_was_used_up_meanwhile_is_told(house: OpenHouse) -> None:
    house.database.transact(make_code, code="ONCE", kind="amount", value=500, currency="EUR", most_uses=1)
    request = cash_request(house, hold(house, [house.small.seat(1, 1)]))
    request = replace(request, promo_code="ONCE", total_minor=3500)
    house.database.read(confirm_basket, house.small.cashier, request)
    house.database.transact(lambda session: session.execute(update(PromoUsage).values(uses=1)))
    with pytest.raises(PromoCodeRefused):
        house.database.read(confirm_basket, house.small.cashier, request)


def test_the_news_of_a_basket_are_its_prices_and_its_code(house: OpenHouse) -> None:
    small = house.small
    house.database.transact(make_code, code="LESS", kind="amount", value=500, currency="EUR")
    _adults_cost(house, 4500)
    news = house.database.read(load_basket_news, (small.performance_id, small.gala_id), "less", None)
    assert [offer.performance_id for offer in news.offers] == [small.performance_id, small.gala_id]
    assert news.offers[0].prices[small.category_a_id, small.adult_id] == 4500
    assert [rule.code for rule in news.rules] == ["LESS"]
    assert house.database.read(load_basket_news, (small.performance_id,), "", None).rules == ()
