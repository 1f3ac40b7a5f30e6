"""What is said of scans of which the steward was not told in time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from pos_app.ui.screens.door.panel_words import unchecked_words
from pos_app.ui.screens.door.verdict_look import DoorState
from pos_app.ui.screens.door.verdict_panel import PanelWords
from pos_app.ui.screens.door.words import reason_words, verdict_words
from pos_app.ui.words.amounts import shown_number
from pos_app.ui.words.lists import side_by_side
from pos_app.ui.words.places import place_words
from pos_app.ui.words.sentences import spoken_count
from pos_app.ui.words.times import shown_ago

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pos_app.ui.screens.door.late_scans import LateRow

translate = QCoreApplication.translate


def state_of_list(rows: Sequence[LateRow]) -> DoorState:
    """Return the state that the list stands for: one without verdict makes the whole of it a thing to do."""
    return DoorState.NOT_CHECKED if any(row.is_open for row in rows) else DoorState.TOLD_LATE


def list_words(rows: Sequence[LateRow], *, answers: bool) -> PanelWords:
    """Return what stands above the list. answers: a server that was away answers again."""
    unchecked = [row for row in rows if row.is_open]
    if unchecked:
        why = next((row.error for row in unchecked if row.error is not None), None)
        return PanelWords(
            translate("Door", "Not checked"),
            headline=spoken_count(
                "{count} ticket was not checked.", "{count} tickets were not checked.", len(unchecked)
            ),
            advice=translate("Door", "Check them again with the guests before you, or scan each ticket once more."),
            detail=unchecked_words(why, answers=answers).headline if why is not None else "",
        )
    asked = all(row.asked for row in rows)
    return PanelWords(
        translate("Door", "Checked") if asked else translate("Door", "Checked late"),
        headline="" if asked else translate("Door", "What is grey was judged late: that guest may have gone."),
        advice=translate("Door", "Compare the seat on the ticket before a guest goes in."),
    )


def row_words(row: LateRow, seconds_ago: float) -> tuple[str, str]:
    """Return the two lines of a row: which ticket, and what is known of it."""
    scanned = translate("Door", "scanned {0}").format(shown_ago(seconds_ago))
    times = translate("Door", "{0} times").format(shown_number(row.times)) if row.times > 1 else ""
    if row.result is None:
        upper = translate("Door", "Ticket {0}").format(shown_number(row.number))
        state = translate("Door", "Checking …") if row.checking else translate("Door", "not checked")
        return upper, side_by_side(state, scanned, times, _short(row))
    result = row.result
    upper = place_words(result.place) if result.place else translate("Door", "Ticket {0}").format(row.number)
    why = reason_words(result.reason)
    return upper, side_by_side(why, result.ticket_type, result.customer_name, scanned, times)


def row_verdict(row: LateRow) -> str:
    """Return the verdict of a row; empty where there is none."""
    return verdict_words(row.result.verdict) if row.result is not None else ""


def _short(row: LateRow) -> str:
    """Return a code that was typed, which a person may recognise; of a scanned one its end."""
    text = row.scan.text
    return text if len(text) <= 14 else "…" + text[-6:]
