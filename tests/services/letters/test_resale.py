"""Letters about tickets on resale: one for each thing that becomes of them, to who has the order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos_app.services.letters.resale import tell_resale, tell_resale_ended, tell_resold
from tests.services.letters.written import customer, give_to, letters
from tests.services.orders.letters.outbox import last_change
from tests.services.stories import sold

if TYPE_CHECKING:
    from tests.houses import OpenHouse


def test_each_thing_that_becomes_of_a_ticket_is_told(house: OpenHouse) -> None:
    sale, anna = sold(house, house.small.seats_of(1, (1, 2))), customer(house)
    give_to(house, sale.order_id, anna)
    change = last_change(house, sale.order_id)
    assert house.database.transact(tell_resale, sale.order_id, change, (7, 5))
    assert house.database.transact(tell_resold, sale.order_id, change, 3600)
    assert house.database.transact(tell_resale_ended, sale.order_id, change, [7])
    assert [(one.kind, one.customer_id, one.order_id, one.facts) for one in letters(house)] == [
        ("resale", anna, sale.order_id, {"lines": [5, 7]}),
        ("resold", anna, sale.order_id, {"amount_minor": 3600}),
        ("resale_ended", anna, sale.order_id, {"lines": [7]}),
    ]


def test_an_order_of_nobody_is_told_to_nobody(house: OpenHouse) -> None:
    sale = sold(house, house.small.seats_of(1, (1, 2)))
    change = last_change(house, sale.order_id)
    assert not house.database.transact(tell_resale, sale.order_id, change, (5,))
    assert not house.database.transact(tell_resold, sale.order_id, change, 3600)
    assert not house.database.transact(tell_resale_ended, sale.order_id, change, (5,))
    assert letters(house) == []
