from __future__ import annotations

import json
from datetime import datetime

import pytest

from pos_app.domain.letters.facts import read_facts
from pos_app.domain.letters.readdressing import Readdressed, add_readdressed, read_readdressed

AT = datetime(2026, 12, 1, 14, 5)  # noqa: DTZ001 - UTC, as the server tells it


def test_what_is_told_is_read_and_leaves_the_other_facts_alone() -> None:
    facts = json.dumps({"tickets": [[7, 1]], "subject": "Grüße"})
    first = Readdressed("anna@example.org", "novak@example.org", AT, 3)
    second = Readdressed("novak@example.org", "anna@example.net", AT, None)
    stored = add_readdressed(add_readdressed(facts, first), second)
    assert read_readdressed(stored) == (first, second)
    assert read_facts(stored) == read_facts(facts)
    assert read_readdressed(facts) == ()


def test_another_person_does_not_keep_the_addresses_of_the_one_before() -> None:
    stored = add_readdressed("{}", Readdressed("anna@example.org", "novak@example.org", AT, 3))
    handed = add_readdressed(stored, Readdressed("", "bert@example.org", AT, 3))
    assert [one.now for one in read_readdressed(handed)] == ["bert@example.org"]
    assert "anna" not in handed
    assert "novak" not in handed


def test_only_the_last_ones_are_kept() -> None:
    stored = "{}"
    for number in range(30):
        stored = add_readdressed(stored, Readdressed("anna@example.org", f"anna-{number}@example.org", AT))
    assert [one.now for one in read_readdressed(stored)] == [f"anna-{number}@example.org" for number in range(10, 30)]


@pytest.mark.parametrize("facts", ["", "{", "[]", '{"readdressed": 3}', '{"readdressed": [1, {"from": "a"}]}'])
def test_what_is_damaged_is_left_out(facts: str) -> None:
    assert read_readdressed(facts) == ()
    change = Readdressed("anna@example.org", "novak@example.org", AT, 3)
    kept = add_readdressed(facts, change)
    assert kept == facts if facts in {"{", "[]"} else read_readdressed(kept)[-1] == change
