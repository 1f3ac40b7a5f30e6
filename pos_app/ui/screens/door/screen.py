"""The door: a steward scans tickets, and the screen says what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSettings, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from pos_app.domain.door.scan_text import clean_scan
from pos_app.domain.errors import PosError, ServerUnreachable
from pos_app.ui.announce import announce
from pos_app.ui.remembered import remembered
from pos_app.ui.screens.door.guest_count import GuestCount
from pos_app.ui.screens.door.guest_search import GuestSearch
from pos_app.ui.screens.door.keys import door_keys
from pos_app.ui.screens.door.panel_words import ready_words, result_words, unchecked_words, undone_words, unread_words
from pos_app.ui.screens.door.scan_field import ScanField
from pos_app.ui.screens.door.scan_queue import ScanQueue, UncheckedScan
from pos_app.ui.screens.door.setup_bar import SetupBar
from pos_app.ui.screens.door.side import DoorSide
from pos_app.ui.screens.door.undo import UndoTrail
from pos_app.ui.screens.door.verdict_look import LOOKS, DoorState, state_of
from pos_app.ui.screens.door.verdict_panel import PanelWords, VerdictPanel
from pos_app.ui.server_answers import server_answers
from pos_app.ui.widgets.boxes import column, row
from pos_app.ui.widgets.key_button import KeyButton
from pos_app.ui.widgets.labels import text_label
from pos_app.ui.widgets.told_keys import tell_keys
from pos_app.ui.words.amounts import shown_number
from pos_app.ui.words.sentences import spoken_error

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent, QShowEvent

    from pos_app.devices.sound import SoundPlayer
    from pos_app.domain.door.check_in import DoorPerformance, GuestTicket, Scan, ScanEntry, ScanResult
    from pos_app.ui.screens.door.operations import DoorOperations

_REFRESH_MILLISECONDS: Final = 10_000


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
        self._operations = operations
        self._sounds = sounds
        self._performance: DoorPerformance | None = None
        self._is_read = False
        self._undo_trail = UndoTrail(operations, self)
        self._unchecked: UncheckedScan | None = None
        self._lost: tuple[UncheckedScan, ...] = ()
        self._away = False  # the notice says that the server could not be reached
        self.bar = SetupBar(settings if settings is not None else remembered())
        self.panel = VerdictPanel()
        self.scan_field = ScanField()
        self.check_button = KeyButton(self.tr("Check"), icon_name="check", variant="primary", size="large")
        self.undo_button = KeyButton(self.tr("Undo"), "F8", icon_name="arrow-counter-clockwise", size="large")
        self.notice = text_label("", "muted")
        self.side = DoorSide()
        self._search = GuestSearch(operations, self.side.finder, self)
        self._count = GuestCount(operations, self)
        self._queue = ScanQueue(operations, self)
        self._fade = QTimer(self, singleShot=True)
        self._refresh = QTimer(self, interval=_REFRESH_MILLISECONDS)
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
        self.bar.remember_gate()
        leaving = self.bar.leaving_button.isChecked()
        self._queue.add(self._performance.performance_id, self.bar.gate, text, leaving=leaving)

    def reload(self) -> None:
        """Ask for the performances, the counts and the last scans again."""
        self._is_read = False
        self._reload_numbers()

    def _build(self) -> None:
        self.scan_field.setAccessibleName(self.tr("Scan a ticket or type its short code"))
        below = row((self.scan_field, 1), self.check_button, self.undo_button, spacing=8)
        middle = column((self.panel, 1), below, self.notice, spacing=8)
        sides = row((middle, 1), self.side, spacing=12)
        column(self.bar, (sides, 1), inside=self, margins=(12, 12, 12, 8), spacing=12)

    def _connect(self) -> None:
        self.bar.performance_chosen.connect(self._on_performance_chosen)
        self.bar.leaving_changed.connect(self._on_leaving_changed)
        self.bar.find_asked.connect(self.side.show_finder)
        self.bar.mute_changed.connect(self._on_mute_changed)
        self.bar.gates.editTextChanged.connect(self._on_gate_changed)
        self.scan_field.returnPressed.connect(self._on_code_typed)
        self.check_button.clicked.connect(self._on_code_typed)
        self.undo_button.clicked.connect(self._undo_trail.undo_last)
        self._undo_key = QShortcut(QKeySequence(QKeySequence.StandardKey.Undo), self, self._undo_trail.undo_last)
        self._undo_key.setAutoRepeat(False)
        self._undo_trail.changed.connect(self._show_undo)
        self._undo_trail.undone.connect(self._on_undone)
        self._undo_trail.failed.connect(self._on_load_failed)
        self.panel.again_button.clicked.connect(self._on_again_asked)
        self._queue.judged.connect(self._on_judged)
        self._queue.not_checked.connect(self._on_not_checked)
        self._queue.waiting_changed.connect(self._on_waiting_changed)
        self._queue.slow.connect(self._on_slow)
        self._search.failed.connect(self._on_load_failed)
        self._count.counted.connect(self.bar.show_counts)
        self._count.failed.connect(self._on_load_failed)
        self.side.finder.admit_asked.connect(self._on_admit_asked)
        self.side.finder.closed.connect(self._on_find_closed)
        self._fade.timeout.connect(self._show_ready)
        server_answers().answered.connect(self._on_server_answered)
        self._refresh.timeout.connect(self._reload_numbers)

    def _show_ready(self) -> None:
        self._fade.stop()
        leaving = self.bar.leaving_button.isChecked()
        state = DoorState.READY_LEAVING if leaving else DoorState.READY
        words = ready_words(self._performance, self.bar.gate, leaving=leaving, is_read=self._is_read)
        self.panel.show_state(state, words)
        self.scan_field.ask(leaving=leaving)

    def _show_undo(self) -> None:
        self.undo_button.setEnabled(self._undo_trail.last is not None)
        self.notice.setText(self._undo_trail.sentence)

    def _reload_numbers(self) -> None:
        if not self._is_read:
            self._operations.performances(self).then(self._on_performances, self._on_load_failed)
        self._count.count()
        self._reload_scans()

    def _reload_scans(self) -> None:
        if self._performance is None:
            return
        chosen = self._performance.performance_id
        self._operations.last_scans(self, chosen).then(
            lambda entries: self._on_last_scans(chosen, entries), self._on_load_failed
        )

    def _on_performances(self, performances: tuple[DoorPerformance, ...]) -> None:
        self._is_read = True
        self.bar.show_performances(performances)
        if not performances:
            self._performance = None
            self._search.begin(None)
            self._count.begin(None)
            self._show_ready()

    def _on_performance_chosen(self, performance: DoorPerformance) -> None:
        if self._performance == performance:
            return
        self._performance = performance
        self._undo_trail.clear()
        self.bar.show_counts(None)
        self.side.last_scans.forget_unchecked()
        self.side.last_scans.show_reading(performance.time_zone)
        self._search.begin(performance.performance_id)
        self._count.begin(performance.performance_id)
        self._show_ready()
        self._reload_numbers()
        self.scan_field.setFocus()

    def _on_last_scans(self, performance_id: int, entries: tuple[ScanEntry, ...]) -> None:
        if self._performance is not None and self._performance.performance_id == performance_id:
            self.side.last_scans.show_scans(entries, self._performance.time_zone)

    def _on_load_failed(self, error: Exception) -> None:
        if not isinstance(error, PosError):
            raise error
        self._away = isinstance(error, ServerUnreachable)
        self.notice.setText(spoken_error(error))
        if not self._is_read and self._performance is None:
            self.panel.show_state(DoorState.READY, unread_words(error))

    def _on_server_answered(self) -> None:
        """What was said of a server that is away is not true any more; the scans that it cost are still unchecked."""
        if self._away:
            self._away = False
            self._show_undo()
            self._search.ask_again()
        if self._lost and self.panel.state is DoorState.NOT_CHECKED:
            words = unchecked_words(self._lost[0].error, len(self._lost), answers=True)
            self.panel.show_state(DoorState.NOT_CHECKED, words, can_check_again=self._unchecked is not None)
            self._lost = ()

    def _on_gate_changed(self, _name: str) -> None:
        if self.panel.state in {DoorState.READY, DoorState.READY_LEAVING}:
            self._show_ready()

    def _on_leaving_changed(self, leaving: bool) -> None:  # noqa: FBT001 - a Qt slot
        self.side.finder.set_leaving(leaving)
        self._show_ready()

    def _on_mute_changed(self, muted: bool) -> None:  # noqa: FBT001 - a Qt slot
        self._sounds.muted = muted

    def _on_code_typed(self) -> None:
        self.scan(self.scan_field.take_text())
        self.scan_field.setFocus()

    def _on_judged(self, scan: Scan, result: ScanResult) -> None:
        state = state_of(result)
        zone = self._performance.time_zone if self._performance is not None else "UTC"
        self._show(state, result_words(result, zone, seconds_ago=self._undo_trail.seconds_since(result.check_in_id)))
        if self._performance is not None and self._performance.performance_id == scan.performance_id:
            self.side.last_scans.forget_unchecked(scan.nonce)
            self._undo_trail.remember(result)
        self._reload_scans()
        self._count.count_soon()

    def _on_not_checked(self, lost: tuple[UncheckedScan, ...]) -> None:
        if self._performance is not None:
            self.side.last_scans.add_unchecked(
                [one for one in lost if one.scan.performance_id == self._performance.performance_id],
                self._performance.time_zone,
            )
        # Of several it is not known whose guest stands in front: "Check again" could turn green for another.
        only = lost[0] if len(lost) == 1 else None
        self._show(DoorState.NOT_CHECKED, unchecked_words(lost[0].error, len(lost)), unchecked=only)
        self._lost = lost if isinstance(lost[0].error, ServerUnreachable) else ()

    def _on_slow(self) -> None:
        # The verdict of the guest before must not stand there while this one waits.
        self._show(DoorState.CHECKING, PanelWords(self.tr("Checking …"), advice=self.tr("Please wait")))

    def _show(self, state: DoorState, words: PanelWords, *, unchecked: UncheckedScan | None = None) -> None:
        look = LOOKS[state]
        self._unchecked = unchecked
        self.panel.show_state(state, words, can_check_again=unchecked is not None)
        announce(self.panel, self.panel.accessibleName(), urgent=True)
        if look.sound is not None:
            self._sounds.play(look.sound)
        if look.seconds:
            self._fade.start(round(look.seconds * 1000))
        else:
            self._fade.stop()

    def _on_again_asked(self) -> None:
        unchecked, self._unchecked = self._unchecked, None
        if unchecked is not None:
            self._queue.add_again(unchecked.scan)

    def _on_waiting_changed(self, waiting: int) -> None:
        if waiting > 1:
            self.notice.setText(self.tr("Scans waiting: {0}").format(shown_number(waiting - 1)))
        else:
            self._show_undo()

    def _on_undone(self, undone: ScanResult) -> None:
        self._show(DoorState.UNDONE, undone_words(undone))
        self._reload_numbers()

    def _on_find_closed(self) -> None:
        self.side.show_last_scans()
        self.scan_field.setFocus()

    def _on_admit_asked(self, guest: GuestTicket) -> None:
        self.scan(guest.short_code)
        self.side.finder.clear()
        self._on_find_closed()

    def showEvent(self, event: QShowEvent) -> None:
        """Keep the numbers fresh."""
        super().showEvent(event)
        self._refresh.start()
        self.reload()
        self.scan_field.setFocus()

    def hideEvent(self, event: QHideEvent) -> None:
        """Leave the server alone while it is not shown."""
        self._refresh.stop()
        self._count.rest()
        super().hideEvent(event)
