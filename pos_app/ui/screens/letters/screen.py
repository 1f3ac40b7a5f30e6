"""The screen of letters: any letter of the house is found, looked at, sent again or stopped."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

from pos_app.domain.letters.listing import LetterView
from pos_app.ui.hearing import Hearing, connect_all
from pos_app.ui.screens.letters.actions import LetterActions
from pos_app.ui.screens.letters.deciding import Deciding
from pos_app.ui.screens.letters.keys import letter_keys
from pos_app.ui.screens.letters.note.recipients import NOBODY, NoteTarget
from pos_app.ui.screens.letters.note.sheet import NoteSheet
from pos_app.ui.screens.letters.panel import LetterPanel
from pos_app.ui.screens.letters.search_panel import SearchPanel
from pos_app.ui.screens.letters.standing_words import standing_words
from pos_app.ui.widgets.boxes import column, row
from pos_app.ui.widgets.told_keys import tell_keys
from pos_app.ui.words.messages import Level, Message, message_for
from pos_app.ui.words.sentences import spoken_count

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent

    from pos_app.domain.letters.listing import LetterDetails
    from pos_app.domain.letters.rendered import ComposedLetter
    from pos_app.domain.letters.settings import MailSettings
    from pos_app.domain.letters.standing import SendingStanding
    from pos_app.services.orders.letters.unsent import UnsentLetter
    from pos_app.ui.screens.letters.operations import LetterOperations

_SAID_SECONDS: Final = 12
_STANDING_MS: Final = 15_000
_UNSET_ZONE: Final = "UTC"


class LettersScreen(QWidget):
    """Search and list at the left, the letter at the right, what can be done with it below both.

    Signals: order_wanted(int), customer_wanted(int): this one is to be shown. failed_counted(int): so many letters
    failed, as it was just read.
    """

    order_wanted = Signal(int)
    customer_wanted = Signal(int)
    failed_counted = Signal(int)

    def __init__(
        self, operations: LetterOperations, *, leads_to_customers: bool = True, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "page")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._operations = operations
        self.time_zone = _UNSET_ZONE
        self._wanted: int | None = None
        self._settings: MailSettings | None = None
        tell_keys(self, letter_keys)
        self.search = SearchPanel(operations, lambda: self.time_zone)
        self.search.note_button.setVisible(operations.may_write)
        self.panel = LetterPanel()
        self.action_row = LetterActions(leads_to_customers=leads_to_customers)
        self.deciding = Deciding(self, operations)
        self.banner = self.search.banner
        self._look = QTimer(self, interval=_STANDING_MS)
        sides = row((self.search, 1), self.panel, spacing=12)
        column((sides, 1), self.action_row, inside=self, margins=12, spacing=10)
        self.setFocusProxy(self.search.field)
        connect_all(*self._hearings())

    def _hearings(self) -> list[Hearing]:
        search, actions, deciding = self.search, self.action_row, self.deciding
        return [
            (self._show, search.letter_chosen),
            (self._show_nothing, search.nothing_found),
            (self.refresh, search.refresh_asked, deciding.refused),
            (search.keep, search.letter_chosen),
            (self._on_found_again, search.finding.found),
            (self._on_decided, deciding.decided),
            (self._say, deciding.said),
            (lambda: deciding.send_again(self.panel.letter), actions.again_asked),
            (lambda: deciding.ask_address(self.panel.letter), actions.address_asked),
            (lambda: deciding.ask_stop(self.panel.letter), actions.stop_asked),
            (self._on_order, actions.order_asked),
            (self._on_customer, actions.customer_asked),
            (self._set_unsent, self.panel.preview_asked),
            (self._read_anew, self.panel.empty.asked),
            (self._read_standing, self._look.timeout),
            (self._on_note, search.note_asked),
        ]

    def refresh(self) -> None:
        """Read the list again, the letter that is shown, and how sending stands."""
        self.search.look_again()
        self._read_anew()
        self._read_standing()

    def show_failed(self) -> None:
        """Show the letters that failed."""
        self.search.show_view(LetterView.FAILED)

    def show_letters_of(self, *, order_id: int | None = None, customer_id: int | None = None, words: str) -> None:
        """Show the letters of an order, or of a customer. words: what that is called."""
        self.search.show_only(order_id=order_id, customer_id=customer_id, words=words)

    def open_letter(self, letter_id: int) -> None:
        """Show a letter, listed or not."""
        self.search.keep(letter_id)
        self._show(letter_id)

    def write_note(self, target: NoteTarget = NOBODY) -> None:
        """Let a person write a note of the house. target: whom it goes to, as long as nobody else is chosen."""
        sheet = NoteSheet(self, self._operations, target)
        sheet.written.connect(self._on_written)
        sheet.open()

    def _on_note(self) -> None:
        only = self.search.only_customer
        self.write_note(NOBODY if only is None else NoteTarget(customer_id=only[0]))

    def _on_written(self, count: int) -> None:
        self.search.show_all()
        self._read_standing()
        words = spoken_count("The note goes to {count} customer.", "The note goes to {count} customers.", count)
        self._say(Message(words, "", Level.OK))

    def _show(self, letter_id: int) -> None:
        self._wanted = letter_id
        self._read_anew()

    def _read_anew(self) -> None:
        if self._wanted is not None:
            asked = self._wanted
            self._operations.letter(self, asked).then(self._on_letter, partial(self._on_unreadable, asked))

    def _show_nothing(self) -> None:
        self._wanted = None
        self.panel.show_nothing()
        self.action_row.show_letter(None)

    def _on_letter(self, letter: LetterDetails) -> None:
        if letter.row.letter_id == self._wanted:
            self.panel.show_letter(letter)
            self.action_row.show_letter(letter.row)

    def _on_unreadable(self, asked: int, error: Exception) -> None:
        if asked != self._wanted:
            return
        if self.panel.letter is None or self.panel.letter.row.letter_id != asked:
            self.panel.show_trouble(message_for(error))
            self.action_row.show_letter(None)

    def _on_found_again(self) -> None:
        """A till sent it meanwhile, or somebody else decided: what is looked at is as it is now."""
        shown = self.panel.letter
        if shown is None or shown.row.letter_id != self._wanted:
            return
        listed = self.search.table.record(shown.row.letter_id)
        if listed != shown.row:
            self._read_anew()

    def _set_unsent(self, letter: LetterDetails) -> None:
        letter_id = letter.row.letter_id

        def set_in_words(unsent: UnsentLetter) -> None:
            self._operations.compose(self, unsent).then(composed, refused)

        def composed(words: ComposedLetter) -> None:
            self.panel.show_composed(letter_id, words)

        def refused(error: Exception) -> None:
            self.panel.show_unset(letter_id, message_for(error))

        self._operations.unsent(self, letter_id).then(set_in_words, refused)

    def _on_decided(self, letter: LetterDetails) -> None:
        self._wanted = letter.row.letter_id
        self.search.keep(letter.row.letter_id)
        self._on_letter(letter)
        self.search.look_again()
        self._read_standing()

    def _read_standing(self) -> None:
        self._operations.settings(self).then(self._on_settings, lambda _error: None)

    def _on_settings(self, settings: MailSettings) -> None:
        self._settings = settings
        self._operations.standing(self, settings).then(self._on_standing, lambda _error: None)

    def _on_standing(self, standing: SendingStanding) -> None:
        self.search.show_failed(standing.failed)
        self.failed_counted.emit(standing.failed)
        if self._settings is not None:
            words = standing_words(self._settings, standing, self.time_zone, may_manage=self._operations.may_manage)
            self.search.show_standing(words)

    def _on_zone(self, time_zone: str) -> None:
        self.time_zone = time_zone
        self.search.table.viewport().update()

    def _on_order(self) -> None:
        letter = self.panel.letter
        if letter is not None and letter.row.order_id is not None:
            self.order_wanted.emit(letter.row.order_id)

    def _on_customer(self) -> None:
        letter = self.panel.letter
        if letter is not None and letter.row.customer_id is not None:
            self.customer_wanted.emit(letter.row.customer_id)

    def _say(self, message: Message) -> None:
        passes = message.level in {Level.OK, Level.INFO}
        self.banner.show_message(message, seconds=_SAID_SECONDS if passes else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the letter its part of a wide window."""
        super().resizeEvent(event)
        self.panel.take_part_of(self.width())

    def showEvent(self, event: QShowEvent) -> None:
        """Read the letters, with the cursor in the search, and go on reading while they are seen."""
        super().showEvent(event)
        self.search.field.setFocus(Qt.FocusReason.OtherFocusReason)
        self._operations.time_zone(self).then(self._on_zone, lambda _error: None)
        if self._wanted is None:
            self.search.look()
        else:
            self.search.look_again()
            self._read_anew()
        self._read_standing()
        self.search.finding.timer.start()
        self._look.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Read no more while nobody looks."""
        super().hideEvent(event)
        self.search.finding.timer.stop()
        self._look.stop()
