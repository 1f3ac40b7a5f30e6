"""Whom to merge a customer with: those who are alike first, others by the search."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent

from pos_app.domain.customers.finding import CustomerQuery
from pos_app.ui.customers.words import marks_words
from pos_app.ui.records.table.columns import Column
from pos_app.ui.records.table.view import RecordTable
from pos_app.ui.screens.customers.kind import customer_name
from pos_app.ui.widgets.labels import say, text_label
from pos_app.ui.widgets.problem_label import ProblemLabel
from pos_app.ui.widgets.search_field import SearchField
from pos_app.ui.widgets.sheets.base import Sheet
from pos_app.ui.words.amounts import shown_number
from pos_app.ui.words.lists import side_by_side
from pos_app.ui.words.messages import message_for

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from pos_app.domain.customers.finding import CustomerRow
    from pos_app.domain.customers.records import CustomerRecord
    from pos_app.ui.screens.customers.operations import CustomerOperations

_WIDTH: Final = 760
_TABLE_HEIGHT: Final = 320
_STEPS: Final = {int(Qt.Key.Key_Down): 1, int(Qt.Key.Key_Up): -1}


class MergeChoosingSheet(Sheet):
    """A search over a list. It stays open after chosen(), so that a refusal can be shown in it.

    Signals: chosen(int): the number of the other one.
    """

    chosen = Signal(int)

    def __init__(self, parent: QWidget, operations: CustomerOperations, record: CustomerRecord) -> None:
        title = self.tr("Merge {0} (number {1}) with …").format(customer_name(record), record.customer_id)
        super().__init__(parent, title, width=_WIDTH)
        self._operations = operations
        self._record = record
        self._looked_for = ""
        self.search = SearchField(self.tr("Name, e-mail, phone, number"), key="", leaves_at_once=True)
        self.search.searched.connect(self._on_searched)
        self.search.left.connect(self.cancel)
        self.search.installEventFilter(self)
        self.table = self._make_table()
        self.table.opened.connect(self._on_yes)
        self.told = text_label(self.tr("Reading…"), "muted", wrap=True)
        self.wrong = ProblemLabel()
        for widget in (self.search, self.told, self.table, self.wrong):
            self.body.addWidget(widget)
        self.let_give_way(self.table, _TABLE_HEIGHT)
        self.yes, self.no = self.add_answers(self.tr("Compare both"), self._on_yes)
        self._look("")

    def open(self) -> None:
        """Show it with the cursor in the search."""
        super().open()
        self.search.setFocus()

    def let_choose(self) -> None:
        """Let another one be chosen."""
        self.yes.setEnabled(True)

    def show_refusal(self, error: Exception) -> None:
        """Say why these two cannot be merged."""
        self.wrong.tell_message(message_for(error))
        self.let_choose()

    def _make_table(self) -> RecordTable:
        columns: tuple[Column[CustomerRow], ...] = (
            Column("name", self.tr("Name"), customer_name, lower=_contact, strong=True),
            Column("marks", self.tr("Marks"), lambda row: marks_words(row.marks), width=150),
            Column("number", self.tr("Number"), lambda row: str(row.customer_id), width=90, right=True),
            Column("orders", self.tr("Orders"), _orders, width=80, right=True),
        )
        table = RecordTable(
            "merge-customers",
            columns,
            key=lambda row: row.customer_id,
            search=lambda row: (row.name,),
            is_faded=lambda row: row.archived,
            as_given=True,
        )
        table.setAccessibleName(self.tr("Customers"))
        return table

    def _on_searched(self, words: str) -> None:
        """Look for what is typed, unless Enter came first: what was said of the answer since then stays."""
        if words != self._looked_for:
            self._look(words)

    def _look(self, words: str) -> None:
        """Ask for what is typed; while nothing is, for those who may be the same person."""
        self._looked_for = words
        if words:
            self._operations.find(self, CustomerQuery(words)).then(
                lambda page: self._show(words, page.rows), self.show_refusal
            )
        else:
            self._operations.alike(self, self._record.draft()).then(
                lambda rows: self._show(words, rows), self.show_refusal
            )

    def _show(self, words: str, rows: Sequence[CustomerRow]) -> None:
        if words != self._looked_for:
            return
        others = [row for row in rows if row.customer_id != self._record.customer_id]
        self.table.show_records(others)
        if others:
            self.table.selectRow(0)
        self.wrong.clear_problem()
        say(self.told, self._words(words, has_rows=bool(others)))

    def _words(self, words: str, *, has_rows: bool) -> str:
        if has_rows:
            return "" if words else self.tr("These may be the same person. Others are found by the search.")
        if words:
            return self.tr("Nobody else fits “{0}”.").format(words)
        return self.tr("Nobody else is like this customer. Look for the other one.")

    def _on_yes(self) -> None:
        if self.search.text().strip() != self._looked_for:
            # Enter came before the search has looked: what is shown is not what was typed.
            self._look(self.search.text().strip())
            return
        current = self.table.current
        if isinstance(current, int) and self.table.record(current) is not None:
            self.yes.setEnabled(False)
            self.wrong.clear_problem()
            self.chosen.emit(current)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Walk the list with the arrows while something is typed."""
        if watched is self.search and isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            step, shown = _STEPS.get(event.key(), 0), len(self.table.shown)
            if step and shown:
                self.table.selectRow(max(0, min(shown - 1, self.table.currentIndex().row() + step)))
                return True
        return super().eventFilter(watched, event)


def _contact(row: CustomerRow) -> str:
    return side_by_side(row.email, row.phone)


def _orders(row: CustomerRow) -> str:
    return "" if row.orders is None else shown_number(row.orders)
