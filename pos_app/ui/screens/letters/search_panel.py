"""The left side of the screen of letters: what is looked for, and what was found."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QStackedWidget

from pos_app.domain.letters.kinds import LetterKind
from pos_app.domain.letters.listing import LetterQuery, LetterView
from pos_app.ui.screens.letters.finding import MOST, Finding
from pos_app.ui.screens.letters.table import letters_table
from pos_app.ui.widgets.banner import Banner
from pos_app.ui.widgets.boxes import column, row
from pos_app.ui.widgets.buttons import SegmentedButtons
from pos_app.ui.widgets.combo_box import ComboBox
from pos_app.ui.widgets.empty_state import EmptyState
from pos_app.ui.widgets.key_button import KeyButton
from pos_app.ui.widgets.keys import ENTER
from pos_app.ui.widgets.labels import say, text_label
from pos_app.ui.widgets.search_field import SearchField
from pos_app.ui.words.amounts import shown_number
from pos_app.ui.words.letters import kind_words
from pos_app.ui.words.lists import following
from pos_app.ui.words.messages import message_for
from pos_app.ui.words.sentences import spoken_count

if TYPE_CHECKING:
    from collections.abc import Callable

    from pos_app.domain.letters.listing import LettersPage
    from pos_app.ui.screens.letters.operations import LetterOperations

_ROWS_AHEAD: Final = 600
"""Pixels: the next letters are asked for before the last one is seen."""
_STEPS: Final = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}


class SearchPanel(QFrame):
    """One field, what became of them, the kind, and the letters that fit, the newest first.

    Signals: letter_chosen(int): by a person, or because it is the first one found. nothing_found(). refresh_asked().
    note_asked(): a note is to be written.
    """

    letter_chosen = Signal(int)
    nothing_found = Signal()
    refresh_asked = Signal()
    note_asked = Signal()

    def __init__(self, operations: LetterOperations, time_zone: Callable[[], str]) -> None:
        super().__init__()
        self.setProperty("role", "panel")
        self._only: tuple[int | None, int | None, str] = (None, None, "")
        self._kept: int | None = None
        self.field = SearchField(self.tr("Order number, name, e-mail"))
        self.field.searched.connect(self.look)
        self.field.left.connect(self.show_all)
        self.field.installEventFilter(self)
        self.views = SegmentedButtons(
            [
                (LetterView.ALL, self.tr("All")),
                (LetterView.WAITING, self.tr("Waiting")),
                (LetterView.SENT, self.tr("Sent")),
                (LetterView.FAILED, self.tr("Failed")),
                (LetterView.STOPPED, self.tr("Stopped")),
            ]
        )
        self.views.chosen.connect(self.look)
        self.kind_box = ComboBox()
        self.kind_box.setAccessibleName(self.tr("Kind of letter"))
        self.kind_box.addItem(self.tr("All kinds"), "")
        for kind in LetterKind:
            if kind is not LetterKind.TEST:
                self.kind_box.addItem(kind_words(kind), kind.value)
        self.kind_box.activated.connect(self.look)
        self.only_button = KeyButton("", "Ctrl+R", icon_name="x")
        self.only_button.told_as = self.tr("Letters of all orders and customers")
        self.only_button.clicked.connect(self.show_all)
        self.only_button.hide()
        self.note_button = KeyButton(self.tr("Write a note"), "Ctrl+N", icon_name="plus")
        self.note_button.clicked.connect(self.note_asked)
        self.table = letters_table(time_zone)
        self.table.chosen.connect(self._on_chosen)
        self.table.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        self.finding = Finding(operations, self)
        self.finding.found.connect(self._on_found)
        self.finding.more_found.connect(self._on_more)
        self.finding.failed.connect(self._on_failed)
        self.empty = EmptyState("envelope-simple", self.tr("Reading the letters…"))
        self.empty.asked.connect(self._on_empty_asked)
        self.standing = text_label("", "body", tone="warn", wrap=True)
        self.standing.hide()
        self.status = text_label("", "muted", wrap=True)
        self.banner = Banner()
        QShortcut(QKeySequence("F5"), self, self.refresh_asked.emit)
        self._arrange()

    @property
    def only_customer(self) -> tuple[int, str] | None:
        """Return the customer whose letters alone are listed, with what that is called."""
        _order_id, customer_id, words = self._only
        return None if customer_id is None else (customer_id, words)

    @property
    def query(self) -> LetterQuery:
        """Return what is looked for."""
        kind = self.kind_box.currentData()
        order_id, customer_id, _words = self._only
        return LetterQuery(
            LetterView(self.views.current),
            self.field.text().strip(),
            LetterKind(kind) if kind else None,
            order_id,
            customer_id,
        )

    def look(self) -> None:
        """Look for what is typed and chosen now; the first one found is shown."""
        self._kept = None
        self._look()

    def look_again(self) -> None:
        """Read the list again; the letter that is shown stays the one that is shown."""
        self.finding.look_again()

    def show_view(self, view: LetterView) -> None:
        """Show what became of letters so; nothing else is left out."""
        self._narrow(None, None, "", view)

    def show_only(self, *, order_id: int | None = None, customer_id: int | None = None, words: str) -> None:
        """Show the letters of an order, or of a customer. words: what that is called."""
        self._narrow(order_id, customer_id, words, LetterView.ALL)

    def show_all(self) -> None:
        """Show all letters, the newest first."""
        self._narrow(None, None, "", LetterView.ALL)
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def keep(self, letter_id: int) -> None:
        """Let a letter be the one that is shown, listed or not."""
        self._kept = letter_id
        self.table.mark(letter_id)

    def show_failed(self, count: int) -> None:
        """Say at its button how many letters failed."""
        words = self.tr("Failed: {0}").format(shown_number(count)) if count else self.tr("Failed")
        self.views.set_words(LetterView.FAILED, words)

    def show_standing(self, words: str) -> None:
        """Say what keeps letters from going out; "" where nothing does."""
        say(self.standing, words)

    def _narrow(self, order_id: int | None, customer_id: int | None, words: str, view: LetterView) -> None:
        self._only = order_id, customer_id, words
        say(self.only_button, "")
        self.only_button.set_words(words)
        self.only_button.setVisible(bool(words))
        self.views.choose(view)
        self.kind_box.setCurrentIndex(0)
        if self.field.text():
            self.field.clear()
        else:
            self.look()

    def _look(self) -> None:
        if not self.table.records:
            self.empty.show_words("magnifying-glass", self.tr("Reading the letters…"))
        self.finding.look_for(self.query)

    def _arrange(self) -> None:
        head = row((self.field, 1), self.kind_box, self.note_button, spacing=6)
        top = column(head, self.only_button, self.views, self.standing, margins=(12, 12, 12, 8), spacing=8)
        self._pages = QStackedWidget()
        self._pages.addWidget(self.empty)
        self._pages.addWidget(self.table)
        self.banner.setContentsMargins(9, 8, 9, 0)
        foot = row((self.status, 1), margins=(14, 6, 10, 0))
        column(top, (self._pages, 1), self.banner, foot, inside=self, margins=(1, 1, 1, 8), spacing=0)

    def _on_found(self, page: LettersPage) -> None:
        if self.banner.message.on_action == self.look_again:
            self.banner.dismiss()
        self.table.show_records(page.rows)
        self._show_found()
        if not page.rows and self._kept is None:
            self.table.mark(None)
            self.nothing_found.emit()
        elif self._kept is None:
            self.keep(page.rows[0].letter_id)
            self.letter_chosen.emit(page.rows[0].letter_id)

    def _on_more(self, page: LettersPage) -> None:
        self.table.show_records((*self.table.records, *page.rows))
        self._show_found()

    def _show_found(self) -> None:
        rows = self.table.records
        self._pages.setCurrentWidget(self.table if rows else self.empty)
        if rows:
            more = ""
            if self.finding.has_more:
                enough = self.tr("There are more than can be listed: type more, or choose a kind.")
                more = enough if len(rows) >= MOST else self.tr("Scroll for older ones.")
            count = spoken_count("{count} letter is listed.", "{count} letters, the newest first.", len(rows))
            self.status.setText(following(count, more))
            return
        self.status.setText("")
        query = self.query
        if query == LetterQuery():
            self.empty.show_words(
                "envelope-simple",
                self.tr("No letters yet"),
                self.tr("What is sold, reserved or refunded for a customer with an e-mail address is written to them."),
            )
        elif query == LetterQuery(LetterView.FAILED):
            self.empty.show_words("check-circle", self.tr("No letter failed"), action=self.tr("Show all letters"))
        elif query == LetterQuery(LetterView.WAITING):
            self.empty.show_words("check-circle", self.tr("No letter waits"), action=self.tr("Show all letters"))
        else:
            sentence = self.tr("Try the order number, the name, or the whole address.") if query.text else ""
            self.empty.show_words(
                "magnifying-glass", self.tr("No letter fits"), sentence, action=self.tr("Show all letters")
            )

    def _on_failed(self, error: Exception) -> None:
        message = message_for(error)
        if self.table.records:
            self.banner.show_message(replace(message, action=self.tr("Try again"), on_action=self.look_again))
        else:
            self.empty.show_trouble(message)
            self._pages.setCurrentWidget(self.empty)

    def _on_empty_asked(self) -> None:
        if self.query != LetterQuery():
            self.show_all()
        else:
            self.look()

    def _on_chosen(self, letter_id: object) -> None:
        if isinstance(letter_id, int):
            self._kept = letter_id
            self.letter_chosen.emit(letter_id)

    def _on_scrolled(self, value: int) -> None:
        if value >= self.table.verticalScrollBar().maximum() - _ROWS_AHEAD:
            self.finding.read_on()

    def _step(self, steps: int) -> None:
        rows = self.table.shown
        if rows:
            at = self.table.currentIndex().row() + steps
            self.table.selectRow(max(0, min(len(rows) - 1, at)))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the arrow keys walk the letters while somebody types, and Enter go to them."""
        if watched is not self.field or event.type() is not QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if event.key() in _STEPS and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self._step(_STEPS[Qt.Key(event.key())])
            return True
        if event.key() in ENTER:
            if self.table.shown:
                self.table.setFocus(Qt.FocusReason.TabFocusReason)
            return True
        return False
