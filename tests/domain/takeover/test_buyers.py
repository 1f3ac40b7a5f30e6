"""Who has a seat, as the table of another box office tells it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pos_app.domain.customers.records import CustomerDraft
from pos_app.domain.takeover.buyers import Buyer, card_number_in, read_buyer
from pos_app.domain.takeover.file import OutsideLine

NOBODY = OutsideLine(2, "Gala", "Stalls", "A", "1", "", "", "40", "", "", reserved=False)
ANNA = replace(
    NOBODY, name="Anna Berg", email="Anna@Example.org", phone="+44 20 7946 0123", note="Aisle seat", letters="Yes"
)


def test_a_person_is_told_with_all_that_the_house_keeps_of_one() -> None:
    buyer, told = read_buyer(ANNA)
    assert told == ()
    assert buyer.draft() == CustomerDraft(
        "Anna Berg", "Anna@Example.org", "+44 20 7946 0123", "Aisle seat", letters=True
    )
    assert buyer.draft().cleaned() == buyer.draft()


def test_a_person_is_known_by_the_address_else_by_phone_and_name() -> None:
    same = replace(ANNA, email="anna@example.ORG", name="A. Berg", phone="")
    assert read_buyer(ANNA)[0].key == read_buyer(same)[0].key
    by_phone = read_buyer(replace(ANNA, email=""))[0]
    assert by_phone.key == read_buyer(replace(ANNA, email="", phone="+442079460123", name="anna berg"))[0].key
    assert by_phone.key != read_buyer(replace(ANNA, email="", name="Ben Berg"))[0].key
    assert read_buyer(replace(ANNA, email="", phone=""))[0].key == ()


def test_what_is_no_address_and_no_phone_number_is_said_and_kept_in_the_note() -> None:
    buyer, told = read_buyer(replace(ANNA, email="at the door", phone="ask Mum"))
    assert told == (
        "“at the door” is no e-mail address; it is kept in the note.",
        "“ask Mum” is no phone number; it is kept in the note.",
        "Letters are wanted, and there is no e-mail address to send them to.",
    )
    assert (buyer.email, buyer.phone, buyer.note) == ("", "", "Aisle seat · at the door · ask Mum")
    assert not buyer.letters
    assert buyer.key == ()


@pytest.mark.parametrize(
    ("word", "letters", "told"),
    [
        ("x", True, 0),
        ("TRUE", True, 0),
        ("", False, 0),
        ("Nein", False, 0),
        ("maybe", False, 1),
    ],
)
def test_nobody_gets_letters_who_has_not_said_so(*, word: str, letters: bool, told: int) -> None:
    buyer, sentences = read_buyer(replace(ANNA, letters=word))
    assert (buyer.letters, len(sentences)) == (letters, told)


def test_lines_of_nobody_stand_alone_and_a_person_without_a_name_has_another_word() -> None:
    assert read_buyer(NOBODY)[0] == Buyer()
    assert Buyer().order_key == ()
    assert Buyer().told == ""
    assert read_buyer(replace(ANNA, name=""))[0].told == "Anna@Example.org"
    assert read_buyer(replace(ANNA, name="", email=""))[0].told == "+44 20 7946 0123"


_CARD = "4111 1111 1111 1111"


@pytest.mark.parametrize(
    "line",
    [replace(ANNA, name=_CARD), replace(ANNA, email=_CARD), replace(ANNA, phone=_CARD), replace(ANNA, note=_CARD)],
    ids=["name", "email", "phone", "note"],
)
def test_a_card_number_is_found_wherever_it_stands(line: OutsideLine) -> None:
    assert card_number_in(ANNA) is None
    assert card_number_in(line) is not None
