"""What may be typed of a customer, and what is told beside a field that holds what cannot be."""

from __future__ import annotations

from typing import Any

import pytest

from pos_app.domain.customers.records import CustomerDraft, clean_marks, read_marks, write_marks
from pos_app.domain.editing import FieldRefused


def test_a_draft_is_cleaned_and_its_keys_are_told() -> None:
    draft = CustomerDraft(" Anna\tNovak ", " A@B.cz ", "(030) 12 34", " x ", ("Press", "PRESS ", " "), letters=True)
    cleaned = draft.cleaned()
    assert cleaned == CustomerDraft("Anna Novak", "A@B.cz", "(030) 12 34", "x", ("Press",), letters=True)
    assert (cleaned.email_key, cleaned.phone_key) == ("a@b.cz", "301234")
    assert CustomerDraft("Anna").cleaned().email_key == ""


@pytest.mark.parametrize(
    ("wrong", "field", "sentence"),
    [
        ({"name": " \u200b\t"}, "name", "Type a name."),
        ({"name": "x" * 201}, "name", "This is too long (200 letters at the most)."),
        ({"note": "x" * 501}, "note", "This is too long (500 letters at the most)."),
        ({"note": "4111 1111 1111 1111"}, "note", "A whole card number stands in the note."),
        ({"email": "anna"}, "email", "This is no e-mail address. One looks like name@example.org."),
        ({"phone": "12 34 ext. 5"}, "phone", "A phone number has no letters. Put words into the note."),
        ({"phone": "12"}, "phone", "This is no phone number."),
        ({"phone": "1" * 21}, "phone", "A phone number has 20 digits at the most."),
        ({"letters": True}, "letters", "Letters need an e-mail address."),
        ({"marks": tuple("abcdefghi")}, "marks", "8 marks at the most."),
    ],
)
def test_what_cannot_be_is_told_beside_its_field(wrong: dict[str, Any], field: str, sentence: str) -> None:
    with pytest.raises(FieldRefused) as refused:
        CustomerDraft(**{"name": "Anna"} | wrong).cleaned()
    assert {name: str(told) for name, told in refused.value.fields.items()} == {field: sentence}


def test_all_that_is_wrong_is_told_at_once() -> None:
    with pytest.raises(FieldRefused) as refused:
        CustomerDraft("", "x", "y").cleaned()
    assert list(refused.value.fields) == ["name", "email", "phone"]


def test_marks_are_read_as_they_were_written_and_rubbish_is_none() -> None:
    marks = clean_marks(["Přes", "Wheelchair", "wheelchair"])
    assert read_marks(write_marks(marks)) == marks == ("Přes", "Wheelchair")
    assert read_marks("") == read_marks("{") == read_marks('{"a": 1}') == ()
    assert read_marks('["a", 1]') == ("a",)
