"""What a till reads before it exchanges seats, and how it learns the end of an exchange that was cut off."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pos_app.domain.errors import NotFound, OrderChanged
from pos_app.services.orders.exchanges.subject import load_exchange_subject, read_exchange_anew, settle_exchange
from tests.services.orders.exchanging import ask_for, do, request_for
from tests.services.orders.ledgers import live_lines
from tests.services.stories import sold

if TYPE_CHECKING:
    from tests.houses import OpenHouse


def test_the_seats_are_read_as_they_stand_and_an_exchange_is_found_by_its_request(house: OpenHouse) -> None:
    small = house.small
    old, other = small.seats_of(4, (5, 6)), small.seat(5, 1)
    sale, elsewhere = sold(house, old), sold(house, [other])
    lines, foreign = live_lines(house, sale.order_id), live_lines(house, elsewhere.order_id)[other]
    subject = house.database.read(load_exchange_subject, small.cashier, sale.order_id, [lines[old[1]]])
    assert (subject.number, subject.line_ids, subject.brought_minor) == (sale.number, (lines[old[1]],), 2500)
    told = subject.line_on(old[1])
    assert told is not None
    assert (told.place.row, told.place.number, told.category, told.ticket_type_id) == ("D", "6", "B", small.adult_id)
    assert subject.offers[old[1].performance_id].currency == subject.currency
    assert subject.line_on(old[0]) is None
    for ids, refusal in (([foreign], OrderChanged), ([lines[old[0]], foreign], OrderChanged), ([], NotFound)):
        with pytest.raises(refusal):
            house.database.read(load_exchange_subject, small.cashier, sale.order_id, ids)
    request = request_for(house, ask_for(house, sale, [old[0]], {small.seat(1, 3): small.adult_id}))
    assert house.database.transact(settle_exchange, sale.order_id, request.request_id) is None
    done = do(house, request)
    assert house.database.transact(settle_exchange, sale.order_id, request.request_id) == done
    # Of another order it is not: nobody is told of somebody else's money.
    assert house.database.transact(settle_exchange, elsewhere.order_id, request.request_id) is None
    with pytest.raises(OrderChanged):
        house.database.read(load_exchange_subject, small.cashier, sale.order_id, [lines[old[0]]])
    anew = house.database.read(read_exchange_anew, small.cashier, sale.order_id, [lines[seat] for seat in old])
    assert anew.subject.line_ids == (lines[old[1]],)
    gone = f"Stalls, row D, seat 5: seats exchanged meanwhile, by {small.cashier.name} at Till 1."
    assert [str(sentence) for sentence in anew.gone] == [gone]
    assert house.database.read(read_exchange_anew, small.cashier, sale.order_id, [foreign]).gone == ()
