"""Say what saving a changed plan will do, before it is done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal

from pos_app.ui.screens.admin.venues.move_list import MoveList
from pos_app.ui.screens.admin.venues.plan_words import count_words
from pos_app.ui.widgets.labels import text_label
from pos_app.ui.widgets.sheets.base import Sheet

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

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
        self.hindrances = [one.spoken() for move in change.performances for one in move.hindrances]
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
        counts = (
            (change.added, self.tr("1 place is added"), self.tr("{0} places are added")),
            (change.removed, self.tr("1 place is removed"), self.tr("{0} places are removed")),
            (change.changed, self.tr("1 place is changed"), self.tr("{0} places are changed")),
        )
        parts = [count_words(count, one, many) for count, one, many in counts if count]
        told = ", ".join(parts) + "." if parts else self.tr("No place is changed.")
        if change.new_version:
            more = self.tr(
                "Tickets were sold by this plan, so it stays as it is and the change becomes a new version. "
                "Choose the performances that go over to it; their tickets stay valid."
            )
        elif any(move.hindrances for move in change.performances):
            more = self.tr("Somebody has places that would be gone or called otherwise:")
        elif change.performances:
            more = count_words(
                len(change.performances),
                self.tr("Nothing was sold by it yet: 1 performance gets it at once."),
                self.tr("Nothing was sold by it yet: {0} performances get it at once."),
            )
        else:
            more = self.tr("No performance stands on it yet.")
        return f"{told[:1].upper()}{told[1:]} {more}"

    def _doubled_words(self, change: PlanChange) -> str:
        """Say which places guests could not tell apart; they may be meant so, and are saved all the same."""
        if not change.doubled:
            return ""
        named = "; ".join(change.doubled[:NAMED_PLACES])
        more = len(change.doubled) - NAMED_PLACES
        words = self.tr("There twice, so that nobody could tell them apart: {0}").format(named)
        return words + (self.tr(" and {0} more.").format(more) if more > 0 else ".")

    def _on_yes(self) -> None:
        chosen = self.moves.chosen
        self.close_sheet()
        self.confirmed.emit(chosen)
