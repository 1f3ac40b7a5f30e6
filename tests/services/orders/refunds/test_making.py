"""Tickets are given back: the story of the customer, the cashier and the manager."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from pos_app.db.models import OrderChange, Refund, Ticket
from pos_app.doctor import judge_database
from pos_app.domain.door.check_in import Reason, Scan, Verdict
from pos_app.domain.errors import InvalidInput, NotPermitted, OrderChanged, RefundRefused
from pos_app.domain.orders.changes import LineKind
from pos_app.domain.roles import Permission
from pos_app.domain.selling.sales import PaymentMethod, VoidRequest
from pos_app.services.door.check_in import check_in
from pos_app.services.orders.refunds.making import refund
from pos_app.services.orders.refunds.voids import void_order
from tests.services.orders.refunding import (
    ask,
    give_back,
    left_of_payments,
    live_lines,
    look,
    paid_elsewhere,
    pay_in_two,
    refunds_of,
    revision_of,
    set_limit,
)
from tests.services.stories import seat_row, signed_code, sold
from tests.small_house import allow

if TYPE_CHECKING:
    from pos_app.domain.door.check_in import ScanResult
    from tests.houses import OpenHouse

CASH, CARD = PaymentMethod.CASH, PaymentMethod.CARD


def scan(house: OpenHouse, text: str) -> ScanResult:
    wanted = Scan(house.small.performance_id, "Main door", text, uuid4().hex)
    return house.database.transact(check_in, house.small.steward, wanted)


def come_in(house: OpenHouse, ticket_id: int) -> None:
    assert scan(house, signed_code(house, ticket_id)).verdict is Verdict.ADMITTED


def test_one_of_three_is_ill_and_the_others_come(house: OpenHouse) -> None:
    small = house.small
    sale = sold(house, [*small.seats_of(1, (1, 2)), small.seat(1, 1, small.gala_id)])
    ill, kept, gala = live_lines(house, sale)
    old, good = (signed_code(house, ticket) for ticket in sale.ticket_ids[:2])
    told = look(house, sale, (ill,))
    assert (told.amount_minor, told.needs_approval, told.seats_return) == (4000, True, True)
    done = give_back(house, sale, (ill,))
    assert (done.number, done.amount_minor, done.paid) == (sale.number, 4000, True)
    assert str(done.sentence) == "40.00 EUR back in cash."
    assert seat_row(house, small.seat(1, 1)).state == "free"
    assert scan(house, old).reason is Reason.CANCELED
    assert scan(house, good).verdict is Verdict.ADMITTED
    assert refunds_of(house, sale) == [("cash", "paid", 4000)]
    # The fees stay, until somebody ticks them; and nothing is too late for that.
    fees = live_lines(house, sale, LineKind.FEE)
    assert give_back(house, sale, (gala,), fees=fees).amount_minor == 4000 + 50 + 150
    sold(house, [small.seat(1, 1), small.seat(1, 1, small.gala_id)])
    assert live_lines(house, sale) == (kept,)
    assert left_of_payments(house, sale) == [4000]
    assert house.database.read(judge_database) == ()


def test_money_goes_back_to_the_card_that_paid_last_and_then_in_cash(house: OpenHouse) -> None:
    sale = sold(house, house.small.seats_of(1, (1, 2)))
    pay_in_two(house, sale, 3000)
    one, other = live_lines(house, sale)
    with pytest.raises(InvalidInput, match="no reference") as refused:
        give_back(house, sale, (one,))
    assert refused.value.field == "reference"
    done = give_back(house, sale, (one,), reference="0815")
    assert str(done.sentence) == "30.00 EUR back to the card. 10.00 EUR back in cash."
    assert refunds_of(house, sale) == [("card", "paid", 3000), ("cash", "paid", 1000)]
    assert left_of_payments(house, sale) == [4000, 0]
    give_back(house, sale, (other,))
    assert left_of_payments(house, sale) == [0, 0]
    references = house.database.read(
        lambda session: list(session.scalars(select(Refund.reference).order_by(Refund.id)))
    )
    assert references == ["0815", "", ""]
    assert house.database.read(judge_database) == ()


def test_another_way_needs_a_manager_however_small_the_amount(house: OpenHouse) -> None:
    set_limit(house, 100_000)
    sale = sold(house, [house.small.seat(1, 1)])
    lines = live_lines(house, sale)
    assert not look(house, sale, lines, way=CASH).needs_approval
    told = look(house, sale, lines, way=CARD)
    assert told.needs_approval
    assert "another way" in str(told.why[0])
    with pytest.raises(NotPermitted, match="may not allow this refund"):
        give_back(house, sale, lines, way=CARD, reference="0815", allowed=False)
    give_back(house, sale, lines, way=CARD, reference="0815")
    assert refunds_of(house, sale) == [("card", "paid", 4000)]
    assert house.database.read(judge_database) == ()


def test_a_cashier_gives_back_up_to_the_limit_of_an_order_and_not_ticket_by_ticket(house: OpenHouse) -> None:
    set_limit(house, 5000)
    sale = sold(house, house.small.seats_of(1, (1, 2)))
    one, other = live_lines(house, sale)
    assert not look(house, sale, (one,)).needs_approval
    give_back(house, sale, (one,), allowed=False)
    told = look(house, sale, (other,))
    assert "More than 50.00 EUR" in str(told.why[0])
    by_manager = look(house, sale, (other,), actor=house.small.manager)
    assert (by_manager.needs_approval, by_manager.why) == (True, ())
    with pytest.raises(NotPermitted):
        give_back(house, sale, (other,), allowed=False)
    assert len(refunds_of(house, sale)) == 1
    give_back(house, sale, (other,), allowed=False, actor=house.small.manager)
    assert house.database.read(judge_database) == ()


def test_a_ticket_that_was_used_needs_a_manager_and_its_seat_is_not_sold_again(house: OpenHouse) -> None:
    small = house.small
    set_limit(house, 100_000)
    sale = sold(house, small.seats_of(1, (1, 2)))
    come_in(house, sale.ticket_ids[0])
    lines = live_lines(house, sale)
    told = look(house, sale, lines)
    assert (told.used, told.needs_approval, told.seats_return) == (lines[:1], True, False)
    assert "used at the door" in str(told.why[0])
    assert "inside" in str(told.why[1])
    assert "does not come back on sale" in str(told.why[-1])
    with pytest.raises(NotPermitted):
        give_back(house, sale, lines, allowed=False)
    give_back(house, sale, lines)
    assert [seat_row(house, seat).state for seat in small.seats_of(1, (1, 2))] == ["sold", "free"]
    assert house.database.read(judge_database) == ()


def test_a_guest_who_came_in_after_the_preview_is_told_of_before_money_goes_back(house: OpenHouse) -> None:
    small = house.small
    set_limit(house, 0)
    sale = sold(house, small.seats_of(1, (1, 2)))
    lines = live_lines(house, sale)
    decided = ask(house, sale, lines)
    assert (decided.approval_id is not None, decided.used) == (True, ())
    come_in(house, sale.ticket_ids[1])
    with pytest.raises(OrderChanged, match="came in"):
        house.database.transact(refund, small.cashier, decided)
    assert refunds_of(house, sale) == []
    # The manager is told, and the same approval is good: nothing was spent of it.
    house.database.transact(refund, small.cashier, replace(decided, used=look(house, sale, lines).used))
    assert house.database.read(judge_database) == ()


def test_after_the_start_the_money_goes_back_and_the_seat_stays_empty(house: OpenHouse) -> None:
    small = house.small
    seat = small.seat(1, 1, small.begun_id)
    sale = sold(house, [seat], after_start=True)
    assert not look(house, sale, live_lines(house, sale)).seats_return
    give_back(house, sale, live_lines(house, sale))
    assert seat_row(house, seat).state == "sold"
    assert left_of_payments(house, sale) == [0]
    assert house.database.read(judge_database) == ()


def test_a_stale_picture_is_refused_and_tells_who_changed_it(house: OpenHouse) -> None:
    sale = sold(house, house.small.seats_of(1, (1, 2)))
    one, other = live_lines(house, sale)
    stale = ask(house, sale, (other,))
    give_back(house, sale, (one,))
    with pytest.raises(OrderChanged, match="tickets refunded, by Carla Cash at Till 1"):
        house.database.transact(refund, house.small.cashier, stale)
    now = replace(stale, revision=revision_of(house, sale))
    with pytest.raises(OrderChanged, match=r"40\.00 EUR would go back now, and not 39\.99 EUR"):
        house.database.transact(refund, house.small.cashier, replace(now, amount_minor=3999))
    house.database.transact(refund, house.small.cashier, now)


def test_the_repeat_of_a_request_gives_back_nothing_more(house: OpenHouse) -> None:
    sale = sold(house, house.small.seats_of(1, (1, 2)))
    pay_in_two(house, sale, 3000)
    request = ask(house, sale, live_lines(house, sale)[:1], pay_now=False)
    done = house.database.transact(refund, house.small.cashier, request)
    assert not done.paid
    assert str(done.sentence) == "40.00 EUR will be given back later."
    give_back(house, sale, live_lines(house, sale))
    assert house.database.transact(refund, house.small.cashier, request) == done
    changes = select(func.count()).select_from(OrderChange).where(OrderChange.kind == "refund")
    assert house.database.read(lambda session: session.scalar(changes)) == 2
    assert house.database.read(judge_database) == ()


def test_what_was_paid_elsewhere_is_paid_out_only_another_way(house: OpenHouse) -> None:
    sale = sold(house, [house.small.seat(1, 1)])
    paid_elsewhere(house, sale)
    lines = live_lines(house, sale)
    assert look(house, sale, lines).needs_way
    with pytest.raises(RefundRefused, match="paid elsewhere"):
        give_back(house, sale, lines)
    assert not look(house, sale, lines, way=CASH).needs_way
    give_back(house, sale, lines, way=CASH)
    assert refunds_of(house, sale) == [("cash", "paid", 4000)]
    assert house.database.read(judge_database) == ()


def test_a_complimentary_ticket_is_returned_without_money(house: OpenHouse) -> None:
    small = house.small
    sale = sold(house, [small.seat(1, 1)], ticket_type_id=small.complimentary_id)
    done = give_back(house, sale, live_lines(house, sale))
    assert (done.amount_minor, done.parts, done.paid) == (0, (), True)
    assert str(done.sentence) == "There is no money to give back."
    assert seat_row(house, small.seat(1, 1)).state == "free"
    assert house.database.read(judge_database) == ()


def test_what_was_refunded_in_part_is_not_taken_back_as_a_whole(house: OpenHouse) -> None:
    sale = sold(house, house.small.seats_of(1, (1, 2)))
    give_back(house, sale, live_lines(house, sale)[:1])
    allowed = house.database.transact(allow, house.small)
    with pytest.raises(Exception, match="was changed since it was sold"):
        house.database.transact(void_order, house.small.cashier, VoidRequest("v", sale.order_id, "why", allowed))


@pytest.mark.parametrize(
    ("values", "error", "told"),
    [
        ({"reason": " \u202e\n"}, InvalidInput, "needs a reason"),
        ({"reason": "x" * 501}, InvalidInput, "too long"),
        ({"reason": "4111 1111 1111 1111"}, InvalidInput, "card"),
        ({"way": PaymentMethod.FREE}, InvalidInput, "in cash or to a card"),
        ({"line_ids": ()}, RefundRefused, "Nothing is chosen"),
        ({"line_ids": (987_654,)}, RefundRefused, "nothing more to give back"),
        ({"order_id": 987_654}, Exception, "not there"),
    ],
)
def test_what_cannot_be_given_back_is_refused_and_nothing_is_done(
    house: OpenHouse, values: dict[str, Any], error: type[Exception], told: str
) -> None:
    sale = sold(house, [house.small.seat(1, 1)])
    request = replace(ask(house, sale, live_lines(house, sale)), **values)
    with pytest.raises(error, match=told):
        house.database.transact(refund, house.small.cashier, request)
    assert refunds_of(house, sale) == []
    assert revision_of(house, sale) == 0


def test_lines_of_another_order_and_lines_that_ended_and_fees_unticked_are_refused(house: OpenHouse) -> None:
    small = house.small
    sale = sold(house, [small.seat(1, 1), small.seat(1, 1, small.gala_id)])
    other = sold(house, [small.seat(1, 2)])
    one, _ = live_lines(house, sale)
    fee = live_lines(house, sale, LineKind.FEE)[0]
    request = ask(house, sale, (one,))
    for lines in ((one, *live_lines(house, other)), (one, fee)):
        with pytest.raises(RefundRefused):
            house.database.transact(refund, small.cashier, replace(request, line_ids=lines))
    house.database.transact(refund, small.cashier, request)
    again = replace(request, request_id="again", revision=None)
    with pytest.raises(RefundRefused, match="nothing more"):
        house.database.transact(refund, small.cashier, again)
    with pytest.raises(NotPermitted):
        give_back(house, other, live_lines(house, other), actor=small.steward)
    assert seat_row(house, small.seat(1, 2)).state == "sold"
    voided = house.database.read(
        lambda session: session.scalars(select(Ticket.id).where(Ticket.voided_at.is_not(None)))
    )
    assert list(voided) == [sale.ticket_ids[0]]
    assert house.database.transact(allow, small, Permission.REFUND)
