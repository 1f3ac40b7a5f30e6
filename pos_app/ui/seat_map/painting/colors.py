"""What price categories look like: a colour each, what can be read upon it, and a letter."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from PySide6.QtGui import QColor

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pos_app.services.seats.map_data import PlanCategory
    from pos_app.ui.look.theme import Theme

# A plan's own colour must stand out from the floor at least as clearly as the palest colour of the palette does.
LEGIBLE_CONTRAST = 1.8
LIGHT_INK, DARK_INK = "#FFFFFF", "#0D1020"
DIMMED = 0.78
"""So much of the floor's colour takes the place of a category's own while another one is singled out."""


@dataclass(frozen=True, slots=True)
class CategoryLook:
    """How the seats of a price category are painted: the tile, the ink upon it, and its letter."""

    color: str
    ink: str
    letter: str


@lru_cache(maxsize=512)
def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, 1 to 21, as WCAG 2 defines it."""
    lights = sorted((_luminance(QColor(one)), _luminance(QColor(other))))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def category_looks(categories: Sequence[PlanCategory], theme: Theme) -> tuple[CategoryLook, ...]:
    """Return a look for each category: the plan's own colour where it can be seen, else one of the palette in turn."""
    letters = category_letters(category.name for category in categories)
    looks = []
    for turn, (category, letter) in enumerate(zip(categories, letters, strict=True)):
        own = category.color
        legible = bool(own) and QColor.isValidColorName(own) and contrast(own, theme["block"]) >= LEGIBLE_CONTRAST
        color = own if legible else theme.categories[turn % len(theme.categories)]
        looks.append(CategoryLook(color, ink_on(color), letter))
    return tuple(looks)


def singled_out(looks: Sequence[CategoryLook], category: int | None, theme: Theme) -> tuple[CategoryLook, ...]:
    """Return the looks with all categories but one dimmed; None: all as they are."""
    if category is None:
        return tuple(looks)
    floor = theme["block"]
    return tuple(
        look
        if at == category
        else CategoryLook(mixed(look.color, floor, DIMMED), mixed(look.ink, floor, DIMMED), look.letter)
        for at, look in enumerate(looks)
    )


def mixed(one: str, other: str, share: float) -> str:
    """Return a colour on the way from one to another, whose share is 0 to 1."""
    start, end = QColor(one), QColor(other)
    red, green, blue = (
        round(a + (b - a) * share)
        for a, b in ((start.red(), end.red()), (start.green(), end.green()), (start.blue(), end.blue()))
    )
    return QColor(red, green, blue).name()


def ink_on(color: str) -> str:
    """Return what is best read on a colour."""
    return max(LIGHT_INK, DARK_INK, key=lambda ink: contrast(ink, color))


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
