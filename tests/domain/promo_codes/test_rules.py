from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.domain.errors import PromoCodeRefused
from pos_app.domain.promo_codes.rules import PromoKind, PromoLine, PromoRule, PromoScope, normalise_promo_code, savings

NOW = datetime(2026, 11, 21, 18, 0, tzinfo=UTC)


def a_rule(**changes: Any) -> PromoRule:
    given: dict[str, Any] = {
        "promo_code_id": 1,
        "code": "WINTER10",
        "kind": PromoKind.PERCENT,
        "scope": PromoScope.TICKET,
        "value": 10,
    }
    return PromoRule(**(given | changes))


def a_line(price: int, *, event: int = 1, performance: int = 1, category: int = 1, kind: int = 1) -> PromoLine:
    return PromoLine(event, performance, category, kind, price)


def off_the_order(value: int) -> PromoRule:
    return a_rule(kind=PromoKind.AMOUNT, scope=PromoScope.ORDER, value=value, currency="EUR")


def test_a_percentage_is_rounded_half_up_on_each_line() -> None:
    lines = [a_line(5205), a_line(2604)]
    assert savings(a_rule(), lines, NOW, "EUR") == (521, 260)


def test_a_part_of_a_percent_is_rounded_half_up_on_each_line() -> None:
    rule = a_rule(value=10, hundredths=50)
    assert savings(rule, [a_line(4000), a_line(2605), a_line(100)], NOW, "EUR") == (420, 274, 11)
    assert rule.named() == "10.5 % off"
    assert a_rule(value=0, hundredths=25).named() == "0.25 % off"


def test_an_amount_a_ticket_never_takes_more_than_the_ticket_costs() -> None:
    rule = a_rule(kind=PromoKind.AMOUNT, value=1000, currency="EUR")
    assert savings(rule, [a_line(5200), a_line(600)], NOW, "EUR") == (1000, 600)


def test_an_amount_off_the_order_is_spread_to_the_last_cent() -> None:
    assert savings(off_the_order(1000), [a_line(3333), a_line(3333), a_line(3334)], NOW, "EUR") == (333, 333, 334)


@given(st.integers(1, 500_000), st.lists(st.integers(0, 90_000), min_size=1, max_size=40).filter(any))
def test_what_is_taken_off_an_order_always_adds_up(value: int, prices: list[int]) -> None:
    cuts = savings(off_the_order(value), [a_line(price) for price in prices], NOW, "EUR")
    assert sum(cuts) == min(value, sum(prices))
    assert all(0 <= cut <= price for cut, price in zip(cuts, prices, strict=True))


@given(st.integers(1, 100), st.lists(st.integers(1, 90_000), min_size=1, max_size=40))
def test_a_percentage_never_turns_a_price_negative(percent: int, prices: list[int]) -> None:
    cuts = savings(a_rule(value=percent), [a_line(price) for price in prices], NOW, "EUR")
    assert all(0 <= cut <= price for cut, price in zip(cuts, prices, strict=True))


def test_only_the_lines_that_it_is_for_get_cheaper() -> None:
    rule = a_rule(categories=frozenset({2}), ticket_types=frozenset({1}))
    lines = [a_line(1000, category=1), a_line(1000, category=2), a_line(1000, category=2, kind=3)]
    assert savings(rule, lines, NOW, "EUR") == (0, 100, 0)


@pytest.mark.parametrize(
    ("changes", "reason", "way"),
    [
        ({"valid_from": NOW + timedelta(days=2)}, "not valid yet", "It is valid from 2026-11-23 18:00."),
        ({"valid_until": NOW}, "no longer valid", "It ended on 2026-11-21 18:00."),
        ({"most_uses": 3, "uses": 3}, "used up", "3 times"),
        ({"most_uses": 1, "uses": 1}, "used up", "once"),
        ({"least_spend_minor": 4000}, "needs 40.00 EUR", "The basket is 12.00 EUR short."),
        ({"events": frozenset({9})}, "not for these tickets", "only for certain events"),
        (
            {"events": frozenset({9}), "ticket_types": frozenset({9})},
            "not for these tickets",
            "only for certain events and ticket types.",
        ),
        ({"ended": True}, "ended by the manager", ""),
        ({"kind": PromoKind.AMOUNT, "currency": "GBP"}, "for GBP", ""),
    ],
)
def test_a_refusal_names_the_reason_and_the_way(changes: dict[str, Any], reason: str, way: str) -> None:
    with pytest.raises(PromoCodeRefused) as refused:
        savings(a_rule(**changes), [a_line(2800)], NOW, "EUR")
    assert reason in refused.value.message
    assert way in refused.value.advice


def test_the_window_is_told_in_the_time_of_the_venue() -> None:
    rule = a_rule(valid_from=datetime(2026, 11, 22, 23, 30, tzinfo=UTC), time_zone="Europe/Berlin")
    with pytest.raises(PromoCodeRefused) as refused:
        savings(rule, [a_line(100)], NOW, "EUR")
    assert "2026-11-23 00:30" in refused.value.advice


@pytest.mark.parametrize("typed", ["winter10", " WINTER 10 ", "Winter-10", "\uff57inter10", "w i n t e r 1 0"])
def test_codes_are_forgiving(typed: str) -> None:
    assert normalise_promo_code(typed) == "WINTER10"
