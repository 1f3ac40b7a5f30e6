"""Whether a text names a person, and what is left of it without them."""

from __future__ import annotations

import pytest

from pos_app.domain.customers.mentions import Mentions

ANNA = Mentions.of(["Anna Nováková", "Anna"], ["anna@example.org"], ["+420 601 234 567", "12"])


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("for Anna Nováková, aisle", "for …, aisle"),
        ("ANNA  NOVÁKOVÁ's", "…'s"),
        ("write to Anna@Example.org!", "write to …!"),
        ("call +420 601-234 567 now", "call +… now"),
        ("call 420601234567", "call …"),
        ("anna novakova", "…"),
    ],
)
def test_a_whole_name_an_address_and_a_number_are_cut_out(text: str, left: str) -> None:
    assert ANNA.are_in(text)
    assert ANNA.cut_from(text) == left


@pytest.mark.parametrize("text", ["", "Anna", "Novák", "Anna Smith", "12", "annanovakova", "601 234"])
def test_a_first_name_or_a_part_of_a_number_is_anybodys(text: str) -> None:
    assert not ANNA.are_in(text)
    assert ANNA.cut_from(text) == text


def test_in_their_own_orders_each_word_of_a_name_is_theirs() -> None:
    assert ANNA.may_be_in("paid by Anna")
    assert not ANNA.may_be_in("approval 1234")
    assert not ANNA.without_names().may_be_in("Anna Nováková")
    assert ANNA.without_names().are_in("anna@example.org")
    assert not Mentions().may_be_in("Anna")
