"""Seating plans as files, drawn by hand and by chance."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import strategies as st

from pos_app.domain.seats import SeatKind
from pos_app.domain.texts import name_key
from pos_app.domain.venues.plan_draft import (
    DraftArea,
    DraftCategory,
    DraftRow,
    DraftSeat,
    DraftZone,
    PlanDraft,
    rounded,
)
from pos_app.domain.venues.plan_shapes import PlanShape, PlanText


def seat(guid: str, number: str = "1", category: Any = "A", **more: Any) -> dict[str, Any]:
    return {"seat_guid": guid, "seat_number": number, "category": category, "position": {"x": 0, "y": 0}, **more}


def row(number: Any, *seats: Any, **more: Any) -> dict[str, Any]:
    return {"row_number": number, "seats": list(seats), "position": {"x": 0, "y": 0}, "uuid": f"row-{number}", **more}


def zone(name: Any, *rows: Any, **more: Any) -> dict[str, Any]:
    return {"name": name, "position": {"x": 0, "y": 0}, "rows": list(rows), "areas": [], "uuid": f"z-{name}", **more}


def plan(*zones: Any, **more: Any) -> dict[str, Any]:
    categories = [{"name": "A", "color": "#ff0000"}]
    return {"name": "P", "zones": list(zones), "categories": categories, "size": {"width": 500, "height": 400}, **more}


def file_of(content: Any) -> bytes:
    return json.dumps(content).encode()


_words = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=8)
_units = st.floats(-5000, 5000, allow_nan=False).map(rounded)
_colors = st.sampled_from(("#fff", "#A1b2C3", "red", "rgba(1, 2, 3, 0.5)"))


def _clean(text: str) -> str:
    from pos_app.domain.texts import clean_line

    return clean_line(text, 20) or "x"


@st.composite
def _shapes(draw: st.DrawFn, *, areas: bool = False) -> PlanShape:
    kind = draw(st.sampled_from(("polygon", "rectangle", "ellipse", "circle", *(() if areas else ("text",)))))
    wide = 2 * draw(st.integers(1, 4000)) / 2
    high = wide if kind == "circle" else 2 * draw(st.integers(1, 4000)) / 2
    text = None
    if kind == "text" or draw(st.booleans()):
        text = PlanText(_clean(draw(_words)), draw(_units), draw(_units), draw(_colors), draw(st.integers(4, 90)))
    corners = draw(st.lists(st.tuples(_units, _units), min_size=3, max_size=6)) if kind == "polygon" else []
    has_size = kind not in {"polygon", "text"}
    return PlanShape(
        kind,
        draw(_units),
        draw(_units),
        draw(st.floats(-360, 360).map(rounded)),
        draw(st.sampled_from(("", "#123"))),
        draw(st.sampled_from(("", "black"))),
        wide if has_size else 0.0,
        high if has_size else 0.0,
        tuple(corners),
        text,
        draw(st.sampled_from(("", "s-1"))),
    )


@st.composite
def drafts(draw: st.DrawFn) -> PlanDraft:
    """Any plan that can be stored, with everything in it that the format knows, and all that only Foyer does."""
    categories = draw(st.lists(_words.map(_clean), min_size=1, max_size=3, unique_by=name_key))
    category = st.sampled_from(categories)
    guids = iter(range(100_000))
    zones = []
    for at_zone in range(draw(st.integers(1, 3))):
        rows = []
        for at_row in range(draw(st.integers(0 if at_zone else 1, 3))):
            seats = tuple(
                DraftSeat(
                    f"{draw(st.sampled_from(('s', 'ß', 'A b')))}{next(guids)}",
                    draw(st.sampled_from(("", "1", "12a", "٣"))),
                    draw(category),
                    draw(_units),
                    draw(_units),
                    draw(st.sampled_from(SeatKind)),
                    draw(st.sampled_from((0.0, 12.5, -179.999))),
                    draw(st.sampled_from(("", "u"))),
                    draw(st.sampled_from((10.0, 7.25))),
                    draw(st.sampled_from(("", "<", ">", "<>"))),
                )
                for _ in range(draw(st.integers(1, 4)))
            )
            rows.append(
                DraftRow(
                    f"row-{at_zone}-{at_row}",
                    draw(st.sampled_from(("", "A", "Ä"))),
                    seats,
                    draw(_units),
                    draw(_units),
                    draw(st.sampled_from(("", "Row %s"))),
                    draw(st.sampled_from(("", "Seat %s"))),
                    draw(st.sampled_from(("", "start", "end", "both"))),
                )
            )
        areas = tuple(
            DraftArea(f"area-{at_zone}-{at}", _clean(draw(_words)), draw(st.integers(1, 30)), draw(category), shape)
            for at, shape in enumerate(draw(st.lists(_shapes(areas=True), max_size=2)))
        )
        zones.append(
            DraftZone(
                f"zone-{at_zone}",
                draw(st.sampled_from(("", "Stalls", "Loge 1"))),
                tuple(rows),
                tuple(_named(area) for area in areas),
                tuple(draw(st.lists(_shapes(), max_size=2))),
                draw(_units),
                draw(_units),
                draw(st.none() | st.tuples(_units, _units)),
                draw(st.sampled_from(("", "z"))),
            )
        )
    return PlanDraft(
        _clean(draw(_words)),
        draw(st.floats(1, 9000).map(rounded)),
        draw(st.floats(1, 9000).map(rounded)),
        draw(st.tuples(_units, _units)),
        tuple(DraftCategory(name, draw(_colors)) for name in categories),
        tuple(zones),
    )


def _named(area: DraftArea) -> DraftArea:
    from dataclasses import replace

    return replace(area, shape=replace(area.shape, guid=area.guid))
