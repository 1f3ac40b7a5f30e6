from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from sqlalchemy import func, select, update

from pos_app.db.clock import utc_now, utc_plus
from pos_app.db.models import Approval, AuditEntry, Order, OrderChange, Refund, Ticket
from pos_app.doctor import judge_database
from pos_app.domain.door.check_in import Reason, Scan, Verdict
from pos_app.domain.errors import ApprovalRefused, InvalidInput, NotFound, NotPermitted, OrderChanged, VoidRefused
from pos_app.domain.orders.standing import OrderStanding
from pos_app.domain.roles import Permission
from pos_app.domain.seats import Guard
from pos_app.domain.selling.sales import PaymentMethod, VoidRequest
from pos_app.services.door.check_in import check_in
from pos_app.services.orders.page import load_order_page
from pos_app.services.orders.refunds.voids import void_order
from pos_app.services.orders.ticket_faces import load_ticket_faces
from tests.services.stories import change_seat, change_staff, hold, seat_row, signed_code, sold
from tests.small_house import allow

if TYPE_CHECKING:
    from pos_app.domain.door.check_in import ScanResult
    from pos_app.domain.roles import Actor
    from pos_app.domain.selling.sales import Sale, VoidedOrder
    from tests.houses import OpenHouse


def void(house: OpenHouse, sale: Sale, *, request_id: str = "", actor: Actor | None = None, **more: str) -> VoidedOrder:
    allowed = house.database.transact(allow, house.small)
    request = VoidRequest(request_id or uuid4().hex, sale.order_id, more.get("reason", "wrong night"), allowed)
    return house.database.transact(void_order, actor or house.small.cashier, request)


def scan(house: OpenHouse, text: str) -> ScanResult:
    return house.database.transact(
        check_in, house.small.steward, Scan(house.small.performance_id, "Main door", text, uuid4().hex)
    )


def short_code(house: OpenHouse, ticket_id: int) -> str:
    return house.database.read(lambda session: session.get_one(Ticket, ticket_id)).short_code


def make_older(house: OpenHouse, sale: Sale, seconds: float) -> None:
    older = update(Order).where(Order.id == sale.order_id).values(created_at=utc_plus(-seconds))
    house.database.transact(lambda session: session.execute(older))


def test_a_sale_is_taken_back_and_its_seats_are_sold_again(house: OpenHouse) -> None:
    small = house.small
    sale = sold(house, [*small.seats_of(1, (1, 2)), small.seat(1, 1, small.gala_id)])
    answer = void(house, sale)
    total = 3 * 4000 + 50 + 150
    assert (answer.number, answer.refund_minor, answer.currency, answer.method) == (
        sale.number,
        total,
        "EUR",
        PaymentMethod.CASH,
    )
    assert {seat_row(house, seat).state for seat in small.seats_of(1, (1, 2))} == {"free"}
    refund = house.database.read(lambda session: session.scalars(select(Refund)).one())
    assert (refund.amount_minor, refund.approver_id, refund.reason) == (total, small.manager.staff_id, "wrong night")
    page = house.database.read(load_order_page, small.cashier, sale.order_id)
    assert (page.standing, page.seconds_to_void) == (OrderStanding.VOID, 0)
    assert [line.ticket is not None and line.ticket.is_void for line in page.seats] == [True] * 3
    assert house.database.read(load_ticket_faces, sale.ticket_ids) == ()
    sold(house, small.seats_of(1, (1, 2)))
    assert house.database.read(judge_database) == ()


def test_the_codes_of_a_sale_taken_back_are_refused_at_the_gate(house: OpenHouse) -> None:
    sale = sold(house, [house.small.seat(1, 1)])
    typed, signed = short_code(house, sale.ticket_ids[0]), signed_code(house, sale.ticket_ids[0])
    void(house, sale)
    for code in (typed, signed):
        result = scan(house, code)
        assert (result.verdict, result.reason) == (Verdict.REFUSED, Reason.CANCELED)


def test_a_sale_is_not_taken_back_after_ten_minutes(house: OpenHouse) -> None:
    sale = sold(house, [house.small.seat(1, 1)])
    make_older(house, sale, 601)
    with pytest.raises(VoidRefused, match="ten minutes"):
        void(house, sale)
    assert seat_row(house, house.small.seat(1, 1)).state == "sold"
    assert house.database.read(load_order_page, house.small.cashier, sale.order_id).seconds_to_void == 0
    make_older(house, sale, 590)
    void(house, sale)


def test_a_sale_is_taken_back_once_and_the_repeat_of_the_request_is_answered(house: OpenHouse) -> None:
    sale = sold(house, [house.small.seat(1, 1)])
    first = void(house, sale, request_id="void-1")
    make_older(house, sale, 3600)
    assert void(house, sale, request_id="void-1") == first
    with pytest.raises(VoidRefused, match="void already"):
        void(house, sale, request_id="void-2")
    assert house.database.read(lambda session: session.scalar(select(func.count()).select_from(Refund))) == 1


def test_a_sale_is_not_taken_back_while_a_guest_is_inside(house: OpenHouse) -> None:
    sale = sold(house, house.small.seats_of(1, (1, 2)))
    assert scan(house, short_code(house, sale.ticket_ids[1])).verdict is Verdict.ADMITTED
    with pytest.raises(VoidRefused, match="inside"):
        void(house, sale)
    assert scan(house, short_code(house, sale.ticket_ids[0])).verdict is Verdict.ADMITTED, "the other one is still good"


def test_a_seat_that_people_wait_for_is_guarded_once_it_comes_back(house: OpenHouse) -> None:
    sale = sold(house, [house.small.seat(1, 1)])
    change_seat(house, house.small.seat(1, 1), guarded=int(Guard.FITS_NOBODY))
    void(house, sale)
    assert seat_row(house, house.small.seat(1, 1)).guarded == Guard.FIRST_CALL


def test_only_a_manager_approves(house: OpenHouse) -> None:
    small = house.small
    sale = sold(house, [small.seat(1, 1)])
    for none in (None, 987_654):
        with pytest.raises((NotPermitted, ApprovalRefused)):
            house.database.transact(void_order, small.cashier, VoidRequest("void", sale.order_id, "why", none))
    with pytest.raises(NotPermitted):
        void(house, sale, actor=small.steward)
    allowed = house.database.transact(allow, small)
    change_staff(house, small.manager, active=False)
    with pytest.raises(ApprovalRefused, match="closed meanwhile"):
        house.database.transact(void_order, small.cashier, VoidRequest("void", sale.order_id, "why", allowed))
    assert seat_row(house, small.seat(1, 1)).state == "sold"


def test_the_books_tell_who_allowed_it_whether_asked_or_acting(house: OpenHouse) -> None:
    small = house.small
    for number, (actor, allowed) in enumerate(
        ((small.cashier, house.database.transact(allow, small)), (small.manager, None)), 1
    ):
        sale = sold(house, [small.seat(1, number)])
        house.database.transact(void_order, actor, VoidRequest(f"void-{number}", sale.order_id, "why", allowed))
        last = select(AuditEntry.body).order_by(AuditEntry.id.desc()).limit(1)
        told = json.loads(house.database.read(lambda session: session.scalars(last).one()))  # noqa: B023
        assert (told["approver"], told["approver_name"]) == (small.manager.staff_id, small.manager.name)
        spent = select(Approval).where(Approval.spent_on == f"void-{number}")
        row = house.database.read(lambda session: session.scalars(spent).one())  # noqa: B023
        assert told["approval"] == row.id
        history = house.database.read(load_order_page, small.cashier, sale.order_id).history
        assert [one.approver_name for one in history] == [small.manager.name, ""]
        assert (row.staff_id, row.permission) == (small.manager.staff_id, Permission.VOID)
        change = select(OrderChange.id).where(OrderChange.request_id == f"void-{number}")
        refund = select(Refund.approver_id).where(Refund.made_by_id == change.scalar_subquery())
        assert house.database.read(lambda session: session.scalars(refund).one()) == small.manager.staff_id  # noqa: B023


def test_taking_back_needs_a_reason_and_an_order(house: OpenHouse) -> None:
    sale = sold(house, [house.small.seat(1, 1)])
    for reason in ("", "  \n", "\x00\ud800"):
        with pytest.raises(InvalidInput):
            void(house, sale, reason=reason)
    with pytest.raises(NotFound):
        void(house, replace(sale, order_id=987_654))


def test_a_request_of_another_order_takes_nothing_back(house: OpenHouse) -> None:
    one, other = sold(house, [house.small.seat(1, 1)]), sold(house, [house.small.seat(1, 2)])
    void(house, one, request_id="void-1")
    with pytest.raises(NotFound, match="another order"):
        void(house, other, request_id="void-1")
    assert seat_row(house, house.small.seat(1, 2)).state == "sold"


def test_a_seat_that_is_not_the_orders_any_more_is_not_freed(house: OpenHouse) -> None:
    sale = sold(house, [house.small.seat(1, 1)])
    change_seat(house, house.small.seat(1, 1), order_line_id=987_654)
    with pytest.raises(OrderChanged):
        void(house, sale)


def test_nobody_is_sent_to_a_manager_for_what_no_manager_can_do(house: OpenHouse) -> None:
    sale = sold(house, house.small.seats_of(1, (1, 2)))
    scan(house, short_code(house, sale.ticket_ids[1]))
    with pytest.raises(VoidRefused) as inside:
        void(house, sale)
    make_older(house, sale, 601)
    with pytest.raises(VoidRefused) as late:
        void(house, sale)
    for refused in (inside, late):
        assert "manager" not in refused.value.advice


def test_a_hold_made_while_the_sale_is_taken_back_sees_the_seat_afterwards(house: OpenHouse) -> None:
    sale = sold(house, [house.small.seat(1, 1)])
    void(house, sale)
    assert hold(house, [house.small.seat(1, 1)]).seats
    assert seat_row(house, house.small.seat(1, 1)).changed_at <= house.database.read(
        lambda session: session.execute(select(utc_now())).scalar_one()
    )
