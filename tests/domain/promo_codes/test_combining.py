from __future__ import annotations

from datetime import UTC, datetime
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.domain.errors import PromoCodeRefused
from pos_app.domain.promo_codes.combining import (
    joined,
    require_customer,
    require_together,
    saved_together,
    savings_of_each,
)
from pos_app.domain.promo_codes.rules import PromoKind, PromoLine, PromoRule, PromoScope, split_codes

NOW = datetime(2026, 11, 21, tzinfo=UTC)


def rule(number: int, value: int, **changes: Any) -> PromoRule:
    values: dict[str, Any] = {"kind": PromoKind.PERCENT, "scope": PromoScope.TICKET, "combinable": True} | changes
    if values["kind"] is PromoKind.AMOUNT:
        values.setdefault("currency", "EUR")
    return PromoRule(number, f"CODE{number}", value=value, **values)


def lines(*prices: int) -> list[PromoLine]:
    return [PromoLine(1, 1, 1, 1, price) for price in prices]


def test_percentages_come_before_amounts_whatever_the_order_of_typing() -> None:
    percent = rule(2, 10)
    ticket = rule(1, 500, kind=PromoKind.AMOUNT)
    order = rule(3, 1000, kind=PromoKind.AMOUNT, scope=PromoScope.ORDER)
    for together in permutations((percent, ticket, order)):
        each = savings_of_each(together, lines(4000, 2000), NOW, "EUR")
        by_code = {one.code: cuts for one, cuts in zip(together, each, strict=True)}
        assert by_code["CODE2"] == (400, 200)
        assert by_code["CODE1"] == (500, 500)
        assert sum(by_code["CODE3"]) == 1000
        assert sum(saved_together(each, 2)) == 2600


def test_a_code_that_stands_alone_is_not_combined_and_says_which_it_is() -> None:
    with pytest.raises(PromoCodeRefused, match="CODE2 cannot be combined"):
        require_together((rule(1, 10), rule(2, 5, combinable=False)))
    require_together((rule(2, 5, combinable=False),))


def test_a_code_counts_once_in_a_basket() -> None:
    with pytest.raises(PromoCodeRefused, match="already"):
        require_together((rule(1, 10), rule(1, 10)))


def test_six_codes_are_too_many() -> None:
    with pytest.raises(PromoCodeRefused, match="5 codes"):
        require_together(tuple(rule(number, 1) for number in range(1, 7)))


def test_the_least_spend_is_measured_before_anything_is_taken_off() -> None:
    both = (rule(1, 50), rule(2, 10, least_spend_minor=4000, currency="EUR"))
    assert savings_of_each(both, lines(4000), NOW, "EUR") == ((2000,), (200,))
    with pytest.raises(PromoCodeRefused, match="CODE2 needs"):
        savings_of_each(both, lines(3999), NOW, "EUR")


def test_a_second_code_that_finds_nothing_left_says_so() -> None:
    with pytest.raises(PromoCodeRefused, match="CODE2 saves nothing"):
        savings_of_each((rule(1, 100), rule(2, 10)), lines(4000), NOW, "EUR")


def test_a_limit_for_each_customer_asks_for_the_customer() -> None:
    limited = rule(1, 10, most_uses_each=1)
    with pytest.raises(PromoCodeRefused, match="once by each customer"):
        require_customer((limited,), None)
    require_customer((limited,), 7)
    require_customer((rule(2, 10),), None)


@given(
    st.lists(st.integers(1, 20_000), min_size=1, max_size=6),
    st.lists(st.tuples(st.booleans(), st.booleans(), st.integers(1, 99)), min_size=1, max_size=4),
)
def test_codes_together_never_take_more_than_a_line_costs(
    prices: list[int], kinds: list[tuple[bool, bool, int]]
) -> None:
    rules = [
        rule(
            number,
            value if percent else value * 50,
            kind=PromoKind.PERCENT if percent else PromoKind.AMOUNT,
            scope=PromoScope.ORDER if order else PromoScope.TICKET,
        )
        for number, (percent, order, value) in enumerate(kinds, 1)
    ]
    try:
        cuts = saved_together(savings_of_each(rules, lines(*prices), NOW, "EUR"), len(prices))
    except PromoCodeRefused as refusal:
        assert "saves nothing" in str(refusal)  # noqa: PT017 - the one reason there can be
        return
    assert all(0 <= cut <= price for cut, price in zip(cuts, prices, strict=True))


def test_several_codes_are_one_text_and_split_again() -> None:
    assert joined([rule(1, 1), rule(2, 2)]) == "CODE1+CODE2"
    assert split_codes(" code 1 + CODE-2+code1+") == ("CODE1", "CODE2")
    assert split_codes("  ") == ()
