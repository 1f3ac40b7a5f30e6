"""Whole card numbers are found, in whatever company they stand; what only looks a little like one is left alone."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.domain.card_numbers import (
    CardNumberRefused,
    has_card_number,
    mask_card_numbers,
    refuse_card_number,
    tell_card_number,
)
from pos_app.domain.codes import grouped, new_order_number, new_request_id, new_short_code

VISA = "4111111111111111"


def _with_check_digit(digits: str) -> str:
    total = sum(sum(divmod(int(digit) * (1 if at % 2 else 2), 10)) for at, digit in enumerate(reversed(digits)))
    return f"{digits}{-total % 10}"


@pytest.mark.parametrize(
    "text",
    [
        VISA,
        "4111 1111 1111 1111",
        "5555-5555-5555-4444",
        "4111\N{NO-BREAK SPACE}1111\N{NO-BREAK SPACE}1111\N{NO-BREAK SPACE}1111",
        "4111\N{EN DASH}1111\N{EN DASH}1111\N{EN DASH}1111",
        "4111.1111.1111.1111",
        "4111/1111/1111/1111",
        "4111,1111,1111,1111",
        "4111 \N{BULLET} 1111 \N{BULLET} 1111 \N{BULLET} 1111",
        "4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1",
        "41 11 11 11 11 11 11 11",
        "4111 1111 1111 1111=2512101",
        "4111111111111111=25121011000012345678",
        ";4111111111111111=2512?",
        "4111111111111111D25121010000",
        "%B4111111111111111^CASH/CARLA^2512101?",
        "%B3782 822463 10005^CASH/CARLA^2512101?",
        "4111 1111 1111 1111 12/25",
        "4111 1111 1111 1111 123",
        "Mr Smith 378282246310005, pays later",
        "ref 17 4111 1111 1111 1111",
        "Ann4111111111111111Guest",
        "No.4111111111111111.",
        "+4111111111111111",
        "approval 004711, then 5500 0000 0000 0004",
        "30569309025904",
        "6011111111111117",
        "4222222222222",
        "6304000000000000000",
        "3782-822463-10005",
        "".join(map(chr, (0x664, *(0x661,) * 15))),
        "".join(map(chr, (0x1D7CE + 4, *(0x1D7CE + 1,) * 15))),
        "".join(map(chr, (0xFF14, *(0xFF11,) * 15))),
        "".join(map(chr, (0x2463, *(0x2460,) * 15))),
        "4111\u200b1111\u200b1111\u200b1111",
        "\u2066".join(VISA),
        "\ufe0f\u20e3".join(VISA),
        "41111111111111112512101",
        "4111111111111111123",
    ],
)
def test_a_whole_card_number_is_found(text: str) -> None:
    assert has_card_number(text)
    with pytest.raises(CardNumberRefused, match="whole card number") as refusal:
        refuse_card_number(text, "reference")
    assert refusal.value.field == "reference"
    assert not has_card_number(mask_card_numbers(text))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "4711",
        "1111",
        "411111111111",
        "4111 1111 1111 1112",
        "1234567890123456",
        "A-77 and 4444",
        "+49 170 12345671",
        "+4917012345671",
        "0049 170 1234 5678",
        "row 4, seats 1111, 1112, 1113, 1114",
        "Order 2512 over 52.00",
        "2026-12-24 19:30-22:00, doors 18:45, 52.00",
        "9" * 40,
        VISA * 4,
        "0" * 16,
    ],
)
def test_other_figures_are_left_alone(text: str) -> None:
    assert not has_card_number(text)
    refuse_card_number(text, "note")
    assert mask_card_numbers(text) == text


@given(
    st.text("0123456789", min_size=12, max_size=18).filter(lambda digits: digits[0] != "0"),
    st.sampled_from(["", " ", "-", ".", "/", "\u2009", "\u2011", "\u200b", "\u00ad", " - "]),
    st.text("abc XYZ,;()é\u0660", max_size=8).filter(lambda text: not text.endswith("\u0660")),
    st.text("abc XYZ,;()é", max_size=8),
)
def test_every_number_with_its_check_digit_is_found_as_cards_print_it(
    digits: str, gap: str, before: str, behind: str
) -> None:
    number = _with_check_digit(digits)
    shown = gap.join(number[at : at + 4] for at in range(0, len(number), 4))
    text = f"{before}{shown}{behind}"
    assert has_card_number(text)
    masked = mask_card_numbers(text)
    assert len(masked) == len(text)
    assert not has_card_number(masked)
    wrong = number[:-1] + str((int(number[-1]) + 1) % 10)
    assert not has_card_number(f"x{wrong}x") or len(number) > 15


def test_codes_and_numbers_of_our_own_are_none() -> None:
    chance = random.Random(4)
    signed = ["".join(chance.choices("0123456789", k=198)) for _ in range(300)]
    ours = [*signed, *(grouped(new_order_number()) for _ in range(300)), *(new_short_code() for _ in range(300))]
    assert [text for text in ours if has_card_number(text)] == []
    assert not has_card_number(new_request_id()[:12])


def test_of_a_number_the_last_four_digits_are_left_and_of_a_track_nothing_else() -> None:
    assert mask_card_numbers("Ann 4111 1111 1111 1111, row 4") == "Ann **** **** **** 1111, row 4"
    assert mask_card_numbers("5500000000000004 and 4111111111111111") == "************0004 and ************1111"
    assert mask_card_numbers(";4111111111111111=25121010000?") == ";************1111=***********?"
    assert mask_card_numbers("%B4111111111111111^CASH/C^2512?") == "%B************1111^****/*^****?"
    assert mask_card_numbers("41111111111111112512101") == "*" * 23
    assert mask_card_numbers("\uff14" + "\uff11" * 15) == "*" * 12 + "\uff11" * 4


def test_the_sentence_names_the_field() -> None:
    assert "customer's name" in str(tell_card_number("customer_name"))
    assert "note" in str(tell_card_number("note"))
    assert str(tell_card_number("something else")) == "A whole card number stands here."
