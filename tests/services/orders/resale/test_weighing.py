"""Why a ticket cannot be given back for resale, each reason with what to do instead."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import update

from pos_app.db.clock import utc_plus
from pos_app.db.models import Performance
from pos_app.domain.errors import NotFound, ResaleRefused
from pos_app.domain.orders.resale import ResaleAsk
from pos_app.services.orders.resale.returning import preview_resale
from tests.resale import come_in, resales, returned
from tests.services.orders.ledgers import live_lines
from tests.services.stories import sold
from tests.waiting import sell_out

if TYPE_CHECKING:
    from tests.houses import OpenHouse


def test_nothing_goes_on_resale_while_seats_are_free(house: OpenHouse) -> None:
    seats = house.small.seats_of(1, [1, 2])
    sale = sold(house, seats)

    with pytest.raises(ResaleRefused, match="not sold out") as refused:
        returned(house, sale, seats)
    assert "Refund" in str(refused.value.advice)


def test_seats_on_resale_do_not_count_as_free(house: OpenHouse) -> None:
    first, second = sell_out(house)[:2]
    returned(house, first, house.small.seats_of(1, [1, 2]))

    returned(house, second, house.small.seats_of(2, [1]))

    assert resales(house) == ["open"] * 3


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({"state": "cancelled"}, "is cancelled"),
        ({"starts_at": utc_plus(-60)}, "has begun"),
        ({"off_sale_at": utc_plus(-60)}, "no longer on sale"),
    ],
)
def test_an_evening_that_nobody_can_buy_any_more(house: OpenHouse, values: dict[str, Any], why: str) -> None:
    sale = sell_out(house)[0]
    change = update(Performance).where(Performance.id == house.small.performance_id).values(**values)
    house.database.transact(lambda session: session.execute(change))

    with pytest.raises(ResaleRefused, match=why):
        returned(house, sale, [house.small.seat(1, 3)])


def test_a_used_ticket_and_one_that_is_on_resale_already(house: OpenHouse) -> None:
    sale = sell_out(house)[0]
    come_in(house, sale, house.small.seat(1, 3), inside=False)
    with pytest.raises(ResaleRefused, match="came in"):
        returned(house, sale, [house.small.seat(1, 3)])

    returned(house, sale, [house.small.seat(1, 4)])
    with pytest.raises(ResaleRefused, match="already"):
        returned(house, sale, [house.small.seat(1, 4)])


def test_nothing_chosen_another_orders_ticket_and_no_such_order(house: OpenHouse) -> None:
    first, second = sell_out(house)[:2]
    theirs = tuple(live_lines(house, second.order_id).values())[:1]
    for asked, why in ((ResaleAsk(first.order_id, ()), "No ticket"), (ResaleAsk(first.order_id, theirs), "Not all")):
        with pytest.raises(ResaleRefused, match=why):
            house.database.read(preview_resale, house.small.cashier, asked)
    with pytest.raises(NotFound):
        house.database.read(preview_resale, house.small.cashier, ResaleAsk(first.order_id + 999, theirs))
