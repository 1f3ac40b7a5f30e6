"""How many letters failed, told in the bar of those who may do something about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer

from pos_app.services.letters.standing import count_failed
from pos_app.ui.words.amounts import shown_number
from pos_app.ui.words.sentences import spoken_count

if TYPE_CHECKING:
    from pos_app.ui.background import Background
    from pos_app.ui.window.top_bar import TopBar

_COUNT_MS: Final = 30_000
_SCREEN: Final = "letters"


class FailedLetters(QObject):
    """Counts now and then, at rest, and whenever somebody has counted anyway. No signals."""

    def __init__(self, background: Background, top_bar: TopBar, parent: QObject) -> None:
        super().__init__(parent)
        self._background = background
        self._top_bar = top_bar
        self._timer = QTimer(self, interval=_COUNT_MS)
        self._timer.timeout.connect(self.count)

    def start(self) -> None:
        """Begin, and count at once."""
        self._timer.start()
        self.count()

    def count(self) -> None:
        """Count; a server that does not answer changes nothing."""
        self._background.poll(self, "failed-letters", count_failed).then(self.show_count, lambda _error: None)

    def show_count(self, count: int) -> None:
        """Show a number, none for 0."""
        told = spoken_count("{count} letter failed", "{count} letters failed", count) if count else ""
        self._top_bar.show_note(_SCREEN, shown_number(count) if count else "", told)
