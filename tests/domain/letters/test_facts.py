"""The facts of a letter are read back as they were told; what is damaged is never taken for less than was told."""

from __future__ import annotations

import json
from datetime import datetime

import pytest

from pos_app.domain.letters.facts import LetterFacts, read_facts
from pos_app.domain.seats import SeatKey


def test_facts_are_read_as_they_were_told() -> None:
    told = {
        "tickets": [[7, 1], [9, 2]],
        "seats": [[3, 40]],
        "release_at": "2027-03-06T17:30:00",
        "starts_was": "2027-03-05T19:30:00",
        "from_performance": 4,
        "code": "012345",
        "subject": "Tonight",
        "text": "We begin later.",
        "paid": True,
    }
    assert read_facts(json.dumps(told)) == LetterFacts(
        tickets={7: 1, 9: 2},
        seats=frozenset({SeatKey(3, 40)}),
        release_at=datetime(2027, 3, 6, 17, 30),  # noqa: DTZ001 - UTC, as facts tell it
        starts_was=datetime(2027, 3, 5, 19, 30),  # noqa: DTZ001 - the same
        from_performance=4,
        code="012345",
        subject="Tonight",
        text="We begin later.",
    )


@pytest.mark.parametrize("document", ["", "{}"])
def test_nothing_was_told(document: str) -> None:
    assert read_facts(document) == LetterFacts({}, frozenset())


@pytest.mark.parametrize(
    "document",
    [
        "{",
        "[]",
        '"a"',
        "7",
        '{"tickets": 7}',
        '{"tickets": [7]}',
        '{"tickets": [[7]]}',
        '{"tickets": [["a", 1]]}',
        '{"seats": [[1, 2, 3]]}',
        '{"seats": [[1, null]]}',
        '{"release_at": "soon"}',
        '{"release_at": 7}',
        '{"from_performance": "a"}',
        '{"from_performance": []}',
    ],
)
def test_damaged_facts_are_refused(document: str) -> None:
    with pytest.raises(ValueError, match="damaged"):
        read_facts(document)
