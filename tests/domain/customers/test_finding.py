"""By which words a customer is found."""

from __future__ import annotations

from pos_app.domain.customers.finding import CustomerTexts, mark_word
from pos_app.domain.searching import WordKind


def test_a_customer_is_found_by_name_address_phone_and_marks() -> None:
    words = CustomerTexts(1, "Anna Nováková", "anna@b.cz", "+420 601", ("Press  Office",)).words()
    assert words >= {
        (WordKind.CUSTOMER, "anna"),
        (WordKind.CUSTOMER, "novakova"),
        (WordKind.CUSTOMER, "420601"),
        (WordKind.CUSTOMER_PHONE, "106024"),
        (WordKind.CUSTOMER_MARK, "press office"),
    }
    assert mark_word("PRESS office") == "press office"


def test_what_is_not_known_finds_nobody() -> None:
    assert CustomerTexts(1).words() == frozenset()
