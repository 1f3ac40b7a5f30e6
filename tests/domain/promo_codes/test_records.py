from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from pos_app.domain.codes import ALPHABET
from pos_app.domain.promo_codes.records import (
    PromoBatch,
    PromoChoice,
    PromoChoices,
    PromoDraft,
    PromoRecord,
    PromoStanding,
    batch_problems,
    limit_problems,
    problems_of,
    random_codes,
)
from pos_app.domain.promo_codes.rules import PromoKind, PromoScope

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
SOUND = PromoDraft("WINTER10", value=10)
CHOICES = PromoChoices(
    events=(PromoChoice(1, "Hamlet"), PromoChoice(2, "Macbeth")),
    performances=(
        PromoChoice(11, "Hamlet", "2026-12-01", event_id=1, plan=(1, "Stalls")),
        PromoChoice(22, "Macbeth", "2026-12-02", event_id=2, plan=(1, "Studio")),
    ),
    categories=(PromoChoice(101, "A", "Stalls", plan=(1, "Stalls")), PromoChoice(102, "A", plan=(1, "Studio"))),
    ticket_types=(PromoChoice(5, "Adult"),),
    currencies=("EUR",),
    time_zone="Europe/Berlin",
    now=NOW,
)


def test_a_sound_rule_has_no_problems() -> None:
    for part in (replace(SOUND, hundredths=50), replace(SOUND, value=0, hundredths=1), replace(SOUND, value=100)):
        assert problems_of(part, {"EUR"}) == {}
    assert problems_of(SOUND, {"EUR"}) == {}
    amount = replace(SOUND, kind=PromoKind.AMOUNT, scope=PromoScope.ORDER, value=500, currency="EUR")
    assert problems_of(amount, {"EUR"}) == {}


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("code", {"code": " - "}),
        ("code", {"code": "A+B"}),
        ("code", {"code": "X" * 41}),
        ("code", {"code": "=SUM(A1)"}),
        ("percent", {"value": 0}),
        ("percent", {"value": 101}),
        ("percent", {"value": -5}),
        ("percent", {"value": 100, "hundredths": 1}),
        ("percent", {"value": 10, "hundredths": 100}),
        ("percent", {"value": 10, "hundredths": -1}),
        ("amount", {"kind": PromoKind.AMOUNT, "value": 0, "currency": "EUR"}),
        ("amount", {"kind": PromoKind.AMOUNT, "value": 10**13 + 1, "currency": "EUR"}),
        ("currency", {"kind": PromoKind.AMOUNT, "value": 100}),
        ("currency", {"kind": PromoKind.AMOUNT, "value": 100, "currency": "GBP"}),
        ("currency", {"least_spend_minor": 100}),
        ("least_spend", {"least_spend_minor": -1, "currency": "EUR"}),
        ("valid_until", {"valid_from": NOW, "valid_until": NOW}),
        ("valid_until", {"valid_from": NOW, "valid_until": NOW - timedelta(days=1)}),
        ("most_uses", {"most_uses": 0}),
        ("most_uses_each", {"most_uses_each": -1}),
        ("most_uses_each", {"most_uses": 5, "most_uses_each": 6}),
    ],
)
def test_an_impossible_rule_is_told_beside_its_field(field: str, changes: dict[str, Any]) -> None:
    found = problems_of(replace(SOUND, **changes), {"EUR"})
    assert list(found) == [field]
    assert found[field].endswith(".")


def test_limits_that_contradict_each_other_are_told() -> None:
    def fields(**only: Any) -> list[str]:
        return list(limit_problems(replace(SOUND, **only), CHOICES))

    assert fields(events=frozenset({1}), performances=frozenset({22})) == ["performances"]
    assert fields(performances=frozenset({11}), categories=frozenset({102})) == ["categories"]
    assert fields(events=frozenset({2}), categories=frozenset({101})) == ["categories"]
    assert fields(events=frozenset({1}), performances=frozenset({11}), categories=frozenset({101, 102})) == []
    assert fields() == []


def test_how_a_code_stands() -> None:
    record = PromoRecord("A", value=1, most_uses=3, uses=2)
    assert record.standing(NOW) is PromoStanding.VALID
    assert replace(record, uses=3).standing(NOW) is PromoStanding.USED_UP
    assert replace(record, valid_from=NOW + timedelta(seconds=1)).standing(NOW) is PromoStanding.LATER
    assert replace(record, valid_until=NOW).standing(NOW) is PromoStanding.OVER
    assert replace(record, ended_at=NOW).standing(NOW) is PromoStanding.ENDED
    assert replace(record, ended_at=NOW, archived=True).standing(NOW) is PromoStanding.ARCHIVED


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("name", {"name": ""}),
        ("prefix", {"prefix": "A+"}),
        ("prefix", {"prefix": "P" * 30, "random": 16}),
        ("count", {"count": 0}),
        ("count", {"count": 5001}),
        ("random", {"random": 5}),
        ("random", {"random": 17}),
    ],
)
def test_an_impossible_batch_is_told_beside_its_field(field: str, changes: dict[str, Any]) -> None:
    batch = PromoBatch("Letter", "NEWS", 10, 8, SOUND)
    assert batch_problems(batch) == {}
    assert list(batch_problems(replace(batch, **changes))) == [field]


def test_random_codes_differ_and_have_no_look_alikes() -> None:
    # One letter over, of 31: the others are taken.
    taken = {f"X{letter}" for letter in ALPHABET[1:]}
    assert random_codes("X", 1, 1, taken) == (f"X{ALPHABET[0]}",)
    codes = random_codes("NEWS", 8, 2000, ())
    assert len(set(codes)) == 2000
    assert all(code.startswith("NEWS") and set(code[4:]) <= set(ALPHABET) for code in codes)
    assert not set("01OILoil") & set(ALPHABET)
