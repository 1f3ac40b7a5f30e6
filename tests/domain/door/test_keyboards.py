from __future__ import annotations

import unicodedata

import pytest

from pos_app.domain.door.keyboards import DIGITS, KEYBOARDS, US_LETTERS, Keyboard


@pytest.mark.parametrize("keyboard", KEYBOARDS, ids=lambda keyboard: keyboard.name)
def test_every_row_has_a_character_of_its_own_for_each_digit(keyboard: Keyboard) -> None:
    for row in keyboard.digit_rows:
        assert len(row) == len(set(row)) == len(DIGITS)
        assert row.isprintable()
    assert len(keyboard.letters) in {0, len(US_LETTERS)}
    assert len(keyboard.dash) == 1


def test_no_keyboard_stands_here_twice() -> None:
    assert len({keyboard.name for keyboard in KEYBOARDS}) == len(KEYBOARDS)


def test_digits_of_scripts_that_unicode_knows_need_no_row() -> None:
    rows = [row for keyboard in KEYBOARDS for row in keyboard.digit_rows]
    assert not [row for row in rows if all(unicodedata.decimal(letter, None) is not None for letter in row)]
