"""The sheet that verifies an e-mail address: a code is sent to it, and the customer says what it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit

from pos_app.domain.codes import new_request_id
from pos_app.domain.editing import FieldRefused
from pos_app.domain.errors import PosError
from pos_app.domain.letters.verification import CODE_DIGITS, CodeVerdict
from pos_app.ui.announce import announce
from pos_app.ui.widgets.labels import breakable, say, set_look, set_tone, text_label
from pos_app.ui.widgets.line_bounds import bound_line
from pos_app.ui.widgets.sheets.base import Sheet
from pos_app.ui.words.lists import following
from pos_app.ui.words.messages import message_for
from pos_app.ui.words.sentences import spoken
from pos_app.ui.words.times import shown_span

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from pos_app.domain.customers.finding import CustomerRow
    from pos_app.domain.letters.verification import CodeChecked, CodeSent
    from pos_app.ui.customers.verifying.source import CodeSource

SEND_KEY: Final = "F8"
_WIDTH: Final = 560
_LONGEST_TYPED: Final = 20


class VerifySheet(Sheet):
    """Sends a code (F8), takes the six digits (Enter), and says what came of it; what was typed stays.

    It closes when the address is verified. Signals: verified(CustomerRecord): the customer as it is now.
    """

    verified = Signal(object)

    def __init__(self, parent: QWidget, source: CodeSource, customer: CustomerRow) -> None:
        super().__init__(parent, parent.tr("Verify the e-mail address"), width=_WIDTH)
        self._source = source
        self._customer = customer
        self._request_id = new_request_id()
        self._busy = False
        hint = self.tr("A code of {0} digits goes to this address. The customer reads it out; type it here.")
        self.field = QLineEdit(placeholderText="000000")
        bound_line(self.field, _LONGEST_TYPED)
        self.field.setAccessibleName(self.tr("Code"))
        self.field.textEdited.connect(self._on_edited)
        self.told = text_label("", "body", wrap=True)
        self.told.hide()
        self.body.addWidget(text_label(breakable(customer.email), "strong", wrap=True))
        self.body.addWidget(text_label(hint.format(CODE_DIGITS), "muted", wrap=True))
        self.body.addWidget(self.field)
        self.body.addWidget(self.told)
        self.yes = self.add_button(self.tr("Check"), "Return", variant="primary")
        self.yes.clicked.connect(self._on_check)
        self.send = self.add_button(self.tr("Send a code"), SEND_KEY)
        self.send.clicked.connect(self._on_send)
        no = self.add_button(self.tr("Close"), "Esc")
        no.clicked.connect(self.cancel)
        self._show_possible()

    def open(self) -> None:
        """Show it with the cursor where the code is typed."""
        super().open()
        self.field.setFocus()

    def _on_edited(self) -> None:
        set_look(self.field, "wrong", "false")
        self._show_possible()

    def _on_send(self) -> None:
        self._begin(self.tr("Writing the letter…"))
        self._source.send(self, self._customer.customer_id, self._request_id).then(self._on_sent, self._on_refused)

    def _on_sent(self, sent: CodeSent) -> None:
        self._request_id = new_request_id()
        self.field.clear()
        self.send.set_words(self.tr("Send a new code"))
        words = self.tr("A code is on its way to {0}. It is good for {1}.")
        self._end(words.format(sent.email, shown_span(sent.seconds_left)), "ok")

    def _on_check(self) -> None:
        self._begin(self.tr("Looking at the code…"))
        self._source.check(self, self._customer.customer_id, self.field.text()).then(self._on_checked, self._on_refused)

    def _on_checked(self, checked: CodeChecked) -> None:
        words = spoken(checked.told())
        if checked.is_verified:
            self.close_sheet()
            announce(self, words, urgent=True)
            self.verified.emit(checked.customer)
            return
        self._end(words, "danger", wrong=checked.verdict is CodeVerdict.WRONG)

    def _on_refused(self, error: Exception) -> None:
        if isinstance(error, FieldRefused):
            self._end(following(*map(spoken, error.fields.values())), "danger", wrong=True)
        elif isinstance(error, PosError):
            self._end(message_for(error).sentence, "warn")
        else:
            self._end(message_for(error).text, "danger")

    def _begin(self, words: str) -> None:
        self._busy = True
        self._show_possible()
        self._tell(words, "muted")

    def _end(self, words: str, tone: str, *, wrong: bool = False) -> None:
        self._busy = False
        self._show_possible()
        self._tell(words, tone)
        set_look(self.field, "wrong", "true" if wrong else "false")
        announce(self, words, urgent=True)
        self.field.setFocus()
        self.field.selectAll()

    def _tell(self, words: str, tone: str) -> None:
        say(self.told, breakable(words))
        set_tone(self.told, tone)

    def _show_possible(self) -> None:
        self.send.setEnabled(not self._busy)
        self.yes.setEnabled(not self._busy and bool(self.field.text().strip()))
