"""One letter at the right of the list: what became of it, what it says, and each try."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedWidget, QWidget

from pos_app.domain.codes import grouped
from pos_app.domain.letters.kinds import LetterKind, LetterState
from pos_app.ui.screens.letters.history import LetterHistory
from pos_app.ui.screens.letters.said_page import SaidPage
from pos_app.ui.screens.letters.table import letter_words, recipient_words
from pos_app.ui.widgets.boxes import column, row
from pos_app.ui.widgets.empty_state import EmptyState
from pos_app.ui.widgets.key_button import KeyButton
from pos_app.ui.widgets.labels import Chip, breakable, say, text_label
from pos_app.ui.words.directions import begun_rightwards
from pos_app.ui.words.letters import state_tone, state_words, trouble_advice, trouble_words
from pos_app.ui.words.lists import following, labelled, side_by_side
from pos_app.ui.words.sizes import shown_size

if TYPE_CHECKING:
    from pos_app.domain.letters.listing import LetterDetails
    from pos_app.domain.letters.rendered import ComposedLetter
    from pos_app.ui.words.messages import Message

_WIDTHS: Final = ((1700, 640), (1340, 540), (0, 480))
"""How wide it is, from so many pixels of the screen on."""
_STEP: Final = 240
"""Pixels by which a key scrolls."""


class LetterPanel(QFrame):
    """Shows a letter. Signals: preview_asked(LetterDetails): what it would say now is to be set."""

    preview_asked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "panel")
        self.letter: LetterDetails | None = None
        self.title = text_label("", "heading", wrap=True)
        self.state = Chip("", "ok")
        self.to = text_label("", "strong", wrap=True)
        self.about = text_label("", "muted", wrap=True)
        self.why = text_label("", "body", tone="danger", wrap=True)
        self.answer = text_label("", "small", wrap=True)
        self.says = SaidPage()
        for label in (self.to, self.about, self.answer):
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.says_button = KeyButton(self.tr("What it says"), "F3", icon_name="envelope-simple")
        self.history_button = KeyButton(self.tr("What became of it"), "F4", icon_name="clock")
        for at, button in enumerate((self.says_button, self.history_button)):
            button.setCheckable(True)
            button.setAutoExclusive(True)
            button.clicked.connect(lambda _checked=False, at=at: self._parts.setCurrentIndex(at))
        self.says_button.setChecked(True)
        for key, steps in (("Alt+Down", 1), ("Alt+Up", -1)):
            QShortcut(QKeySequence(key), self, lambda steps=steps: self.scroll_by(steps))
        self.empty = EmptyState("envelope-simple", self.tr("No letter chosen"), self.tr("Choose one at the left."))
        self._pages = QStackedWidget()
        self._pages.addWidget(self.empty)
        self._pages.addWidget(self._page())
        column(self._pages, inside=self, margins=(16, 14, 8, 12))

    def take_part_of(self, screen_width: int) -> None:
        """Take as much of the screen's width (pixels) as there is for a letter."""
        self.setFixedWidth(next(wide for least, wide in _WIDTHS if screen_width >= least))

    def scroll_by(self, steps: int) -> None:
        """Scroll down, or up."""
        if self._parts.currentWidget() is self.says:
            self.says.scroll_by(steps * _STEP)
        else:
            bar = self._history.verticalScrollBar()
            bar.setValue(bar.value() + steps * _STEP)

    def show_letter(self, letter: LetterDetails) -> None:
        """Show a letter, or the same one anew."""
        before, self.letter = self.letter, letter
        is_other = before is None or before.row.letter_id != letter.row.letter_id
        row_ = letter.row
        self.title.setText(letter_words(row_))
        self.state.show_text(state_words(row_.state), state_tone(row_))
        self.to.setText(labelled(self.tr("To"), breakable(recipient_words(row_))))
        self._show_about(letter)
        self._show_why(letter)
        self._show_says(letter, is_other=is_other)
        history = self._history.takeWidget()
        if history is not None:
            history.deleteLater()
        self._history.setWidget(LetterHistory(letter))
        self._pages.setCurrentIndex(1)
        if is_other:
            self.says.begin()
            self._history.verticalScrollBar().setValue(0)

    def show_nothing(self) -> None:
        """Forget the letter."""
        self.letter = None
        self.empty.show_words("envelope-simple", self.tr("No letter chosen"), self.tr("Choose one at the left."))
        self._pages.setCurrentIndex(0)

    def show_trouble(self, message: Message) -> None:
        """Say why a letter cannot be read."""
        self.show_nothing()
        self.empty.show_trouble(message)

    def show_composed(self, letter_id: int, composed: ComposedLetter) -> None:
        """Show what a letter would say now."""
        if self._shows(letter_id):
            note = self.tr("As it would go out now:")
            self.says.show_letter(note, composed.subject, composed.text, composed.html)

    def show_unset(self, letter_id: int, message: Message) -> None:
        """Say why it is not known what a letter would say."""
        if self._shows(letter_id):
            self.says.show_letter(message.sentence)

    def _shows(self, letter_id: int) -> bool:
        return self.letter is not None and self.letter.row.letter_id == letter_id

    def _show_about(self, letter: LetterDetails) -> None:
        row_ = letter.row
        order = labelled(self.tr("Order"), grouped(row_.order_number)) if row_.order_number else ""
        now = ""
        if letter.address_now and row_.recipient and letter.address_now != row_.recipient:
            now = labelled(self.tr("Address of the customer now"), letter.address_now)
        who = begun_rightwards(side_by_side(breakable(row_.customer_name), order))
        say(self.about, "\n".join(filter(None, (who, breakable(now)))))

    def _show_why(self, letter: LetterDetails) -> None:
        row_ = letter.row
        failure = row_.failure if row_.state is not LetterState.SENT else None
        if failure is not None:
            say(self.why, following(trouble_words(failure.trouble), trouble_advice(failure.trouble)))
            say(self.answer, breakable(failure.answer))
            self.why.setProperty("tone", "danger" if row_.state is LetterState.FAILED else "warn")
        else:
            twice = self.tr("It may have been sent twice: the line broke before the server's answer.")
            say(self.why, twice if row_.may_be_twice else "")
            say(self.answer, "")
            self.why.setProperty("tone", "warn")
        self.why.style().unpolish(self.why)
        self.why.style().polish(self.why)

    def _show_says(self, letter: LetterDetails, *, is_other: bool) -> None:
        self.says.show_files([side_by_side(one.name, shown_size(one.bytes)) for one in letter.files])
        if letter.text or letter.subject:
            self.says.show_letter(self.tr("As it went out:"), letter.subject, letter.text, letter.html)
        elif letter.row.state is LetterState.SENT:
            code = letter.row.kind is LetterKind.VERIFICATION
            kept = self.tr("It brought a code, which is not kept.") if code else self.tr("What it said is not kept.")
            self.says.show_letter(kept)
        elif not letter.row.recipient:
            self.says.show_letter(self.tr("Whom it went to was erased, and what it said with them."))
        else:
            if is_other:
                self.says.show_letter(self.tr("Reading…"))
            self.preview_asked.emit(letter)

    def _page(self) -> QWidget:
        top = Qt.AlignmentFlag.AlignTop
        head = row((self.title, 1), (self.state, 0, top), margins=(0, 0, 8, 0), spacing=8)
        parts = row((self.says_button, 1), (self.history_button, 1), margins=(0, 2, 8, 2), spacing=6)
        self._history = QScrollArea(widgetResizable=True)
        self._history.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._history.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._parts = QStackedWidget()
        self._parts.addWidget(self.says)
        self._parts.addWidget(self._history)
        page = QWidget()
        about = (self.to, self.about, self.why, self.answer)
        column(head, *about, parts, (self._parts, 1), inside=page, spacing=6)
        return page
