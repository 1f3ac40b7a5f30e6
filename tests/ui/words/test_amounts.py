from __future__ import annotations

from pos_app.ui.words.amounts import shown_amount, shown_sum


def test_amounts_are_added_up_by_currency() -> None:
    assert shown_sum([(5200, "EUR")]) == shown_amount(5200, "EUR")
    both = f"{shown_amount(5300, 'EUR')} + {shown_amount(800, 'CHF')}"
    assert shown_sum([(5200, "EUR"), (800, "CHF"), (100, "EUR")]) == both
    assert not shown_sum([])
