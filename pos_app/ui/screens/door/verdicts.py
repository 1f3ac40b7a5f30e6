"""From a scan to what the steward is told: in time as a verdict that fills the screen, too late in a list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from pos_app.domain.door.check_in import LONGEST_SCAN, Scan
from pos_app.domain.errors import ServerUnreachable
from pos_app.ui.screens.door.panel_words import result_words, unchecked_words
from pos_app.ui.screens.door.verdict_look import DoorState, state_of
from pos_app.ui.screens.door.verdict_panel import PanelWords

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pos_app.domain.door.check_in import DoorPerformance, ScanResult
    from pos_app.ui.screens.door.last_scans import LastScansList
    from pos_app.ui.screens.door.late_scans import LateRow, LateScans
    from pos_app.ui.screens.door.scan_queue import LateVerdict, ScanQueue, UncheckedScan
    from pos_app.ui.screens.door.telling import Telling


class Verdicts(QObject):
    """Hears what becomes of scans, and has the steward told.

    Signals:
        given(int, ScanResult): a verdict was given for a performance, in time or late.
        seen(Scan, ScanResult): it stands there now, of the guest in front.
    """

    given = Signal(int, object)
    seen = Signal(object, object)

    def __init__(
        self, queue: ScanQueue, late: LateScans, telling: Telling, last_scans: LastScansList, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._queue = queue
        self._late = late
        self._telling = telling
        self._last_scans = last_scans
        self._performance: DoorPerformance | None = None
        self._answers = False
        self._listed: list[ScanResult] = []
        """Verdicts of the list that have come since the steward asked, and of which the gravest is yet to be heard."""
        queue.judged.connect(self._on_judged)
        queue.told_late.connect(self._on_told_late)
        queue.listed.connect(self._on_listed)
        queue.not_checked.connect(self._on_not_checked)
        queue.slow.connect(self._on_slow)
        telling.panel.again_button.clicked.connect(self._on_again)
        telling.late_list.again_asked.connect(self._check_listed)
        telling.late_list.closed.connect(self._on_list_closed)

    def scan(self, performance: DoorPerformance, gate: str, text: str, *, leaving: bool) -> None:
        """Have a text judged; a ticket that waits for its verdict in the list is asked for by the same scan."""
        self._performance = performance
        if not self._queue.is_listing:
            self._late.forget_told()
        wanted = Scan(performance.performance_id, gate, text[: LONGEST_SCAN + 1], "", leaving)
        # What is scanned before the steward can see the list joins it, and is the same ticket there.
        known = None if self._queue.is_holding else self._late.take_same(wanted)
        if known is not None:
            self._queue.add_again(known)
        else:
            self._queue.add(wanted.performance_id, gate, text, leaving=leaving)

    def show_open(self) -> bool:
        """Show what is still to be done or read, if there is anything; tell whether there is."""
        rows = self._late.rows
        if not rows:
            return False
        if self._single(rows):
            self._show_single(rows[0])
        else:
            self._telling.show_list(answers=self._answers)
        return True

    def note_answer(self) -> None:
        """A server that was away answers again: nobody is checked for that."""
        if self._answers or not self._late.unchecked or self._telling.state is not DoorState.NOT_CHECKED:
            return
        self._answers = True
        rows = self._late.rows
        if self._telling.middle.lists_late:
            self._telling.show_list(answers=True)
        elif self._single(rows) and rows[0].error is not None:
            self._telling.say_again(unchecked_words(rows[0].error, answers=True), can_check_again=True)

    def forget(self) -> None:
        """Another performance was chosen."""
        self._late.clear()

    def _single(self, rows: Sequence[LateRow]) -> bool:
        """Tell whether there is one scan alone, of one guest, without a verdict."""
        return len(rows) == 1 and rows[0].is_open and rows[0].error is not None and rows[0].times == 1

    def _show_single(self, row: LateRow) -> None:
        if row.error is not None:
            words = unchecked_words(row.error, answers=self._answers)
            self._telling.show(DoorState.NOT_CHECKED, words, can_check_again=not row.checking)

    def _on_judged(self, scan: Scan, result: ScanResult) -> None:
        self._late.forget(scan.nonce)
        zone = self._performance.time_zone if self._performance is not None else "UTC"
        self._last_scans.forget_unchecked(scan.nonce)
        self._telling.show(state_of(result), result_words(result, zone))
        self.given.emit(scan.performance_id, result)
        self.seen.emit(scan, result)

    def _on_told_late(self, late: LateVerdict) -> None:
        self._late.add_verdict(late)
        self._last_scans.forget_unchecked(late.scan.nonce)
        self._telling.show_list(answers=True)
        if late.alone:
            self._telling.call()
        self.given.emit(late.scan.performance_id, late.result)

    def _on_listed(self, scan: Scan, result: ScanResult) -> None:
        self._late.note_verdict(scan, result)
        self._listed.append(result)
        self._last_scans.forget_unchecked(scan.nonce)
        self.given.emit(scan.performance_id, result)
        if self._telling.middle.lists_late:
            self._telling.show_list(answers=True)
        if not self._queue.is_listing:
            self._telling.sum_up(self._listed)
            self._listed = []

    def _on_not_checked(self, lost: tuple[UncheckedScan, ...]) -> None:
        self._listed = []
        self._answers = not any(isinstance(one.error, ServerUnreachable) for one in lost)
        self._late.add_unchecked(lost)
        performance = self._performance
        if performance is not None:
            here = [one for one in lost if one.scan.performance_id == performance.performance_id]
            self._last_scans.add_unchecked([one for one in here if self._late.lists(one.scan)], performance.time_zone)
        rows = self._late.rows
        if self._single(rows):
            self._show_single(rows[0])
        else:
            self._telling.show_list(answers=False)
            self._telling.call()

    def _on_slow(self) -> None:
        # The verdict of the guest before must not stand there while this one waits.
        self._telling.show(DoorState.CHECKING, PanelWords(self.tr("Checking …"), advice=self.tr("Please wait")))

    def _on_again(self) -> None:
        rows = self._late.rows
        if self._single(rows) and not rows[0].checking:
            self._late.note_checking((rows[0].scan,))
            self._queue.add_again(rows[0].scan)

    def _check_listed(self, scans: Sequence[Scan]) -> None:
        self._late.note_checking(scans)
        self._queue.check_listed(scans)

    def _on_list_closed(self) -> None:
        self._late.clear()
        self._telling.faded.emit()
