from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from pos_app.db.models import OrderChange, Refund, Ticket
from pos_app.domain.door.check_in import Verdict
from pos_app.domain.errors import InvalidInput, NotPermitted
from pos_app.domain.orders.changes import ChangeKind, RefundState
from pos_app.domain.orders.refunds import RefundRequest
from pos_app.domain.orders.work_lists import (
    NotCancelledNow,
    OpenWorkList,
    WorkDeed,
    WorkDone,
    WorkKind,
    WorkListClosed,
    WorkListPage,
    WorkOrder,
    WorkState,
    WorkStep,
)
from pos_app.domain.selling.sales import PaymentMethod, Tender
from pos_app.flows.work_lists import work_off_order
from pos_app.services.orders.refunds.making import refund
from pos_app.services.orders.work_lists.lists import close_work_list, open_work_list
from pos_app.services.orders.work_lists.reading import list_work_lists, load_work_list, look_for_work
from pos_app.services.orders.work_lists.steps import aim_work_list, work_off
from pos_app.services.orders.work_lists.targets import list_move_targets
from pos_app.services.season.cancellations import cancel_performance, reinstate_performance
from pos_app.services.selling.sales import sell
from tests.services.orders.exchanging import last_entry, scan
from tests.services.orders.ledgers import live_lines, require_balance
from tests.services.stories import cash_request, hold, seat_row, signed_code, sold
from tests.small_house import ADULT_MINOR, GALA_ORDER_FEE_MINOR, GALA_TICKET_FEE_MINOR

if TYPE_CHECKING:
    from pos_app.domain.selling.sales import Sale
    from tests.houses import OpenHouse


def cancel(house: OpenHouse, performance_id: int | None = None) -> None:
    of = performance_id or house.small.performance_id
    house.database.transact(cancel_performance, house.small.manager, of, "The tenor is ill.")


def open_list(house: OpenHouse, performance_id: int | None = None, reason: str = "") -> int:
    request = OpenWorkList(uuid4().hex, performance_id or house.small.performance_id, reason)
    return house.database.transact(open_work_list, house.small.manager, request)


def work(house: OpenHouse, list_id: int, sale: Sale, deed: WorkDeed, **more: Any) -> WorkDone:
    actor = more.pop("actor", house.small.manager)
    return work_off_order(house.database, actor, WorkStep(list_id, sale.order_id, deed, **more))


def page_of(house: OpenHouse, list_id: int) -> WorkListPage:
    return house.database.read(load_work_list, house.small.manager, list_id)


def order_of(house: OpenHouse, list_id: int, sale: Sale) -> WorkOrder:
    return next(one for one in page_of(house, list_id).orders if one.order_id == sale.order_id)


def changes_of(house: OpenHouse, sale: Sale) -> list[str]:
    return house.database.read(
        lambda session: list(
            session.scalars(
                select(OrderChange.kind).where(OrderChange.order_id == sale.order_id).order_by(OrderChange.id)
            )
        )
    )


def refunds_of(house: OpenHouse, sale: Sale) -> list[tuple[str, int]]:
    return house.database.read(
        lambda session: [
            (one.state, one.amount_minor)
            for one in session.scalars(select(Refund).where(Refund.order_id == sale.order_id).order_by(Refund.id))
        ]
    )


def sold_by_card(house: OpenHouse, row: int) -> Sale:
    request = cash_request(house, hold(house, house.small.seats_of(row, (1,))))
    card = Tender(PaymentMethod.CARD, request.total_minor, reference="4711")
    return house.database.transact(sell, house.small.cashier, replace(request, tender=card))


def test_a_cancelled_performance_is_refunded_order_by_order_and_nothing_else_is(house: OpenHouse) -> None:
    gala = house.small.gala_id
    both = sold(house, (*house.small.seats_of(1, (1, 2), gala), house.small.seat(1, 1)))
    alone = sold(house, house.small.seats_of(1, (4, 5), gala))
    kept, given_back = (signed_code(house, both.ticket_ids[at]) for at in (0, 1))
    cancel(house, gala)
    (waiting,) = house.database.read(list_work_lists, house.small.manager)
    assert (waiting.list_id, waiting.orders, waiting.left) == (None, 2, 2)
    assert house.database.read(look_for_work, house.small.manager, gala).tickets == 4
    list_id = open_list(house, gala)
    assert open_list(house, gala) == list_id, "there are no two lists of one performance"
    page = page_of(house, list_id)
    assert (page.kind, page.opened_by) == (WorkKind.CANCELLED, house.small.manager.name)
    brought = 2 * (ADULT_MINOR["A"] + GALA_TICKET_FEE_MINOR)
    paid = {both.order_id: (2, brought), alone.order_id: (2, brought + GALA_ORDER_FEE_MINOR)}
    assert {one.order_id: (len(one.places), one.paid_minor) for one in page.orders} == paid
    for _ in range(2):
        assert work(house, list_id, both, WorkDeed.REFUND).state is WorkState.REFUNDED
        done = work(house, list_id, alone, WorkDeed.REFUND, actor=house.small.elsewhere(house.small.manager))
        assert done.state is WorkState.REFUNDED
    # The fee of the whole order goes with its last ticket; another evening's ticket keeps it.
    assert refunds_of(house, both) == [(RefundState.DUE, brought)]
    assert refunds_of(house, alone) == [(RefundState.DUE, brought + GALA_ORDER_FEE_MINOR)]
    assert list(live_lines(house, both.order_id)) == [house.small.seat(1, 1)]
    assert scan(house, kept).verdict is Verdict.ADMITTED
    assert scan(house, given_back, gala).verdict is Verdict.REFUSED
    assert {one.order_id: (len(one.places), one.paid_minor) for one in page_of(house, list_id).orders} == paid
    (opened,) = house.database.read(list_work_lists, house.small.manager)
    assert (opened.list_id, opened.orders, opened.left) == (list_id, 2, 0)
    house.database.transact(close_work_list, house.small.manager, list_id)
    house.database.transact(close_work_list, house.small.manager, list_id)
    assert last_entry(house, "work_list_closed")["orders"] == {"refunded": 2}
    assert last_entry(house, "refund")["approval"] == last_entry(house, "work_list_opened")["approval"]
    assert house.database.read(list_work_lists, house.small.manager) == ()
    require_balance(house)


def test_a_list_goes_on_after_a_crash_and_does_each_order_once(house: OpenHouse) -> None:
    sales = [sold(house, house.small.seats_of(row, (1, 2))) for row in (1, 2, 3)]
    cancel(house)
    list_id = open_list(house)
    steps = [WorkStep(list_id, sale.order_id, WorkDeed.REFUND) for sale in sales]

    def die(session: Any, step: WorkStep) -> None:
        work_off(session, house.small.manager, step)
        raise RuntimeError("the power is cut")

    work(house, list_id, sales[0], WorkDeed.REFUND)
    with pytest.raises(RuntimeError):
        house.database.transact(die, steps[1])
    assert [one.state for one in page_of(house, list_id).orders].count(WorkState.OPEN) == 2
    other = house.small.elsewhere(house.small.manager)
    for step in steps:
        assert work_off_order(house.database, other, step).state is WorkState.REFUNDED
    for sale in sales:
        assert changes_of(house, sale) == [ChangeKind.SALE, ChangeKind.REFUND]
        assert refunds_of(house, sale) == [(RefundState.DUE, 2 * ADULT_MINOR["A"])]
    require_balance(house)


def test_no_card_is_told_as_paid_back_before_somebody_has_done_it(house: OpenHouse) -> None:
    card = sold_by_card(house, 1)
    cancel(house)
    work(house, open_list(house), card, WorkDeed.REFUND)
    assert refunds_of(house, card) == [(RefundState.DUE, ADULT_MINOR["A"])]


def test_the_tickets_of_a_reinstated_performance_are_not_taken_back_unasked(house: OpenHouse) -> None:
    first, second, third = (sold(house, house.small.seats_of(row, (1,))) for row in (1, 2, 3))
    cancel(house)
    list_id = open_list(house)
    house.database.transact(reinstate_performance, house.small.manager, house.small.performance_id)
    assert page_of(house, list_id).is_reinstated
    assert not house.database.read(list_work_lists, house.small.manager)[0].cancelled
    with pytest.raises(NotCancelledNow):
        work(house, list_id, first, WorkDeed.REFUND)
    with pytest.raises(NotCancelledNow):
        work(house, list_id, first, WorkDeed.MOVE, to_performance_id=house.small.gala_id)
    assert {one.state for one in page_of(house, list_id).orders} == {WorkState.OPEN}
    assert work(house, list_id, second, WorkDeed.KEEP).state is WorkState.KEPT
    assert work(house, list_id, third, WorkDeed.REFUND, although_good=True).state is WorkState.REFUNDED


def test_what_was_kept_is_not_asked_anew_unless_the_performance_is_cancelled_anew(house: OpenHouse) -> None:
    kept, small = sold(house, house.small.seats_of(1, (1,))), house.small
    cancel(house)
    list_id = open_list(house)
    work(house, list_id, kept, WorkDeed.KEEP)
    house.database.transact(close_work_list, small.manager, list_id)
    assert house.database.read(list_work_lists, small.manager) == ()
    again = open_list(house)
    assert order_of(house, again, kept).state is WorkState.KEPT
    house.database.transact(close_work_list, small.manager, again)
    house.database.transact(reinstate_performance, small.manager, small.performance_id)
    sold(house, house.small.seats_of(2, (1,)))
    cancel(house)
    (waiting,) = house.database.read(list_work_lists, small.manager)
    assert (waiting.list_id, waiting.left) == (None, 2)


def test_guests_are_moved_to_their_own_seats_or_the_best_alike_for_what_they_paid(house: OpenHouse) -> None:
    gala = house.small.gala_id
    sold(house, house.small.seats_of(1, (1, 2), gala))
    same, other = sold(house, house.small.seats_of(2, (3, 4))), sold(house, house.small.seats_of(1, (1, 2, 3)))
    cancel(house)
    list_id = open_list(house)
    (target,) = house.database.read(list_move_targets, house.small.manager, house.small.performance_id)
    assert (target.performance_id, target.same_event) == (gala, True)
    house.database.transact(aim_work_list, house.small.manager, list_id, gala)
    assert page_of(house, list_id).to_performance_id == gala
    for sale in (same, other, same):
        assert work(house, list_id, sale, WorkDeed.MOVE, to_performance_id=gala).state is WorkState.MOVED
    assert list(live_lines(house, same.order_id)) == list(house.small.seats_of(2, (3, 4), gala))
    moved_to = order_of(house, list_id, other).moved_to
    assert moved_to is not None
    assert moved_to.starts_at == target.starts_at
    alike = list(live_lines(house, other.order_id))
    assert len(alike) == 3
    category_a = {house.small.seat(row, number, gala) for row in (1, 2) for number in range(1, 11)}
    assert set(alike) <= category_a
    assert changes_of(house, other) == [ChangeKind.SALE, ChangeKind.MOVE]
    assert refunds_of(house, other) == [], "the gala's fees are nobody's matter who did not buy for it"
    assert seat_row(house, house.small.seat(1, 1)).state == "free"
    unprinted = house.database.read(
        lambda session: session.scalar(select(func.count()).where(Ticket.printed_at.is_(None)))
    )
    assert unprinted == 5
    require_balance(house)


def test_what_cannot_be_done_is_listed_with_why_and_can_be_tried_again(house: OpenHouse) -> None:
    gala = house.small.gala_id
    full = hold(house, [house.small.seat(row, number, gala) for row in (1, 2, 3) for number in range(1, 11)])
    sale = sold(house, house.small.seats_of(1, (1, 2)))
    cancel(house)
    list_id = open_list(house)
    failed = work(house, list_id, sale, WorkDeed.MOVE, to_performance_id=gala)
    assert failed.state is WorkState.FAILED
    listed = order_of(house, list_id, sale)
    assert listed.failure == failed.failure
    assert listed.failure is not None
    assert listed.failure.error == "NoSeatsTogether"
    assert listed.failure.message
    assert changes_of(house, sale) == [ChangeKind.SALE]
    assert full.seats
    assert work(house, list_id, sale, WorkDeed.KEEP).state is WorkState.KEPT
    assert order_of(house, list_id, sale).failure is None
    assert work(house, list_id, sale, WorkDeed.REFUND).state is WorkState.REFUNDED
    require_balance(house)


def test_what_was_settled_by_hand_is_told_as_done(house: OpenHouse) -> None:
    sale, kept = sold(house, house.small.seats_of(1, (1,))), sold(house, house.small.seats_of(2, (1,)))
    cancel(house)
    first = open_list(house)
    house.database.transact(close_work_list, house.small.manager, first)
    second = open_list(house)
    with pytest.raises(WorkListClosed):
        work(house, first, sale, WorkDeed.REFUND)
    assert work(house, second, kept, WorkDeed.KEEP).state is WorkState.KEPT
    lines = tuple(live_lines(house, sale.order_id).values())
    by_hand = RefundRequest(uuid4().hex, sale.order_id, None, lines, ADULT_MINOR["A"], "He came by.")
    house.database.transact(refund, house.small.manager, by_hand)
    assert order_of(house, second, sale).state is WorkState.BY_HAND
    assert work(house, second, sale, WorkDeed.REFUND).state is WorkState.BY_HAND
    assert len(refunds_of(house, sale)) == 1
    require_balance(house)


def test_a_moved_performance_needs_a_reason_and_a_manager(house: OpenHouse) -> None:
    sold(house, house.small.seats_of(1, (1,)))
    with pytest.raises(InvalidInput):
        open_list(house)
    request = OpenWorkList(uuid4().hex, house.small.performance_id, "Another date")
    with pytest.raises(NotPermitted):
        house.database.transact(open_work_list, house.small.cashier, request)
    assert page_of(house, open_list(house, reason="Another date")).kind is WorkKind.MOVED
