"""Plans in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from pos_app.domain.sentences import say, say_count
from pos_app.domain.venues.plan_numbers import Numbering, RowNames
from pos_app.ui.records.fields.choice_fields import Option
from pos_app.ui.words.sentences import spoken, spoken_count

if TYPE_CHECKING:
    from pos_app.domain.venues.plan_draft import PlanDraft
    from pos_app.domain.venues.plan_records import PlanRecord


def _tr(words: str) -> str:
    return QCoreApplication.translate("PlanWords", words)


def used_words(record: PlanRecord) -> str:
    """Say how many performances stand on a version."""
    if not record.performances:
        return _tr("unused")
    return spoken_count("{count} performance", "{count} performances", record.performances)


def standing_words(record: PlanRecord) -> tuple[str, str]:
    """Say how a version stands, with the tone to say it in."""
    if record.archived:
        return _tr("Archived"), "muted"
    if not record.newest:
        return _tr("Version {0}, not the newest").format(record.version), "warn"
    return _tr("Version {0}").format(record.version), "accent"


def content_words(draft: PlanDraft) -> str:
    """Say what a plan has: "1,204 seats, 2 areas for 300 guests, 3 categories"."""
    areas = [area for _, area in draft.areas()]
    parts: list[str] = []
    if draft.seat_count or not areas:
        parts.append(spoken_count("{count} seat", "{count} seats", draft.seat_count))
    if areas:
        rooms = say_count("{count} area", "{count} areas", len(areas))
        guests = draft.place_count - draft.seat_count
        parts.append(spoken_count("{areas} for {count} guest", "{areas} for {count} guests", guests, areas=rooms))
    parts.append(spoken_count("{count} category", "{count} categories", len(draft.categories)))
    return ", ".join(parts)


def progress_words(done: float, what: str) -> str:
    """Say how far something is: "Storing the plan… 40 %"."""
    return spoken(say("{doing} {percent} %", doing=what, percent=round(done * 100))) if done > 0 else what


def numberings() -> list[Option]:
    """Return the ways to number the seats of a row, to choose one; by Numbering."""
    return [
        Option(str(Numbering.LEFT_TO_RIGHT), _tr("Left to right: 1 2 3 4")),
        Option(str(Numbering.RIGHT_TO_LEFT), _tr("Right to left: 4 3 2 1")),
        Option(str(Numbering.ODD_EVEN), _tr("From the middle, odd left: 3 1 2 4")),
        Option(str(Numbering.EVEN_ODD), _tr("From the middle, even left: 4 2 1 3")),
        Option(str(Numbering.ONLY_ODD), _tr("Odd numbers: 1 3 5 7")),
        Option(str(Numbering.ONLY_EVEN), _tr("Even numbers: 2 4 6 8")),
    ]


def row_names() -> list[Option]:
    """Return the ways to name rows, to choose one; by RowNames."""
    return [
        Option(str(RowNames.LETTERS), _tr("A, B … Z, AA, AB")),
        Option(str(RowNames.DOUBLED_LETTERS), _tr("A, B … Z, AA, BB")),
        Option(str(RowNames.NUMBERS), "1, 2, 3"),
    ]
