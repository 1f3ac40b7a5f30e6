"""The last scans at the side of the door screen: those of this gate, or of all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, Qt

from pos_app.domain.door.check_in import Reason, ScanEntry, Verdict
from pos_app.ui.screens.door.scan_queue import UncheckedScan
from pos_app.ui.screens.door.verdict_look import LOOKS, DoorState
from pos_app.ui.screens.door.words import clock_words, reason_words, verdict_words
from pos_app.ui.widgets.two_lines import TwoLineList, TwoLines
from pos_app.ui.words.lists import side_by_side
from pos_app.ui.words.places import place_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

MOST: Final = 20
_ICONS: Final = {
    # Icon and the theme's colour for it.
    Verdict.ADMITTED: ("check-circle", "ok"),
    Verdict.ALREADY_USED: ("warning", "warn"),
    Verdict.REFUSED: ("x-circle", "danger"),
    Verdict.LEFT: ("sign-out", "accent"),
}


class LastScansList(TwoLineList):
    """Shows scans as given and those that got no verdict, the newest first; nothing in it can be chosen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entries: tuple[ScanEntry, ...] = ()
        self._unchecked: dict[str, tuple[int, UncheckedScan]] = {}
        """By nonce, each with the newest scan that the server had told of when it was lost."""
        self._time_zone = ""
        self._names_gates = False
        self._shown: tuple[object, ...] = ()
        self.setSelectionMode(TwoLineList.SelectionMode.NoSelection)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(self.tr("Last scans"))

    def show_scans(self, entries: Sequence[ScanEntry], time_zone: str) -> None:
        """Show the scans; times in the venue's zone."""
        self._entries = tuple(entries)
        self.say_when_empty(QCoreApplication.translate("Door", "Nothing has been scanned yet."))
        self._show(time_zone)

    def show_reading(self, time_zone: str) -> None:
        """Show that it is not known yet what was scanned."""
        self.show_scans((), time_zone)
        self.say_when_empty(QCoreApplication.translate("Door", "Reading…"))

    def add_unchecked(self, scans: Sequence[UncheckedScan], time_zone: str) -> None:
        """Show scans that the server knows nothing of; one that is known already is not shown twice."""
        newest = self._entries[0].check_in_id if self._entries else 0
        for one in scans:
            self._unchecked.setdefault(one.scan.nonce, (newest, one))
        self._show(time_zone)

    def forget_unchecked(self, nonce: str | None = None) -> None:
        """Leave out the scan with that nonce from the next time on, or all: it got its verdict after all."""
        if nonce is None:
            self._unchecked.clear()
        else:
            self._unchecked.pop(nonce, None)

    def name_gates(self, named: bool) -> None:  # noqa: FBT001 - one flag, named by the method
        """Say at each scan where it was made, or not: it was here."""
        self._names_gates = named
        self._show(self._time_zone)

    def _show(self, time_zone: str) -> None:
        self._time_zone = time_zone
        rows: list[tuple[int, int, ScanEntry | UncheckedScan]] = [(one.check_in_id, 0, one) for one in self._entries]
        rows += [(after, turn, one) for turn, (after, one) in enumerate(self._unchecked.values(), 1)]
        rows.sort(key=lambda row: row[:2], reverse=True)
        entries = tuple(row[2] for row in rows[:MOST])
        wanted = (entries, time_zone, self._names_gates)
        if wanted == self._shown:
            return
        self._shown = wanted
        # Whoever has scrolled goes on reading where he was.
        bar = self.verticalScrollBar()
        at = bar.value()
        self.clear()
        for entry in entries:
            self.add_row(self._row_of(entry, time_zone), entry)
        self.doItemsLayout()
        bar.setValue(at)

    def _row_of(self, entry: ScanEntry | UncheckedScan, time_zone: str) -> TwoLines:
        if isinstance(entry, UncheckedScan):
            lower = side_by_side(self.tr("scan it again"), entry.scan.gate if self._names_gates else "")
            look = LOOKS[DoorState.NOT_CHECKED]
            return TwoLines(icon=look.icon, tone="warn", upper=self.tr("Not checked"), lower=lower, faded=False)
        icon, tone = _ICONS[entry.verdict]
        verdict, reason = verdict_words(entry.verdict), reason_words(entry.reason)
        if entry.undone:
            icon, tone, verdict = "arrow-counter-clockwise", "muted", self.tr("Undone")
        elif entry.reason is Reason.SAME_GUEST:
            # As calm as it was told.
            icon, tone, verdict, reason = "check", "muted", self.tr("Same guest"), ""
        at = clock_words(entry.at, time_zone, seconds=True)
        return TwoLines(
            icon=icon,
            tone=tone,
            upper=place_words(entry.place) if entry.place else self.tr("No ticket"),
            lower=side_by_side(at, verdict, reason, entry.gate if self._names_gates else ""),
            faded=entry.undone,
        )
