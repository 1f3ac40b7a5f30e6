"""What is said of places that are chosen or kept back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from pos_app.domain.seats import ClaimKind, tell_places
from pos_app.ui.words.amounts import counted
from pos_app.ui.words.times import shown_moment

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pos_app.domain.season.kept_seats import KeptRecord
    from pos_app.services.seats.map_data import SeatPlan


def tr(words: str) -> str:
    """Translate in the context of this panel."""
    return QCoreApplication.translate("KeptSeats", words)


def chosen_words(plan: SeatPlan, seats: Iterable[int], areas: Mapping[int, int]) -> str:
    """Name chosen seats (by index) and places of areas (by index, with their number)."""
    told = [tell_places(plan.place(seat) for seat in sorted(seats))]
    told += [
        f"{plan.areas[area].name}, {counted(places, tr('1 place'), tr('{0} places'))}" for area, places in areas.items()
    ]
    return "; ".join(part for part in told if part)


def count_words(places: int) -> str:
    """Count places."""
    return counted(places, tr("1 place"), tr("{0} places"))


def kind_words(record: KeptRecord) -> str:
    """Say whether places are kept for the house or blocked."""
    return tr("House") if record.kind is ClaimKind.HOUSE else tr("Blocked")


def until_words(record: KeptRecord, time_zone: str) -> str:
    """Say when places go on sale by themselves."""
    return shown_moment(record.release_at, time_zone) if record.release_at is not None else tr("released by hand")


def before_words(record: KeptRecord) -> str:
    """Say by what the time of release goes."""
    if record.release_before_doors is None:
        return ""
    return tr("{0} min before doors").format(record.release_before_doors)
