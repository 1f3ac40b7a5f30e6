"""Tickets given back for resale: what is told before, what is refused and why, and what stands afterwards."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from pos_app.db.models import OrderChange, Resale, Ticket
from pos_app.domain.errors import NotPermitted, OrderChanged
from pos_app.domain.orders.resale import ResaleAsk
from pos_app.services.orders.resale.returning import preview_resale, return_for_resale
from tests.resale import resale_request, resales, returned, seat_row
from tests.services.orders.exchanging import settings
from tests.services.orders.ledgers import live_lines, require_sound
from tests.waiting import offered, open_waiting, party, sell_out

if TYPE_CHECKING:
    from tests.houses import OpenHouse


def test_a_returned_ticket_is_valid_and_its_seat_free_to_buy(house: OpenHouse) -> None:
    sale = sell_out(house)[0]
    seat = house.small.seat(1, 3)
    line = live_lines(house, sale.order_id)[seat]

    done = returned(house, sale, [seat])

    now = seat_row(house, seat)
    assert (now.state, now.order_line_id, now.prior_order_line_id) == ("free", None, line)
    ticket = house.database.read(
        lambda session: session.scalars(select(Ticket.voided_at).where(Ticket.order_line_id == line)).all()
    )
    assert ticket == [None]
    assert resales(house) == ["open"]
    assert "valid until somebody buys" in str(done.sentence)
    change = house.database.read(lambda session: session.get_one(OrderChange, done.change_id))
    assert change.kind == "resale"
    require_sound(house)


def test_repeating_the_request_answers_what_was_done(house: OpenHouse) -> None:
    sale = sell_out(house)[0]
    request = resale_request(house, sale, house.small.seats_of(1, [3, 4]))
    first = house.database.transact(return_for_resale, house.small.cashier, request)

    assert house.database.transact(return_for_resale, house.small.cashier, request) == first
    assert resales(house) == ["open", "open"]


def test_commission_and_what_goes_back_are_told_before(house: OpenHouse) -> None:
    sale = sell_out(house)[0]
    settings(house, resale_percent=15)
    lines = live_lines(house, sale.order_id)
    chosen = tuple(lines[seat] for seat in house.small.seats_of(1, [3, 4]))

    told = house.database.read(preview_resale, house.small.cashier, ResaleAsk(sale.order_id, chosen))

    assert (told.percent, told.commission_minor, told.back_minor) == (15, 1200, 6800)


def test_another_commission_than_was_told_is_refused(house: OpenHouse) -> None:
    sale = sell_out(house)[0]
    request = resale_request(house, sale, [house.small.seat(1, 3)])
    settings(house, resale_percent=20)

    with pytest.raises(OrderChanged, match=r"8.00 EUR would be kept as commission now, and not 4.00 EUR"):
        house.database.transact(return_for_resale, house.small.cashier, request)
    assert resales(house) == []


def test_a_stale_picture_is_refused(house: OpenHouse) -> None:
    sale = sell_out(house)[0]
    request = resale_request(house, sale, [house.small.seat(1, 3)])
    returned(house, sale, [house.small.seat(1, 4)])

    with pytest.raises(OrderChanged, match="given back for resale"):
        house.database.transact(return_for_resale, house.small.cashier, request)


def test_a_steward_may_not(house: OpenHouse) -> None:
    sale = sell_out(house)[0]
    request = resale_request(house, sale, [house.small.seat(1, 3)])

    with pytest.raises(NotPermitted):
        house.database.transact(return_for_resale, house.small.steward, replace(request, request_id="other"))


def test_who_waits_is_offered_a_returned_seat_and_it_is_sold_from_the_offer(house: OpenHouse) -> None:
    sale = sell_out(house)[0]
    open_waiting(house)
    entry = party(house, 1)
    seat = house.small.seat(1, 3)

    returned(house, sale, [seat])

    assert offered(house, entry) == (seat,)
    now = seat_row(house, seat)
    assert (now.claim_kind, now.prior_order_line_id) == ("offer", live_lines(house, sale.order_id)[seat])
    assert house.database.read(lambda session: session.scalars(select(Resale.state)).all()) == ["open"]
