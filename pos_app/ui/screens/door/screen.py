"""The door: a steward scans tickets, and the screen says what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QWidget

from pos_app.domain.door.scan_text import clean_scan
from pos_app.domain.errors import PosError, ServerUnreachable
from pos_app.ui.remembered import remembered
from pos_app.ui.screens.door.guest_search import GuestSearch
from pos_app.ui.screens.door.keys import door_keys
from pos_app.ui.screens.door.late_scans import LateScans
from pos_app.ui.screens.door.numbers import DoorNumbers
from pos_app.ui.screens.door.panel_words import ready_words, undone_words, unread_words
from pos_app.ui.screens.door.party import OrderParties
from pos_app.ui.screens.door.scan_field import ScanField
from pos_app.ui.screens.door.scan_queue import ScanQueue
from pos_app.ui.screens.door.setup_bar import SetupBar
from pos_app.ui.screens.door.side import DoorSide
from pos_app.ui.screens.door.telling import Telling
from pos_app.ui.screens.door.undo import UndoTrail
from pos_app.ui.screens.door.verdict_look import DoorState
from pos_app.ui.screens.door.verdicts import Verdicts
from pos_app.ui.server_answers import server_answers
from pos_app.ui.widgets.boxes import column, row
from pos_app.ui.widgets.key_button import KeyButton
from pos_app.ui.widgets.labels import text_label
from pos_app.ui.widgets.sheets.base import Sheet
from pos_app.ui.widgets.told_keys import tell_keys
from pos_app.ui.words.amounts import shown_number
from pos_app.ui.words.sentences import spoken_count, spoken_error

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent

    from pos_app.devices.sound import SoundPlayer
    from pos_app.domain.door.check_in import DoorPerformance, GuestTicket, Scan, ScanResult
    from pos_app.ui.screens.door.operations import DoorOperations


class DoorScreen(QWidget):
    """The whole work of a door steward. The window hears the scanner, and hands over what was scanned (scan).

    Signals: none; what it does goes through its operations.
    """

    def __init__(
        self,
        operations: DoorOperations,
        sounds: SoundPlayer,
        *,
        settings: QSettings | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "page")
        self._sounds = sounds
        self._performance: DoorPerformance | None = None
        self._away = False  # the notice says that the server could not be reached
        self._undo_trail = UndoTrail(operations, self)
        self.bar = SetupBar(settings if settings is not None else remembered(), operations.till_name)
        self.side = DoorSide()
        self.late = LateScans(self)
        self.telling = Telling(sounds, self.late, self.side, self)
        self.panel = self.telling.panel
        self.scan_field = ScanField()
        self.setFocusProxy(self.scan_field)  # whoever comes back here goes on where codes are typed
        self.check_button = KeyButton(self.tr("Check"), icon_name="check", variant="primary", size="large")
        self.undo_button = KeyButton(self.tr("Undo"), "F8", icon_name="arrow-counter-clockwise", size="large")
        self.late_button = KeyButton("", "F5", icon_name="wifi-slash", variant="danger", size="large")
        self.late_button.hide()
        self.notice = text_label("", "muted")
        self.numbers = DoorNumbers(operations, self.bar, self.side, self)
        self._search = GuestSearch(operations, self.side.finder, self)
        self._queue = ScanQueue(operations, self)
        self.verdicts = Verdicts(self._queue, self.late, self.telling, self.side.last_scans, self)
        self._parties = OrderParties(operations, self._queue, self.telling, self)
        tell_keys(self, door_keys)
        self._build()
        self._connect()
        self.bar.mute_button.setChecked(sounds.muted)
        self._show_ready()
        self._show_undo()

    def scan(self, text: str) -> None:
        """Judge a scan; nothing but spaces, or an empty Enter, is none."""
        if not clean_scan(text):
            return
        if self._performance is None:
            self._show_ready()
            return
        self._uncover()
        leaving = self.bar.leaving_button.isChecked()
        self.verdicts.scan(self._performance, self.bar.gate, text, leaving=leaving)

    def _uncover(self) -> None:
        """A guest is here: what lies over the verdict goes."""
        while (unfolded := QApplication.activePopupWidget()) is not None and unfolded.close():
            pass
        for sheet in self.window().findChildren(Sheet):
            if sheet.isVisible():
                sheet.cancel()

    def reload(self) -> None:
        """Ask for the performances, the counts and the last scans again."""
        self.numbers.read_anew()

    def _build(self) -> None:
        self.scan_field.setAccessibleName(self.tr("Scan a ticket or type its short code"))
        below = row((self.scan_field, 1), self.check_button, self.undo_button, self.late_button, spacing=8)
        inside = (self.bar, (self.telling.middle, 1), below, self.notice)
        column(*inside, inside=self, margins=(12, 12, 12, 8), spacing=8)

    def _connect(self) -> None:
        self.bar.performance_chosen.connect(self._on_performance_chosen)
        self.bar.leaving_changed.connect(self._on_leaving_changed)
        self.bar.find_asked.connect(self.side.show_finder)
        self.bar.mute_changed.connect(self._on_mute_changed)
        self.bar.gates.gate_changed.connect(self._on_gate_changed)
        self.scan_field.returnPressed.connect(self._on_code_typed)
        self.check_button.clicked.connect(self._on_code_typed)
        self.undo_button.clicked.connect(self._undo_trail.undo_last)
        self._undo_key = QShortcut(QKeySequence(QKeySequence.StandardKey.Undo), self, self._undo_trail.undo_last)
        self._undo_key.setAutoRepeat(False)
        self._undo_trail.changed.connect(self._show_undo)
        self._undo_trail.undone.connect(self._on_undone)
        self._undo_trail.failed.connect(self._on_load_failed)
        self._queue.waiting_changed.connect(self._on_waiting_changed)
        self.verdicts.given.connect(self._on_given)
        self.verdicts.seen.connect(self._on_seen)
        self._parties.admitted.connect(self._on_party_admitted)
        self._parties.failed.connect(self._on_load_failed)
        self.telling.faded.connect(self._on_faded)
        self.late_button.clicked.connect(self.verdicts.show_open)
        self.late.changed.connect(self._show_late)
        self.telling.changed.connect(self._show_late)
        self._search.failed.connect(self._on_load_failed)
        self.numbers.failed.connect(self._on_load_failed)
        self.numbers.performances_read.connect(self._on_performances)
        self.side.finder.admit_asked.connect(self._on_admit_asked)
        self.side.finder.closed.connect(self._on_find_closed)
        server_answers().answered.connect(self._on_server_answered)

    def _show_ready(self) -> None:
        leaving = self.bar.leaving_button.isChecked()
        state = DoorState.READY_LEAVING if leaving else DoorState.READY
        words = ready_words(self._performance, self.bar.gate, leaving=leaving, is_read=self.numbers.is_read)
        self.telling.rest(state, words)
        self.scan_field.ask(leaving=leaving)

    def _show_undo(self) -> None:
        self.undo_button.setEnabled(bool(self._undo_trail.last))
        self.notice.setText(self._undo_trail.sentence)

    def _show_late(self) -> None:
        """Remind of scans without a verdict while something else stands in their place."""
        unchecked = len(self.late.unchecked)
        is_told = self.telling.middle.lists_late or self.panel.state is DoorState.NOT_CHECKED
        if unchecked:
            self.late_button.set_words(spoken_count("{count} not checked", "{count} not checked", unchecked))
        self.late_button.setVisible(bool(unchecked) and not is_told)

    def _on_faded(self) -> None:
        if not self.verdicts.show_open():
            self._show_ready()

    def _on_performances(self, performances: tuple[DoorPerformance, ...]) -> None:
        if not performances:
            self._begin(None)
            self._show_ready()

    def _on_performance_chosen(self, performance: DoorPerformance) -> None:
        if self._performance is None or self._performance.performance_id != performance.performance_id:
            self._undo_trail.clear()
            self.verdicts.forget()
            self._begin(performance)
            self._show_ready()
        self.scan_field.setFocus()

    def _begin(self, performance: DoorPerformance | None) -> None:
        self._performance = performance
        self.numbers.begin(performance)
        self._search.begin(performance.performance_id if performance is not None else None)

    def _on_load_failed(self, error: Exception) -> None:
        if not isinstance(error, PosError):
            raise error
        self._away = isinstance(error, ServerUnreachable)
        self.notice.setText(spoken_error(error))
        if not self.numbers.is_read and self._performance is None:
            self.telling.rest(DoorState.READY, unread_words(error))

    def _on_server_answered(self) -> None:
        """What was said of a server that is away is not true any more; the scans that it cost are still unchecked."""
        if self._away:
            self._away = False
            self._show_undo()
            self._search.ask_again()
        self.verdicts.note_answer()

    def _on_gate_changed(self, _name: str) -> None:
        if self.panel.state in {DoorState.READY, DoorState.READY_LEAVING}:
            self._show_ready()
        self.scan_field.setFocus()

    def _on_leaving_changed(self, leaving: bool) -> None:  # noqa: FBT001 - a Qt slot
        self.side.finder.set_leaving(leaving)
        self.scan_field.ask(leaving=leaving)
        self._on_faded()

    def _on_mute_changed(self, muted: bool) -> None:  # noqa: FBT001 - a Qt slot
        self._sounds.muted = muted

    def _on_code_typed(self) -> None:
        self.scan(self.scan_field.take_text())
        self.scan_field.setFocus()

    def _on_given(self, performance_id: int, result: ScanResult) -> None:
        if self._performance is not None and self._performance.performance_id == performance_id:
            self._undo_trail.remember((result,))
            self.numbers.add(result)

    def _on_seen(self, scan: Scan, result: ScanResult) -> None:
        self._parties.look(result, scan.gate)

    def _on_party_admitted(self, results: tuple[ScanResult, ...]) -> None:
        self._undo_trail.remember(results)
        for one in results:
            self.numbers.add(one)

    def _on_waiting_changed(self, waiting: int) -> None:
        if waiting > 1:
            self.notice.setText(self.tr("Scans waiting: {0}").format(shown_number(waiting - 1)))
        else:
            self._show_undo()

    def _on_undone(self, undone: tuple[ScanResult, ...]) -> None:
        self.telling.show(DoorState.UNDONE, undone_words(undone))
        for one in undone:
            self.numbers.add(one, undone=True)

    def _on_find_closed(self) -> None:
        self.side.show_last_scans()
        self.scan_field.setFocus()

    def _on_admit_asked(self, guest: GuestTicket) -> None:
        self.scan(guest.short_code)
        self.side.finder.clear()
        self._on_find_closed()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Type a short code wherever the keyboard is, and uncover the lists with Escape."""
        if event.key() == Qt.Key.Key_Escape:
            if self.telling.middle.lists_late:
                self.telling.late_list.closed.emit()
            else:
                self.telling.middle.step_aside()
        elif event.text().isprintable() and event.text().strip() and not event.modifiers() & _COMMAND:
            self.scan_field.setFocus()
            self.scan_field.insert(event.text())
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Keep the numbers fresh."""
        super().showEvent(event)
        self.numbers.start()
        self.scan_field.setFocus()

    def hideEvent(self, event: QHideEvent) -> None:
        """Leave the server alone while it is not shown."""
        self._queue.look_away()
        self.numbers.stop()
        super().hideEvent(event)


_COMMAND = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.MetaModifier | Qt.KeyboardModifier.AltModifier
