"""What a letter says: as its reader sees it, or as plain text, below what has to be known of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTextBrowser, QWidget

from pos_app.documents.letters.colours import as_in_the_dark
from pos_app.ui.look.theme import current_theme, theme_notifier
from pos_app.ui.widgets.boxes import column
from pos_app.ui.widgets.buttons import SegmentedButtons
from pos_app.ui.widgets.labels import breakable, say, text_label

if TYPE_CHECKING:
    from collections.abc import Sequence

_SEEN: Final = "seen"
_TEXT: Final = "text"


class SaidPage(QWidget):
    """A note, the subject, what went with it, and the letter; its text alone where no HTML is kept. No signals."""

    def __init__(self) -> None:
        super().__init__()
        self._text = self._html = ""
        self.note = text_label("", "small", wrap=True)
        self.subject = text_label("", "strong", wrap=True)
        self.subject.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.files = text_label("", "small", wrap=True)
        self.ways = SegmentedButtons([(_SEEN, self.tr("As it is shown")), (_TEXT, self.tr("Plain text"))])
        self.ways.chosen.connect(lambda _way: self._show())
        self.page = QTextBrowser()
        self.page.setOpenLinks(False)
        self.page.setProperty("quotes", True)
        self.page.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.page.setAccessibleName(self.tr("What the letter says"))
        theme_notifier().changed.connect(self._show)
        parts = (self.note, self.subject, self.files, self.ways, (self.page, 1))
        column(*parts, inside=self, margins=(0, 4, 8, 0), spacing=6)

    def show_files(self, lines: Sequence[str]) -> None:
        """Name what went with the letter."""
        say(self.files, "\n".join(lines))

    def show_letter(self, note: str, subject: str = "", text: str = "", html: str = "") -> None:
        """Show a letter. note: whether it went out like this. html: "": there is the text alone."""
        say(self.note, note)
        say(self.subject, breakable(subject))
        if (text, html) != (self._text, self._html):
            self._text, self._html = text, html
            self._show()
        self.ways.setVisible(bool(html))
        self.page.setVisible(bool(text or html))

    def scroll_by(self, pixels: int) -> None:
        """Scroll the letter down, or up."""
        bar = self.page.verticalScrollBar()
        bar.setValue(bar.value() + pixels)

    def begin(self) -> None:
        """Go to its beginning."""
        self.page.verticalScrollBar().setValue(0)

    def _show(self) -> None:
        if self._html and self.ways.current == _SEEN:
            # Its own dark look stands in a style sheet, which is not read here.
            self.page.setHtml(as_in_the_dark(self._html) if current_theme().dark else self._html)
        else:
            self.page.setPlainText(self._text)
