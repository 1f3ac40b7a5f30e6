"""What can be done to several performances at once."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from pos_app.domain.editing import FieldRefused
from pos_app.domain.house.settings import LONGEST_HOLD_MINUTES, SHORTEST_HOLD_MINUTES
from pos_app.domain.season.evenings import LONGEST_RUN
from pos_app.domain.season.performances import CommonChange
from pos_app.ui.records.fields.base import Field
from pos_app.ui.records.fields.choice_fields import ChoiceField, Option
from pos_app.ui.records.fields.moment_field import MomentField
from pos_app.ui.records.fields.number_fields import MoneyField, WholeNumberField
from pos_app.ui.records.form import RecordForm
from pos_app.ui.screens.admin.events.performances.values import (
    AFTER_EACH,
    AT,
    AT_ONCE,
    BEFORE_EACH,
    KEEP,
    NO_END,
    TO_THE_END,
    common_change,
)
from pos_app.ui.screens.admin.events.performances.words import named, performances_words
from pos_app.ui.widgets.boxes import column, row
from pos_app.ui.widgets.buttons import text_button
from pos_app.ui.widgets.key_button import KeyButton
from pos_app.ui.widgets.labels import ElidedLabel, panel, rule, text_label
from pos_app.ui.words.sentences import spoken_count

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pos_app.domain.season.performances import ListedPerformance

_NAMED: Final = 4
_LONGEST_BEFORE: Final = 7 * 24 * 60
_LONGEST: Final = LONGEST_RUN // timedelta(minutes=1)
_UNCHANGED: Final = {"on_sale": KEEP, "ends": KEEP, "off_sale": KEEP}


class SeveralPanel(QWidget):
    """The names of the chosen performances, what is to be the same on all, and buttons for cancelling and archiving.

    Signals: change_asked(tuple, CommonChange), cancel_asked(tuple), archive_asked(tuple): of these performances;
    closed(): none is to be chosen any more.
    """

    change_asked = Signal(object, object)
    cancel_asked = Signal(object)
    archive_asked = Signal(object)
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.records: tuple[ListedPerformance, ...] = ()
        self._title = text_label("", "title")
        self._names = [ElidedLabel("", "body") for _line in range(_NAMED + 1)]
        self._on_sale_at = MomentField("UTC")
        self._off_sale_at = MomentField("UTC")
        self._fees = MoneyField("", empty=self._kept()), MoneyField("", empty=self._kept())
        self.form = RecordForm(self._fields())
        self.form.edited.connect(self._tell)
        self.change_button = KeyButton(self.tr("Change…"), "Ctrl+S", icon_name="floppy-disk", variant="primary")
        self.change_button.clicked.connect(self._on_change)
        self.cancel_button = text_button(self.tr("Cancel…"), variant="ghost")
        self.cancel_button.clicked.connect(lambda: self.cancel_asked.emit(self.records))
        self.archive_button = text_button(self.tr("Archive…"), variant="ghost")
        self.archive_button.clicked.connect(lambda: self.archive_asked.emit(self.records))
        self._back = text_button(self.tr("Choose none"), variant="ghost")
        self._back.clicked.connect(self.closed)
        self._arrange()
        self.show_records(())

    def show_records(self, records: Sequence[ListedPerformance]) -> None:
        """Show these; what is typed stays while some are chosen."""
        if not records or not self.records:
            self.form.show_values(_UNCHANGED)
        self.records = tuple(records)
        self._title.setText(performances_words(len(records)))
        more = len(records) - _NAMED
        for at, label in enumerate(self._names):
            label.setVisible(at < min(len(records), _NAMED) or (at == _NAMED and more > 0))
            if at < min(len(records), _NAMED):
                label.show_words(named(records[at]))
        self._names[_NAMED].show_words(spoken_count("and {count} more", "and {count} more", more))
        currencies = {one.currency for one in records}
        for fee in self._fees:
            fee.set_currency(next(iter(currencies)) if len(currencies) == 1 else "")
            fee.setEnabled(len(currencies) == 1)
        for moment in (self._on_sale_at, self._off_sale_at):
            moment.set_zone(records[0].time_zone if records else "UTC")
        self._tell()

    def unsaved(self) -> tuple[str, ...]:
        """Name a change that was begun and not made."""
        if not self.form.is_dirty:
            return ()
        words = spoken_count("A change of {count} performance", "A change of {count} performances", len(self.records))
        return (words,)

    def discard(self) -> None:
        """Take back what is typed."""
        self.form.show_values(_UNCHANGED)

    def change(self) -> CommonChange | None:
        """Return the change that is typed; None where it cannot be read, which is said, or changes nothing."""
        try:
            change = common_change(self.form.values())
        except FieldRefused as error:
            self.form.show_problems(error.fields)
            return None
        return None if change == CommonChange() else change

    def _kept(self) -> str:
        return self.tr("Stays as it is")

    def _fields(self) -> tuple[Field, ...]:
        tr, kept = self.tr, self._kept()
        begins = ChoiceField([Option(KEEP, kept), Option(AT_ONCE, tr("At once")), Option(AT, tr("At a set time"))])
        ends = ChoiceField(
            [
                Option(KEEP, kept),
                Option(TO_THE_END, tr("No set end")),
                Option(BEFORE_EACH, tr("Before each begins")),
                Option(AT, tr("At a set time")),
            ]
        )
        minutes = WholeNumberField(most=_LONGEST_BEFORE, unit=tr("minutes before"))
        hold = WholeNumberField(least=SHORTEST_HOLD_MINUTES, most=LONGEST_HOLD_MINUTES, empty=kept, unit=tr("minutes"))
        over = ChoiceField(
            [Option(KEEP, kept), Option(NO_END, tr("No set end")), Option(AFTER_EACH, tr("After each begins"))]
        )
        length = WholeNumberField(least=1, most=_LONGEST, unit=tr("minutes after"))
        return (
            Field("ends", tr("Ends"), over, section=tr("The same on all")),
            Field("lasts_minutes", "", length, shown_if=lambda values: values.get("ends") == AFTER_EACH),
            Field("on_sale", tr("Sale begins"), begins),
            Field("on_sale_at", "", self._on_sale_at, shown_if=lambda values: values.get("on_sale") == AT),
            Field("off_sale", tr("Sale ends"), ends),
            Field("off_sale_minutes", "", minutes, shown_if=lambda values: values.get("off_sale") == BEFORE_EACH),
            Field("off_sale_at", "", self._off_sale_at, shown_if=lambda values: values.get("off_sale") == AT),
            Field("hold_minutes", tr("Seats are held for"), hold),
            Field("ticket_fee_minor", tr("Fee a ticket"), self._fees[0], half=True),
            Field("order_fee_minor", tr("Fee an order"), self._fees[1], half=True),
        )

    def _tell(self) -> None:
        self.change_button.setEnabled(bool(self.records) and self.form.is_dirty)

    def _on_change(self) -> None:
        change = self.change()
        if change is not None:
            self.change_asked.emit(self.records, change)

    def _arrange(self) -> None:
        head = column(row((self._title, 1), self._back), *self._names, margins=(18, 12, 14, 0), spacing=4)
        foot = row(self.archive_button, self.cancel_button, 1, self.change_button, margins=(14, 10, 14, 12), spacing=8)
        frame = panel()
        column(head, (self.form, 1), rule(), foot, inside=frame, margins=1, spacing=0)
        column(frame, inside=self)
