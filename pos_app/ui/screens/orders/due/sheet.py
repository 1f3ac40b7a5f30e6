"""Refunds due: what the house still owes, one below the other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget

from pos_app.ui.screens.orders.due.table import due_table
from pos_app.ui.screens.orders.search.words import shortened
from pos_app.ui.widgets.empty_state import EmptyState
from pos_app.ui.widgets.labels import say, text_label
from pos_app.ui.widgets.search_field import SearchField
from pos_app.ui.widgets.sheets.base import Sheet
from pos_app.ui.words.amounts import shown_sum
from pos_app.ui.words.lists import following
from pos_app.ui.words.messages import message_for
from pos_app.ui.words.sentences import spoken_count

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from pos_app.domain.orders.refunds import RefundDue

_WIDTH: Final = 1040
_HEIGHT: Final = 380


class DueSheet(Sheet):
    """The list, a search in it, and what is done with the one chosen.

    order_id: of the order that is shown. A refund of it is chosen at first; one of another guest only by a person, so
    that nobody pays a stranger by pressing Enter twice.
    Signals: pay_asked(RefundDue), give_up_asked(RefundDue), order_asked(int): its order is to be shown.
    read_asked(): the list is to be read again.
    """

    pay_asked = Signal(object)
    give_up_asked = Signal(object)
    order_asked = Signal(int)
    read_asked = Signal()

    def __init__(self, parent: QWidget, order_id: int | None = None) -> None:
        super().__init__(parent, "", width=_WIDTH)
        self._order_id = order_id
        self._is_read = False
        self.set_title(self.tr("Refunds due"))
        self.search = SearchField(self.tr("Order, customer, reason"), key="", leaves_at_once=True)
        self.table = due_table()
        self.table.chosen.connect(self._enable)
        self.table.opened.connect(self._on_pay)
        self.search.searched.connect(self._on_searched)
        self.search.left.connect(self.cancel)
        self.search.installEventFilter(self)
        self.empty = EmptyState("hand-coins", self.tr("Reading what is due…"))
        self.empty.asked.connect(self.read_asked)
        self._pages = QStackedWidget()
        self._pages.addWidget(self.empty)
        self._pages.addWidget(self.table)
        self.summary = text_label("", "muted", wrap=True)
        self.said = text_label("", "body", tone="ok", wrap=True)
        self.problem = text_label("", "body", tone="danger", wrap=True)
        for widget in (self.search, self._pages, self.summary, self.said, self.problem):
            self.body.addWidget(widget)
        self.said.hide()
        self.problem.hide()
        self.let_give_way(self._pages, _HEIGHT)
        self.pay = self.add_button(self.tr("Pay out"), "Return", variant="primary")
        self.pay.clicked.connect(self._on_pay)
        self.give_up = self.add_button(self.tr("Another way"), "F8")
        self.give_up.clicked.connect(self._on_give_up)
        self.show_button = self.add_button(self.tr("Show the order"), "F9")
        self.show_button.clicked.connect(self._on_show)
        self.no = self.add_button(self.tr("Close"), "Esc")
        self.no.clicked.connect(self.cancel)
        self._enable()

    @property
    def chosen(self) -> RefundDue | None:
        """Return the refund that is chosen."""
        marked = self.table.record(self.table.current) if self._is_read else None
        return marked if marked in self.table.shown else None

    def open(self) -> None:
        """Show it with the cursor in the search."""
        super().open()
        self.search.setFocus()

    def show_due(self, due: Sequence[RefundDue]) -> None:
        """Show what is due; nothing is chosen but what was, or what is due to the order that is shown."""
        self._is_read = True
        self.table.show_records(due)
        self._show_found()
        self._choose_own()

    def show_trouble(self, error: Exception) -> None:
        """Say why the list cannot be read."""
        self._is_read = False
        self.empty.show_trouble(message_for(error))
        self._pages.setCurrentIndex(0)
        self._enable()

    def show_said(self, *sentences: str) -> None:
        """Say what was done."""
        say(self.problem, "")
        say(self.said, following(*sentences))

    def show_problem(self, sentence: str) -> None:
        """Say why something was not done."""
        say(self.said, "")
        say(self.problem, sentence)

    def _on_searched(self, words: str) -> None:
        self.table.look_for(words)
        if self._is_read:
            self._show_found()
            self._choose_own()

    def _show_found(self) -> None:
        """Show those that are listed, or say why there are none, and what they come to."""
        if not self.table.records:
            words = self.tr("What is refunded and not paid out at once appears here.")
            self.empty.show_words("check-circle", self.tr("Nothing is due"), words)
        elif not self.table.shown:
            title = self.tr("No refund fits “{0}”").format(shortened(self.search.text().strip()))
            self.empty.show_words("magnifying-glass", title, self.tr("Try the order number or the customer's name."))
        self._pages.setCurrentIndex(1 if self.table.shown else 0)
        self._show_sum()

    def _show_sum(self) -> None:
        """Say what those come to that are listed."""
        due = self.table.shown
        owed = shown_sum((one.amount_minor, one.currency) for one in due)
        count = spoken_count("{count} refund: {owed}.", "{count} refunds: {owed}.", len(due), owed=owed) if due else ""
        say(self.summary, count)

    def _choose_own(self) -> None:
        own = next((one.refund_id for one in self.table.shown if one.order_id == self._order_id), None)
        if self.chosen is None:
            self.table.mark(own)
        self._enable()

    def _enable(self) -> None:
        for button in (self.pay, self.give_up, self.show_button):
            button.setEnabled(self.chosen is not None)

    def _on_pay(self) -> None:
        if self.chosen is not None:
            self.pay_asked.emit(self.chosen)

    def _on_give_up(self) -> None:
        if self.chosen is not None:
            self.give_up_asked.emit(self.chosen)

    def _on_show(self) -> None:
        if self.chosen is not None:
            self.order_asked.emit(self.chosen.order_id)
            self.close_sheet()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the arrow keys walk the list while somebody types."""
        if watched is self.search and event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
            shown = self.table.shown
            if step is not None and shown:
                chosen = self.chosen
                at = 0 if chosen is None else max(0, min(len(shown) - 1, shown.index(chosen) + step))
                self.table.mark(shown[at].refund_id)
                self._enable()
                return True
        return super().eventFilter(watched, event)
