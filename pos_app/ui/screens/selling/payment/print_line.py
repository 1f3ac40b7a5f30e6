"""How the printing stands, in one or two lines."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QWidget

from pos_app.ui.widgets.labels import IconLabel, set_tone, text_label
from pos_app.ui.widgets.spinner import Spinner

_ICON_PIXELS: Final = 22
_BREAK_HERE: Final = "\N{ZERO WIDTH SPACE}"


class PrintStage(StrEnum):
    """How far the tickets are."""

    NOTE = "note"
    WORKING = "working"
    DONE = "done"
    FAILED = "failed"


_LOOKS: Final = {
    PrintStage.NOTE: ("printer", "muted", ""),
    PrintStage.WORKING: ("printer", "muted", ""),
    PrintStage.DONE: ("check-circle", "ok", "ok"),
    PrintStage.FAILED: ("warning-circle", "danger", "danger"),
}


class PrintLine(QWidget):
    """A turning arc or an icon, and words. No signals."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = IconLabel("printer", _ICON_PIXELS, "muted")
        self._spinner = Spinner(_ICON_PIXELS)
        self._sign = QStackedWidget()
        self._sign.setFixedSize(_ICON_PIXELS, _ICON_PIXELS)
        self._sign.addWidget(self._icon)
        self._sign.addWidget(self._spinner)
        self._words = text_label("", "body", wrap=True)
        # A long path must not make the panel wider.
        self._words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._words.setMinimumHeight(38)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._words, 1)

    @property
    def words(self) -> str:
        """Return what it says."""
        return self._words.text().replace(_BREAK_HERE, "")

    def show_state(self, words: str, stage: PrintStage) -> None:
        """Say something else."""
        icon, role, tone = _LOOKS[stage]
        self._icon.show_icon(icon, role)
        self._sign.setCurrentWidget(self._spinner if stage is PrintStage.WORKING else self._icon)
        self._words.setText(words.replace("/", f"/{_BREAK_HERE}").replace("\\", f"\\{_BREAK_HERE}"))
        self._words.setToolTip(words)
        set_tone(self._words, tone)
