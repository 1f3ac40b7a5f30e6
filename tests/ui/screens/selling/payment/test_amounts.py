from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.domain.errors import InvalidAmount, InvalidInput
from pos_app.domain.money import MOST_MINOR
from pos_app.ui.screens.selling.payment.panes.card import clean_reference
from pos_app.ui.screens.selling.payment.panes.cash import banknotes, round_sums
from pos_app.ui.screens.selling.payment.panes.cash_field import CashEntry


def test_the_next_round_sums_are_what_notes_can_make() -> None:
    assert round_sums(158_44, "EUR") == (160_00, 200_00)
    assert round_sums(12_00, "EUR") == (15_00, 20_00, 50_00)
    assert round_sums(50_00, "EUR") == (60_00, 100_00)
    assert round_sums(3_200, "JPY") == (4_000, 5_000, 10_000)
    assert round_sums(3_250, "KWD") == (4_000, 5_000, 10_000)


@given(st.integers(1, MOST_MINOR), st.sampled_from(["EUR", "JPY", "KWD", "HUF", "XXX"]))
def test_a_round_sum_is_always_more_than_the_total_and_less_than_a_note_more(total: int, currency: str) -> None:
    sums = round_sums(total, currency)
    assert sums == tuple(sorted(set(sums)))
    assert all(total < each < total + banknotes(currency)[-1] for each in sums)


@pytest.mark.parametrize(("currency", "shown"), [("EUR", "12.50"), ("JPY", "1250"), ("KWD", "1.250")])
def test_typed_digits_are_minor_units(currency: str, shown: str) -> None:
    entry = CashEntry(currency)
    for digit in "1250":
        entry.type_digits(digit)
    assert entry.amount_minor() == 1250
    assert entry.text == shown


def test_a_point_makes_what_was_typed_whole_units() -> None:
    entry = CashEntry("EUR")
    entry.type_digits("1")
    entry.type_digits("2")
    entry.type_other(",")
    entry.type_digits("5")
    assert entry.text == "12,5"
    assert entry.amount_minor() == 12_50
    entry.take_back()
    entry.take_back()
    assert entry.amount_minor() == 12_00


def test_banknotes_add_up_and_typing_begins_anew_after_them() -> None:
    entry = CashEntry("EUR")
    entry.add_note(50_00)
    entry.add_note(20_00)
    assert entry.amount_minor() == 70_00
    entry.type_digits("5")
    assert entry.amount_minor() == 5
    entry.add_note(10_00)
    assert entry.amount_minor() == 10_00
    entry.take_back()
    assert entry.empty


@pytest.mark.parametrize(
    "text", ["-5", "abc", "1e9", "12.3456", "1.2.3", "NaN", "1,23,4", "https://example.org", "9" * 500]
)
def test_what_is_no_amount_is_refused_in_a_sentence_and_kept(text: str) -> None:
    entry = CashEntry("EUR")
    entry.write(text)
    with pytest.raises(InvalidAmount) as refusal:
        entry.amount_minor()
    assert refusal.value.message.endswith(".")
    assert entry.text == text[:40]


def test_a_huge_amount_typed_as_digits_is_refused() -> None:
    entry = CashEntry("EUR")
    for digit in "1234567890123456789":
        entry.type_digits(digit)
    with pytest.raises(InvalidAmount, match="too large"):
        entry.amount_minor()


@pytest.mark.parametrize("text", ["4711", "  A-77 ", "Əli 🎫", "9" * 40, "🎫" * 40, "1234567890123456"])
def test_a_reference_may_be_any_text_of_forty_characters(text: str) -> None:
    assert clean_reference(text) == text.strip()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "Type the approval number"),
        (" \t\u200b ", "Type the approval number"),
        ("9" * 41, "41 characters"),
        ("4111 1111 1111 1111", "whole card number"),
        ("5555-5555-5555-4444", "whole card number"),
    ],
)
def test_a_reference_that_cannot_be_stored_is_refused(text: str, words: str) -> None:
    with pytest.raises(InvalidInput, match=words):
        clean_reference(text)


def test_halves_of_characters_and_line_breaks_do_not_reach_the_database() -> None:
    assert clean_reference("12\ud83c\n34\x0056") == "12 34 56"
