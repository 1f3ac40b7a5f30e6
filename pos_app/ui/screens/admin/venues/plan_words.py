"""Plans in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from pos_app.ui.words.amounts import shown_number

if TYPE_CHECKING:
    from pos_app.domain.venues.plan_draft import PlanDraft
    from pos_app.domain.venues.plan_records import PlanRecord


def _tr(words: str) -> str:
    return QCoreApplication.translate("PlanWords", words)


def count_words(number: int, one: str, many: str) -> str:
    """Return `one` for exactly one, else `many` with {0} replaced by the number as it is written here."""
    return one if number == 1 else many.format(shown_number(number))


def used_words(record: PlanRecord) -> str:
    """Say how many performances stand on a version."""
    if not record.performances:
        return _tr("unused")
    return count_words(record.performances, _tr("1 performance"), _tr("{0} performances"))


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
    parts = [count_words(draft.seat_count, _tr("1 seat"), _tr("{0} seats"))] if draft.seat_count or not areas else []
    if areas:
        rooms = count_words(len(areas), _tr("1 area"), _tr("{0} areas"))
        guests = count_words(draft.place_count - draft.seat_count, _tr("1 guest"), _tr("{0} guests"))
        parts.append(_tr("{0} for {1}").format(rooms, guests))
    parts.append(count_words(len(draft.categories), _tr("1 category"), _tr("{0} categories")))
    return ", ".join(parts)


def progress_words(done: float, what: str) -> str:
    """Say how far something is: "Storing the plan… 40 %"."""
    return f"{what} {shown_number(round(done * 100))} %" if done > 0 else what
