"""What is typed about a zone, and the wish that it is."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QCoreApplication

from pos_app.domain.editing import FieldProblems
from pos_app.domain.sentences import Sentence, say
from pos_app.domain.venues.plan_draft import DraftCategory
from pos_app.domain.venues.plan_generator import COMPANION, WHEELCHAIR, PlanWish, ZoneWish
from pos_app.domain.venues.plan_numbers import Numbering, RowNames, row_index, row_name, seat_numbers

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_COLORS: Final = ("#4f7cff", "#13856e", "#e58bb1", "#45259b", "#b8860b", "#2c73dc", "#a0522d", "#5f9ea0")
_MOST_ROWS: Final = 500
_MOST_IN_ROW: Final = 1_000

FIRST_ZONE: Final[Mapping[str, object]] = {
    "zone": "Stalls",
    "rows": 12,
    "seats": 18,
    "more": 0,
    "aisles": "9",
    "category": 1,
    "front_rows": 4,
    "front_category": 0,
    "numbering": str(Numbering.LEFT_TO_RIGHT),
    "continuous": False,
    "first_number": 1,
    "row_names": str(RowNames.LETTERS),
    "clear_letters": True,
    "first_row": "A",
    "wheelchair": "",
    "companions": True,
}
"""What a person begins with: the front rows are of the first category, the others of the second."""


def _tr(words: str) -> str:
    return QCoreApplication.translate("Generator", words)


def categories_from(text: str) -> tuple[DraftCategory, ...]:
    """Return the categories that are named, the dearest first, each in a colour of its own."""
    names = dict.fromkeys(name for part in text.split(",") if (name := " ".join(part.split())))
    return tuple(DraftCategory(name, _COLORS[turn % len(_COLORS)]) for turn, name in enumerate(names))


def plan_from(name: str, curve: int, categories: Sequence[DraftCategory], zones: Sequence[ZoneWish]) -> PlanWish:
    """Return the wish for a whole plan; curve: percent."""
    return PlanWish(name or _tr("New plan"), tuple(zones), tuple(categories), curve / 100)


def zone_from(values: Mapping[str, Any], categories: Sequence[DraftCategory]) -> ZoneWish:
    """Return the wish that a form of a zone holds. Raises FieldRefused with a sentence for each field."""
    problems = FieldProblems()
    if not values["zone"]:
        problems.add("zone", say("Type a name, for example Stalls."))
    counts = tuple(values["seats"] + turn * values["more"] for turn in range(values["rows"]))
    if min(counts) < 1:
        problems.add("more", say("The last row would have no seats."))
    if max(counts) > _MOST_IN_ROW:
        problems.add("more", say("A row has at most {most} seats.", most=_MOST_IN_ROW))
    names, clear = RowNames(values["row_names"]), bool(values["clear_letters"])
    first_row = row_index(str(values["first_row"]), names, clear_letters=clear)
    if first_row is None:
        problems.add("first_row", say("No row is called so here. Try A, or 1."))
    numbering = Numbering(values["numbering"])
    continuous = bool(values["continuous"]) and numbering in {Numbering.LEFT_TO_RIGHT, Numbering.RIGHT_TO_LEFT}
    aisles = _numbers(str(values["aisles"]))
    if aisles is None:
        problems.add("aisles", say("Type numbers of seats, for example 7, 14."))
    problems.require_none()
    usual, front = (_name_at(categories, values[key]) for key in ("category", "front_category"))
    wish = ZoneWish(
        str(values["zone"]),
        counts,
        usual,
        dict.fromkeys(range(values["front_rows"]), front),
        aisles or (),
        numbering,
        continuous,
        values["first_number"],
        names,
        clear,
        first_row or 0,
    )
    places = _wheelchairs(wish, str(values["wheelchair"]), companions=bool(values["companions"]))
    if isinstance(places, Sentence):
        problems.add("wheelchair", places)
        problems.require_none()
        return wish
    return replace(wish, wheelchair=places)


def _name_at(categories: Sequence[DraftCategory], at: object) -> str:
    """Return a category by its place; one that is there no more is the last one."""
    return categories[min(int(str(at)), len(categories) - 1)].name if categories else ""


def _numbers(text: str) -> tuple[int, ...] | None:
    parts = [part for part in re.split(r"[,;\s]+", text) if part]
    return tuple(map(int, parts)) if all(part.isascii() and part.isdigit() for part in parts) else None


def _wheelchairs(zone: ZoneWish, text: str, *, companions: bool) -> dict[tuple[int, int], str] | Sentence:
    """Return the places by row and place from the left, or a sentence that says which of them is none."""
    rows = {
        row_name(zone.first_row + turn, zone.row_names, clear_letters=zone.clear_letters): turn
        for turn in range(len(zone.seats))
    }
    found: dict[tuple[int, int], str] = {}
    for word in re.split(r"[,;]+", text.upper()):
        if not word.strip():
            continue
        match = re.fullmatch(r"\s*(?:([A-Z]+)[\s-]*|(\d+)[\s-]+)(\d{1,9})\s*", word)
        label = (match[1] or match[2]) if match else ""
        if match is None or label not in rows:
            return say(
                "“{place}” is no place of this zone. Type row and seat, for example L1, L18.", place=word.strip()
            )
        row = rows[label]
        numbers = _numbers_of(zone, row)
        if int(match[3]) not in numbers:
            return say("Row {row} has no seat {seat}.", row=label, seat=match[3])
        at = numbers.index(int(match[3]))
        found[row, at] = WHEELCHAIR
        if companions:
            beside = at + 1 if at + 1 < zone.seats[row] and at < zone.seats[row] / 2 else at - 1
            if beside >= 0:
                found.setdefault((row, beside), COMPANION)
    return found


def _numbers_of(zone: ZoneWish, row: int) -> list[int]:
    before = sum(zone.seats[:row]) if zone.continuous else 0
    return seat_numbers(zone.seats[row], zone.numbering, first=zone.first_number + before)
