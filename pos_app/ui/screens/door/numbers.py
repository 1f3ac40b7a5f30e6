"""What the door screen reads: the performances, who is inside, the last scans, the names of gates."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from pos_app.domain.door.check_in import Verdict
from pos_app.ui.screens.door.guest_count import GuestCount

if TYPE_CHECKING:
    from pos_app.domain.door.check_in import DoorCounts, DoorPerformance, ScanEntry, ScanResult
    from pos_app.ui.screens.door.operations import DoorOperations
    from pos_app.ui.screens.door.setup_bar import SetupBar
    from pos_app.ui.screens.door.side import DoorSide

_REFRESH_MILLISECONDS: Final = 10_000


class DoorNumbers(QObject):
    """Keeps them fresh while the door is on screen; between two counts it adds up what this gate does.

    Signals:
        performances_read(tuple[DoorPerformance, ...]): it is known which there are.
        failed(Exception): something was not answered.
    """

    performances_read = Signal(object)
    failed = Signal(object)

    def __init__(self, operations: DoorOperations, bar: SetupBar, side: DoorSide, parent: QObject) -> None:
        super().__init__(parent)
        self._operations = operations
        self._bar = bar
        self._side = side
        self._performance: DoorPerformance | None = None
        self._counts: DoorCounts | None = None
        self.is_read = False
        self._refresh = QTimer(self, interval=_REFRESH_MILLISECONDS)
        self._refresh.timeout.connect(self.read)
        self._guests = GuestCount(operations, self)
        self._guests.counted.connect(self._show)
        self._guests.failed.connect(self.failed)
        side.all_gates_changed.connect(self.list_scans)
        bar.gates.gate_changed.connect(self._on_gate_changed)

    def start(self) -> None:
        """The door comes on screen: read everything, and again every ten seconds."""
        self._refresh.start()
        self.read_anew()

    def stop(self) -> None:
        """The door goes from the screen."""
        self._refresh.stop()
        self._guests.rest()

    def read_anew(self) -> None:
        """Ask for everything again, the performances and the gates too."""
        self.is_read = False
        self._operations.gates(self).then(self._bar.gates.show_gates, self.failed.emit)
        self.read()

    def begin(self, performance: DoorPerformance | None) -> None:
        """Read of another performance from now on."""
        self._performance = performance
        self._guests.begin(performance.performance_id if performance is not None else None)
        self._show(None)
        if performance is not None:
            self._side.last_scans.forget_unchecked()
            self._side.last_scans.show_reading(performance.time_zone)
            self.read()

    def read(self) -> None:
        """Ask for what may have changed."""
        if not self.is_read:
            self._operations.performances(self).then(self._on_performances, self.failed.emit)
        self._guests.count()
        self.list_scans()

    def add(self, result: ScanResult, *, undone: bool = False) -> None:
        """Add a guest who went in or out here, and count anew soon."""
        steps = {Verdict.ADMITTED: 1, Verdict.LEFT: -1}.get(result.verdict, 0)
        if self._counts is not None and not result.repeated:
            inside = self._counts.inside + (-steps if undone else steps)
            self._show(replace(self._counts, inside=max(0, inside)))
        self._guests.count_soon()
        self.list_scans()

    def list_scans(self, _all_gates: bool = False) -> None:  # noqa: FBT001, FBT002 - a Qt slot
        """Ask for the last scans, of this gate or of all."""
        chosen = self._performance
        if chosen is not None:
            gate = "" if self._side.shows_all_gates else self._bar.gate
            self._operations.last_scans(self, chosen.performance_id, gate).then(
                lambda entries: self._on_last_scans(chosen, entries), self.failed.emit
            )

    def _show(self, counts: DoorCounts | None) -> None:
        self._counts = counts
        self._bar.show_counts(counts)

    def _on_gate_changed(self, _name: str) -> None:
        if self._performance is not None and not self._side.shows_all_gates:
            self._side.last_scans.show_reading(self._performance.time_zone)
        self.list_scans()

    def _on_performances(self, performances: tuple[DoorPerformance, ...]) -> None:
        self.is_read = True
        self._bar.show_performances(performances)
        self.performances_read.emit(performances)

    def _on_last_scans(self, performance: DoorPerformance, entries: tuple[ScanEntry, ...]) -> None:
        if performance == self._performance:
            self._side.last_scans.show_scans(entries, performance.time_zone)
