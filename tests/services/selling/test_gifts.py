"""Complimentary tickets: who may give them, why, and what is no gift at all."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from sqlalchemy import select, update

from pos_app.db.models import AuditEntry, Price
from pos_app.domain.errors import ApprovalRefused, InvalidInput, NotPermitted
from pos_app.domain.roles import Permission
from pos_app.domain.selling.gifts import Gift, GiftReason
from pos_app.domain.selling.sales import PaymentMethod, SaleLine, SaleRequest, Tender
from pos_app.services.orders.page import load_order_page
from pos_app.services.selling.quotes import confirm_basket
from pos_app.services.selling.sales import sell
from pos_app.services.staff.approvals import make_approval
from tests.services.promo_codes.test_redeeming import make_code
from tests.services.selling.refusals import refused
from tests.services.stories import age_approvals, hold, priced
from tests.small_house import allow

if TYPE_CHECKING:
    from tests.houses import OpenHouse

PRESS = Gift(GiftReason.PRESS, "Anna Reporter, Daily News")


def _request(house: OpenHouse, *type_ids: int) -> SaleRequest:
    """Ask to sell seats to guests of these ticket types."""
    small = house.small
    held = hold(house, small.seats_of(1, range(1, len(type_ids) + 1)))
    lines = tuple(SaleLine(seat, kind) for seat, kind in zip(held.seats, type_ids, strict=True))
    return priced(house, SaleRequest(uuid4().hex, held.basket_key, lines, 0, Tender(PaymentMethod.CASH, 0)))


def _allowed(house: OpenHouse) -> Gift:
    """Let the manager allow the gift to the press."""
    return replace(PRESS, approval_id=house.database.transact(allow, house.small, Permission.GIVE_AWAY))


def _audit(house: OpenHouse) -> dict[str, object]:
    last = select(AuditEntry.body).order_by(AuditEntry.id.desc()).limit(1)
    found: dict[str, object] = json.loads(house.database.read(lambda session: session.execute(last).scalar_one()))
    return found


def test_a_cashier_alone_gives_nothing_away(house: OpenHouse) -> None:
    request = replace(_request(house, house.small.complimentary_id), gift=PRESS)
    refusal = refused(house, request, NotPermitted, "may not give complimentary tickets")
    assert "manager allows it" in str(refusal.advice)


def test_one_given_away_beside_others_that_are_paid_is_found_too(house: OpenHouse) -> None:
    small = house.small
    request = _request(house, small.adult_id, small.complimentary_id)
    assert request.total_minor == 4000
    refused(house, replace(request, gift=PRESS), NotPermitted, "complimentary")
    allowed = replace(
        request, gift=replace(PRESS, approval_id=house.database.transact(allow, small, Permission.GIVE_AWAY))
    )
    assert house.database.transact(sell, small.cashier, allowed).total_minor == 4000


def test_a_manager_gives_for_a_reason_which_stays_with_the_order(house: OpenHouse) -> None:
    small = house.small
    request = replace(_request(house, small.complimentary_id), note="Row one")
    with pytest.raises(InvalidInput, match="need a reason"):
        house.database.transact(sell, small.manager, request)
    sale = house.database.transact(sell, small.manager, replace(request, gift=PRESS))
    page = house.database.read(load_order_page, small.manager, sale.order_id)
    assert page.note == "Anna Reporter, Daily News; Row one"


def test_the_audit_is_told_who_allowed_it_and_no_personal_word(house: OpenHouse) -> None:
    small = house.small
    request = _request(house, small.complimentary_id, small.complimentary_id)
    allowed = replace(
        request, gift=replace(PRESS, approval_id=house.database.transact(allow, small, Permission.GIVE_AWAY))
    )
    sale = house.database.transact(sell, small.cashier, allowed)
    (sold,) = house.database.read(load_order_page, small.cashier, sale.order_id).history
    assert (sold.staff_name, sold.approver_name) == (small.cashier.name, small.manager.name)
    told = _audit(house)
    assert (told["given_away"], told["reason"], told["allowed_by"]) == (2, "press", small.manager.staff_id)
    assert told["allowed_by_name"] == small.manager.name
    assert "Anna" not in json.dumps(told)


@pytest.mark.parametrize("who", ["cashier", "steward"])
def test_only_who_may_give_can_allow_it(house: OpenHouse, who: str) -> None:
    small = house.small
    approver = getattr(small, who).staff_id
    with pytest.raises(NotPermitted, match="complimentary"):
        house.database.transact(make_approval, approver, small.till_id, Permission.GIVE_AWAY)


def test_what_was_allowed_for_something_else_gives_nothing_away(house: OpenHouse) -> None:
    request = _request(house, house.small.complimentary_id)
    for allowed in (house.database.transact(allow, house.small, Permission.VOID), 987_654):
        wrong = replace(request, gift=replace(PRESS, approval_id=allowed))
        refused(house, wrong, ApprovalRefused, "approved")


def test_it_is_allowed_for_one_sale_and_asking_before_the_money_spends_nothing(house: OpenHouse) -> None:
    small = house.small
    gift = _allowed(house)
    request = replace(_request(house, small.complimentary_id), gift=gift)
    for _ in range(2):
        house.database.read(confirm_basket, small.cashier, request)
    sale = house.database.transact(sell, small.cashier, request)
    assert house.database.transact(sell, small.cashier, request) == sale, "the same request is answered as before"
    held = hold(house, [small.seat(2, 1)])
    lines = (SaleLine(held.seats[0], small.complimentary_id),)
    again = replace(request, request_id=uuid4().hex, basket_key=held.basket_key, lines=lines)
    refused(house, again, ApprovalRefused, "good for one")
    with pytest.raises(ApprovalRefused, match="good for one"):
        house.database.read(confirm_basket, small.cashier, again)


def test_one_that_lapsed_while_the_customer_paid_loses_nothing(house: OpenHouse) -> None:
    small = house.small
    gift = _allowed(house)
    request = replace(_request(house, small.complimentary_id, small.adult_id), gift=gift)
    age_approvals(house, 121)
    refused(house, request, ApprovalRefused, "two minutes ago")
    gift = _allowed(house)
    house.database.transact(sell, small.cashier, replace(request, gift=gift))


def test_a_reason_holds_no_card_number(house: OpenHouse) -> None:
    request = _request(house, house.small.complimentary_id)
    allowed = house.database.transact(allow, house.small, Permission.GIVE_AWAY)
    gift = Gift(GiftReason.OTHER, "4111 1111 1111 1111", allowed)
    refused(house, replace(request, gift=gift), InvalidInput, "whole card number")


def test_what_costs_nothing_for_another_reason_is_no_gift(house: OpenHouse) -> None:
    small = house.small
    free_for_children = update(Price).where(Price.ticket_type_id == small.child_id).values(amount_minor=0)
    house.database.transact(lambda session: session.execute(free_for_children))
    request = _request(house, small.child_id)
    assert request.total_minor == 0
    house.database.read(confirm_basket, small.cashier, request)
    house.database.transact(sell, small.cashier, request)


def test_a_code_that_takes_all_of_it_off_is_no_gift(house: OpenHouse) -> None:
    small = house.small
    house.database.transact(make_code, code="GUEST", kind="amount", value=4000, currency="EUR")
    held = hold(house, [small.seat(1, 1)])
    lines = (SaleLine(held.seats[0], small.adult_id),)
    free = Tender(PaymentMethod.FREE, 0)
    request = SaleRequest(uuid4().hex, held.basket_key, lines, 0, free, promo_code="GUEST")
    assert house.database.transact(sell, small.cashier, request).total_minor == 0
