"""Scans of which the steward was not told in time: those without a verdict, and those whose verdict came too late."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from pos_app.domain.door.scan_text import clean_scan
from pos_app.domain.steady_clock import steady_seconds

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pos_app.domain.door.check_in import Scan, ScanResult
    from pos_app.ui.screens.door.scan_queue import LateVerdict, UncheckedScan

SAME_SCAN_SECONDS: Final = 120.0
"""So long a ticket that is scanned anew counts as the scan that got no verdict: it may have been judged unheard.

Later somebody may come with a copy of it, and must not go in by the verdict of the first.
"""


@dataclass(frozen=True, slots=True)
class LateRow:
    """One of these scans. number: in the order they came, from 1. made_at: by the steady clock.

    times: so often was this ticket scanned meanwhile. error: why there is no verdict, None: it was not sent, or judged.
    result: its verdict. asked: the verdict was asked for with the guest in front. checking: it is asked for just now.
    """

    scan: Scan
    number: int
    made_at: float
    times: int = 1
    error: Exception | None = None
    result: ScanResult | None = None
    asked: bool = False
    checking: bool = False

    @property
    def is_open(self) -> bool:
        """Tell whether it has no verdict."""
        return self.result is None


class LateScans(QObject):
    """Keeps them, in the order they came, until each has its verdict and the steward has seen it.

    Signals: changed(): there are others, or one of them got its verdict.
    clock gives seconds; tests give their own.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None, *, clock: Callable[[], float] = steady_seconds) -> None:
        super().__init__(parent)
        self._clock = clock
        self._rows: dict[str, LateRow] = {}
        """By nonce."""
        self._same_tickets: set[str] = set()
        """The nonces of scans that are counted with one of the rows."""
        self._numbers = 0

    @property
    def rows(self) -> tuple[LateRow, ...]:
        """All of them, in the order they came."""
        return tuple(self._rows.values())

    @property
    def unchecked(self) -> tuple[LateRow, ...]:
        """Those without a verdict, in the order they came."""
        return tuple(row for row in self._rows.values() if row.is_open)

    def lists(self, scan: Scan) -> bool:
        """Tell whether a scan is a row of its own, and not counted with another one of the same ticket."""
        return scan.nonce in self._rows

    def seconds_since(self, row: LateRow) -> float:
        """Return how long ago it was scanned."""
        return self._clock() - row.made_at

    def add_unchecked(self, scans: Sequence[UncheckedScan]) -> None:
        """Take scans without a verdict; the same ticket twice is one row, and one that is asked again stays itself."""
        for one in scans:
            known = self._rows.get(one.scan.nonce)
            if one.scan.nonce in self._same_tickets:
                continue
            if known is not None:
                self._rows[one.scan.nonce] = replace(known, error=one.error, checking=False)
            elif (same := self._same(one.scan)) is not None and one.made_at - same.made_at <= SAME_SCAN_SECONDS:
                self._same_tickets.add(one.scan.nonce)
                self._rows[same.scan.nonce] = replace(same, times=same.times + 1)
            else:
                self._add(one.scan, LateRow(one.scan, 0, one.made_at, error=one.error))
        self.changed.emit()

    def add_verdict(self, late: LateVerdict) -> None:
        """Take a verdict that came too late."""
        self._add(late.scan, LateRow(late.scan, 0, late.made_at, result=late.result))
        self.changed.emit()

    def note_checking(self, scans: Sequence[Scan]) -> None:
        """These are asked for just now."""
        for scan in scans:
            if scan.nonce in self._rows:
                self._rows[scan.nonce] = replace(self._rows[scan.nonce], checking=True)
        self.changed.emit()

    def note_verdict(self, scan: Scan, result: ScanResult) -> None:
        """One that was asked for again has its verdict."""
        known = self._rows.get(scan.nonce)
        if known is not None:
            self._rows[scan.nonce] = replace(known, result=result, error=None, asked=True, checking=False)
            self.changed.emit()

    def take_same(self, scan: Scan) -> Scan | None:
        """A ticket is scanned anew: return the scan of it without a verdict, which is no longer listed; None: no such.

        One that was made long ago is no longer listed either, but is another guest's perhaps, and not returned.
        """
        same = self._same(scan)
        if same is None or not same.is_open or same.checking:
            return None
        del self._rows[same.scan.nonce]
        self.changed.emit()
        return same.scan if self.seconds_since(same) <= SAME_SCAN_SECONDS else None

    def forget(self, nonce: str) -> None:
        """One of them was told of by itself."""
        if self._rows.pop(nonce, None) is not None:
            self.changed.emit()

    def forget_told(self) -> None:
        """The steward has seen the verdicts: keep what has none."""
        self._keep({nonce: row for nonce, row in self._rows.items() if row.is_open})

    def clear(self) -> None:
        """Forget all: another performance was chosen, or the steward says so."""
        self._keep({})

    def _keep(self, rows: dict[str, LateRow]) -> None:
        if len(rows) != len(self._rows):
            self._rows = rows
            if not rows:
                self._numbers = 0
                self._same_tickets.clear()
            self.changed.emit()

    def _add(self, scan: Scan, row: LateRow) -> None:
        self._numbers += 1
        self._rows[scan.nonce] = replace(row, number=self._numbers)

    def _same(self, scan: Scan) -> LateRow | None:
        wanted = _ticket_of(scan)
        return next((row for row in self._rows.values() if _ticket_of(row.scan) == wanted), None)


def _ticket_of(scan: Scan) -> tuple[int, str, str, bool]:
    """Return by what two scans are of one ticket, at one gate and in one direction."""
    return scan.performance_id, scan.gate, clean_scan(scan.text).casefold(), scan.leaving
