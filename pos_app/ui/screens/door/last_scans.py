"""The last twenty scans at the side of the door screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, Qt

from pos_app.domain.check_in import ScanEntry, Verdict
from pos_app.ui.screens.door.two_lines import TwoLineList, TwoLines
from pos_app.ui.screens.door.words import clock_words, place_words, reason_words, verdict_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

_ICONS: Final = {
    # Icon and the theme's colour for it.
    Verdict.ADMITTED: ("check-circle", "ok"),
    Verdict.ALREADY_USED: ("warning", "warn"),
    Verdict.REFUSED: ("x-circle", "danger"),
    Verdict.LEFT: ("sign-out", "accent"),
}


class LastScansList(TwoLineList):
    """Shows scans as given, the newest first; nothing in it can be chosen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, when_empty=QCoreApplication.translate("Door", "Nothing has been scanned yet."))
        self._shown: tuple[tuple[ScanEntry, ...], str] = ((), "")
        self.setSelectionMode(TwoLineList.SelectionMode.NoSelection)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(self.tr("Last scans"))

    def show_scans(self, entries: Sequence[ScanEntry], time_zone: str) -> None:
        """Show the scans; times in the venue's zone."""
        wanted = (tuple(entries), time_zone)
        if wanted == self._shown:
            return
        self._shown = wanted
        self.clear()
        for entry in entries:
            self.add_row(self._row_of(entry, time_zone), entry)

    def _row_of(self, entry: ScanEntry, time_zone: str) -> TwoLines:
        icon, tone = ("arrow-counter-clockwise", "muted") if entry.undone else _ICONS[entry.verdict]
        verdict = self.tr("Undone") if entry.undone else verdict_words(entry.verdict)
        at = clock_words(entry.at, time_zone, seconds=True)
        return TwoLines(
            icon=icon,
            tone=tone,
            upper=place_words(entry.place) if entry.place else self.tr("No ticket"),
            lower=" · ".join(part for part in (at, verdict, reason_words(entry.reason), entry.gate) if part),
            faded=entry.undone,
        )
