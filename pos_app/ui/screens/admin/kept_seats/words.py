"""What is said of places that are chosen or kept back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from pos_app.domain.seats import ClaimKind
from pos_app.ui.words.amounts import shown_number
from pos_app.ui.words.sentences import spoken_count
from pos_app.ui.words.times import shown_moment

if TYPE_CHECKING:
    from pos_app.domain.season.kept_seats import KeptRecord


def _tr(words: str) -> str:
    return QCoreApplication.translate("KeptSeats", words)


def count_words(places: int) -> str:
    """Count places, where nothing else is said of them."""
    return spoken_count("{count} place", "{count} places", places)


def kind_words(record: KeptRecord) -> str:
    """Say whether places are kept for the house or blocked."""
    return _tr("House") if record.kind is ClaimKind.HOUSE else _tr("Blocked")


def until_words(record: KeptRecord, time_zone: str) -> str:
    """Say when places go on sale by themselves."""
    return shown_moment(record.release_at, time_zone) if record.release_at is not None else _tr("released by hand")


def before_words(record: KeptRecord) -> str:
    """Say by what the time of release goes."""
    if record.release_before_doors is None:
        return ""
    return _tr("{0} min before doors").format(shown_number(record.release_before_doors))
