"""The tickets as they would come out of the printer with what is in the form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from pos_app.ui.pages import page_image
from pos_app.ui.widgets.boxes import column
from pos_app.ui.widgets.buttons import SegmentedButtons
from pos_app.ui.widgets.labels import panel, set_tone, text_label
from pos_app.ui.widgets.page_preview import PagePreview
from pos_app.ui.widgets.sheets.preview import PreviewSheet
from pos_app.ui.words.papers import short_paper_words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pos_app.documents.previews import RasterPage
    from pos_app.ui.records.kind import Answer

DRAW_AFTER_MS: Final = 250
"""How long nobody types before the ticket is drawn anew."""


class TicketPreview(QWidget):
    """Draws a sample ticket on the paper that is chosen; one drawing at a time, the newest wish counts.

    draw: asks for the pages on a paper. Signals: drawn(): what is shown is what is in the form.
    """

    drawn = Signal()

    def __init__(self, draw: Callable[[QWidget, str], Answer[Sequence[RasterPage]]]) -> None:
        super().__init__()
        self._draw = draw
        self._is_drawing = False
        self._is_stale = False
        self._timer = QTimer(self, interval=DRAW_AFTER_MS, singleShot=True)
        self._timer.timeout.connect(self._on_time)
        self.papers = SegmentedButtons(list(short_paper_words().items()))
        self.papers.setAccessibleName(self.tr("Paper of the preview"))
        self.papers.chosen.connect(lambda _paper: self._on_time())
        self.said = text_label("", "small", wrap=True)
        self.pages = PagePreview()
        self.pages.enlarge_asked.connect(self._on_enlarge)
        frame = panel()
        title = text_label(self.tr("A ticket of this house"), "title")
        column(title, self.papers, (self.pages, 1), self.said, inside=frame, margins=(18, 12, 18, 14), spacing=10)
        column(frame, inside=self)

    @property
    def is_settled(self) -> bool:
        """Tell whether what is shown is what is in the form."""
        return not (self._is_drawing or self._is_stale or self._timer.isActive())

    def draw_soon(self) -> None:
        """Draw when nobody has typed for a moment."""
        self._is_stale = True
        self._timer.start()

    def _on_time(self) -> None:
        if self._is_drawing:
            self._is_stale = True
            return
        self._timer.stop()
        self._is_drawing, self._is_stale = True, False
        self._draw(self, self.papers.current).then(self._on_drawn, self._on_failed)

    def _on_drawn(self, pages: Sequence[RasterPage]) -> None:
        self.pages.show_images([page_image(page) for page in pages])
        self._say(self.tr("A sample: no gate lets anybody in with it. Click it to see it in large."), "muted")
        self._end()

    def _on_failed(self, _error: Exception) -> None:
        self._say(self.tr("The ticket cannot be drawn like this."), "danger")
        self._end()

    def _end(self) -> None:
        self._is_drawing = False
        if self._is_stale:
            self._timer.start()
        else:
            self.drawn.emit()

    def _say(self, words: str, tone: str) -> None:
        self.said.setText(words)
        set_tone(self.said, tone)

    def _on_enlarge(self) -> None:
        if self.pages.images:
            sheet = PreviewSheet(self, self.tr("A ticket of this house"), self.pages.images, self.pages.page)
            sheet.open_button.hide()
            sheet.open()
