from __future__ import annotations

import pytest

from pos_app.domain.errors import InvalidAmount, InvalidInput
from pos_app.ui.screens.selling.payment.panes.card import clean_reference
from pos_app.ui.screens.selling.payment.panes.cash_entry import CashEntry


@pytest.mark.parametrize(
    ("typed", "minor"), [("50", 50_00), ("5", 5_00), ("50.5", 50_50), ("50,5", 50_50), ("50.50", 50_50), ("0.05", 5)]
)
def test_digits_are_whole_units_until_a_separator_is_typed(typed: str, minor: int) -> None:
    entry = CashEntry("EUR")
    for letter in typed:
        (entry.type_digits if letter.isdigit() else entry.type_other)(letter)
    assert entry.text == typed
    assert entry.amount_minor() == minor


@pytest.mark.parametrize(("currency", "minor"), [("JPY", 1250), ("KWD", 1250_000), ("IDR", 1250_00)])
def test_whole_units_of_each_currency(currency: str, minor: int) -> None:
    entry = CashEntry(currency)
    entry.type_digits("1")
    entry.type_digits("250")
    assert entry.amount_minor() == minor


@pytest.mark.parametrize(("currency", "shown"), [("EUR", "12.50"), ("JPY", "1250"), ("KWD", "1.250")])
def test_where_a_house_wants_it_digits_are_minor_units(currency: str, shown: str) -> None:
    entry = CashEntry(currency, in_cents=True)
    for digit in "1250":
        entry.type_digits(digit)
    assert entry.amount_minor() == 1250
    assert entry.text == shown


@pytest.mark.parametrize("in_cents", [False, True])
def test_a_point_makes_what_was_typed_whole_units(in_cents: bool) -> None:  # noqa: FBT001
    entry = CashEntry("EUR", in_cents=in_cents)
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
    assert entry.amount_minor() == 5_00
    entry.add_note(10_00)
    entry.take_back()
    assert entry.empty


@pytest.mark.parametrize(
    ("typed", "in_cents", "given"),
    [("100", False, 150_00), ("100.5", False, 150_50), ("10000", True, 150_00), ("100.", False, 150_00)],
)
def test_a_banknote_is_added_to_what_was_typed(typed: str, given: int, *, in_cents: bool) -> None:
    entry = CashEntry("EUR", in_cents=in_cents)
    for letter in typed:
        (entry.type_digits if letter.isdigit() else entry.type_other)(letter)
    entry.add_note(50_00)
    assert entry.amount_minor() == given
    entry.add_note(5_00)
    assert entry.amount_minor() == given + 5_00


def test_a_banknote_stands_alone_where_what_was_typed_is_no_amount() -> None:
    entry = CashEntry("EUR")
    entry.write("https://example.org")
    entry.add_note(50_00)
    assert entry.amount_minor() == 50_00


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


@pytest.mark.parametrize("in_cents", [False, True])
def test_a_huge_amount_typed_as_digits_is_refused(in_cents: bool) -> None:  # noqa: FBT001
    entry = CashEntry("EUR", in_cents=in_cents)
    for digit in "1234567890123456789":
        entry.type_digits(digit)
    with pytest.raises(InvalidAmount):
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
