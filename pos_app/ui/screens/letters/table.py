"""The letters that were found, as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from pos_app.domain.codes import grouped
from pos_app.domain.letters.kinds import LetterState
from pos_app.ui.records.table.columns import Column
from pos_app.ui.records.table.view import RecordTable
from pos_app.ui.words.amounts import shown_number
from pos_app.ui.words.letters import kind_words, state_tone, state_words, trouble_words
from pos_app.ui.words.lists import side_by_side
from pos_app.ui.words.times import shown_dated_moment

if TYPE_CHECKING:
    from collections.abc import Callable

    from pos_app.domain.letters.listing import LetterRow


def letters_table(time_zone: Callable[[], str]) -> RecordTable:
    """Return an empty table of letters (LetterRow), in the order given. time_zone: on whose clock moments are told."""

    def when(row: LetterRow) -> str:
        return shown_dated_moment(row.sent_at or row.closed_at or row.created_at, time_zone())

    def about(row: LetterRow) -> str:
        return side_by_side(grouped(row.order_number), row.customer_name)

    columns: tuple[Column[LetterRow], ...] = (
        Column("what", _tr("Letter"), letter_words, lower=about, strong=True),
        Column("to", _tr("To"), recipient_words, lower=why_words),
        Column("state", _tr("State"), lambda row: state_words(row.state), lower=when, tone=state_tone, width=176),
    )
    table = RecordTable(
        "letters",
        columns,
        key=lambda row: row.letter_id,
        search=lambda row: (row.recipient,),
        is_faded=lambda row: row.state is LetterState.STOPPED,
        as_given=True,
    )
    table.setAccessibleName(_tr("Letters"))
    return table


def letter_words(row: LetterRow) -> str:
    """Say what a letter is, and which one of several that belong together."""
    words = kind_words(row.kind)
    if row.parts > 1:
        return _tr("{0} ({1} of {2})").format(words, shown_number(row.part), shown_number(row.parts))
    return words


def recipient_words(row: LetterRow) -> str:
    """Say whom a letter goes to."""
    return row.recipient or _tr("Erased")


def why_words(row: LetterRow) -> str:
    """Say in a few words what is not as it should be; "" where all is well."""
    if row.may_be_twice and row.state is LetterState.SENT:
        return _tr("May have been sent twice")
    if row.failure is not None and row.state is not LetterState.SENT:
        return trouble_words(row.failure.trouble)
    if row.again_of_id is not None:
        return _tr("Sent again")
    return ""


def _tr(words: str) -> str:
    return QCoreApplication.translate("LettersTable", words)
