from __future__ import annotations

import pytest
from PySide6.QtGui import QColor

from pos_app.services.seats.map_data import PlanCategory
from pos_app.ui.look.theme import DARK, LIGHT, Theme
from pos_app.ui.seat_map.painting.colors import category_letters, category_looks, contrast


def categories(*colors: str) -> list[PlanCategory]:
    return [PlanCategory(i, f"Category {chr(65 + i)}", color) for i, color in enumerate(colors)]


@pytest.mark.parametrize(
    ("names", "letters"),
    [
        (["Premium", "Category A", "Category B", "Category C"], ["P", "A", "B", "C"]),
        (["Parkett", "Parterre", "Pa"], ["P", "A", "PA"]),
        (["Cat. 1", "Cat. 2", "Cat. 10"], ["1", "2", "10"]),
        (["A", "A", "A"], ["A", "2", "3"]),
        (["", "أمامي"], ["1", "أ"]),
    ],
)
def test_category_marks_are_short_and_all_different(names: list[str], letters: list[str]) -> None:
    assert category_letters(names) == letters


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_nine_categories_are_told_apart_by_their_letters(theme: Theme) -> None:
    looks = category_looks(categories(*[""] * 9), theme)
    assert [look.color for look in looks] == [*theme.categories, theme.categories[0]]
    assert len({look.letter for look in looks}) == 9


def test_the_colour_of_the_plan_is_used_where_it_can_be_seen() -> None:
    own = categories("#AA0000", "#F0F0F0", "nonsense")
    assert [look.color for look in category_looks(own, LIGHT)] == ["#AA0000", *LIGHT.categories[1:3]]
    pale, deep = category_looks(categories("#F0F0F0", "#101010"), DARK)
    assert pale.color == "#F0F0F0"
    assert deep.color == DARK.categories[1]


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_what_is_written_can_be_read(theme: Theme) -> None:
    for look in category_looks(categories(*[""] * 8), theme):
        assert contrast(look.color, look.ink) >= 4.5
    for ink in (theme["text"], theme["muted"]):
        assert contrast(ink, theme["map"]) >= 4.5
        assert contrast(ink, theme["raised"]) >= 4.5
    assert contrast(theme["map_faint"], theme["map"]) >= 4.5
    assert contrast(theme["mine"], theme["mine_text"]) >= 4.5


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast(QColor("white").name(), "#767676") == pytest.approx(4.54, abs=0.01)
