"""What is done to performances beyond saving a form: made again, cancelled, changed together; each with an undo."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from pos_app.domain.editing import ChangedMeanwhile, FieldRefused
from pos_app.services.season.cancellations import export_affected_orders, load_cancellations
from pos_app.services.season.dates import repeat_performance
from pos_app.services.season.performances import draft_of
from pos_app.services.season.several import (
    archive_performances,
    cancel_performances,
    change_performances,
    reinstate_performances,
    restore_performances,
    save_performances,
)
from pos_app.ui import save_file
from pos_app.ui.screens.admin.events.performances.cancel_sheet import CancelSheet
from pos_app.ui.screens.admin.events.performances.dates_sheet import DatesSheet
from pos_app.ui.screens.admin.events.performances.words import change_words, named
from pos_app.ui.widgets.sheets.confirm import confirm
from pos_app.ui.words.messages import Level, Message, message_for
from pos_app.ui.words.sentences import spoken_count

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence
    from datetime import datetime

    from PySide6.QtWidgets import QWidget

    from pos_app.domain.season.performances import Cancellation, CommonChange, ListedPerformance, PerformanceRecord
    from pos_app.ui.background import Reply
    from pos_app.ui.office import Office
    from pos_app.ui.records.kind import Answer

    Ask = Callable[[Answer[Any], Callable[[Any], object], Callable[[], object]], None]
    Stored = Sequence[PerformanceRecord]


class PerformanceChanges(QObject):
    """Asks before a change of performances, makes it, and says so.

    page: over it the questions are asked. ask: waits for a change that can be tried again, as Saving.ask does.
    Signals: stored(tuple): these performances, as they are stored now. said(Message). made(): the change of several is
    made. refused(FieldRefused): it is not, for these fields. outdated(): it is not, for others changed them before.
    """

    stored = Signal(object)
    said = Signal(object)
    made = Signal()
    refused = Signal(object)
    outdated = Signal()
    orders_asked = Signal()

    def __init__(self, page: QWidget, office: Office, ask: Ask) -> None:
        super().__init__(page)
        self._page = page
        self._office = office
        self._ask = ask
        self.offers_orders = False

    def repeat(
        self, pattern: ListedPerformance, season: Sequence[ListedPerformance], now: Callable[[], datetime]
    ) -> None:
        """Ask on which dates a performance is to be given again. season: all there are; now: the server's time."""
        known = {one.performance_id for one in season}
        sheet = DatesSheet(self._page, pattern, season, now)

        def repeated(stored: Stored) -> None:
            sheet.close_sheet()
            ids = [one.performance_id for one in stored if one.performance_id not in known]
            self.stored.emit(stored)
            self._say(
                spoken_count("{count} performance made.", "{count} performances made.", len(ids)),
                lambda: self._archive(ids),
            )

        sheet.given.connect(
            lambda starts: self._office.write(self, repeat_performance, pattern.performance_id, starts).then(
                repeated, sheet.show_refusal
            )
        )
        sheet.open()

    def cancel(self, ids: Collection[int]) -> None:
        """Say what cancelling these would meet, and cancel them for a reason."""
        self._office.read_latest(self, "cancellations", load_cancellations, tuple(ids)).then(
            lambda met: self._ask_reason(ids, met), lambda error: self.said.emit(message_for(error))
        )

    def cancel_several(self, records: Sequence[ListedPerformance]) -> None:
        """Cancel those that are not cancelled yet."""
        ids = [one.performance_id for one in records if not one.cancelled and not one.archived]
        if ids:
            self.cancel(ids)
        else:
            self.said.emit(Message(self.tr("All of them are cancelled or archived already.")))

    def reinstate(self, record: ListedPerformance) -> None:
        """Take a cancellation back when that is agreed to."""
        sheet = confirm(
            self._page,
            self.tr("Reinstate {0}?").format(named(record)),
            self.tr("It can be sold again, and tickets that were not paid back let their guests in."),
            yes=self.tr("Reinstate it"),
            no=self.tr("Leave it cancelled"),
            danger=False,
        )
        sheet.confirmed.connect(lambda: self._reinstate([record.performance_id]))

    def archive_several(self, records: Sequence[ListedPerformance]) -> None:
        """Put them away when that is agreed to."""
        ids = [one.performance_id for one in records if not one.archived]
        if not ids:
            self.said.emit(Message(self.tr("All of them are archived already.")))
            return
        sheet = confirm(
            self._page,
            spoken_count("Archive {count} performance?", "Archive {count} performances?", len(ids)),
            self.tr("All or none: where somebody has a seat for one of them, none is archived."),
            yes=self.tr("Archive them"),
            no=self.tr("Keep them"),
            lost=(self.tr("They are on no list any more, at no till. They can be restored."),),
        )
        sheet.confirmed.connect(lambda: self._archive(ids))

    def change(
        self, records: Sequence[ListedPerformance], change: CommonChange, then: Callable[[], object] | None = None
    ) -> None:
        """Say what a change of several does, and make it when that is agreed to; then: what to do once it is made."""
        sheet = confirm(
            self._page,
            spoken_count("Change {count} performance?", "Change {count} performances?", len(records)),
            self.tr("All or none of them:"),
            yes=self.tr("Change them"),
            no=self.tr("Back to the form"),
            lost=change_words(change, records[0].currency, records[0].time_zone),
            danger=False,
        )
        sheet.confirmed.connect(lambda: self._change(records, change, then))

    def _ask_reason(self, ids: Collection[int], met: Sequence[Cancellation]) -> None:
        sheet = CancelSheet(self._page, met)

        def cancelled(stored: Stored) -> None:
            sheet.close_sheet()
            self.stored.emit(stored)
            self._say_cancelled([one.performance_id for one in stored], orders=len(sheet.orders))

        sheet.given.connect(
            lambda reason: self._office.write(self, cancel_performances, tuple(ids), reason.text).then(
                cancelled, sheet.refuse
            )
        )
        sheet.export_asked.connect(lambda: self._export(sheet, ids))
        sheet.open()

    def _say_cancelled(self, ids: Sequence[int], *, orders: int) -> None:
        """Say so; one alone that has orders is worked off next."""
        words = spoken_count("{count} performance cancelled.", "{count} performances cancelled.", len(ids))
        if len(ids) > 1 or not orders or not self.offers_orders:
            self._say(words, lambda: self._reinstate(ids))
            return
        told = spoken_count("{count} order waits to be settled.", "{count} orders wait to be settled.", orders)
        action, undo = self.tr("Work list…"), self.tr("Undo")
        self.said.emit(
            Message(
                words, told, Level.OK, action, self.orders_asked.emit, undo=undo, on_undo=lambda: self._reinstate(ids)
            )
        )

    def _export(self, sheet: CancelSheet, ids: Collection[int]) -> None:
        path = save_file.ask_path(
            self._page, self.tr("Export the orders"), self.tr("cancelled orders.csv"), save_file.CSV
        )

        def write(content: bytes) -> None:
            done = self.tr("Exported")
            save_file.write_file(self._page, self._office.background, path, lambda: content, done, say)

        def say(message: Message) -> None:
            if message.level is Level.OK:
                sheet.export_button.setText(message.text)
            else:
                sheet.show_sentence(message.sentence)

        if path:
            self._office.write(self, export_affected_orders, tuple(ids)).then(write, sheet.refuse)

    def _reinstate(self, ids: Collection[int]) -> None:
        answer = self._office.write(self, reinstate_performances, tuple(ids))
        self._do(
            answer,
            lambda number: spoken_count("{count} performance reinstated.", "{count} performances reinstated.", number),
            lambda: self._reinstate(ids),
        )

    def _archive(self, ids: Collection[int]) -> None:
        answer = self._office.write(self, archive_performances, tuple(ids))
        self._do(
            answer,
            lambda number: spoken_count("{count} performance archived.", "{count} performances archived.", number),
            lambda: self._archive(ids),
            lambda: self._restore(ids),
        )

    def _restore(self, ids: Collection[int]) -> None:
        answer = self._office.write(self, restore_performances, tuple(ids))
        self._do(
            answer,
            lambda number: spoken_count("{count} performance restored.", "{count} performances restored.", number),
            lambda: self._restore(ids),
        )

    def _put_back(self, stored: Stored, before: Sequence[ListedPerformance]) -> None:
        """Save again what several were before a change."""
        drafts = {one.performance_id: draft_of(one) for one in before}
        answer = self._office.write(self, save_performances, [(one, drafts[one.performance_id]) for one in stored])
        self._do(
            answer,
            lambda number: spoken_count("{count} performance as before.", "{count} performances as before.", number),
            lambda: self._put_back(stored, before),
        )

    def _do(
        self,
        answer: Reply[Any],
        words: Callable[[int], str],
        again: Callable[[], object],
        undo: Callable[[], object] | None = None,
    ) -> None:
        """Say what was done to how many, once it is done."""

        def done(stored: Stored) -> None:
            self.stored.emit(stored)
            self._say(words(len(stored)), undo)

        self._ask(answer, done, again)

    def _change(
        self, records: Sequence[ListedPerformance], change: CommonChange, then: Callable[[], object] | None
    ) -> None:
        def done(stored: Stored) -> None:
            self.made.emit()
            self.stored.emit(stored)
            self._say(
                spoken_count("{count} performance changed.", "{count} performances changed.", len(stored)),
                lambda: self._put_back(stored, records),
            )
            if then is not None:
                then()

        self._office.write(self, change_performances, tuple(records), change).then(done, self._on_refused)

    def _on_refused(self, error: Exception) -> None:
        if isinstance(error, FieldRefused):
            self.refused.emit(error)
            return
        message = message_for(error)
        if isinstance(error, ChangedMeanwhile):
            self.outdated.emit()
            advice = self.tr("Nothing was changed. They are read again: look at them, then try again.")
            message = Message(message.text, advice, Level.WARNING)
        self.said.emit(message)

    def _say(self, words: str, undo: Callable[[], object] | None) -> None:
        self.said.emit(Message(words, "", Level.OK, self.tr("Undo") if undo else "", undo))
