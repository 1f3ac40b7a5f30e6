"""Letters that wait follow their customer: to another address, into a merge, and nowhere once it is forgotten."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from sqlalchemy import insert, select, update

from pos_app.db.clock import utc_now
from pos_app.db.models import OutboxEmail, OutboxTry
from pos_app.domain.customers.records import CustomerDraft
from pos_app.domain.letters.kinds import LetterKind
from pos_app.domain.letters.occasions import Occasion
from pos_app.domain.orders.exchanges import DetailsRequest
from pos_app.services.customers.merging import merge_customers
from pos_app.services.customers.privacy.erasing import erase_customer
from pos_app.services.customers.records import load_customer, save_customer
from pos_app.services.letters.listing import load_letter
from pos_app.services.letters.writing import write_letter
from pos_app.services.orders.details import correct_details
from tests.services.letters.written import customer, letters, set_states, sold_to

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from tests.houses import OpenHouse


def readdress(house: OpenHouse, customer_id: int, email: str) -> None:
    now = house.database.read(load_customer, house.small.cashier, customer_id)
    wanted = replace(now.draft(), email=email)
    house.database.transact(save_customer, house.small.cashier, now, wanted)


def test_what_waits_goes_to_the_address_that_was_corrected(house: OpenHouse) -> None:
    anna, bert = customer(house), customer(house, CustomerDraft("Bert", "bert@example.org"))
    sold_to(house, house.small.seats_of(1, (1,)), anna)
    set_states(house, "sent")
    for row, whose in ((2, anna), (3, bert)):
        sold_to(house, house.small.seats_of(row, (1,)), whose)
    readdress(house, anna, "novak@example.org")
    assert [letter.recipient for letter in letters(house)] == [
        "anna@example.org",
        "novak@example.org",
        "bert@example.org",
    ]
    readdress(house, anna, "")
    assert [(letter.recipient, letter.state) for letter in letters(house)] == [
        ("anna@example.org", "sent"),
        ("novak@example.org", "stopped"),
        ("bert@example.org", "waiting"),
    ]


def test_who_corrected_the_address_stands_in_the_history_of_what_waits(house: OpenHouse) -> None:
    anna = customer(house)
    sold_to(house, house.small.seats_of(1, (1,)), anna)
    readdress(house, anna, "novak@example.org")
    (waiting,) = letters(house)
    (change,) = house.database.read(load_letter, house.small.cashier, waiting.letter_id).readdressed
    assert (change.before, change.now, change.staff_name) == (
        "anna@example.org",
        "novak@example.org",
        house.small.cashier.name,
    )


def test_who_gets_the_order_of_somebody_else_gets_none_of_their_addresses(house: OpenHouse) -> None:
    anna, bert = customer(house), customer(house, CustomerDraft("Bert", "bert@example.org"))
    sale = sold_to(house, house.small.seats_of(1, (1,)), anna)
    readdress(house, anna, "novak@example.org")
    asked = DetailsRequest(uuid4().hex, sale.order_id, None, "", "", bert)
    house.database.transact(correct_details, house.small.cashier, asked)
    (letter,) = letters(house)
    assert letter.customer_id == bert
    assert "anna@" not in str(letter.facts)
    assert "novak@" not in str(letter.facts)
    (change,) = house.database.read(load_letter, house.small.cashier, letter.letter_id).readdressed
    assert (change.before, change.now) == ("", "bert@example.org")


def test_a_code_proves_no_other_address(house: OpenHouse) -> None:
    anna = customer(house)
    code = Occasion(LetterKind.VERIFICATION, "code-1", facts={"code": "123456"})
    house.database.transact(write_letter, anna, code)
    readdress(house, anna, "novak@example.org")
    (stopped,) = letters(house)
    assert (stopped.state, stopped.recipient, stopped.facts) == ("stopped", "anna@example.org", {})


@pytest.mark.parametrize("state", ["sending", "failed"])
def test_what_is_on_its_way_or_failed_stays_as_it_was_written(house: OpenHouse, state: str) -> None:
    anna = customer(house)
    sold_to(house, house.small.seats_of(1, (1,)), anna)
    set_states(house, state)
    readdress(house, anna, "novak@example.org")
    assert [(letter.recipient, letter.state) for letter in letters(house)] == [("anna@example.org", state)]


def test_a_merge_takes_the_letters_along(house: OpenHouse) -> None:
    anna, other = customer(house), customer(house, CustomerDraft("Anna N.", "old@example.org"))
    sale = sold_to(house, house.small.seats_of(1, (1,)), other)
    merge = uuid4().hex
    house.database.transact(merge_customers, house.small.manager, anna, other, request_id=merge)
    (letter,) = letters(house)
    assert (letter.customer_id, letter.order_id, letter.recipient) == (anna, sale.order_id, "old@example.org")


def test_letters_go_to_who_an_order_is_given_to(house: OpenHouse) -> None:
    anna, bert = customer(house), customer(house, CustomerDraft("Bert", "bert@example.org"))
    silent = customer(house, CustomerDraft("Carl"))
    sold_to(house, house.small.seats_of(5, (1,)), anna)
    for row, whose, told in ((1, bert, "waiting"), (2, None, "stopped"), (3, silent, "stopped"), (4, anna, "waiting")):
        sale = sold_to(house, house.small.seats_of(row, (1,)), anna)
        asked = DetailsRequest(uuid4().hex, sale.order_id, None, "Somebody", "", whose)
        house.database.transact(correct_details, house.small.cashier, asked)
        letter = letters(house)[-1]
        assert (letter.order_id, letter.state) == (sale.order_id, told)
        assert (letter.customer_id, letter.recipient) == (
            (bert, "bert@example.org") if whose == bert else (anna, "anna@example.org")
        )
    assert letters(house)[0].recipient == "anna@example.org"


@pytest.mark.parametrize(("state", "becomes"), [("waiting", "stopped"), ("sending", "stopped"), ("sent", "sent")])
def test_no_word_is_left_in_the_letters_of_who_is_forgotten(house: OpenHouse, state: str, becomes: str) -> None:
    anna = customer(house)
    sold_to(house, house.small.seats_of(1, (1,)), anna)
    sold_to(house, house.small.seats_of(2, (1,)), customer(house, CustomerDraft("Bert", "bert@example.org")))
    first, _ = letters(house)
    filled = {"state": state, "leased_by": "till-1", "leased_until": utc_now(), "subject": "Dear Anna", "body": "Anna"}
    told = {"attachments": '[{"name": "Anna.pdf"}]', "failure": '{"answer": "anna"}'}
    answered = {"leased_by": "till-1", "began_at": utc_now(), "answer": "550 anna"}

    def fill(session: Session) -> None:
        session.execute(update(OutboxEmail).where(OutboxEmail.id == first.letter_id).values(**filled, **told))
        session.execute(insert(OutboxTry).values(letter_id=first.letter_id, **answered))

    house.database.transact(fill)
    house.database.transact(erase_customer, house.small.manager, anna, request_id=uuid4().hex)
    letter = house.database.read(lambda session: session.get_one(OutboxEmail, first.letter_id))
    assert (letter.state, letter.recipient, letter.subject, letter.facts) == (becomes, "", "", "{}")
    assert (letter.body, letter.attachments, letter.failure) == (None, None, "")
    if becomes == "stopped":
        assert (letter.leased_by, letter.leased_until) == (None, None)
    assert house.database.read(lambda session: session.scalars(select(OutboxTry.answer)).one()) == ""
    assert letters(house)[1].recipient == "bert@example.org"
    assert letters(house)[1].state == "waiting"
