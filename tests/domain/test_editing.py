from __future__ import annotations

from dataclasses import dataclass

import pytest

from pos_app.domain.editing import (
    Change,
    ChangedMeanwhile,
    FieldProblems,
    FieldRefused,
    changes_between,
    require_unchanged,
    same_fields,
    values_of,
)
from pos_app.domain.sentences import say


@dataclass(frozen=True)
class HallDraft:
    name: str = ""
    seats: int = 0


@dataclass(frozen=True)
class Hall(HallDraft):
    hall_id: int = 0
    sold: int = 0


def test_changes_are_told_field_by_field() -> None:
    assert changes_between(Hall("A", 10), Hall("B", 10, sold=3)) == (Change("name", "A", "B"), Change("sold", 0, 3))
    assert changes_between(Hall("A"), Hall("A")) == ()
    assert changes_between(Hall("A"), Hall("A", sold=3), leaving_out={"sold"}) == ()


def test_a_draft_is_compared_by_the_fields_that_both_have() -> None:
    assert same_fields(HallDraft("A", 5), Hall("A", 5, hall_id=9))
    assert not same_fields(HallDraft("A", 6), Hall("A", 5))


def test_what_somebody_else_changed_is_refused_with_what_is_stored_now() -> None:
    now = Hall("B", 10)
    with pytest.raises(ChangedMeanwhile) as refused:
        require_unchanged(Hall("A", 10), now)
    assert refused.value.current is now
    assert [change.field for change in refused.value.changes] == ["name"]
    require_unchanged(Hall("A", sold=1), Hall("A", sold=2), leaving_out=("sold",))


def test_all_problems_are_said_at_once_and_the_first_on_a_field_stays() -> None:
    problems = FieldProblems()
    problems.require_none()
    problems.add("name", say("Type a name."))
    problems.add("name", say("Too long."))
    problems.add("seats", say("Type a number."))
    with pytest.raises(FieldRefused) as refused:
        problems.require_none()
    assert dict(refused.value.fields) == {"name": "Type a name.", "seats": "Type a number."}
    assert str(refused.value) == "Type a name. Type a number."


def test_the_values_of_a_record_are_taken_by_name() -> None:
    assert values_of(Hall("A", 5, 7), ("name", "seats")) == {"name": "A", "seats": 5}
