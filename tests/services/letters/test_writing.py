"""The row of a letter: to whom it goes is read by the statement that writes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pos_app.db.clock import utc_now
from pos_app.domain.customers.records import CustomerDraft
from pos_app.domain.errors import ServerBusy
from pos_app.domain.letters.kinds import LetterKind
from pos_app.domain.letters.occasions import Occasion
from pos_app.services.letters.writing import write_letter, write_order_letter
from tests.services.letters.written import change_customer, customer, give_to, letters
from tests.services.stories import sold

if TYPE_CHECKING:
    from tests.houses import OpenHouse


def test_a_letter_goes_to_the_address_of_the_moment(house: OpenHouse) -> None:
    anna = customer(house)
    note = Occasion(LetterKind.NOTE, "note-1", facts={"subject": "Čaj", "text": "v pět"}, staff_id=7)
    assert house.database.transact(write_letter, anna, note)
    change_customer(house, anna, email="novak@example.org")
    (written,) = letters(house)
    assert (written.kind, written.state, written.recipient, written.customer_id) == (
        "note",
        "waiting",
        "anna@example.org",
        anna,
    )
    assert written.facts == {"subject": "Čaj", "text": "v pět"}


def test_nothing_is_written_where_nobody_can_be_reached(house: OpenHouse) -> None:
    silent = customer(house, CustomerDraft("Bert"))
    gone = customer(house)
    change_customer(house, gone, erased_at=utc_now())
    for number, one in enumerate((silent, gone, 4711)):
        assert not house.database.transact(write_letter, one, Occasion(LetterKind.NOTE, f"note-{number}"))
    assert letters(house) == []


def test_a_letter_about_an_order_goes_to_its_customer(house: OpenHouse) -> None:
    order = sold(house, house.small.seats_of(1, (1,))).order_id
    occasion = Occasion(LetterKind.CONFIRMATION, "one", order_id=order)
    assert not house.database.transact(write_order_letter, occasion)
    anna = customer(house)
    give_to(house, order, anna)
    assert house.database.transact(write_order_letter, occasion)
    (written,) = letters(house)
    assert (written.order_id, written.customer_id, written.recipient) == (order, anna, "anna@example.org")


def test_one_occasion_writes_no_second_letter(house: OpenHouse) -> None:
    anna = customer(house)
    assert house.database.transact(write_letter, anna, Occasion(LetterKind.NOTE, "note-1"))
    with pytest.raises(ServerBusy):
        house.database.transact(write_letter, anna, Occasion(LetterKind.NOTE, "note-1"))
    assert len(letters(house)) == 1
