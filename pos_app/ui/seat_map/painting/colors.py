"""The colours of the seat map in both themes, and what a price category looks like in them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from PySide6.QtGui import QColor

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pos_app.services.seats.map_data import PlanCategory

# A plan's own colour must stand out from the floor at least as clearly as the palest colour of the palette does.
LEGIBLE_CONTRAST = 1.8


@dataclass(frozen=True, slots=True)
class MapColors:
    """One theme of the map; every value is a CSS colour."""

    floor: str
    block: str
    stage_far: str
    stage_near: str
    stage_text: str
    card: str
    line: str
    text: str
    muted: str
    faint: str
    accent: str
    sold: str
    sold_cross: str
    held: str
    held_ring: str
    house_ring: str
    blocked_ring: str
    mine: str
    mine_ink: str
    focus: str
    dark_ink: str
    categories: tuple[str, ...]


LIGHT = MapColors(
    floor="#FAFBFD",
    block="#EFF1F6",
    stage_far="#2A3045",
    stage_near="#454D6B",
    stage_text="#FFFFFF",
    card="#FFFFFF",
    line="#E1E4EB",
    text="#171A21",
    muted="#5C6473",
    faint="#6B7384",
    accent="#3D55D6",
    sold="#D3D7E0",
    sold_cross="#9AA2B3",
    held="#FFFFFF",
    held_ring="#8D6A1F",
    house_ring="#4A5468",
    blocked_ring="#7B8496",
    mine="#10131A",
    mine_ink="#FFFFFF",
    focus="#10131A",
    dark_ink="#0D1020",
    categories=("#45259B", "#2C73DC", "#13856E", "#E58BB1", "#B4510B", "#7BB8E8", "#77770F", "#A3316F"),
)
DARK = MapColors(
    floor="#15171E",
    block="#1D212B",
    stage_far="#3A4264",
    stage_near="#535C83",
    stage_text="#FFFFFF",
    card="#222632",
    line="#2D323F",
    text="#ECEEF4",
    muted="#A3ABBC",
    faint="#8A93A6",
    accent="#8EA2FF",
    sold="#343A48",
    sold_cross="#667085",
    held="#15171E",
    held_ring="#E3B04B",
    house_ring="#B4BCCD",
    blocked_ring="#7B8496",
    mine="#FFFFFF",
    mine_ink="#10131A",
    focus="#FFFFFF",
    dark_ink="#0D1020",
    categories=("#D6C8FF", "#4B8CF7", "#2AA38E", "#FBB4D2", "#E8894A", "#9ED0F5", "#B5B54A", "#D46BA4"),
)


@dataclass(frozen=True, slots=True)
class CategoryLook:
    """How the seats of a price category are painted: the tile, the ink upon it, and its letter."""

    color: str
    ink: str
    letter: str


def map_colors(*, dark: bool) -> MapColors:
    """Return the colours of a theme."""
    return DARK if dark else LIGHT


@lru_cache(maxsize=512)
def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, 1 to 21, as WCAG 2 defines it."""
    lights = sorted((_luminance(QColor(one)), _luminance(QColor(other))))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def category_looks(categories: Sequence[PlanCategory], colors: MapColors) -> tuple[CategoryLook, ...]:
    """Return a look for each category: the plan's own colour where it can be seen, else one of the palette in turn."""
    letters = category_letters(category.name for category in categories)
    looks = []
    for turn, (category, letter) in enumerate(zip(categories, letters, strict=True)):
        own = category.color
        legible = bool(own) and QColor.isValidColorName(own) and contrast(own, colors.block) >= LEGIBLE_CONTRAST
        color = own if legible else colors.categories[turn % len(colors.categories)]
        ink = max("#FFFFFF", colors.dark_ink, key=lambda candidate, tile=color: contrast(candidate, tile))  # type: ignore[misc]
        looks.append(CategoryLook(color, ink, letter))
    return tuple(looks)


def category_letters(names: Iterable[str]) -> list[str]:
    """Return one short mark per name, all different: "Premium", "Category A", "Category B" give P, A, B."""
    taken: list[str] = []
    for turn, name in enumerate(names, start=1):
        words = name.split() or [""]
        last = [words[-1].upper()] if len(words[-1]) <= 2 else []
        letters = [letter.upper() for letter in name if letter.isalnum()]
        taken.append(next((mark for mark in (*last, *letters) if mark and mark not in taken), str(turn)))
    return taken


def _luminance(color: QColor) -> float:
    channels = (color.redF(), color.greenF(), color.blueF())
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
