from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import insert, select

from pos_app.db.models import OrderLine, PromoCode, PromoUsage
from pos_app.db.results import insert_row
from pos_app.doctor import judge_database
from pos_app.domain.codes import new_request_id
from pos_app.domain.errors import PriceChanged, PromoCodeRefused
from pos_app.domain.selling.sales import PaymentMethod, SaleLine, SaleRequest, Tender, VoidRequest
from pos_app.services.orders.refunds.voids import void_order
from pos_app.services.promo_codes.redeeming import load_promo_code
from pos_app.services.selling.holds import place_hold
from pos_app.services.selling.pricing import price_basket
from pos_app.services.selling.sales import sell

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from pos_app.domain.seats import SeatKey
    from pos_app.domain.selling.sales import Sale
    from tests.houses import OpenHouse


def make_code(session: Session, /, **changes: Any) -> int:
    values: dict[str, Any] = {"code": "WINTER10", "kind": "percent", "scope": "ticket", "value": 10, "only": "{}"}
    key = insert_row(session, PromoCode, **(values | changes))
    session.execute(insert(PromoUsage).values(promo_code_id=key, uses=0))
    return key


def uses_of(session: Session, code_id: int) -> int:
    return session.execute(select(PromoUsage.uses).where(PromoUsage.promo_code_id == code_id)).scalar_one()


def buy(house: OpenHouse, seats: Sequence[SeatKey], code: str, *, total: int | None = None) -> Sale:
    """Hold seats and sell them with a code, for the price that the service names (or another)."""
    small, database = house.small, house.database
    key = new_request_id()
    database.transact(place_hold, small.cashier, key, seats)
    lines = tuple(SaleLine(seat, small.adult_id) for seat in seats)
    due = database.read(price_basket, lines, code).totals.total_minor if total is None else total
    request = SaleRequest(
        request_id=new_request_id(),
        basket_key=key,
        lines=lines,
        total_minor=due,
        tender=Tender(PaymentMethod.CASH, due, due),
        promo_code=code,
    )
    return database.transact(sell, small.cashier, request)


def test_a_code_takes_its_part_off_and_is_counted(house: OpenHouse) -> None:
    code_id = house.database.transact(make_code)
    full = house.database.read(
        price_basket, tuple(SaleLine(s, house.small.adult_id) for s in house.small.seats_of(1, [1, 2]))
    )
    sale = buy(house, house.small.seats_of(1, [1, 2]), "winter 10")
    lines = house.database.read(lambda session: session.execute(select(OrderLine)).scalars().all())
    assert sale.total_minor == full.totals.total_minor - sum(line.discount_minor for line in lines)
    assert all(line.discount_minor * 10 == line.price_minor for line in lines)
    assert house.database.read(uses_of, code_id) == 1
    assert house.database.read(judge_database) == ()


def test_the_last_use_is_refused_to_the_second_sale_and_nothing_of_it_is_sold(house: OpenHouse) -> None:
    code_id = house.database.transact(make_code, most_uses=1)
    buy(house, house.small.seats_of(1, [1]), "WINTER10")
    with pytest.raises(PromoCodeRefused, match="used up"):
        buy(house, house.small.seats_of(1, [2]), "WINTER10", total=100)
    assert house.database.read(uses_of, code_id) == 1
    assert house.database.read(judge_database) == ()


def test_a_sale_taken_back_gives_the_use_back(house: OpenHouse) -> None:
    code_id = house.database.transact(make_code, most_uses=1)
    sale = buy(house, house.small.seats_of(1, [1]), "WINTER10")
    manager = house.small.manager
    request = VoidRequest(new_request_id(), sale.order_id, "wrong seats")
    house.database.transact(void_order, manager, request)
    assert house.database.read(uses_of, code_id) == 0
    buy(house, house.small.seats_of(1, [1]), "WINTER10")
    assert house.database.read(judge_database) == ()


def test_the_total_shown_without_the_saving_is_refused(house: OpenHouse) -> None:
    house.database.transact(make_code)
    seats = house.small.seats_of(1, [1])
    full = house.database.read(price_basket, (SaleLine(seats[0], house.small.adult_id),)).totals.total_minor
    with pytest.raises(PriceChanged):
        buy(house, seats, "WINTER10", total=full)


@pytest.mark.parametrize("typed", ["", "  ", "NOSUCH", "x" * 5000, "'; DROP TABLE orders; --", "\u202eWINTER10\ud800"])
def test_a_code_that_is_none_is_refused_in_a_sentence(house: OpenHouse, typed: str) -> None:
    with pytest.raises(PromoCodeRefused):
        house.database.read(load_promo_code, typed)
