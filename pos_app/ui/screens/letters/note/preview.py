"""A note as it would arrive, and to how many it goes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QTextBrowser

from pos_app.ui.widgets.boxes import column
from pos_app.ui.widgets.labels import breakable, say, set_tone, text_label
from pos_app.ui.words.lists import following
from pos_app.ui.words.messages import message_for
from pos_app.ui.words.sentences import spoken_count

if TYPE_CHECKING:
    from pos_app.domain.letters.rendered import ComposedLetter
    from pos_app.services.orders.letters.note_drafts import NoteDraft
    from pos_app.ui.screens.letters.operations import LetterOperations

_SET_AFTER_MS: Final = 250
"""How long nobody types before the letter is set anew."""


class NotePreview(QFrame):
    """Sets the letter when nobody has typed for a moment; the newest wish counts. Signals: settled(): it is set."""

    settled = Signal()

    def __init__(self, operations: LetterOperations) -> None:
        super().__init__()
        self.setProperty("role", "well")
        self._operations = operations
        self._draft: NoteDraft | None = None
        self._typed = ("", "")
        self._asked: object = None
        self._timer = QTimer(self, interval=_SET_AFTER_MS, singleShot=True)
        self._timer.timeout.connect(self._set)
        self.reach = text_label("", "strong", wrap=True)
        self.reader = text_label("", "small", wrap=True)
        self.subject = text_label("", "strong", wrap=True)
        self.page = QTextBrowser()
        self.page.setOpenLinks(False)
        self.page.setAccessibleName(self.tr("The letter as it would arrive"))
        parts = (self.reach, self.reader, self.subject, (self.page, 1))
        column(*parts, inside=self, margins=(14, 12, 14, 14), spacing=8)
        self.show_draft(None)

    def show_draft(self, draft: NoteDraft | None) -> None:
        """Show whom it reaches; None: that is not known."""
        self._draft = draft
        if draft is None:
            say(self.reach, self.tr("Choose whom the note goes to."))
            set_tone(self.reach, "muted")
            say(self.reader, "")
            say(self.subject, "")
            self.page.clear()
            return
        say(self.reach, reach_words(draft))
        set_tone(self.reach, "" if draft.reach.reached else "warn")
        is_many = draft.reach.reached > 1
        words = self.tr("As {0} gets it, the first of them:") if is_many else self.tr("As {0} gets it:")
        say(self.reader, words.format(breakable(draft.recipient)) if draft.recipient else "")
        self._set()

    def show_typed(self, subject: str, text: str) -> None:
        """Set what is typed, soon."""
        self._typed = subject, text
        if self._draft is not None:
            self._timer.start()

    def _set(self) -> None:
        if self._draft is None:
            return
        asked = self._asked = object()

        def show(letter: ComposedLetter) -> None:
            if asked is self._asked and self._draft is not None:
                say(self.subject, breakable(letter.subject))
                self.page.setHtml(letter.html)
                self.settled.emit()

        def refused(error: Exception) -> None:
            if asked is self._asked:
                self.page.setPlainText(message_for(error).sentence)

        self._operations.compose_note(self, self._draft, *self._typed).then(show, refused)


def reach_words(draft: NoteDraft) -> str:
    """Say to how many a note goes, and how many it does not reach."""
    reach = draft.reach
    goes = spoken_count("It goes to {count} customer.", "It goes to {count} customers.", reach.reached)
    missed = spoken_count(
        "{count} customer is not reached: without an address, or letters were not agreed to.",
        "{count} customers are not reached: without an address, or letters were not agreed to.",
        reach.not_reached,
    )
    return following(goes, missed if reach.not_reached else "")
