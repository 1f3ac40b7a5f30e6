"""Tickets go out by e-mail once more: those that are good, once for each request, and to nobody who was erased."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from sqlalchemy import select

from pos_app.db.models import AuditEntry
from pos_app.doctor import judge_database
from pos_app.domain.editing import FieldRefused
from pos_app.domain.errors import NotFound, NotPermitted
from pos_app.domain.letters.deeds import LetterRefused
from pos_app.services.customers.privacy.erasing import erase_customer
from pos_app.services.orders.letters.contents import load_content
from pos_app.services.orders.letters.emailing import email_tickets, load_ticket_mail
from tests.services.letters.written import customer, letters, set_states, sold_to
from tests.services.orders.refunding import give_back, live_lines

if TYPE_CHECKING:
    from tests.houses import OpenHouse


def email(house: OpenHouse, order_id: int, to: str = "novak@example.net", request_id: str = "") -> int:
    cashier = house.small.cashier
    return house.database.transact(email_tickets, cashier, order_id, to, request_id=request_id or uuid4().hex)


def test_what_is_good_now_goes_to_the_address_that_was_confirmed(house: OpenHouse) -> None:
    cashier = house.small.cashier
    sale = sold_to(house, house.small.seats_of(1, (1, 2, 3)), customer(house))
    set_states(house, "sent")
    give_back(house, sale, live_lines(house, sale)[:1])
    mail = house.database.read(load_ticket_mail, cashier, sale.order_id)
    assert (mail.number, mail.tickets, mail.recipient) == (sale.number, 2, "anna@example.org")
    request_id = uuid4().hex
    letter_id = email(house, sale.order_id, " novak@example.net ", request_id)
    assert email(house, sale.order_id, "other@example.net", request_id) == letter_id, "asked twice, written once"
    written = letters(house)[-1]
    assert (written.letter_id, written.kind, written.state) == (letter_id, "confirmation", "waiting")
    assert (written.recipient, written.change) == ("novak@example.net", None)
    content = house.database.read(load_content, letter_id)
    assert (len(content.faces), content.left_out, content.is_untrue) == (2, 0, False)
    (told,) = house.database.read(
        lambda session: session.scalars(select(AuditEntry.body).where(AuditEntry.action == "tickets_emailed")).all()
    )
    assert "example" not in told
    assert json.loads(told)["letter"] == f"letter:{letter_id}"
    found = house.database.read(judge_database)
    assert not [one for one in found if f"Letter {letter_id}" in str(one.subject)]


def test_an_order_of_nobody_goes_to_whom_it_went_before_or_whom_a_person_says(house: OpenHouse) -> None:
    sale = sold_to(house, house.small.seats_of(1, (1,)), None)
    cashier = house.small.cashier
    assert house.database.read(load_ticket_mail, cashier, sale.order_id).recipient == ""
    email(house, sale.order_id, "guest@example.org")
    assert house.database.read(load_ticket_mail, cashier, sale.order_id).recipient == "guest@example.org"


def test_what_cannot_be_is_refused(house: OpenHouse) -> None:
    anna = customer(house)
    sale = sold_to(house, house.small.seats_of(1, (1,)), anna)
    with pytest.raises(FieldRefused):
        email(house, sale.order_id, "anna@")
    with pytest.raises(NotFound):
        email(house, 77)
    with pytest.raises(NotPermitted):
        house.database.transact(email_tickets, house.small.steward, sale.order_id, "a@b.example", request_id="x")
    give_back(house, sale, live_lines(house, sale))
    with pytest.raises(LetterRefused, match="No ticket of this order is good"):
        email(house, sale.order_id)
    house.database.transact(erase_customer, house.small.manager, anna, request_id=uuid4().hex)
    with pytest.raises(LetterRefused, match="was erased"):
        email(house, sale.order_id)
    with pytest.raises(LetterRefused, match="was erased"):
        house.database.read(load_ticket_mail, house.small.cashier, sale.order_id)
