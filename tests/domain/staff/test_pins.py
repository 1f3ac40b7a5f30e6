from __future__ import annotations

import pytest

from pos_app.domain.staff.pins import LONGEST_PIN, SHORTEST_PIN, is_complete


@pytest.mark.parametrize("digits", range(SHORTEST_PIN, LONGEST_PIN + 1))
def test_a_pin_of_known_length_is_complete_at_its_last_digit(digits: int) -> None:
    assert next(typed for typed in range(LONGEST_PIN + 1) if is_complete(typed, digits)) == digits


def test_one_of_unknown_length_is_complete_only_where_no_pin_is_longer() -> None:
    assert not any(is_complete(typed, 0) for typed in range(LONGEST_PIN))
    assert is_complete(LONGEST_PIN, 0)
