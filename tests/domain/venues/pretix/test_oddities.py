from __future__ import annotations

from dataclasses import replace

import pytest

from pos_app.domain.venues.plan_draft import DraftCategory
from pos_app.domain.venues.pretix.oddities import oddities, repeated_names
from tests.domain.venues.drafts import drawn


@pytest.mark.parametrize(
    ("names", "repeated"),
    [(["Stalls", "Circle"], ()), (["Stalls", " STALLS ", "stalls"], (1, 2)), (["", ""], (1,)), ([], ())],
)
def test_names_that_guests_could_not_tell_apart_are_repeated(names: list[str], repeated: tuple[int, ...]) -> None:
    assert repeated_names(names) == repeated


def test_a_sound_plan_has_nothing_odd() -> None:
    assert oddities(drawn()) == ()


def test_what_nobody_could_buy_or_tell_apart_is_said() -> None:
    draft = drawn()
    odd = replace(
        draft,
        categories=(*draft.categories, DraftCategory("C", "#333333")),
        zones=(*draft.zones, replace(draft.zones[1], guid="twin")),
    )
    told = {one.message for one in oddities(odd)}
    assert any("Two zones have the same name" in sentence for sentence in told)
    assert any("A place is there twice" in sentence for sentence in told)
    assert any("A category has no seats" in sentence for sentence in told)
