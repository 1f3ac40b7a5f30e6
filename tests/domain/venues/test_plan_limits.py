from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from pos_app.domain.venues.plan_draft import DraftArea, DraftRow, DraftSeat, DraftZone
from pos_app.domain.venues.plan_limits import PlanRefused, require_sound_plan
from pos_app.domain.venues.plan_part_edits import put_area
from pos_app.domain.venues.plan_seat_edits import remove_seats
from tests.domain.venues.drafts import BOX, drawn, with_row

if TYPE_CHECKING:
    from collections.abc import Callable

    from pos_app.domain.venues.plan_draft import PlanDraft


@pytest.mark.parametrize(
    "spoil",
    [
        lambda draft: replace(draft, zones=(*draft.zones[1:], DraftZone("x" * 65, "X"))),
        lambda draft: put_area(draft, "stalls", DraftArea("stalls-a", "A", 3, "A", BOX)),
        lambda draft: with_row(draft, DraftRow("r", "x" * 41, ())),
        lambda draft: with_row(draft, DraftRow("r", "x", (DraftSeat("", "1", "A", 0, 0),))),
        lambda draft: with_row(draft, DraftRow("r", "x", (DraftSeat("q", "1", "?", 0, 0),))),
        lambda draft: remove_seats(draft, draft.guids),
    ],
)
def test_a_plan_that_cannot_be_stored_is_told_apart(spoil: Callable[[PlanDraft], PlanDraft]) -> None:
    with pytest.raises(PlanRefused):
        require_sound_plan(spoil(drawn()))
