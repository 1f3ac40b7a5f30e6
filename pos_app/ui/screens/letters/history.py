"""What became of a letter, from its writing to its last try, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QWidget

from pos_app.domain.letters.kinds import LetterState
from pos_app.ui.widgets.boxes import Gap, column
from pos_app.ui.widgets.labels import breakable, text_label
from pos_app.ui.words.letters import outcome_tone, outcome_words
from pos_app.ui.words.lists import labelled, side_by_side
from pos_app.ui.words.times import shown_dated_moment

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from pos_app.domain.letters.listing import LetterDetails, LetterTry
    from pos_app.ui.widgets.boxes import Item


class LetterHistory(QWidget):
    """Lines, the latest last. No signals."""

    def __init__(self, letter: LetterDetails) -> None:
        super().__init__()
        lines: list[Item] = []
        for words, below, tone in history_lines(letter):
            lines.append(text_label(breakable(words), "strong", tone=tone, wrap=True))
            if below:
                label = text_label(breakable(below), "small", wrap=True)
                label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
                lines.append(label)
            lines.append(Gap(6))
        column(*lines, 1, inside=self, spacing=2)


def history_lines(letter: LetterDetails) -> Iterator[tuple[str, str, str]]:
    """Yield what happened, what is told below it, and the tone of the first."""
    row, zone = letter.row, letter.time_zone
    written = shown_dated_moment(row.created_at, zone)
    what = _tr("Written once more, as somebody asked") if row.again_of_id is not None else _tr("Written")
    yield what, side_by_side(written, letter.staff_name), ""
    for _at, *line in sorted(_happened(letter), key=lambda one: one[0]):
        yield line[0], line[1], line[2]
    if row.may_be_twice:
        yield (
            _tr("It may have been sent twice"),
            _tr("Both copies bear the same Message-ID, by which most mail programs show one of them."),
            "warn",
        )
    if row.state is LetterState.WAITING:
        yield _tr("Waits to be sent"), labelled(_tr("Not before"), shown_dated_moment(row.due_at, zone)), "accent"
    elif row.state in {LetterState.FAILED, LetterState.STOPPED} and row.closed_at is not None:
        closed = shown_dated_moment(row.closed_at, zone)
        if row.state is LetterState.FAILED:
            yield _tr("Given up"), closed, "danger"
        else:
            yield _tr("Stopped"), _told_stop(letter, closed), "muted"
    if letter.again_id is not None:
        elsewhere = letter.again_to if letter.again_to != row.recipient else ""
        yield _tr("Sent again, as another letter"), labelled(_tr("To"), elsewhere) if elsewhere else "", "muted"
    if letter.message_id:
        yield _tr("Message-ID"), letter.message_id, "muted"


def _happened(letter: LetterDetails) -> Iterator[tuple[datetime, str, str, str]]:
    """Yield each try and each other address: when, what, what is told below it, and the tone."""
    zone = letter.time_zone
    for one in letter.tries:
        words = outcome_words(one.outcome, handed=one.handed_at is not None)
        yield one.began_at, words, _told(one, zone), outcome_tone(one.outcome)
    for change in letter.readdressed:
        who = side_by_side(shown_dated_moment(change.at, zone), change.staff_name)
        if change.before:
            where = _tr("From {0} to {1}").format(change.before, change.now)
        else:
            where = _tr("To {0}, with its order").format(change.now)
        yield change.at, _tr("The address was changed"), f"{who}\n{where}", "accent"


def _told_stop(letter: LetterDetails, when: str) -> str:
    """Say who stopped it. Of one to somebody who was erased nothing is known any more."""
    if letter.stopped_by or not letter.row.recipient:
        return side_by_side(when, letter.stopped_by)
    return "\n".join((when, _tr("By the house itself: what it tells is true no more.")))


def _told(one: LetterTry, zone: str) -> str:
    when = side_by_side(shown_dated_moment(one.began_at, zone), one.till_name)
    return "\n".join(filter(None, (when, one.answer)))


def _tr(words: str) -> str:
    return QCoreApplication.translate("LetterHistory", words)
