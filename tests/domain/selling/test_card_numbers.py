"""Whole card numbers are found, in whatever company they stand; what only looks a little like one is left alone."""

from __future__ import annotations

import pytest

from pos_app.domain.errors import InvalidInput
from pos_app.domain.selling.card_numbers import has_card_number, refuse_card_number


@pytest.mark.parametrize(
    "text",
    [
        "4111111111111111",
        "4111 1111 1111 1111",
        "5555-5555-5555-4444",
        "4111\N{NO-BREAK SPACE}1111\N{NO-BREAK SPACE}1111\N{NO-BREAK SPACE}1111",
        "4111\N{EN DASH}1111\N{EN DASH}1111\N{EN DASH}1111",
        "4111.1111.1111.1111",
        "4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1",
        "4111 1111 1111 1111=2512101",
        "4111111111111111=25121011000012345678",
        ";4111111111111111=2512?",
        "%B4111111111111111^CASH/CARLA^2512101?",
        "4111 1111 1111 1111 12/25",
        "4111 1111 1111 1111 123",
        "Mr Smith 378282246310005, pays later",
        "ref 17 4111 1111 1111 1111",
        "30569309025904",
        "6011111111111117",
        "4222222222222",
        "6304000000000000000",
        "".join(map(chr, (0x664, *(0x661,) * 15))),
        "4111\u200b1111\u200b1111\u200b1111",
        "41111111111111112512101",
    ],
)
def test_a_whole_card_number_is_found(text: str) -> None:
    assert has_card_number(text)
    with pytest.raises(InvalidInput, match="whole card number") as refusal:
        refuse_card_number(text, "reference")
    assert refusal.value.field == "reference"


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
        "9" * 40,
    ],
)
def test_other_figures_are_left_alone(text: str) -> None:
    assert not has_card_number(text)
    refuse_card_number(text, "note")
