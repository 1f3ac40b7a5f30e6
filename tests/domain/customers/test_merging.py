"""What is kept of two records of one person."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from pos_app.domain.customers.merging import left_over, merged
from pos_app.domain.customers.records import CustomerDraft, CustomerRecord, CustomerRefused

_NOW = datetime(2026, 11, 1, tzinfo=UTC)


def person(number: int, name: str, *, letters: bool = False, **more: Any) -> CustomerRecord:
    known = {"email": "", "phone": "", "note": "", "marks": (), "verified_at": None} | more
    return CustomerRecord(number, 0, name, **known, letters_at=_NOW if letters else None, created_at=_NOW)


def test_the_kept_ones_words_win_and_what_it_lacks_is_taken() -> None:
    kept = person(1, "Anna", phone="1234", note="Aisle", marks=("Press",))
    other = person(2, "A. Novak", email="a@b.cz", phone="5678", note="AISLE", marks=("press", "School"), letters=True)
    wanted = merged(kept, other)
    assert wanted == CustomerDraft("Anna", "a@b.cz", "1234", "Aisle", ("Press", "School"), letters=True)
    assert left_over(kept, other, wanted) == ("A. Novak", "5678")


def test_consent_goes_with_its_address() -> None:
    kept, other = person(1, "Anna", email="anna@b.cz"), person(2, "Anna", email="a@b.cz", letters=True)
    assert not merged(kept, other).letters
    assert merged(other, kept).letters


def test_a_verified_address_is_kept_before_one_that_is_not() -> None:
    kept, other = person(1, "Anna", email="anna@b.cz"), person(2, "Anna", email="a@b.cz", verified_at=_NOW)
    assert merged(kept, other).email == "a@b.cz"
    assert left_over(kept, other, merged(kept, other)) == ("anna@b.cz",)
    both = person(1, "Anna", email="anna@b.cz", verified_at=_NOW)
    assert merged(both, other).email == "anna@b.cz"
    assert left_over(both, other, merged(both, other)) == ("a@b.cz",)


def test_what_is_too_long_together_is_refused_and_not_cut() -> None:
    with pytest.raises(CustomerRefused, match="Their notes are too long together: 602 letters, and 500 are kept"):
        merged(person(1, "Anna", note="a" * 300), person(2, "Anna", note="b" * 300))
    some = [tuple(f"{letter}{at}" for at in range(5)) for letter in "ab"]
    with pytest.raises(CustomerRefused, match="They have 10 marks together, and 8 are kept"):
        merged(person(1, "Anna", marks=some[0]), person(2, "Anna", marks=some[1]))
