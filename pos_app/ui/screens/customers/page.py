"""Customers in a list that the server fills, and the one who is chosen in a form."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtWidgets import QAbstractButton, QWidget

from pos_app.domain.customers.contact import looks_like_email, looks_like_phone
from pos_app.domain.customers.finding import CustomerQuery
from pos_app.domain.customers.records import USUAL_MARKS
from pos_app.ui.customers.marks_field import MarksField
from pos_app.ui.customers.verifying.sheet import VerifySheet
from pos_app.ui.customers.words import mark_words
from pos_app.ui.records.found_page import FoundPage
from pos_app.ui.screens.customers.alike import AlikeBox
from pos_app.ui.screens.customers.facts import CustomerFacts
from pos_app.ui.screens.customers.history.reading import History
from pos_app.ui.screens.customers.kind import ALL, customer_fields, customer_kind, row_of
from pos_app.ui.screens.customers.merge.merging import Merging
from pos_app.ui.screens.customers.office_part import OfficePart
from pos_app.ui.screens.customers.operations import draft_from
from pos_app.ui.screens.customers.parts import PartButtons
from pos_app.ui.screens.customers.privacy.erasing import Erasing
from pos_app.ui.screens.customers.privacy.exporting import Exporting
from pos_app.ui.widgets.combo_box import ComboBox
from pos_app.ui.widgets.key_button import KeyButton
from pos_app.ui.words.amounts import shown_number
from pos_app.ui.words.messages import Level

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from pos_app.domain.customers.finding import CustomersPage
    from pos_app.domain.customers.records import CustomerRecord
    from pos_app.ui.background import Reply
    from pos_app.ui.screens.customers.operations import CustomerOperations
    from pos_app.ui.words.messages import Message

_TOLD_SECONDS: Final = 12
_LONGEST_NUMBER: Final = 15
_UNSET_ZONE: Final = "UTC"
_PART_KEYS: Final = ("F3", "F4", "F6", "F7")


class CustomerRecords(FoundPage):
    """Finds customers by what is typed and by a mark, makes them and corrects them. Signals: those of RecordPage."""

    def __init__(self, operations: CustomerOperations) -> None:
        self._operations = operations
        self.time_zone = _UNSET_ZONE
        self.marks = MarksField()
        self.facts = CustomerFacts()
        super().__init__(
            customer_kind(lambda: self.time_zone),
            operations,
            lambda: customer_fields(self.marks),
            row_of,
            nothing_fits=self.tr("Try fewer letters, the end of the phone number, or look at archived ones, too."),
        )
        self.found.search.setPlaceholderText(self.tr("Name, e-mail, phone, number"))
        self.found.missed.connect(self._on_missed)
        self.mark_box = ComboBox()
        self.mark_box.setAccessibleName(self.tr("Mark"))
        self.mark_box.activated.connect(self.look)
        self.found.add_filter(self.mark_box)
        self.found.narrowed = lambda: bool(self.query.mark)
        self.found.widen = lambda: self.mark_box.setCurrentIndex(0)
        self.alike = AlikeBox(operations)
        self.alike.customer_chosen.connect(self.open_key)
        self.history = History(operations, lambda: self.time_zone, self)
        self.office = OfficePart()
        names = self.tr("Details"), self.tr("Orders"), self.tr("Payments"), self.tr("More")
        self.parts = PartButtons(tuple(zip(names, _PART_KEYS, strict=True)))
        self.parts.buttons[-1].setVisible(operations.may_know_all)
        self.parts.chosen.connect(self._show_part)
        self.history.counted.connect(self._on_counted)
        for part in (self.history.orders, self.history.money, self.office):
            self.editor.parts.addWidget(part)
        self.editor.put_above(self.facts)
        self.editor.put_above(self.parts)
        self.editor.put_above(self.alike)
        self._show_marks(())
        self._set_tab_order()
        self.form.edited.connect(self._look_for_alike)
        self.opened.connect(self._on_opened)
        self.saved.connect(self._on_saved)
        self.merging = Merging(self, operations)
        self.merging.merged.connect(self._on_merged)
        self.office.merge_asked.connect(lambda: self.leave(lambda: self.merging.ask(self.record)))
        self.exporting = Exporting(self, operations)
        self.erasing = Erasing(self, operations)
        self.exporting.said.connect(self._say_of_file)
        self.erasing.said.connect(self.say)
        self.erasing.erased.connect(self._on_erased)
        self.facts.verify_asked.connect(lambda: self.leave(self._verify))
        self.office.export_asked.connect(lambda: self.leave(lambda: self.exporting.ask(self.record)))
        self.office.erase_asked.connect(lambda: self.leave(lambda: self.erasing.ask(self.record)))
        if operations.may_know_all:
            operations.may_decide(self).then(self.office.show_may_here, lambda _error: None)

    @property
    def query(self) -> CustomerQuery:
        """Return what is looked for."""
        mark = self.mark_box.currentData()
        return CustomerQuery(self.found.text, str(mark or ""), archived=self.found.views.current == ALL)

    def ask_for_rows(self) -> Reply[CustomersPage]:
        """Ask for what is typed, with the mark that is chosen."""
        return self._operations.find(self, self.query)

    def load(self, key: Any) -> Reply[CustomerRecord]:
        """Ask for one customer."""
        return self._operations.load(self, key)

    def offer_letters(self, lead_there: Callable[[int, str], object]) -> None:
        """Offer the letters of the customer who is shown. lead_there: takes the number and the name."""
        button = KeyButton(self.tr("Letters"), "Shift+F3", icon_name="envelope-simple")

        def lead() -> None:
            if self.record is not None:
                words = self.tr("Letters of {0}").format(self.kind.title(self.record))
                lead_there(self.record.customer_id, words)

        button.clicked.connect(lead)
        self.parts.add(button)

    def refresh(self) -> None:
        """Look again; read the marks in use, and what was bought meanwhile, too."""
        super().refresh()
        self.history.read()
        self._operations.marks(self).then(self._show_marks, lambda _error: None)
        if self.time_zone == _UNSET_ZONE:
            self._operations.time_zone(self).then(self._on_zone, lambda _error: None)

    def start_new(self, values: Mapping[str, object] | None = None) -> None:
        """Begin a new customer; what was looked for and not found is who it is."""
        text = self.found.text
        if not values and text and not self.found.table.shown:
            field = "email" if looks_like_email(text) else "phone" if looks_like_phone(text) else "name"
            values = {field: text}
        super().start_new(values)

    def _set_tab_order(self) -> None:
        """Let Tab walk as the eyes do: what was put between others comes after them else."""
        views = self.found.views.findChildren(QAbstractButton)
        for before, after in pairwise((views[-1], self.mark_box, self.found.table, *self.parts.buttons)):
            QWidget.setTabOrder(before, after)

    def begin_form(self) -> None:
        """Go into the part that is shown: the form, or what was bought."""
        if self._wanted is None and self.parts.current:
            shown: Any = self.editor.parts.currentWidget()
            shown.begin()
        else:
            super().begin_form()

    def save(self, then: Callable[[], object] | None = None) -> None:
        """Save what the form holds; where a field is wrong, it is seen."""
        self.parts.show_part(0)
        super().save(then)

    def _show_part(self, at: int) -> None:
        self.editor.parts.setCurrentIndex(at)
        if at:
            # Others sell meanwhile: what is looked at is as it is now.
            self.history.read()
        if at and not self.found.search.hasFocus() and not self.found.table.hasFocus():
            self.begin_form()

    def _on_counted(self, orders: int) -> None:
        words = self.tr("Orders ({0})").format(shown_number(orders)) if orders > 0 else ""
        self.parts.show_words(1, words)

    def _show_possible(self) -> None:
        """Nobody brings back who was erased."""
        super()._show_possible()
        if self.record is not None and self.record.erased_at is not None:
            self.editor.restore_button.hide()

    def _show_marks(self, marks: Sequence[str]) -> None:
        chosen = self.mark_box.currentData()
        self.marks.offer(marks)
        # As long as nobody has a mark, there is nothing to be narrowed by one.
        marks = () if tuple(marks) == USUAL_MARKS else marks
        self.mark_box.clear()
        self.mark_box.addItem(self.tr("All marks"), "")
        for mark in marks if not chosen or chosen in marks else (*marks, chosen):
            self.mark_box.addItem(mark_words(mark), mark)
        self.mark_box.setCurrentIndex(max(0, self.mark_box.findData(chosen or "")))
        self.mark_box.setVisible(self.mark_box.count() > 1)

    def _on_missed(self, text: str) -> None:
        """A number leads to its customer though the list does not show it: to one who was erased."""
        number = text.removeprefix("#").strip()
        if number.isdecimal() and len(number) <= _LONGEST_NUMBER:
            self.open_key(int(number))

    def _on_zone(self, time_zone: str) -> None:
        self.time_zone = time_zone
        self.facts.show_record(self.record, time_zone)

    def _on_opened(self, record: CustomerRecord | None) -> None:
        self.facts.show_record(record, self.time_zone)
        self.parts.show_possible(has_others=record is not None)
        self.office.show_record(record)
        self.history.show_customer(record.customer_id if record is not None else None)
        self._look_for_alike()

    def _on_saved(self, _record: CustomerRecord) -> None:
        self._operations.marks(self).then(self._show_marks, lambda _error: None)

    def _on_merged(self, kept: CustomerRecord, other_id: int) -> None:
        self.show_stored(kept)
        words = self.tr("Number {1} was merged into {0}.")
        self.say_done(words.format(self.kind.title(kept), other_id))
        self.refresh()

    def _verify(self) -> None:
        if self.record is not None:
            sheet = VerifySheet(self, self._operations.codes, row_of(self.record))
            sheet.verified.connect(self._on_verified)
            sheet.open()

    def _on_verified(self, record: CustomerRecord) -> None:
        self.show_stored(record)
        self.say_done(self.tr("The e-mail address of {0} is verified.").format(self.kind.title(record)))
        self.look()

    def _say_of_file(self, message: Message) -> None:
        self.say(message, _TOLD_SECONDS if message.level is Level.OK else 0)

    def _on_erased(self, customer_id: int, message: Message) -> None:
        self.found.search.clear()
        self.close_form()
        self.open_key(customer_id)
        self.look()
        self.say(message)

    def _look_for_alike(self) -> None:
        self.alike.look_for(draft_from(self.form.readable_values()) if self.is_new else None)
