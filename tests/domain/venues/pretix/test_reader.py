from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pos_app.domain.errors import PosError
from pos_app.domain.seats import SeatKind
from pos_app.domain.venues.pretix.notes import PlanFileRefused
from pos_app.domain.venues.pretix.reader import MOST_BYTES, ReadPlan, read_plan
from pos_app.domain.venues.pretix.writer import write_plan
from tests.domain.venues.plan_files import drafts, file_of, plan, row, seat, zone


def read(content: Any) -> ReadPlan:
    return read_plan(file_of(content))


def warned(found: ReadPlan) -> str:
    return "\n".join(warning.spoken() for warning in found.warnings)


def test_a_sound_file_is_read_without_a_word() -> None:
    found = read(
        plan(
            zone(
                "Stalls",
                row("A", seat("s1", "1", uuid="u", radius=12, start_direction="<"), seat("s2", "2"), row_label="%s"),
                position={"x": 100, "y": 100},
                areas=[{"shape": "circle", "circle": {"radius": 7}, "position": {"x": 1, "y": 2}, "rotation": 45,
                        "text": {"text": "Stage", "position": {"x": 3, "y": 4}, "color": "#000", "size": 20}}],
            )
        )
    )  # fmt: skip
    assert not found.warnings
    first = found.draft.zones[0].rows[0].seats[0]
    assert (first.guid, first.uuid, first.radius, first.start_direction) == ("s1", "u", 12.0, "<")
    shape = found.draft.zones[0].scenery[0]
    assert (shape.kind, shape.width, shape.rotation) == ("circle", 14.0, 45.0)
    assert shape.text is not None
    assert (shape.text.text, shape.text.size) == ("Stage", 20.0)
    assert found.draft.focus == (101.0, 95.0), "the edge of the stage that is nearer to the seats"


def test_the_older_variant_is_read() -> None:
    found = read({
        "name": "Old",
        "categories": [{"name": "A"}],
        "zones": [{
            "name": "Z", "position": {"x": 10, "y": 20}, "displayed": True,
            "rows": [{"row_number": "1", "number_of_seats": 2, "seats_spacing": 25, "row_number_position": "start",
                      "position": {"x": 5, "y": 5}, "seats": [seat("a"), seat("b", "2")]}],
            "areas": [{"color": "#ccc", "width": 200, "height": 50, "text": "Bühne", "position": {"x": 0, "y": -80}}],
        }],
    })  # fmt: skip
    shape = found.draft.zones[0].scenery[0]
    assert (shape.kind, shape.width, shape.height) == ("rectangle", 200.0, 50.0)
    assert shape.text is not None
    assert (shape.text.text, shape.text.x, shape.text.y) == ("Bühne", 100.0, 25.0)
    assert found.draft.width > 200
    assert found.draft.categories[0].color
    assert "no size" in warned(found)
    assert "no colour and was given one: A" in warned(found)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (plan(zone("Z", row(7, seat("a")))), "“row_number” is a number and was taken as text: Z, row 1 of the list"),
        (plan(zone("Z", row(None, seat("a")))), "“row_number” is missing: Z, row 1 of the list"),
        (plan(zone("", row("A", seat("a")))), "“name” is empty: zone 1"),
        (plan(zone("Z", row("A", seat("a"))), zone("Z", row("B", seat("b")))), "Two zones have the same name: Z"),
        (plan(zone("Z", row("A", seat("a"))), zone("z ", row("B", seat("b")))), "Two zones have the same name: z"),
        (
            plan(zone("Z", row("A", seat("a"))), categories=[{"name": "A", "color": "#00f"}, {"name": "B"}]),
            "A category has no seats: B",
        ),
        (plan(zone("Z", row("A", seat("a"), seat("b")))), "A place is there twice: Z, row A, seat 1"),
        (plan(zone("Z", row("A", seat("a", x_units=3)))), "A seat has “x_units”, which is not known"),
        (plan(zone("Z", row("A", seat("a", position={"x": "1", "y": 0})))), "The x of a position is no number"),
        (plan(zone("Z", row("A", seat("a", position={"x": 1e30, "y": 0})))), "The x of a position is too far away"),
        (plan(zone("Z", row("A", seat("a"), row_number_position="left"))), "row_number_position” is none of"),
        (plan(zone("Z", row("A", seat("a"), "seat"))), "A seat is no object and was left out: Z, row A"),
        (plan(zone("Z", row("A", seat("a"))), 3), "A zone is no object and was left out: zone 2"),
        (plan(zone("Z", row("A", seat("a")), areas=[{"shape": "star"}])), "no shape that is known"),
        (plan(zone("Z", row("A", seat("a", "1" * 30)))), "“seat_number” is longer than 20 letters"),
        (plan(zone("Z", row("A", seat("a", position={"x": 900, "y": 0})))), "drawn outside of the plan"),
        (plan(zone("Z", row("A", seat("a"))), uuid="x"), "The plan has “uuid”"),
        (plan(zone("Z", row("A", seat("a"))), size="big"), "The plan has no size"),
        (plan(zone("Z", row("A", seat("", "3")))), "no seat_guid and was given one: Z, row A, seat 3"),
    ],
)
def test_what_is_odd_is_read_and_named(content: Any, words: str) -> None:
    found = read(content)
    assert words in warned(found)
    assert found.draft.seat_count >= 1


def test_a_wheelchair_marked_by_another_program_is_understood() -> None:
    found = read(plan(zone("Z", row("A", seat("a", wheelchair=True), seat("b", "2", wheelchair=False)))))
    assert [one.kind for _, _, one in found.draft.seats()] == [SeatKind.WHEELCHAIR, SeatKind.SEAT]


def test_many_faults_of_one_kind_are_one_warning() -> None:
    found = read(plan(zone("Z", *(row(number, seat(str(number))) for number in range(30)))))
    assert [(one.count, len(one.places)) for one in found.warnings] == [(30, 3)]
    assert found.warnings[0].spoken().endswith("; and 27 more.")


def test_a_long_guid_is_shortened_and_stays_single() -> None:
    found = read(plan(zone("Z", row("A", seat("x" * 90 + "1"), seat("x" * 90 + "2", "2")))))
    assert len(found.draft.guids) == 2
    assert all(len(guid) <= 64 for guid in found.draft.guids)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"hello", "no JSON"),
        (b"\xff\xfe", "no JSON"),
        (b"[" * 100_000, "nested more than 100 deep"),
        (b"[]", "no list of zones"),
        (b"{}", "no list of zones"),
        (b"7", "no list of zones"),
        (file_of({"zones": {}}), "no list of zones"),
        (file_of(plan()), "no seats"),
        (file_of(plan(zone("Z", row("A")))), "no seats"),
        (
            file_of(plan(zone("Z", row("A", seat("a"))), zone("Y", row("B", seat("a", "7"))))),
            "Two seats have the seat_guid “a”: Z, row A, seat 1, and Y, row B, seat 7",
        ),
        (file_of(plan(zone("Z", row("A", seat("a", category="B"))))), "Z, row A, seat 1 is of the category “B”, which"),
        (file_of(plan(zone("Z", row("A", seat("a", category=None))))), "Z, row A, seat 1 has no category"),
        (file_of(plan(zone("Z", row("A", *(seat(str(i)) for i in range(60_001)))))), "more than 60,000 seats"),
        (b" " * (MOST_BYTES + 1), "larger than 48 MB"),
    ],
    ids=range(14),
)  # fmt: skip
def test_what_nobody_could_be_seated_by_is_refused_in_a_sentence(content: bytes, words: str) -> None:
    with pytest.raises(PlanFileRefused) as refused:
        read_plan(content)
    assert words in refused.value.message


_junk = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(("x", "y", "text")), inner, max_size=3),
    max_leaves=6,
)


@st.composite
def _broken(draw: st.DrawFn) -> Any:
    """A file in which some values, anywhere, are something else."""
    content = json.loads(write_plan(draw(drafts())))
    for _ in range(draw(st.integers(1, 4))):
        holder: Any = content
        while True:
            keys = list(range(len(holder))) if isinstance(holder, list) else list(holder)
            if not keys:
                break
            key = draw(st.sampled_from(keys))
            inner = holder[key]
            if isinstance(inner, list | dict) and inner and draw(st.integers(0, 3)):
                holder = inner
                continue
            if isinstance(holder, dict) and draw(st.booleans()):
                del holder[key]
            else:
                holder[key] = draw(_junk)
            break
    return content


@given(_broken())
@settings(max_examples=80, deadline=None)
def test_a_broken_file_is_read_with_warnings_or_refused_and_never_a_crash(content: Any) -> None:
    try:
        found = read(content)
    except PosError:
        return
    assert found.draft.place_count
    assert read_plan(write_plan(found.draft)).draft == found.draft, "what was mended is sound"


@given(st.binary(max_size=60) | _junk.map(file_of))
@settings(max_examples=60, deadline=None)
def test_rubbish_is_refused(content: bytes) -> None:
    with pytest.raises(PlanFileRefused):
        read_plan(content)
