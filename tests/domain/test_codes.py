from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.domain import codes

LOOK_ALIKES = set("01ILO")


def test_the_alphabet_has_no_look_alikes_and_no_lower_case() -> None:
    assert len(set(codes.ALPHABET)) == len(codes.ALPHABET) == 31
    assert not LOOK_ALIKES & set(codes.ALPHABET)
    assert not any(letter.islower() for letter in codes.ALPHABET)


def test_new_order_numbers_are_eight_letters_of_the_alphabet_and_differ() -> None:
    numbers = {codes.new_order_number() for _ in range(500)}
    assert len(numbers) == 500
    assert all(len(number) == 8 and set(number) <= set(codes.ALPHABET) for number in numbers)


def test_new_short_codes_look_like_short_codes() -> None:
    made = {codes.new_short_code() for _ in range(500)}
    assert len(made) == 500
    assert all(codes.looks_like_short_code(code) for code in made)


def test_request_ids_are_thirty_two_hexadecimal_digits() -> None:
    first, second = codes.new_request_id(), codes.new_request_id()
    assert first != second
    assert re.fullmatch("[0-9a-f]{32}", first)


@pytest.mark.parametrize(
    "typed",
    [
        "abcd-efgh-jk",
        " ABCD EFGH JK\n",
        "ABCD\N{EN DASH}EFGH\N{NO-BREAK SPACE}JK",
        "ABCD_EFGH_JK",
        "\N{FULLWIDTH LATIN SMALL LETTER A}bcdefghjk",
        "ABCD\N{SOFT HYPHEN}EFGH\N{ZERO WIDTH SPACE}JK",
    ],
)
def test_a_typed_code_is_forgiven_its_spacing_and_case(typed: str) -> None:
    assert codes.normalise_code(typed) == "ABCDEFGHJK"
    assert codes.looks_like_short_code(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "ABCDEFGHJ",
        "ABCDEFGHJKM",
        "ABCDEFGHJ1",
        "ABCDEFGHJ0",
        "https://ab.cd",
        "ABCDEFGHJ\N{LATIN SMALL LETTER DOTLESS I}",
    ],
)
def test_what_is_no_short_code_is_told_apart(typed: str) -> None:
    assert not codes.looks_like_short_code(typed)


def test_a_very_long_text_is_no_short_code_however_it_begins() -> None:
    assert not codes.looks_like_short_code("ABCDEFGHJK" + " " * 100_000)
    assert len(codes.normalise_code("a" * 100_000)) == 64


def test_an_order_number_is_told_from_a_short_code() -> None:
    assert codes.looks_like_order_number("k7pm-3wqx")
    assert not codes.looks_like_order_number("ABCDEFGHJK")


def test_codes_are_printed_in_groups_of_four() -> None:
    assert codes.grouped("ABCDEFGHJK") == "ABCD-EFGH-JK"
    assert codes.grouped("ABCDEFGH") == "ABCD-EFGH"
    assert not codes.grouped("")


@given(st.text(alphabet=codes.ALPHABET, min_size=10, max_size=10))
def test_what_is_printed_is_read_back(code: str) -> None:
    assert codes.normalise_code(codes.grouped(code).lower()) == code


@given(st.text())
def test_normalising_twice_changes_nothing_more_for_codes(text: str) -> None:
    if codes.looks_like_short_code(text):
        once = codes.normalise_code(text)
        assert codes.normalise_code(once) == once


def test_an_old_code_is_folded_for_comparison() -> None:
    same = ("Ab-12 x", "AB12X", "ab_12\u2011X", "\uff41\uff22\u2212\uff11\uff12\uff38", " a b 1 2 x\u200b")
    assert {codes.fold_old_code(one) for one in same} == {"ab12x"}
    assert codes.fold_old_code("\u0130I\u0131i") == "iiii"
    assert not codes.fold_old_code("- \u2014\u00a0_")
    assert len(codes.fold_old_code("\ufdfa" * 512)) == codes.LONGEST_OLD_CODE


@given(st.text(alphabet=st.characters(min_codepoint=32, max_codepoint=126)))
def test_an_old_code_is_the_same_in_any_case_and_with_dashes_anywhere(text: str) -> None:
    once = codes.fold_old_code(text)
    assert {codes.fold_old_code(one) for one in (text.upper(), text.lower(), "-".join(text), once)} == {once}
