from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from pos_app.domain.errors import PosError
from pos_app.domain.venues.plan_draft import DraftArea, DraftCategory, DraftRow, DraftSeat, DraftZone
from pos_app.domain.venues.plan_limits import PlanRefused, require_sound_plan
from pos_app.domain.venues.plan_part_edits import add_category, edit_category, put_area
from pos_app.domain.venues.plan_seat_edits import remove_seats
from pos_app.domain.venues.plan_shapes import PlanText
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


CARD = "4111 1111 1111 1111"


def _with_zone(draft: PlanDraft, **change: Any) -> PlanDraft:
    return replace(draft, zones=(replace(draft.zones[0], **change), *draft.zones[1:]))


def _with_seat(draft: PlanDraft, number: str) -> PlanDraft:
    return with_row(draft, DraftRow("r", "x", (DraftSeat("q", number, "A", 0, 0),)))


@pytest.mark.parametrize(
    "spoil",
    [
        lambda draft: replace(draft, name=f"Hall {CARD}"),
        lambda draft: replace(draft, categories=(*draft.categories, DraftCategory(f"C {CARD}", ""))),
        lambda draft: _with_zone(draft, name=f"Stalls {CARD}"),
        lambda draft: with_row(draft, DraftRow("r", CARD, ())),
        lambda draft: _with_seat(draft, "4111111111111111"),
        lambda draft: put_area(draft, "stalls", DraftArea("pit", f"Pit {CARD}", 3, "A", BOX)),
        lambda draft: _with_zone(draft, scenery=(replace(BOX, text=PlanText(f"Stage {CARD}")),)),
    ],
)
def test_no_card_number_stands_on_a_plan(spoil: Callable[[PlanDraft], PlanDraft]) -> None:
    with pytest.raises(PosError, match="whole card number stands"):
        require_sound_plan(spoil(drawn()))


@pytest.mark.parametrize("twin", ["a", "A\u200b", "\uff21", " A "])
def test_categories_that_read_alike_are_one(twin: str) -> None:
    draft = drawn()
    with pytest.raises(PlanRefused, match="same name"):
        require_sound_plan(replace(draft, categories=(*draft.categories, DraftCategory(twin, ""))))
    with pytest.raises(PlanRefused, match="already"):
        add_category(draft, twin, "#fff")
    assert edit_category(draft, "A", new_name="a", color="#fff").category_names() == ("a", "B")
