"""Seats on resale that somebody buys: the old ticket ends with the sale, and the seller is owed the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from sqlalchemy import event, select, update

from pos_app.db.clock import utc_plus
from pos_app.db.models import OrderLine, Ticket, TicketPresence, WaitingOffer
from pos_app.domain.errors import SeatsTaken
from pos_app.domain.orders.changes import LineKind, LineState
from pos_app.services.selling.offers import open_offer
from pos_app.services.selling.quotes import confirm_basket
from pos_app.services.selling.sales import sell
from pos_app.services.waiting.offers import lapse_offers
from tests.resale import come_in, resales, returned, seat_row
from tests.services.orders.exchanging import ask_for, exchanged, preview
from tests.services.orders.ledgers import live_lines, require_sound
from tests.services.orders.refunding import refunds_of
from tests.services.stories import cash_request, hold, sold
from tests.waiting import offered, open_waiting, party, sell_out, state_of

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from tests.houses import OpenHouse


def test_a_seat_on_resale_is_bought_and_its_seller_is_owed_the_price_less_the_commission(house: OpenHouse) -> None:
    sale = sell_out(house)[0]
    seat = house.small.seat(1, 3)
    line = live_lines(house, sale.order_id)[seat]
    returned(house, sale, [seat])
    assert seat_row(house, seat).state == "free"

    bought = sold(house, [seat], actor=house.small.elsewhere(house.small.cashier))

    now = seat_row(house, seat)
    assert now.state == "sold"
    assert now.prior_order_line_id is None
    assert now.order_line_id == live_lines(house, bought.order_id)[seat]
    assert resales(house) == ["resold"]
    assert refunds_of(house, sale) == [("cash", "due", 3600)]

    def kept(session: Session) -> list[tuple[str, int, int | None]]:
        fees = session.scalars(select(OrderLine).where(OrderLine.kind == LineKind.FEE))
        return [(one.state, one.price_minor, one.for_line_id) for one in fees]

    assert house.database.read(kept) == [(LineState.LIVE, 400, line)]
    assert house.database.read(lambda session: session.get_one(OrderLine, line)).state == LineState.RETURNED
    old = house.database.read(lambda session: session.scalars(select(Ticket).where(Ticket.order_line_id == line)).one())
    assert old.voided_at is not None
    assert house.database.read(lambda session: session.get_one(TicketPresence, old.id)).issue_count == 0
    require_sound(house)


def test_a_seat_whose_holder_came_in_is_not_sold_and_nothing_else_is(house: OpenHouse) -> None:
    sale = sell_out(house)[0]
    seats = house.small.seats_of(1, [3, 4])
    returned(house, sale, seats)
    held = hold(house, seats)
    come_in(house, sale, seats[1])

    request = cash_request(house, held)
    with pytest.raises(SeatsTaken, match="has come in"):
        house.database.read(confirm_basket, house.small.cashier, request)
    with pytest.raises(SeatsTaken, match="has come in") as refused:
        house.database.transact(sell, house.small.cashier, request)

    assert refused.value.seats == ((seats[1].performance_id, seats[1].seat_id),)
    assert resales(house) == ["open", "open"]
    assert refunds_of(house, sale) == []
    require_sound(house)


def test_one_sale_buys_seats_of_several_sellers_and_of_an_evening_besides(house: OpenHouse) -> None:
    first, second = sell_out(house)[:2]
    seats = house.small.seats_of(1, [1, 2]) + house.small.seats_of(2, [1])
    returned(house, first, seats[:2])
    returned(house, second, seats[2:])

    sold(house, [*seats, house.small.seat(1, 1, house.small.gala_id)])

    assert resales(house) == ["resold"] * 3
    assert refunds_of(house, first) == [("cash", "due", 7200)]
    assert refunds_of(house, second) == [("cash", "due", 3600)]
    require_sound(house)


def test_a_sale_that_is_repeated_ends_nothing_twice(house: OpenHouse) -> None:
    sale = sell_out(house)[0]
    seat = house.small.seat(1, 3)
    returned(house, sale, [seat])
    request = cash_request(house, hold(house, [seat]))
    first = house.database.transact(sell, house.small.cashier, request)

    again = house.database.transact(sell, house.small.cashier, request)

    assert again == first
    assert refunds_of(house, sale) == [("cash", "due", 3600)]


def test_an_exchange_takes_a_seat_on_resale_and_its_seller_is_owed_as_well(house: OpenHouse) -> None:
    first, second = sell_out(house)[:2]
    seat = house.small.seat(1, 5)
    returned(house, first, [seat])

    exchanged(house, second, [house.small.seat(2, 1)], {seat: house.small.adult_id})

    assert resales(house) == ["resold"]
    assert refunds_of(house, first) == [("cash", "due", 3600)]
    assert seat in live_lines(house, second.order_id)
    require_sound(house)


def test_an_exchange_tells_before_the_money_that_the_holder_came_in(house: OpenHouse) -> None:
    first, second = sell_out(house)[:2]
    seat = house.small.seat(1, 5)
    returned(house, first, [seat])
    ask = ask_for(house, second, [house.small.seat(2, 1)], {seat: house.small.adult_id})
    preview(house, ask)
    come_in(house, first, seat)

    with pytest.raises(SeatsTaken, match="has come in") as refused:
        preview(house, ask)

    assert refused.value.seats == ((seat.performance_id, seat.seat_id),)


def test_the_reader_of_the_seats_sells_as_before_where_nothing_is_on_resale(house: OpenHouse) -> None:
    """A sale of one evening asks the server as often as it did before there was resale."""
    seats = house.small.seats_of(1, [1, 2])
    held = hold(house, seats)
    request = cash_request(house, held)

    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        asked.append(statement)

    event.listen(house.database.writer, "before_cursor_execute", note)
    try:
        house.database.transact(sell, house.small.cashier, request)
    finally:
        event.remove(house.database.writer, "before_cursor_execute", note)
    assert sum("prior_order_line_id" in one for one in asked if one.startswith("SELECT")) == 1
    assert not any("resale" in one for one in asked)


def test_what_is_offered_to_who_waited_is_sold_from_the_offer_and_its_seller_is_owed(house: OpenHouse) -> None:
    sale = sell_out(house)[0]
    open_waiting(house)
    entry = party(house, 2)
    seats = house.small.seats_of(1, [3, 4])
    returned(house, sale, seats)
    assert offered(house, entry) == seats
    offer_id = house.database.read(lambda session: session.scalars(select(WaitingOffer.id)).one())
    key = uuid4().hex
    opened = house.database.transact(open_offer, house.small.cashier, offer_id, key)

    house.database.transact(sell, house.small.cashier, cash_request(house, opened.hold))

    assert resales(house) == ["resold", "resold"]
    assert refunds_of(house, sale) == [("cash", "due", 7200)]
    assert state_of(house, entry) == "sold"
    require_sound(house)


def test_an_offer_that_lapses_puts_the_seat_on_sale_and_on_resale_still(house: OpenHouse) -> None:
    sale = sell_out(house)[0]
    seat = house.small.seat(1, 3)
    open_waiting(house)
    party(house, 1)
    returned(house, sale, [seat])
    over = update(WaitingOffer).values(expires_at=utc_plus(-60))
    house.database.transact(lambda session: session.execute(over))
    house.database.transact(lapse_offers)

    assert seat_row(house, seat).state == "free"
    sold(house, [seat])
    assert resales(house) == ["resold"]
