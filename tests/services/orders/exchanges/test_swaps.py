from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from sqlalchemy import select

from pos_app.db.models import OrderLine, Payment, Refund
from pos_app.domain.door.check_in import Verdict
from pos_app.domain.errors import ExchangeRefused, InvalidInput, NotOnSale, NotPermitted, OrderChanged
from pos_app.domain.orders.changes import LineState
from pos_app.domain.orders.exchanges import SwapRequest
from pos_app.services.orders.exchanges.swaps import swap_places
from tests.services.orders.exchanging import exchanged, last_entry, scan, settings
from tests.services.orders.ledgers import live_lines, require_sound, revision_of
from tests.services.promo_codes.test_redeeming import buy, make_code
from tests.services.stories import change_performance, seat_row, signed_code, sold

if TYPE_CHECKING:
    from pos_app.domain.orders.exchanges import ExchangeDone
    from pos_app.domain.selling.sales import Sale
    from tests.houses import OpenHouse


def asked(house: OpenHouse, sale: Sale) -> SwapRequest:
    """Ask that the first two guests of an order change places."""
    first, second, *_ = live_lines(house, sale.order_id).values()
    return SwapRequest(uuid4().hex, sale.order_id, revision_of(house, sale.order_id), first, second)


def swap(house: OpenHouse, request: SwapRequest) -> ExchangeDone:
    return house.database.transact(swap_places, house.small.cashier, request)


def test_two_guests_change_places_and_each_keeps_price_type_and_fee(house: OpenHouse) -> None:
    small = house.small
    house.database.transact(make_code)
    dear, cheap = small.seat(1, 1, small.gala_id), small.seat(5, 1, small.gala_id)
    sale = buy(house, [dear, cheap], "WINTER10")
    settings(house, refund_limit_minor=10_000)
    exchanged(house, sale, [cheap], {cheap: small.child_id})
    old = [signed_code(house, ticket) for ticket in sale.ticket_ids[:1]]
    request = asked(house, sale)
    done = swap(house, request)
    assert (done.difference_minor, done.parts, len(done.ticket_ids)) == (0, (), 2)
    assert swap(house, request) == done
    require_sound(house)
    lines = live_lines(house, sale.order_id)
    assert {seat: seat_row(house, seat).order_line_id for seat in (dear, cheap)} == lines
    rows = house.database.read(
        lambda session: {
            line.id: (line.ticket_type_id, line.price_minor, line.discount_minor)
            for line in session.scalars(select(OrderLine).where(OrderLine.state == LineState.LIVE))
        }
    )
    assert rows[lines[cheap]] == (small.adult_id, 4000, 400)
    assert rows[lines[dear]] == (small.child_id, 1250, 125)
    assert {scan(house, code, small.gala_id).verdict for code in old} == {Verdict.REFUSED}
    codes = [signed_code(house, ticket) for ticket in done.ticket_ids]
    assert {scan(house, code, small.gala_id).verdict for code in codes} == {Verdict.ADMITTED}
    assert last_entry(house, "swap")["paid"] == []
    money = house.database.read(
        lambda session: (len(session.scalars(select(Payment)).all()), len(session.scalars(select(Refund)).all()))
    )
    assert money == (1, 1)


def test_what_cannot_change_places_is_refused(house: OpenHouse) -> None:
    small = house.small
    sale = sold(house, [*small.seats_of(1, (1, 2)), small.seat(1, 1, small.gala_id)])
    request = asked(house, sale)
    other = tuple(live_lines(house, sale.order_id).values())[2]
    with pytest.raises(InvalidInput):
        swap(house, replace(request, second_line_id=request.first_line_id))
    with pytest.raises(ExchangeRefused, match="one performance"):
        swap(house, replace(request, second_line_id=other))
    with pytest.raises(OrderChanged):
        swap(house, replace(request, second_line_id=987_654))
    with pytest.raises(OrderChanged):
        swap(house, replace(request, revision=5))
    with pytest.raises(NotPermitted):
        house.database.transact(swap_places, small.steward, request)
    scan(house, signed_code(house, sale.ticket_ids[0]))
    with pytest.raises(ExchangeRefused, match="came in"):
        swap(house, request)
    change_performance(house, state="cancelled")
    with pytest.raises(NotOnSale):
        swap(house, request)


def test_a_ticket_type_for_one_kind_of_seat_stays_there(house: OpenHouse) -> None:
    small = house.small
    companion = small.seat(small.rows, small.seats_per_row)
    sale = sold(house, [small.seat(1, 1), companion])
    settings(house, refund_limit_minor=10_000)
    exchanged(house, sale, [companion], {companion: small.companion_id})
    with pytest.raises(ExchangeRefused, match="not for the other place"):
        swap(house, asked(house, sale))
    require_sound(house)
