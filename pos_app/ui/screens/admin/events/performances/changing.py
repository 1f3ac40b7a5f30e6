"""What is done to performances beyond saving a form: made again, cancelled, changed together; each with an undo."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

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
from pos_app.ui.screens.admin.events.performances.cancel_sheet import CancelSheet
from pos_app.ui.screens.admin.events.performances.dates_sheet import DatesSheet
from pos_app.ui.screens.admin.events.performances.words import change_words, named, performances_words
from pos_app.ui.widgets.sheets.confirm import confirm
from pos_app.ui.words.messages import Level, Message, message_for

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from pos_app.domain.season.performances import Cancellation, CommonChange, ListedPerformance, PerformanceRecord
    from pos_app.ui.office import Office
    from pos_app.ui.screens.admin.events.performances.page import PerformanceRecordsPage

_TOAST_SECONDS: Final = 12


class PerformanceDeeds(QObject):
    """Works for the page of performances. No signals."""

    def __init__(self, page: PerformanceRecordsPage, office: Office) -> None:
        super().__init__(page)
        self._page = page
        self._office = office

    def ask_dates(self) -> None:
        """Ask on which dates the performance in the form is to be given again; asks first when that is unsaved."""
        self._page.leave(self._open_dates)

    def cancel_or_reinstate(self) -> None:
        """Cancel the performance in the form, or take that back; asks first when something is unsaved."""
        self._page.leave(self._cancel_or_reinstate)

    def cancel_several(self) -> None:
        """Cancel those that are chosen and not cancelled yet."""
        ids = [one.performance_id for one in self._page.several.records if not one.cancelled and not one.archived]
        if ids:
            self._look_before(ids)
        else:
            self._page.say(Message(self.tr("All of them are cancelled or archived already."), "", Level.INFO))

    def archive_several(self) -> None:
        """Put those that are chosen away."""
        records = [one for one in self._page.several.records if not one.archived]
        ids = [one.performance_id for one in records]
        if not ids:
            self._page.say(Message(self.tr("All of them are archived already."), "", Level.INFO))
            return
        sheet = confirm(
            self._page,
            self.tr("Archive {0}?").format(performances_words(len(ids))),
            self.tr("All or none: where somebody has a seat for one of them, none is archived."),
            yes=self.tr("Archive them"),
            no=self.tr("Keep them"),
            lost=(self.tr("They are on no list any more, at no till. They can be restored."),),
        )
        sheet.confirmed.connect(lambda: self._archive(ids))

    def change(self, change: CommonChange, then: Callable[[], object] | None = None) -> None:
        """Say what a change of those that are chosen does, and make it when that is agreed to."""
        records = self._page.several.records
        sheet = confirm(
            self._page,
            self.tr("Change {0}?").format(performances_words(len(records))),
            self.tr("All or none of them:"),
            yes=self.tr("Change them"),
            no=self.tr("Back to the form"),
            lost=change_words(change, records[0].currency, records[0].time_zone),
            danger=False,
        )
        sheet.confirmed.connect(lambda: self._change(records, change, then))

    def ask_path(self, name: str) -> str:
        """Ask for a file to write to; "" for none."""
        path, _ = QFileDialog.getSaveFileName(self._page, self.tr("Export the orders"), name, "CSV (*.csv)")
        return path

    def _open_dates(self) -> None:
        page = self._page
        pattern = page.record
        if pattern is None:
            return
        sheet = DatesSheet(page, pattern, page.season, page.now)
        sheet.given.connect(
            lambda starts: self._office.write(page, repeat_performance, pattern.performance_id, tuple(starts)).then(
                lambda made: self._on_repeated(sheet, made), sheet.show_refusal
            )
        )
        sheet.open()

    def _on_repeated(self, sheet: DatesSheet, made: Sequence[PerformanceRecord]) -> None:
        page = self._page
        sheet.close_sheet()
        known = {one.performance_id for one in page.season}
        ids = [one.performance_id for one in made if one.performance_id not in known]
        page.show_all_stored(made)
        words = self.tr("{0} made.").format(performances_words(len(ids)))
        self._say(words, lambda: self._archive(ids))

    def _cancel_or_reinstate(self) -> None:
        record = self._page.record
        if record is None:
            return
        if not record.cancelled:
            self._look_before([record.performance_id])
            return
        sheet = confirm(
            self._page,
            self.tr("Reinstate {0}?").format(named(record)),
            self.tr("It can be sold again, and tickets that were not paid back let their guests in."),
            yes=self.tr("Reinstate it"),
            no=self.tr("Leave it cancelled"),
            danger=False,
        )
        sheet.confirmed.connect(lambda: self._reinstate([record.performance_id]))

    def _look_before(self, ids: Sequence[int]) -> None:
        self._office.read_latest(self._page, "cancellations", load_cancellations, tuple(ids)).then(
            lambda met: self._ask_reason(ids, met), lambda error: self._page.say(message_for(error))
        )

    def _ask_reason(self, ids: Sequence[int], met: Sequence[Cancellation]) -> None:
        sheet = CancelSheet(self._page, met)
        sheet.given.connect(
            lambda reason: self._office.write(self._page, cancel_performances, tuple(ids), reason.text).then(
                lambda stored: self._on_cancelled(sheet, stored), sheet.refuse
            )
        )
        sheet.export_asked.connect(lambda: self._export(sheet, ids))
        sheet.open()

    def _on_cancelled(self, sheet: CancelSheet, stored: Sequence[PerformanceRecord]) -> None:
        sheet.close_sheet()
        self._page.show_all_stored(stored)
        ids = [one.performance_id for one in stored]
        words = self.tr("{0} cancelled.").format(performances_words(len(stored)))
        self._say(words, lambda: self._reinstate(ids))

    def _reinstate(self, ids: Collection[int]) -> None:
        def done(stored: Sequence[PerformanceRecord]) -> None:
            self._page.show_all_stored(stored)
            self._say(self.tr("{0} reinstated.").format(performances_words(len(stored))))

        answer = self._office.write(self._page, reinstate_performances, tuple(ids))
        self._page.saving.ask(answer, done, lambda: self._reinstate(ids))

    def _archive(self, ids: Collection[int]) -> None:
        def done(stored: Sequence[PerformanceRecord]) -> None:
            self._page.show_all_stored(stored)
            words = self.tr("{0} archived.").format(performances_words(len(stored)))
            self._say(words, lambda: self._restore(ids))

        answer = self._office.write(self._page, archive_performances, tuple(ids))
        self._page.saving.ask(answer, done, lambda: self._archive(ids))

    def _restore(self, ids: Collection[int]) -> None:
        def done(stored: Sequence[PerformanceRecord]) -> None:
            self._page.show_all_stored(stored)
            self._say(self.tr("{0} restored.").format(performances_words(len(stored))))

        answer = self._office.write(self._page, restore_performances, tuple(ids))
        self._page.saving.ask(answer, done, lambda: self._restore(ids))

    def _change(
        self, records: Sequence[ListedPerformance], change: CommonChange, then: Callable[[], object] | None
    ) -> None:
        def done(stored: Sequence[PerformanceRecord]) -> None:
            self._page.several.discard()
            self._page.show_all_stored(stored)
            words = self.tr("{0} changed.").format(performances_words(len(stored)))
            self._say(words, lambda: self._put_back(stored, records))
            if then is not None:
                then()

        answer = self._office.write(self._page, change_performances, tuple(records), change)
        answer.then(done, self._on_change_refused)

    def _put_back(self, stored: Sequence[PerformanceRecord], before: Sequence[ListedPerformance]) -> None:
        def done(again: Sequence[PerformanceRecord]) -> None:
            self._page.show_all_stored(again)
            self._say(self.tr("{0} as before.").format(performances_words(len(again))))

        drafts = {one.performance_id: draft_of(one) for one in before}
        pairs = [(one, drafts[one.performance_id]) for one in stored]
        answer = self._office.write(self._page, save_performances, pairs)
        self._page.saving.ask(answer, done, lambda: self._put_back(stored, before))

    def _on_change_refused(self, error: Exception) -> None:
        page = self._page
        if isinstance(error, FieldRefused):
            elsewhere = page.several.show_refusal(error.fields)
            if elsewhere:
                page.say(Message(" ".join(elsewhere), error.advice, Level.WARNING))
            return
        message = message_for(error)
        if isinstance(error, ChangedMeanwhile):
            page.refresh()
            advice = self.tr("Nothing was changed. They are read again: look at them, then try again.")
            message = Message(message.text, advice, Level.WARNING)
        page.say(message)

    def _export(self, sheet: CancelSheet, ids: Collection[int]) -> None:
        path = self.ask_path(self.tr("cancelled orders.csv"))
        if path:
            self._office.write(self._page, export_affected_orders, tuple(ids)).then(
                lambda content: self._write(sheet, path, content), sheet.refuse
            )

    def _write(self, sheet: CancelSheet, path: str, content: bytes) -> None:
        def failed(error: Exception) -> None:
            words = self.tr("The file could not be written: {0}. Choose another place.")
            sheet.show_sentence(words.format(error.strerror if isinstance(error, OSError) else error))

        self._office.background.outside(self._page, Path(path).write_bytes, content).then(
            lambda _done: sheet.export_button.setText(self.tr("Exported")), failed
        )

    def _say(self, words: str, undo: Callable[[], object] | None = None) -> None:
        self._page.say(Message(words, "", Level.OK, self.tr("Undo") if undo else "", undo), _TOAST_SECONDS)
