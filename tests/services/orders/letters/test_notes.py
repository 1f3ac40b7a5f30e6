"""A note of the house goes to each once, and only where consent or an order allows it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from sqlalchemy import select

from pos_app.db.clock import utc_now, utc_plus
from pos_app.db.models import AuditEntry
from pos_app.domain.customers.records import CustomerDraft, CustomerRefused
from pos_app.domain.editing import FieldRefused
from pos_app.domain.errors import NotFound, NotPermitted
from pos_app.domain.letters.notes import LONGEST_SUBJECT, LONGEST_TEXT, HouseNote, NoteReach
from pos_app.services.orders.letters.notes import look_at_note, write_customer_note, write_performance_note
from tests.services.letters.written import change_customer, customer, letters, sold_to
from tests.services.orders.exchanging import last_entry
from tests.services.orders.refunding import give_back, live_lines
from tests.services.orders.reserving import reserved
from tests.services.stories import change_performance

if TYPE_CHECKING:
    from tests.houses import OpenHouse


def note(subject: str = "The doors", text: str = "They open at six.\n\nBring a coat.") -> HouseNote:
    return HouseNote(uuid4().hex, subject, text)


def over(house: OpenHouse) -> None:
    """Let the evening be two days ago."""
    change_performance(house, starts_at=utc_plus(-timedelta(days=2).total_seconds()), ends_at=None)


def test_the_customers_of_a_performance_hear_once_each(house: OpenHouse) -> None:
    small = house.small
    anna, bert = customer(house), customer(house, CustomerDraft("Bert", "bert@example.org"))
    silent = customer(house, CustomerDraft("Carl"))
    for row in (1, 2):
        sold_to(house, small.seats_of(row, (1,)), anna)
    reserved(house, small.seats_of(3, (1,)), customer_id=bert)
    sold_to(house, small.seats_of(4, (1,)), silent)
    given = sold_to(house, small.seats_of(5, (1,)), customer(house, CustomerDraft("Dora", "dora@example.org")))
    give_back(house, given, live_lines(house, given))
    customer(house, CustomerDraft("Emil", "emil@example.org", letters=True))
    seen = len(letters(house))
    assert house.database.read(look_at_note, small.manager, small.performance_id) == NoteReach(2, 1)
    written = note()
    for _ in range(2):
        assert house.database.transact(write_performance_note, small.manager, small.performance_id, written) == 2
    told = letters(house)[seen:]
    assert [(letter.kind, letter.customer_id, letter.performance_id) for letter in told] == [
        ("note", anna, small.performance_id),
        ("note", bert, small.performance_id),
    ]
    assert told[0].facts == {"subject": "The doors", "text": "They open at six.\n\nBring a coat."}
    assert last_entry(house, "note_written")["letters"] == 2
    bodies = house.database.read(lambda session: "".join(session.scalars(select(AuditEntry.body))))
    assert "coat" not in bodies


def test_once_it_is_over_only_those_hear_who_said_so(house: OpenHouse) -> None:
    small = house.small
    sold_to(house, small.seats_of(1, (1,)), customer(house))
    bert = customer(house, CustomerDraft("Bert", "bert@example.org", letters=True))
    sold_to(house, small.seats_of(2, (1,)), bert)
    over(house)
    assert house.database.read(look_at_note, small.manager, small.performance_id) == NoteReach(1, 1)
    house.database.transact(write_performance_note, small.manager, small.performance_id, note())
    assert [letter.customer_id for letter in letters(house) if letter.kind == "note"] == [bert]


def test_one_customer_is_written_to_by_consent_or_by_tickets_for_what_is_to_come(house: OpenHouse) -> None:
    small = house.small
    anna = customer(house)

    def write(text: HouseNote) -> int:
        return house.database.transact(write_customer_note, small.cashier, anna, text)

    with pytest.raises(CustomerRefused, match="has not said"):
        write(note())
    sold_to(house, small.seats_of(1, (1,)), anna)
    first = note()
    assert [write(first), write(first)] == [1, 1]
    over(house)
    with pytest.raises(CustomerRefused, match="has not said"):
        write(note())
    change_customer(house, anna, letters_at=utc_now())
    assert write(note()) == 1
    assert len([letter for letter in letters(house) if letter.kind == "note"]) == 2
    change_customer(house, anna, email="")
    with pytest.raises(CustomerRefused, match="no e-mail"):
        write(note())
    change_customer(house, anna, erased_at=utc_now())
    with pytest.raises(NotFound):
        write(note())


def test_what_cannot_be_sent_is_said_beside_its_field(house: OpenHouse) -> None:
    small = house.small
    anna = customer(house, CustomerDraft("Anna", "anna@example.org", letters=True))
    for wrong, fields in (
        (note("", " \n "), {"subject", "text"}),
        (note("s" * (LONGEST_SUBJECT + 1), "t" * (LONGEST_TEXT + 1)), {"subject", "text"}),
        (note("4111 1111 1111 1111"), {"subject"}),
    ):
        with pytest.raises(FieldRefused) as refused:
            house.database.transact(write_customer_note, small.cashier, anna, wrong)
        assert set(refused.value.fields) == fields
    assert letters(house) == []


def test_who_may_not_write_does_not(house: OpenHouse) -> None:
    small = house.small
    with pytest.raises(NotPermitted):
        house.database.transact(write_performance_note, small.cashier, small.performance_id, note())
    with pytest.raises(NotPermitted):
        house.database.transact(write_customer_note, small.steward, customer(house), note())
    with pytest.raises(NotFound):
        house.database.transact(write_performance_note, small.manager, 4711, note())
