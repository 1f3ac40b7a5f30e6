from __future__ import annotations

from typing import TYPE_CHECKING

from pos_app.services.selling.offers import open_offer
from pos_app.services.selling.sales import sell
from pos_app.services.waiting.listing import load_queue
from tests.services.stories import cash_request, seat_row
from tests.waiting import offered, party, refund_seats, sell_out, state_of

if TYPE_CHECKING:
    from tests.houses import OpenHouse


def test_a_refunded_pair_is_offered_and_sold_to_the_party_that_waits(house: OpenHouse) -> None:
    small = house.small
    sale = sell_out(house)[0]
    entry = party(house, 2)
    assert entry.place == 1
    refund_seats(house, sale, small.seats_of(1, (3, 4)))
    assert offered(house, entry) == small.seats_of(1, (3, 4))
    queue = house.database.read(load_queue, small.cashier, small.performance_id)
    offer = queue.entries[0].offer
    assert offer is not None
    opened = house.database.transact(open_offer, small.cashier, offer.offer_id, "basket")
    assert opened.hold.seats == offer.seats
    assert seat_row(house, offer.seats[0]).claim_kind == "basket"
    assert state_of(house, entry) == "offered"
    house.database.transact(sell, small.cashier, cash_request(house, opened.hold))
    assert state_of(house, entry) == "sold"
    assert house.database.read(load_queue, small.cashier, small.performance_id).entries == ()
