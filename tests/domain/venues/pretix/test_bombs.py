"""Seating plans that ask for far too much, by mistake or not: told at once, and nothing of the computer is used up."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any

import pytest

from pos_app.domain.venues.pretix.reader import read_plan
from tests.bounded import needs_rusage, run_bounded, writing

if TYPE_CHECKING:
    from pathlib import Path


_SEAT: dict[str, Any] = {"seat_guid": "s", "seat_number": "1", "category": "A", "position": {"x": 0, "y": 0}}


def _plan(**more: Any) -> dict[str, Any]:
    row = {"row_number": "1", "position": {"x": 0, "y": 0}, "seats": [_SEAT]}
    zone = {"name": "Z", "position": {"x": 0, "y": 0}, "rows": [row]}
    return {"name": "P", "categories": [{"name": "A", "color": "#f00"}], "size": {"width": 9, "height": 9},
            "zones": [zone], **more}  # fmt: skip


@pytest.mark.parametrize("far", [10**300, 10**308, 10**309, -(10**399), math.inf, -math.inf])
def test_a_number_beyond_all_measure_is_too_far_away(far: float) -> None:
    plan = _plan(size={"width": far, "height": 5})
    plan["zones"][0]["position"] = {"x": far, "y": 1}
    plan["zones"][0]["areas"] = [{"shape": "circle", "circle": {"radius": far}, "position": {"x": 0, "y": far}}]
    found = read_plan(json.dumps(plan).encode())
    assert found.draft.place_count == 1
    assert any("is too far away" in str(warning.message) for warning in found.warnings)


def test_numbers_of_hundreds_of_digits_are_taken_as_text_where_text_belongs() -> None:
    plan = _plan(name=10**300)
    plan["zones"][0]["rows"][0]["seats"] = [{**_SEAT, "seat_guid": 10**300, "seat_number": 10**300}]
    assert len(read_plan(json.dumps(plan).encode()).draft.zones[0].rows[0].seats[0].guid) <= 64


def test_halves_of_characters_are_dropped_wherever_they_stand() -> None:
    half = "\ud800"
    plan = _plan(name=half, **{half: half, f"{half}b": [half]})
    plan["zones"][0] |= {"name": f"Z{half}", "uuid": half * 100, "zone_id": half}
    plan["zones"][0]["rows"][0]["seats"] = [{**_SEAT, "seat_guid": half * 600, "seat_number": f"1{half}"}]
    found = read_plan(json.dumps(plan).encode())
    for warning in found.warnings:
        warning.spoken().encode()
    for text in (found.draft.name, *found.draft.guids, found.draft.zones[0].name):
        text.encode()


def test_a_name_that_stands_twice_in_an_object_is_told() -> None:
    plan = (
        json.dumps(_plan()).encode()[:-1] + b', "name": "Q", "zones": ' + json.dumps(_plan()["zones"]).encode() + b"}"
    )
    found = read_plan(plan)
    assert found.draft.name == "Q"
    assert any("“name” is there twice" in str(warning.message) for warning in found.warnings)


def test_very_many_kinds_of_faults_are_named_in_part() -> None:
    plan = _plan(**{f"key {number}": 1 for number in range(5000)})
    plan["zones"][0] |= {f"other {number}": 1 for number in range(5000)}
    warnings = read_plan(json.dumps(plan).encode()).warnings
    assert 50 < len(warnings) <= 101
    assert "There is more in this file" in str(warnings[-1].message)


_BOMBS: dict[str, tuple[bytes, bytes, bytes]] = {
    "zones": (b'{"zones":[', b"{},", b"{}]}"),
    "rows": (b'{"zones":[{"rows":[', b"0,", b"0]}]}"),
    "seats": (b'{"zones":[{"rows":[{"seats":[', b"1,", b"1]}]}]}"),
    "areas": (b'{"zones":[{"areas":[', b"null,", b"1]}]}"),
    "categories": (b'{"zones":[],"categories":[', b"{},", b"{}]}"),
    "unknown": (b'{"zones":[],"x":[', b"[],", b"[]]}"),
    "depth": (b"", b"[", b""),
    "name": (b'{"zones":[],"name":"', b"n", b'"}'),
    "emoji": (b'{"zones":[],"name":"', "🎭".encode(), b'"}'),
    "marks": (b'{"zones":[],"name":"e', "\u0301".encode(), b'"}'),
    "escapes": (b'{"zones":[],"name":"', b'\\"', b'"}'),
    "spaces": (b'{"zones":[', b" ", b"]}"),
    "digits": (b'{"zones":[],"size":{"width":', b"9", b"}}"),
    "fraction": (b'{"zones":[],"size":{"width":0.', b"1", b"}}"),
    "digits in a list": (b'{"zones":[],"x":[', b"9" * 399 + b",", b"1]}"),
    "texts": (b'{"zones":[],"x":[', b'"' + b"a" * 15_000 + b'",', b"1]}"),
    "names": (b'{"categories":[', b'{"name":"' + b"a" * 9_000 + "\u0301".encode() * 3000 + b'"},', b'1],"zones":[1]}'),
    "names of seats": (
        b'{"categories":[{"name":"A"}],"zones":[{"rows":[{"seats":[',
        b'{"seat_number":"' + b"7" * 700 + b'","category":"A"},',
        b"1]}]}]}",
    ),
}


_LARGE_ONES = ("zones", "digits", "texts")
"""Bombs that each run tries as large as a file may be, too."""


@needs_rusage
@pytest.mark.parametrize(
    ("bomb", "megabytes"),
    [
        *((bomb, 4) for bomb in _BOMBS),
        *(pytest.param(bomb, 47, marks=[] if bomb in _LARGE_ONES else pytest.mark.soak) for bomb in _BOMBS),
    ],
)
def test_a_file_that_asks_for_far_too_much_is_answered_at_once(tmp_path: Path, bomb: str, megabytes: int) -> None:
    """Seconds of the processor, and no more memory than the file itself takes several times."""
    head, part, end = _BOMBS[bomb]
    content = head + part * ((megabytes << 20) // len(part)) + end
    taken = run_bounded(
        "from pathlib import Path; from pos_app.domain.venues.pretix.reader import read_plan",
        "read_plan(Path(sys.argv[1]).read_bytes())",
        writing(tmp_path / "plan.json", content),
    )
    assert taken.said.startswith("PlanFileRefused") or (bomb == "names of seats" and taken.said == "taken"), taken.said
    assert len(taken.said) < 300
    assert taken.megabytes < 300
    assert taken.seconds < 4, taken
