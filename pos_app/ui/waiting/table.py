"""Tables of parties: the queue of one performance, and what is offered or found in all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from pos_app.domain.waiting.entries import EntryState
from pos_app.ui.records.table.columns import Column
from pos_app.ui.records.table.view import RecordTable
from pos_app.ui.waiting import words
from pos_app.ui.words.evenings import shown_when
from pos_app.ui.words.lists import side_by_side
from pos_app.ui.words.sentences import spoken

if TYPE_CHECKING:
    from pos_app.domain.waiting.rows import WaitingRow

_ON_THE_LIST = {EntryState.WAITING, EntryState.OFFERED}
_LAST = 1_000_000


def queue_table() -> RecordTable:
    """Return an empty table of a queue, the next party above."""
    columns: tuple[Column[WaitingRow], ...] = (
        Column("place", _tr("Place"), words.place_words, _turn, width=64, right=True),
        _party(width=210, roomy=280, with_code=True),
        Column("wants", _tr("Wants"), words.wants_words, lower=words.where_words, width=190, roomy=300),
        Column(
            "since",
            _tr("Since"),
            words.since_words,
            lambda row: row.entry.created_at,
            lower=words.as_long_words,
            width=128,
        ),
        Column(
            "state",
            _tr("State"),
            words.state_words,
            lower=words.offer_words,
            tone=words.offer_tone,
            width=210,
            roomy=240,
        ),
        Column("remark", _tr("Passed over"), words.remark_words),
    )
    return RecordTable(
        "waiting queue", columns, key=_key, search=_searched, is_faded=lambda row: row.entry.state not in _ON_THE_LIST
    )


def offers_table() -> RecordTable:
    """Return an empty table of parties of all performances, those with an offer above."""
    columns: tuple[Column[WaitingRow], ...] = (
        Column("state", _tr("State"), _standing, lower=words.offer_words, tone=words.offer_tone, width=190, roomy=240),
        _party(width=190, roomy=260),
        Column(
            "seats",
            _tr("Seats"),
            lambda row: spoken(row.spoken()) or words.wants_words(row),
            lower=lambda row: side_by_side(row.evening.title, shown_when(row.evening)),
        ),
        Column("code", _tr("Code"), lambda row: row.entry.code, width=104, figures=True),
    )
    return RecordTable("waiting offers", columns, key=_key, search=_searched, as_given=True)


def _party(*, width: int, roomy: int, with_code: bool = False) -> Column[WaitingRow]:
    return Column(
        "party",
        _tr("Party"),
        lambda row: row.entry.customer_name,
        lower=lambda row: side_by_side(row.entry.phone, row.entry.code if with_code else ""),
        width=width,
        roomy=roomy,
        strong=True,
    )


def _turn(row: WaitingRow) -> int:
    """Return what a queue is sorted by: what is offered first, then who waits, and last who does not any more."""
    return row.entry.place if row.entry.state in _ON_THE_LIST else _LAST


def _standing(row: WaitingRow) -> str:
    place = words.place_words(row)
    return _tr("Number {0}").format(place) if place else words.state_words(row)


def _key(row: WaitingRow) -> int:
    return row.entry.entry_id


def _searched(row: WaitingRow) -> tuple[str, ...]:
    entry = row.entry
    return entry.customer_name, entry.phone, entry.email, entry.code


def _tr(text: str) -> str:
    return QCoreApplication.translate("WaitingTable", text)
