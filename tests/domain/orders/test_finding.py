from __future__ import annotations

from itertools import product

import pytest

from pos_app.domain.orders.finding import Begun, OrderQuery, OrderTexts, begun_phone, begun_words, sparest
from pos_app.domain.searching import LONGEST_WORD, WordKind


def finds(stored: str, typed: str) -> bool:
    """Tell whether a phone number is found by what was typed."""
    begun = begun_phone(typed)
    words = OrderTexts(1, phone=stored).words()
    return begun is not None and any(
        one == kind and word.startswith(way) for kind, way in begun.ways for one, word, _ in words
    )


@pytest.mark.parametrize(
    "stored", ["+49 30 1234567", "0049-30-123 45 67", "030/1234567", "(030) 123-4567", "+49 (0)30 1234567"]
)
def test_a_phone_number_is_found_however_it_is_written_and_typed(stored: str) -> None:
    for typed in ("+49 30 1234567", "0049301234567", "030 1234567", "+49 (0)30/1234567", "4567", "1234567"):
        assert finds(stored, typed), typed
    for typed in ("030 1234568", "567", "030 1234567 anna", "+1 212 5550100", "", "+", "9" * 40):
        assert not finds(stored, typed), typed


def test_an_order_is_found_by_each_of_its_texts_and_a_guest_by_the_name_alone() -> None:
    words = OrderTexts(7, (3, 5), "Anna Weiß", "Aisle", "anna@example.org", "12").words()
    assert {(word, one) for kind, word, one in words if kind is WordKind.GUEST} == {
        ("anna", 3), ("anna", 5), ("weiss", 3), ("weiss", 5)
    }  # fmt: skip
    assert {"anna", "weiss", "aisle", "example", "annaexampleorg"} <= {
        word for kind, word, one in words if kind is WordKind.ORDER and one == 0
    }
    # Twelve is no phone number.
    assert not any(kind is WordKind.PHONE for kind, _, _ in words)
    assert OrderTexts(7, (3,)).words() == frozenset()
    assert all(
        len(word) <= LONGEST_WORD for _, word, _ in OrderTexts(7, (), "x" * 200, "9" * 500, phone="9" * 99).words()
    )


def test_what_is_asked_for_twice_is_asked_for_once_and_finds_the_same() -> None:
    def fits(asked: tuple[Begun, ...], words: tuple[str, ...]) -> bool:
        return all(any(word.startswith(way) for _, way in one.ways for word in words) for one in asked)

    assert [[way for _, way in one.ways] for one in sparest(begun_words(("anna", "e") * 4))] == [
        ["anna"],
        ["e", "annae"],
    ]
    for typed in product(("a", "e", "ea", "aea"), repeat=3):
        asked = begun_words(typed)
        fewer = sparest(asked)
        assert 1 <= len(fewer) <= len(asked)
        for words in product(("a", "ae", "ea", "aea", "eaa", "aae"), repeat=2):
            assert fits(fewer, words) == fits(asked, words), (typed, words)


def test_what_is_asked_for_beside_a_text_is_a_filter() -> None:
    assert not OrderQuery("anna").is_filtered
    assert OrderQuery("anna", till_id=0).is_filtered
    assert Begun(((WordKind.ORDER, "a"),)) == Begun(((WordKind.ORDER, "a"),))
