from __future__ import annotations

import json
from typing import Any

from hypothesis import given, settings

from pos_app.domain.venues.pretix.reader import read_plan
from pos_app.domain.venues.pretix.writer import write_plan
from tests.domain.venues.plan_files import drafts

SCHEMA: dict[str, set[str]] = {
    "root": {"name", "zones", "categories", "size"},
    "zone": {"name", "zone_id", "uuid", "position", "rows", "areas"},
    "row": {"row_number", "row_label", "seat_label", "uuid", "row_number_position", "position", "seats"},
    "seat": {"seat_guid", "seat_number", "category", "position", "uuid", "start_direction", "radius"},
    "area": {
        "shape", "color", "border_color", "rotation", "position", "uuid", "polygon", "rectangle", "ellipse", "circle",
        "text",
    },
}  # fmt: skip


@given(drafts())
@settings(max_examples=40, deadline=None)
def test_reading_what_was_written_gives_the_same_plan(draft: Any) -> None:
    found = read_plan(write_plan(draft))
    assert found.draft == draft
    assert write_plan(found.draft) == write_plan(draft)


@given(drafts())
@settings(max_examples=25, deadline=None)
def test_beside_our_own_keys_only_what_the_format_knows_is_written(draft: Any) -> None:
    def keys(holder: dict[str, Any]) -> set[str]:
        return {key for key in holder if not key.startswith("foyer_")}

    written = json.loads(write_plan(draft))
    assert keys(written) == SCHEMA["root"]
    for its_zone in written["zones"]:
        assert keys(its_zone) <= SCHEMA["zone"]
        for area in its_zone["areas"]:
            assert keys(area) <= SCHEMA["area"]
        for its_row in its_zone["rows"]:
            assert keys(its_row) <= SCHEMA["row"]
            assert all(keys(one) <= SCHEMA["seat"] for one in its_row["seats"])
