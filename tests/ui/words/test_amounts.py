from __future__ import annotations

import pytest

from pos_app.ui.words.amounts import shown_amount, shown_short_amount, shown_sum


def test_amounts_are_added_up_by_currency() -> None:
    assert shown_sum([(5200, "EUR")]) == shown_amount(5200, "EUR")
    both = f"{shown_amount(5300, 'EUR')} + {shown_amount(800, 'CHF')}"
    assert shown_sum([(5200, "EUR"), (800, "CHF"), (100, "EUR")]) == both
    assert not shown_sum([])


@pytest.mark.parametrize(
    ("minor", "currency", "words"),
    [(2000, "EUR", "€20"), (2050, "EUR", "€20.50"), (500, "JPY", "JP¥500"), (20_000, "KWD", "KWD\N{NO-BREAK SPACE}20")],
)
def test_a_banknote_is_written_without_noughts_behind_the_point(minor: int, currency: str, words: str) -> None:
    assert shown_short_amount(minor, currency) == words
