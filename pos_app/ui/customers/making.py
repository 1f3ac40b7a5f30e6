"""The sheet that makes a customer: a name is enough, and one who is alike is offered before there are two."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

from pos_app.domain.codes import new_request_id
from pos_app.domain.customers.records import CustomerDraft
from pos_app.domain.editing import FieldRefused
from pos_app.ui.customers.fields import customer_fields, draft_from
from pos_app.ui.customers.marks_field import MarksField
from pos_app.ui.customers.suggestions import Suggestions
from pos_app.ui.customers.words import row_of
from pos_app.ui.records.form_sheet import FormSheet
from pos_app.ui.widgets.labels import say, text_label
from pos_app.ui.words.sentences import spoken_count

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtWidgets import QWidget

    from pos_app.domain.customers.finding import CustomerRow
    from pos_app.domain.customers.records import CustomerRecord
    from pos_app.ui.customers.source import CustomerSource

_PAUSE_MS: Final = 300
_HEIGHT: Final = 442
_WIDTH: Final = 600
_ALIKE_ROWS: Final = 2


class CustomerSheet(FormSheet):
    """Asks for a new customer, and makes it. Those who are alike stand below the fields, and can be taken instead.

    A first Enter that finds somebody alike only shows them; the second one makes a customer all the same.
    Signals: made(CustomerRow): this one was made, or taken of those who are alike; the sheet is closed then.
    """

    made = Signal(object)

    def __init__(self, parent: QWidget, source: CustomerSource, draft: CustomerDraft) -> None:
        self._source = source
        self._marks = MarksField()
        self._request_id = new_request_id()
        self._seen: tuple[int, ...] = ()
        self._judged: CustomerDraft | None = None
        title = parent.tr("New customer")
        fields = customer_fields(self._marks)
        values = asdict(draft)
        super().__init__(parent, title, fields, values, yes=parent.tr("Make customer"), height=_HEIGHT, width=_WIDTH)
        self._told = text_label("", "strong", wrap=True)
        self._told.hide()
        self.alike = Suggestions(rows=_ALIKE_ROWS)
        self.alike.hide()
        self.alike.picked.connect(self._take)
        self.body.addWidget(self._told)
        self.body.addWidget(self.alike)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._look)
        self.form.edited.connect(self._pause.start)
        self.given.connect(self._judge)
        for line in self.form.findChildren(QLineEdit):
            line.installEventFilter(self)
        source.list_marks(self).then(self._marks.offer, lambda _error: None)

    def open(self) -> None:
        """Show it with the cursor in the first field that says nothing yet."""
        super().open()
        draft = self._typed()
        if draft.name and not draft.email:
            self.form.editor("email").setFocus()

    def answer(self, values: Mapping[str, object]) -> object:
        """Return the draft as it is stored. Raises FieldRefused."""
        return draft_from(values)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let arrow keys and Enter choose of those who are alike, while the keyboard stays in its field."""
        is_of_line = isinstance(watched, QLineEdit) and event.type() is QEvent.Type.KeyPress
        if is_of_line and isinstance(event, QKeyEvent) and self.alike.isVisible() and self.alike.take_key(event):
            return True
        return super().eventFilter(watched, event)

    def _typed(self) -> CustomerDraft:
        values = self.form.readable_values()
        return CustomerDraft(
            str(values.get("name") or ""), str(values.get("email") or ""), str(values.get("phone") or "")
        )

    def _look(self) -> None:
        """Look for those who are alike while somebody types."""
        draft = self._typed()
        if self.is_open and (draft.name or draft.email or draft.phone):
            self._source.find_alike(self, draft).then(self._show_alike, lambda _error: None)

    def _judge(self, draft: CustomerDraft) -> None:
        """Look once more before a second one is made of the same person."""
        self._pause.stop()
        self._source.find_alike(self, draft).then(lambda alike: self._make(draft, alike), self.show_refusal)

    def _make(self, draft: CustomerDraft, alike: tuple[CustomerRow, ...]) -> None:
        ids = tuple(sorted(one.customer_id for one in alike))
        if ids and self._judged != draft:
            self._judged = draft
            self._show_alike(alike)
            self._rest()
            self.yes.set_words(self.tr("Make a new one all the same"))
            return
        self._source.add(self, draft, self._request_id).then(self._on_made, self.show_refusal)

    def show_refusal(self, error: Exception) -> None:
        """Say why there is no new customer; what was typed stays."""
        if not isinstance(error, FieldRefused):
            self._judged = None
        super().show_refusal(error)

    def _show_alike(self, alike: tuple[CustomerRow, ...]) -> None:
        words = spoken_count("Is it this customer?", "Is it one of these customers?", len(alike)) if alike else ""
        say(self._told, words)
        self.alike.show_customers(alike, "")
        self.alike.setVisible(bool(alike))
        self._make_room_for_height()

    def _on_made(self, record: CustomerRecord) -> None:
        self.close_sheet()
        self.made.emit(row_of(record))

    def _take(self, customer: CustomerRow) -> None:
        self.close_sheet()
        self.made.emit(customer)
