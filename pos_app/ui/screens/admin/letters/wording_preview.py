"""A letter as it would arrive with what is in the form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QTextBrowser, QWidget

from pos_app.ui.widgets.boxes import column
from pos_app.ui.widgets.buttons import SegmentedButtons
from pos_app.ui.widgets.labels import breakable, say, set_tone, text_label

if TYPE_CHECKING:
    from collections.abc import Callable

    from pos_app.domain.letters.rendered import ComposedLetter
    from pos_app.ui.records.kind import Answer

_SET_AFTER_MS: Final = 250
"""How long nobody types before the letter is set anew."""
_HTML: Final = "html"
_TEXT: Final = "text"


class WordingPreview(QFrame):
    """Sets the letter; one at a time, the newest wish counts. compose: asks for it; None where nothing is to be set.

    Signals: settled(): what is shown is what is in the form.
    """

    settled = Signal()

    def __init__(self, compose: Callable[[QWidget], Answer[ComposedLetter] | None]) -> None:
        super().__init__()
        self.setProperty("role", "panel")
        self._compose = compose
        self._letter: ComposedLetter | None = None
        self._is_setting = self._is_stale = False
        self._timer = QTimer(self, interval=_SET_AFTER_MS, singleShot=True)
        self._timer.timeout.connect(self._on_time)
        self.ways = SegmentedButtons([(_HTML, self.tr("As it is shown")), (_TEXT, self.tr("Plain text"))])
        self.ways.chosen.connect(lambda _way: self._show())
        self.said = text_label("", "small", wrap=True)
        self.subject = text_label("", "strong", wrap=True)
        self.page = QTextBrowser()
        self.page.setOpenLinks(False)
        self.page.setAccessibleName(self.tr("The letter as it would arrive"))
        column(
            text_label(self.tr("The letter"), "title"),
            self.ways,
            self.said,
            self.subject,
            (self.page, 1),
            inside=self,
            margins=(14, 12, 14, 14),
            spacing=8,
        )

    @property
    def is_settled(self) -> bool:
        """Tell whether what is shown is what is in the form."""
        return not (self._is_setting or self._is_stale or self._timer.isActive())

    def set_soon(self) -> None:
        """Set the letter when nobody has typed for a moment."""
        self._is_stale = True
        self._timer.start()

    def tell(self, words: str, tone: str = "muted") -> None:
        """Say what the letter is set from, or why it cannot be."""
        say(self.said, words)
        set_tone(self.said, tone)

    def _on_time(self) -> None:
        if self._is_setting:
            self._is_stale = True
            return
        self._timer.stop()
        self._is_stale = False
        answer = self._compose(self)
        if answer is not None:
            self._is_setting = True
            answer.then(self._on_set, self._on_failed)

    def _on_set(self, letter: ComposedLetter) -> None:
        self._letter = letter
        self._show()
        self._end()

    def _on_failed(self, _error: Exception) -> None:
        self.tell(self.tr("The letter cannot be set like this."), "danger")
        self._end()

    def _end(self) -> None:
        self._is_setting = False
        if self._is_stale:
            self._timer.start()
        else:
            self.settled.emit()

    def _show(self) -> None:
        if self._letter is None:
            return
        say(self.subject, breakable(self._letter.subject))
        if self.ways.current == _HTML:
            self.page.setHtml(self._letter.html)
        else:
            self.page.setPlainText(self._letter.text)
