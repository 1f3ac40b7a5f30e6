"""Before a note is written it is told whom it reaches, and it reads as the letter that goes out."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from pos_app.documents.letters.rendering import compose_letter
from pos_app.domain.customers.records import CustomerDraft, CustomerRefused
from pos_app.domain.errors import NotPermitted
from pos_app.domain.letters.notes import HouseNote, NoteReach
from pos_app.services.orders.letters.note_drafts import load_customer_draft, load_performance_draft
from pos_app.services.orders.letters.notes import write_customer_note, write_performance_note
from pos_app.services.orders.letters.unsent import load_unsent
from tests.services.letters.written import customer, letters, sold_to

if TYPE_CHECKING:
    from pos_app.services.orders.letters.note_drafts import NoteDraft
    from tests.houses import OpenHouse

TYPED = ("The doors", "They open at six.\n\nBring a coat.")


def require_as_written(house: OpenHouse, draft: NoteDraft, letter_id: int) -> None:
    unsent = house.database.read(load_unsent, house.small.manager, letter_id)
    shown = compose_letter(draft.content_with(*TYPED), draft.template)
    assert shown == compose_letter(unsent.content, unsent.template)
    assert "Bring a coat." in shown.text


def test_a_note_to_a_performance_reads_as_its_first_reader_gets_it(house: OpenHouse) -> None:
    small = house.small
    sold_to(house, small.seats_of(1, (1,)), customer(house))
    sold_to(house, small.seats_of(2, (1,)), customer(house, CustomerDraft("Carl")))
    draft = house.database.read(load_performance_draft, small.manager, small.performance_id)
    assert (draft.reach, draft.recipient) == (NoteReach(1, 1), "anna@example.org")
    note = HouseNote(uuid4().hex, *TYPED)
    house.database.transact(write_performance_note, small.manager, small.performance_id, note)
    require_as_written(house, draft, letters(house)[-1].letter_id)


def test_a_note_to_a_performance_of_nobody_has_no_reader(house: OpenHouse) -> None:
    small = house.small
    draft = house.database.read(load_performance_draft, small.manager, small.performance_id)
    assert (draft.reach, draft.recipient, draft.content.customer_name) == (NoteReach(0, 0), "", "")


def test_a_note_to_one_customer_reads_as_it_goes_out(house: OpenHouse) -> None:
    small = house.small
    anna = customer(house, CustomerDraft("Anna", "anna@example.org", letters=True))
    draft = house.database.read(load_customer_draft, small.cashier, anna)
    assert (draft.reach, draft.recipient) == (NoteReach(1, 0), "anna@example.org")
    house.database.transact(write_customer_note, small.cashier, anna, HouseNote(uuid4().hex, *TYPED))
    require_as_written(house, draft, letters(house)[-1].letter_id)


def test_whom_a_note_may_not_reach_is_refused_before_it_is_typed(house: OpenHouse) -> None:
    small = house.small
    with pytest.raises(CustomerRefused, match="no e-mail"):
        house.database.read(load_customer_draft, small.cashier, customer(house, CustomerDraft("Carl")))
    with pytest.raises(NotPermitted):
        house.database.read(load_performance_draft, small.cashier, small.performance_id)
    with pytest.raises(NotPermitted):
        house.database.read(load_customer_draft, small.steward, customer(house))
