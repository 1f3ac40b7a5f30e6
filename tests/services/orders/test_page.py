"""One order with all that became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from sqlalchemy import event

from pos_app.domain.errors import NotFound, NotPermitted
from pos_app.domain.orders.changes import ChangeKind, LineKind, LineState, RefundState
from pos_app.domain.orders.refunds import RefundAsk, RefundRequest
from pos_app.domain.orders.standing import OrderStanding
from pos_app.services.orders.page import load_order_page
from pos_app.services.orders.refunds.making import preview_refund, refund
from pos_app.services.orders.reservations.picking_up import pick_up
from pos_app.services.orders.sign import load_order_sign
from tests.services.orders.exchanging import exchanged, scan, short_code
from tests.services.orders.ledgers import live_lines
from tests.services.orders.reserving import ask_to_pay, opened, picked_up, reserved
from tests.small_house import sell_seats

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from pos_app.domain.orders.page import OrderPage
    from tests.houses import OpenHouse


def page_of(house: OpenHouse, order_id: int) -> OrderPage:
    """Look at an order as a cashier."""
    return house.database.read(load_order_page, house.small.cashier, order_id)


def give_back(house: OpenHouse, order_id: int, line_ids: tuple[int, ...]) -> None:
    """Refund lines and leave the money due."""
    manager = house.small.manager
    told = house.database.read(preview_refund, manager, RefundAsk(order_id, line_ids))
    request = RefundRequest(uuid4().hex, order_id, told.revision, line_ids, told.amount_minor, "Is ill", pay_now=False)
    house.database.transact(refund, manager, request)


def test_an_order_tells_what_became_of_each_ticket_and_of_the_money(house: OpenHouse) -> None:
    small = house.small
    gone, stays, moves = small.seats_of(1, (1, 2, 3), small.gala_id)
    sale = house.database.transact(sell_seats, small, [gone, stays, moves])
    lines = live_lines(house, sale.order_id)
    fresh = page_of(house, sale.order_id)
    assert (fresh.standing, fresh.number) == (OrderStanding.PAID, sale.number)
    assert 0 < fresh.seconds_to_void <= 600
    assert fresh.paid_minor == fresh.total_minor == 3 * 4000 + 3 * 50 + 150
    assert [fee.brought_minor for fee in fresh.fees_of([lines[gone]])] == [50]
    assert len(fresh.fees_of(list(lines.values()))) == 4, "the order's own fee goes with the last of its seats"

    give_back(house, sale.order_id, (lines[gone],))
    exchanged(house, sale, [moves], {small.seat(2, 1, small.gala_id): small.adult_id})
    kept = next(line for line in page_of(house, sale.order_id).live_seats if line.line_id == lines[stays])
    assert kept.ticket is not None
    scan(house, short_code(house, kept.ticket.ticket_id), small.gala_id)

    page = page_of(house, sale.order_id)
    assert page.sign == house.database.read(load_order_sign, small.cashier, sale.order_id)
    assert page.revision > fresh.revision
    assert (page.standing, page.seconds_to_void) == (OrderStanding.PART_REFUNDED, 0)
    states = {line.line_id: line.state for line in page.seats}
    assert (states[lines[gone]], states[lines[moves]]) == (LineState.RETURNED, LineState.EXCHANGED)
    assert [line.is_live for line in page.seats] == [True, True, False, False], "what counts stands first"
    used = next(line.ticket for line in page.live_seats if line.line_id == lines[stays])
    assert used is not None
    assert (used.entries, used.is_inside, used.gate) == (1, True, "Main door")
    assert used.entered_at is not None
    assert (page.due_minor, page.returned_minor, page.owed_minor) == (4000, 0, 0)
    assert [(one.state, one.amount_minor) for one in page.refunds] == [(RefundState.DUE, 4000)]
    assert [change.kind for change in page.history] == [ChangeKind.EXCHANGE, ChangeKind.REFUND, ChangeKind.SALE]
    refunded = page.history[1]
    assert (refunded.reason, refunded.back_minor, refunded.staff_name) == ("Is ill", 4000, small.manager.name)
    assert page.history[2].paid_minor == page.total_minor
    assert {line.kind for line in page.lines} == {LineKind.SEAT, LineKind.FEE}
    assert [len(one.places) for one in page.performances] == [2]
    assert page.left == ()


def test_an_evening_that_an_order_has_left_is_told_with_the_seats_that_it_had_there(house: OpenHouse) -> None:
    small = house.small
    seat = small.seat(1, 1, small.gala_id)
    sale = house.database.transact(sell_seats, small, [seat])
    exchanged(house, sale, [seat], {small.seat(2, 1): small.adult_id})
    page = page_of(house, sale.order_id)
    assert [one.performance_id for one in page.performances] == [small.performance_id]
    assert [(one.performance_id, len(one.places)) for one in page.left] == [(small.gala_id, 1)]


def test_an_order_is_read_in_as_few_round_trips_whatever_became_of_it(house: OpenHouse) -> None:
    small = house.small

    def asked(order_id: int) -> int:
        statements: list[str] = []

        def count(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
            statements.append(statement)

        def read(session: Session) -> None:
            engine = session.connection().engine
            event.listen(engine, "before_cursor_execute", count)
            try:
                load_order_page(session, small.cashier, order_id)
            finally:
                event.remove(engine, "before_cursor_execute", count)

        house.database.read(read)
        return len(statements)

    small_one = house.database.transact(sell_seats, small, [small.seat(1, 1)])
    large = house.database.transact(sell_seats, small, small.seats_of(2, range(1, 11)))
    for line in list(live_lines(house, large.order_id).values())[:3]:
        give_back(house, large.order_id, (line,))
    assert asked(large.order_id) == asked(small_one.order_id) <= 9


def test_who_may_not_sell_sees_no_order_and_nobody_sees_one_that_is_not_there(house: OpenHouse) -> None:
    small = house.small
    sale = house.database.transact(sell_seats, small, [small.seat(1, 1)])
    for look in (load_order_page, load_order_sign):
        with pytest.raises(NotPermitted):
            house.database.read(look, small.steward, sale.order_id)
        with pytest.raises(NotFound):
            house.database.read(look, small.cashier, 999_999)


def test_a_reserved_order_tells_until_when_it_is_kept_and_which_till_has_it_open(house: OpenHouse) -> None:
    small = house.small
    seats = small.seats_of(1, (1, 2))
    made = reserved(house, seats)
    page = page_of(house, made.order_id)
    assert page.standing is OrderStanding.RESERVED
    assert page.reserved is not None
    assert (page.reserved.release_at, page.reserved.open_at) == (made.release_at, "")
    assert page.reserved.seconds_left > 0
    assert (page.owed_minor, page.seconds_to_void) == (made.total_minor, 0.0)
    assert len(page.reserved_seats) == 2
    picked = opened(house, made.order_id)
    open_now = page_of(house, made.order_id).reserved
    assert open_now is not None
    assert open_now.open_at == small.cashier.till_name
    assert 0 < open_now.open_seconds <= 1800
    house.database.transact(pick_up, small.cashier, ask_to_pay(picked, seats[:1]))
    part = page_of(house, made.order_id)
    assert part.reserved is not None
    assert part.reserved.open_at == "", "it was paid, and left"
    assert [line.state for line in part.seats] == [LineState.LIVE, LineState.RESERVED]
    picked_up(house, made.order_id)
    whole = page_of(house, made.order_id)
    assert (whole.reserved, whole.standing, whole.owed_minor) == (None, OrderStanding.PAID, 0)
