"""Take performances over from an older version of a plan to the newest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from pos_app.ui.screens.admin.venues.move_list import MoveList
from pos_app.ui.widgets.labels import text_label
from pos_app.ui.widgets.sheets.base import Sheet
from pos_app.ui.words.messages import Level, Message, message_for
from pos_app.ui.words.sentences import spoken_count

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from pos_app.domain.venues.plan_records import PerformanceMove, PlanRecord
    from pos_app.ui.screens.admin.venues.operations import VenueOperations


class MoveSheet(Sheet):
    """Which performances go over.

    Signals: confirmed(object): their ids.
    """

    confirmed = Signal(object)

    def __init__(self, parent: QWidget, newest: PlanRecord, moves: Sequence[PerformanceMove]) -> None:
        super().__init__(parent, parent.tr("Move performances to version {0}?").format(newest.version), width=600)
        sentence = self.tr(
            "Each seat is found again in the new version, prices by their categories. Tickets stay valid."
        )
        self.body.addWidget(text_label(sentence, wrap=True))
        self.moves = MoveList(moves, choosable=True)
        self.body.addWidget(self.moves)
        self.yes = self.add_button(self.tr("Move them"), "Return", variant="primary")
        self.yes.setEnabled(bool(self.moves.offered))
        self.no = self.add_button(self.tr("Cancel"), "Esc")
        self.yes.clicked.connect(self._on_yes)
        self.no.clicked.connect(self.cancel)

    def _on_yes(self) -> None:
        chosen = self.moves.chosen
        self.close_sheet()
        if chosen:
            self.confirmed.emit(chosen)


class Moving(QObject):
    """Works for the page of plans.

    Signals: moved(Message): what was done. refused(Message): why it was not.
    """

    moved = Signal(object)
    refused = Signal(object)

    def __init__(self, page: QWidget, operations: VenueOperations) -> None:
        super().__init__(page)
        self._page = page
        self._operations = operations

    def ask(self, old: PlanRecord, newest: PlanRecord) -> None:
        """Look what is in the way, and ask which performances go over."""

        def told(moves: Sequence[PerformanceMove]) -> None:
            sheet = MoveSheet(self._page, newest, moves)
            sheet.confirmed.connect(lambda chosen: self._move(chosen, newest))
            sheet.open()

        self._operations.preview_move(self, old.plan_id, newest.plan_id).then(told, self._say)

    def _move(self, chosen: frozenset[int], newest: PlanRecord) -> None:
        def done(moved: Sequence[int]) -> None:
            words = spoken_count(
                "{count} performance moved to version {version}.",
                "{count} performances moved to version {version}.",
                len(moved),
                version=str(newest.version),
            )
            self.moved.emit(Message(words, "", Level.OK))

        self._operations.move_performances(self, chosen, newest.plan_id).then(done, self._say)

    def _say(self, error: Exception) -> None:
        self.refused.emit(message_for(error))
