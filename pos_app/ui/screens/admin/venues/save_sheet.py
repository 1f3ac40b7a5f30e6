"""Say what saving a changed plan will do, before it is done."""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal

from pos_app.domain.sentences import say, say_count
from pos_app.ui.screens.admin.venues.move_list import MoveList
from pos_app.ui.widgets.labels import text_label
from pos_app.ui.widgets.sheets.base import Sheet
from pos_app.ui.words.sentences import spoken, spoken_count

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from pos_app.domain.sentences import Sentence
    from pos_app.domain.venues.plan_records import PlanChange, PlanRecord

NAMED_PLACES: Final = 3
"""So many places that are there twice are named before the rest is counted."""


class SaveSheet(Sheet):
    """What is added, removed and changed; for a plan with sales which performances go over to the new version.

    Signals: confirmed(object): save it; the ids of the performances that go over.
    """

    confirmed = Signal(object)

    def __init__(self, parent: QWidget, plan: PlanRecord, change: PlanChange) -> None:
        title = self._heading(plan, change)
        super().__init__(parent, title, width=600)
        self.sentence = self._sentence(change)
        self.body.addWidget(text_label(self.sentence, wrap=True))
        self.doubled = self._doubled_words(change)
        if self.doubled:
            self.body.addWidget(text_label(self.doubled, "strong", tone="warn", wrap=True))
        self.hindrances = [spoken(one.spoken()) for move in change.performances for one in move.hindrances]
        told = [one for one in change.performances if change.new_version or one.hindrances or one.unpriced]
        self.setAccessibleDescription(f"{self.sentence} {self.doubled}".strip())
        self.moves = MoveList(told, choosable=change.new_version)
        self.body.addWidget(self.moves)
        refused = bool(self.hindrances) and not change.new_version
        self.yes = self.add_button(self.tr("Save"), "Return", variant="primary")
        self.yes.setVisible(not refused)
        self.yes.setEnabled(not refused)
        self.no = self.add_button(self.tr("Back to the plan"), "Esc")
        self.yes.clicked.connect(self._on_yes)
        self.no.clicked.connect(self.cancel)

    def _heading(self, plan: PlanRecord, change: PlanChange) -> str:
        hindered = any(move.hindrances for move in change.performances)
        if change.new_version:
            return self.tr("Save as version {0}?").format(plan.version + 1)
        return self.tr("This plan cannot be saved so") if hindered else self.tr("Save the plan?")

    def _sentence(self, change: PlanChange) -> str:
        told = spoken(_told(change))
        if change.new_version:
            more = self.tr(
                "Tickets were sold by this plan, so it stays as it is and the change becomes a new version. "
                "Choose the performances that go over to it; their tickets stay valid."
            )
        elif any(move.hindrances for move in change.performances):
            more = self.tr("Somebody has places that would be gone or called otherwise:")
        elif change.performances:
            more = spoken_count(
                "Nothing was sold by it yet: {count} performance gets it at once.",
                "Nothing was sold by it yet: {count} performances get it at once.",
                len(change.performances),
            )
        else:
            more = self.tr("No performance stands on it yet.")
        return f"{told} {more}"

    def _doubled_words(self, change: PlanChange) -> str:
        """Say which places guests could not tell apart; they may be meant so, and are saved all the same."""
        if not change.doubled:
            return ""
        places = change.doubled[:NAMED_PLACES]
        more = len(change.doubled) - NAMED_PLACES
        if more <= 0:
            return spoken(say("There twice, so that nobody could tell them apart: {places}.", places=places))
        return spoken_count(
            "There twice, so that nobody could tell them apart: {places} and {count} more.",
            "There twice, so that nobody could tell them apart: {places} and {count} more.",
            more,
            places=places,
        )

    def _on_yes(self) -> None:
        chosen = self.moves.chosen
        self.close_sheet()
        self.confirmed.emit(chosen)


def _told(change: PlanChange) -> Sentence:
    """Say how many places are added, removed and changed."""
    told = [
        said
        for count, said in (
            (change.added, say_count("{count} place is added", "{count} places are added", change.added)),
            (change.removed, say_count("{count} place is removed", "{count} places are removed", change.removed)),
            (change.changed, say_count("{count} place is changed", "{count} places are changed", change.changed)),
        )
        if count
    ]
    if not told:
        return say("No place is changed.")
    return say("{changes}.", changes=reduce(_with, told))


def _with(changes: Sentence, another: Sentence) -> Sentence:
    return say("{changes}, {another}", changes=changes, another=another)
