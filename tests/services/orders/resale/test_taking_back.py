"""Tickets taken off resale: by their holder, and by whatever else becomes of them."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from pos_app.domain.errors import NotPermitted, OrderChanged, ResaleRefused
from pos_app.domain.orders.exchanges import SwapRequest
from pos_app.domain.orders.refunds import RefundAsk
from pos_app.domain.roles import Permission
from pos_app.domain.selling.sales import VoidRequest
from pos_app.services.orders.exchanges.swaps import swap_places
from pos_app.services.orders.refunds.making import preview_refund
from pos_app.services.orders.refunds.voids import void_order
from pos_app.services.orders.reprints import reissue_tickets
from pos_app.services.orders.resale.taking_back import take_back_resale
from tests.resale import back_request, resales, returned, seat_row
from tests.services.orders.exchanging import ask_for, exchanged, preview
from tests.services.orders.ledgers import live_lines, require_sound, revision_of
from tests.services.orders.refunding import give_back, refunds_of
from tests.services.stories import hold, put_hold_back
from tests.small_house import allow
from tests.waiting import open_waiting, party, sell_out

if TYPE_CHECKING:
    from tests.houses import OpenHouse


def test_a_ticket_is_taken_back_while_nobody_holds_its_seat(house: OpenHouse) -> None:
    sale = sell_out(house)[0]
    seats = house.small.seats_of(1, [3, 4])
    returned(house, sale, seats)
    request = back_request(house, sale, seats[:1])

    done = house.database.transact(take_back_resale, house.small.cashier, request)

    now = seat_row(house, seats[0])
    assert (now.state, now.order_line_id) == ("sold", live_lines(house, sale.order_id)[seats[0]])
    assert now.prior_order_line_id is None
    assert resales(house) == ["taken_back", "open"]
    assert "Not on resale any more" in str(done.sentence)
    assert house.database.transact(take_back_resale, house.small.cashier, request) == done
    require_sound(house)


def test_a_ticket_may_go_on_resale_again(house: OpenHouse) -> None:
    sale = sell_out(house)[0]
    seat = house.small.seat(1, 3)
    returned(house, sale, [seat])
    house.database.transact(take_back_resale, house.small.cashier, back_request(house, sale, [seat]))

    returned(house, sale, [seat])

    assert resales(house) == ["taken_back", "open"]


def test_who_is_buying_it_is_told(house: OpenHouse) -> None:
    sale = sell_out(house)[0]
    seat = house.small.seat(1, 3)
    returned(house, sale, [seat])
    held = hold(house, [seat], actor=house.small.elsewhere(house.small.cashier))

    with pytest.raises(ResaleRefused, match=r"Somebody is buying .*seat 3 at Till 2 until"):
        house.database.transact(take_back_resale, house.small.cashier, back_request(house, sale, [seat]))
    assert resales(house) == ["open"]

    put_hold_back(house, held.basket_key, made=2000, left=-10)
    house.database.transact(take_back_resale, house.small.cashier, back_request(house, sale, [seat]))
    assert resales(house) == ["taken_back"]


def test_what_is_offered_to_who_waited_is_not_taken_back(house: OpenHouse) -> None:
    sale = sell_out(house)[0]
    open_waiting(house)
    party(house, 1)
    seat = house.small.seat(1, 3)
    returned(house, sale, [seat])

    with pytest.raises(ResaleRefused, match="offered to somebody who waited, until"):
        house.database.transact(take_back_resale, house.small.cashier, back_request(house, sale, [seat]))


def test_what_is_not_on_resale_a_stale_picture_and_who_may_not(house: OpenHouse) -> None:
    sale = sell_out(house)[0]
    seats = house.small.seats_of(1, [3, 4])
    returned(house, sale, seats[:1])
    with pytest.raises(ResaleRefused, match="Not all that is chosen is on resale"):
        house.database.transact(take_back_resale, house.small.cashier, back_request(house, sale, seats))
    request = back_request(house, sale, seats[:1])
    with pytest.raises(NotPermitted):
        house.database.transact(take_back_resale, house.small.steward, request)
    returned(house, sale, seats[1:])
    with pytest.raises(OrderChanged):
        house.database.transact(take_back_resale, house.small.cashier, request)


def test_a_refund_takes_the_ticket_back_first_and_gives_all_of_it_back(house: OpenHouse) -> None:
    sale = sell_out(house)[0]
    seat = house.small.seat(1, 3)
    line = live_lines(house, sale.order_id)[seat]
    returned(house, sale, [seat])

    give_back(house, sale, (line,))

    now = seat_row(house, seat)
    assert (now.state, now.prior_order_line_id) == ("free", None)
    assert resales(house) == ["taken_back"]
    assert refunds_of(house, sale) == [("cash", "paid", 4000)]
    require_sound(house)


def test_a_refund_is_refused_while_somebody_buys_the_seat(house: OpenHouse) -> None:
    sale = sell_out(house)[0]
    seat = house.small.seat(1, 3)
    line = live_lines(house, sale.order_id)[seat]
    returned(house, sale, [seat])
    hold(house, [seat], actor=house.small.elsewhere(house.small.cashier))

    with pytest.raises(ResaleRefused, match="Till 2"):
        give_back(house, sale, (line,))
    assert refunds_of(house, sale) == []
    require_sound(house)


def test_refund_and_exchange_tell_before_the_money_that_somebody_buys_the_seat(house: OpenHouse) -> None:
    sale = sell_out(house)[0]
    seat = house.small.seat(1, 3)
    gala = house.small.seat(1, 1, house.small.gala_id)
    returned(house, sale, [seat])
    line = live_lines(house, sale.order_id)[seat]
    ask = ask_for(house, sale, [seat], {gala: house.small.adult_id})
    give = RefundAsk(sale.order_id, (line,), ())
    preview(house, ask)
    house.database.read(preview_refund, house.small.cashier, give)
    hold(house, [seat], actor=house.small.elsewhere(house.small.cashier))

    with pytest.raises(ResaleRefused, match="Somebody is buying"):
        preview(house, ask)
    with pytest.raises(ResaleRefused, match="Somebody is buying"):
        house.database.read(preview_refund, house.small.cashier, give)


def test_the_whole_order_taken_back_takes_its_tickets_off_resale(house: OpenHouse) -> None:
    sale = sell_out(house)[0]
    seat = house.small.seat(1, 3)
    returned(house, sale, [seat])
    allowed = house.database.transact(allow, house.small, Permission.VOID)
    request = VoidRequest(uuid4().hex, sale.order_id, "wrong evening", allowed)

    house.database.transact(void_order, house.small.cashier, request)

    assert seat_row(house, seat).prior_order_line_id is None
    assert resales(house) == ["taken_back"]
    require_sound(house)


def test_an_exchange_a_correction_and_a_swap_take_it_off_resale(house: OpenHouse) -> None:
    first, second, third = sell_out(house)[:3]
    returned(house, first, [house.small.seat(1, 3)])
    exchanged(
        house, first, [house.small.seat(1, 3)], {house.small.seat(1, 3, house.small.gala_id): house.small.adult_id}
    )
    returned_again = house.small.seat(2, 2)
    sold_now = live_lines(house, second.order_id)
    lines = sold_now[returned_again], sold_now[house.small.seat(2, 3)]
    # The first exchange left a seat free: it goes to somebody, so that the evening is sold out again.
    hold(house, [house.small.seat(1, 3)])
    returned(house, second, [returned_again])
    swap = SwapRequest(uuid4().hex, second.order_id, revision_of(house, second.order_id), *lines)
    house.database.transact(swap_places, house.small.cashier, swap)
    corrected = house.small.seat(3, 1)
    returned(house, third, [corrected])
    exchanged(house, third, [corrected], {corrected: house.small.child_id})

    assert resales(house) == ["taken_back"] * 3
    assert seat_row(house, returned_again).state == "sold"
    assert seat_row(house, corrected).state == "sold"
    require_sound(house)


def test_a_ticket_on_resale_is_printed_anew_and_stays_on_resale(house: OpenHouse) -> None:
    sale = sell_out(house)[0]
    seat = house.small.seat(1, 3)
    returned(house, sale, [seat])

    house.database.transact(
        reissue_tickets, house.small.cashier, sale.ticket_ids[2:3], request_id=uuid4().hex, reason="lost"
    )

    assert resales(house) == ["open"]
