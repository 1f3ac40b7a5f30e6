"""Seats on resale that somebody buys: the old ticket ends with the sale, and the seller is owed the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select, update

from pos_app.db.models import OrderLine, Ticket, TicketPresence
from pos_app.domain.errors import SeatsTaken
from pos_app.domain.orders.changes import LineKind, LineState
from pos_app.services.selling.sales import sell
from tests.resale import resales, returned, seat_row
from tests.services.orders.ledgers import live_lines, require_balance
from tests.services.orders.refunding import refunds_of
from tests.services.stories import cash_request, hold, sold
from tests.waiting import sell_out

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

    def kept(session: Session) -> list[tuple[str, str, int | None]]:
        rows = session.execute(select(OrderLine).where(OrderLine.order_id == sale.order_id).order_by(OrderLine.id))
        return [(one.kind, one.state, one.for_line_id) for one in rows.scalars() if one.id >= line][:1] + [
            (one.kind, one.price_minor, one.for_line_id)
            for one in session.scalars(select(OrderLine).where(OrderLine.kind == LineKind.FEE))
        ]

    assert house.database.read(kept) == [("seat", LineState.RETURNED, None), ("fee", 400, line)]
    old = house.database.read(lambda session: session.scalars(select(Ticket).where(Ticket.order_line_id == line)).one())
    assert old.voided_at is not None
    assert house.database.read(lambda session: session.get_one(TicketPresence, old.id)).issue_count == 0
    require_balance(house)


def test_a_seat_whose_holder_came_in_is_not_sold_and_nothing_else_is(house: OpenHouse) -> None:
    sale = sell_out(house)[0]
    seats = house.small.seats_of(1, [3, 4])
    line = live_lines(house, sale.order_id)[seats[1]]
    returned(house, sale, seats)
    held = hold(house, seats)
    come_in = (
        update(TicketPresence)
        .where(TicketPresence.ticket_id == select(Ticket.id).where(Ticket.order_line_id == line).scalar_subquery())
        .values(inside=True, entries=1)
    )
    house.database.transact(lambda session: session.execute(come_in))

    with pytest.raises(SeatsTaken, match="has come in") as refused:
        house.database.transact(sell, house.small.cashier, cash_request(house, held))

    assert refused.value.seats == ((seats[1].performance_id, seats[1].seat_id),)
    assert resales(house) == ["open", "open"]
    assert refunds_of(house, sale) == []
    require_balance(house)
