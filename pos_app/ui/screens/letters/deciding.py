"""What a person decides about a letter: asked once where something is lost, sent, and told."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from pos_app.domain.codes import new_request_id
from pos_app.domain.letters.deeds import may_readdress, may_send_again, may_stop
from pos_app.domain.letters.kinds import LetterState
from pos_app.ui.screens.letters.recipient_sheet import RecipientSheet
from pos_app.ui.screens.letters.table import letter_words
from pos_app.ui.widgets.labels import breakable
from pos_app.ui.widgets.sheets.confirm import confirm
from pos_app.ui.words.lists import side_by_side
from pos_app.ui.words.messages import Level, Message, message_for

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from pos_app.domain.letters.listing import LetterDetails, LetterPicture
    from pos_app.ui.screens.letters.operations import LetterOperations
    from pos_app.ui.widgets.sheets.confirm import ConfirmSheet


class Deciding(QObject):
    """Sends again, changes the address, stops; each on the letter as it was shown.

    Signals: decided(LetterDetails): the letter that goes out, or goes out no more. refused(): it is another one by now.
    said(Message).
    """

    decided = Signal(object)
    refused = Signal()
    said = Signal(object)

    def __init__(self, screen: QWidget, operations: LetterOperations) -> None:
        super().__init__(screen)
        self._screen = screen
        self._operations = operations
        self.sheet: RecipientSheet | None = None
        self.question: ConfirmSheet | None = None
        self._requests: dict[tuple[LetterPicture, str], str] = {}

    def send_again(self, letter: LetterDetails | None) -> None:
        """Let it go out once more; of one that was sent a person is asked, for its reader gets a second copy."""
        if letter is None or not may_send_again(letter.row):
            return
        if letter.row.state is not LetterState.SENT:
            self._send_again(letter)
            return
        self.question = confirm(
            self._screen,
            self.tr("Send this letter again?"),
            self.tr("A second copy goes to {0}.").format(breakable(letter.row.recipient)),
            yes=self.tr("Send again"),
            danger=False,
        )
        self.question.confirmed.connect(lambda: self._send_again(letter))

    def ask_address(self, letter: LetterDetails | None) -> None:
        """Ask where it is to go instead."""
        if letter is None or not may_readdress(letter.row):
            return
        sheet = self.sheet = RecipientSheet(self._screen, letter)
        sheet.given.connect(partial(self._readdress, sheet, letter))
        sheet.open()

    def ask_stop(self, letter: LetterDetails | None) -> None:
        """Ask once, and stop it."""
        if letter is None or not may_stop(letter.row):
            return
        failed = letter.row.state is LetterState.FAILED
        title = self.tr("Put this letter away?") if failed else self.tr("Stop this letter?")
        sentence = (
            self.tr("Nobody is told any more that it failed. It can be sent again all the same.")
            if failed
            else self.tr("It does not go out. It can be sent again later.")
        )
        self.question = confirm(
            self._screen,
            title,
            sentence,
            yes=self.tr("Put it away") if failed else self.tr("Stop it"),
            lost=(side_by_side(letter_words(letter.row), breakable(letter.row.recipient)),),
        )
        self.question.confirmed.connect(lambda: self._stop(letter))

    def _send_again(self, letter: LetterDetails) -> None:
        seen = letter.row.picture
        answer = self._operations.send_again(self._screen, seen, self._request(seen))
        answer.then(partial(self._on_done, self.tr("The letter goes out again."), seen), self._on_refused)

    def _readdress(self, sheet: RecipientSheet, letter: LetterDetails, recipient: str) -> None:
        seen = letter.row.picture
        answer = self._operations.change_recipient(self._screen, seen, recipient, self._request(seen, recipient))

        def done(now: LetterDetails) -> None:
            if isValid(sheet):
                sheet.close_sheet()
            self._on_done(self.tr("The letter goes to {0}.").format(now.row.recipient), seen, now)

        def refused(error: Exception) -> None:
            if isValid(sheet) and sheet.is_open:
                sheet.show_refusal(message_for(error))
                self.refused.emit()
            else:
                self._on_refused(error)

        answer.then(done, refused)

    def _stop(self, letter: LetterDetails) -> None:
        seen = letter.row.picture
        words = (
            self.tr("The letter is put away.")
            if letter.row.state is LetterState.FAILED
            else self.tr("The letter is stopped.")
        )
        self._operations.stop(self._screen, seen).then(partial(self._on_done, words, seen), self._on_refused)

    def _request(self, seen: LetterPicture, recipient: str = "") -> str:
        """Return the request id: asked for once more after its answer was lost, it is the same request."""
        return self._requests.setdefault((seen, recipient), new_request_id())

    def _on_done(self, words: str, seen: LetterPicture, now: LetterDetails) -> None:
        self._requests = {key: one for key, one in self._requests.items() if key[0] != seen}
        self.decided.emit(now)
        self.said.emit(Message(words, "", Level.OK))

    def _on_refused(self, error: Exception) -> None:
        self.refused.emit()
        self.said.emit(message_for(error))
