"""By what the list of orders is narrowed, besides what is typed."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QDate, QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos_app.domain.orders.filter_choices import FilterChoices
from pos_app.domain.orders.finding import OrderQuery
from pos_app.domain.orders.standing import OrderStanding
from pos_app.ui.records.fields.choice_fields import Option
from pos_app.ui.records.fields.date_edit import DateEdit
from pos_app.ui.records.fields.option_sheets import PickSheet
from pos_app.ui.widgets.boxes import column, row
from pos_app.ui.widgets.buttons import Button
from pos_app.ui.widgets.combo_box import ComboBox
from pos_app.ui.widgets.key_button import KeyButton
from pos_app.ui.widgets.labels import text_label
from pos_app.ui.words.evenings import shown_dated_when
from pos_app.ui.words.lists import side_by_side
from pos_app.ui.words.standings import standing_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QResizeEvent

    from pos_app.domain.orders.filter_choices import PerformanceChoice

_ANY: Final = 0
_DAYS: Final = "days"
_UNREAD: Final = date(2000, 1, 1)
"""What day it is before the server has said it; nothing is shown by it."""


class OrderFilters(QWidget):
    """Performance, standing, till, cashier, days of the sale, and whether it waits at the window.

    Signals: changed(), by a person; by show_only() it is not told. clear_asked(): by the button, which is there while
    anything is left out.
    """

    changed = Signal()
    clear_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.waiting = False
        self._choices = FilterChoices(_UNREAD)
        self._wanted_till = _ANY
        self._performance: PerformanceChoice | None = None
        self.performance_button = Button()
        self.performance_button.setProperty("variant", "tool")
        self.performance_button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.performance_button.clicked.connect(self._ask_performance)
        self.standing_box = self._box(self.tr("Standing"))
        self.till_box = self._box(self.tr("Till"))
        self.person_box = self._box(self.tr("Cashier"))
        self.day_box = self._box(self.tr("Day of the sale"))
        self.from_edit, self.until_edit = DateEdit(), DateEdit()
        self.from_edit.setAccessibleName(self.tr("From this day on"))
        self.until_edit.setAccessibleName(self.tr("Until this day"))
        self._between = QWidget()
        dash = text_label("\N{EN DASH}", "muted")
        row(text_label(self.tr("Sold"), "muted"), self.from_edit, dash, self.until_edit, 1, inside=self._between)
        self.clear_button = KeyButton(self.tr("Clear filters"), "Ctrl+R")
        self.clear_button.clicked.connect(self.clear_asked)
        self._below = QWidget()
        row((self._between, 1), 1, self.clear_button, inside=self._below, spacing=6)
        self._between.hide()
        for edit in (self.from_edit, self.until_edit):
            edit.dateChanged.connect(self._on_changed)
        boxes = (self.standing_box, self.till_box, self.person_box, self.day_box)
        line = row((self.performance_button, 6), *((box, 5) for box in boxes), spacing=6)
        column(line, self._below, inside=self, spacing=6)
        self._fill()

    @property
    def is_set(self) -> bool:
        """Tell whether anything is left out."""
        return self.query("").is_filtered

    @property
    def till_id(self) -> int | None:
        """Return at which till it was sold; None: at any."""
        return self.till_box.currentData() or self._wanted_till or None

    def query(self, text: str) -> OrderQuery:
        """Return what is looked for."""
        day_from, day_until = self._days()
        standing, person = self.standing_box.currentData(), self.person_box.currentData()
        return OrderQuery(
            text=text,
            performance_id=self._performance.performance_id if self._performance else None,
            standing=OrderStanding(standing) if standing else None,
            till_id=self.till_id,
            staff_id=person or None,
            day_from=day_from,
            day_until=day_until,
            waiting=self.waiting,
        )

    def show_choices(self, choices: FilterChoices) -> None:
        """Offer other performances, tills and people; what is chosen stays."""
        if self._choices.today == _UNREAD:
            self._show_today(choices.today)
        self._choices = choices
        self.day_box.setEnabled(choices.today != _UNREAD)
        for box, names, words in (
            (self.till_box, choices.tills, self.tr("All tills")),
            (self.person_box, choices.people, self.tr("All cashiers")),
        ):
            chosen = box.currentData() or (self._wanted_till if box is self.till_box else _ANY)
            box.clear()
            box.addItem(words, _ANY)
            for one in names:
                box.addItem(one.name, one.key)
            box.setCurrentIndex(max(0, box.findData(chosen)))
        if self.till_box.currentData():
            self._wanted_till = _ANY
        self._show_below()

    def _show_today(self, today: date) -> None:
        for edit in (self.from_edit, self.until_edit):
            with QSignalBlocker(edit):
                edit.setDate(QDate(today.year, today.month, today.day))

    def show_only(self, *, till_id: int | None = None, waiting: bool = False) -> None:
        """Leave nothing out but what is not of this till, or does not wait at the window."""
        self.waiting = waiting
        self._performance = None
        self.standing_box.setCurrentIndex(0)
        self.person_box.setCurrentIndex(0)
        self.day_box.setCurrentIndex(0)
        self.till_box.setCurrentIndex(max(0, self.till_box.findData(till_id or _ANY)))
        # It may be that the tills are still being read.
        self._wanted_till = _ANY if self.till_box.currentData() else till_id or _ANY
        self._show_performance()
        self._show_below()

    def _fill(self) -> None:
        self.standing_box.addItem(self.tr("Any standing"), "")
        for standing in OrderStanding:
            self.standing_box.addItem(standing_words(standing), standing.value)
        for words, key in (
            (self.tr("Any day"), ""),
            (self.tr("Today"), "0 0"),
            (self.tr("Yesterday"), "1 1"),
            (self.tr("Last 7 days"), "6 0"),
            (self.tr("Last 30 days"), "29 0"),
            (self.tr("Choose days"), _DAYS),
        ):
            self.day_box.addItem(words, key)
        self.show_choices(self._choices)
        self._show_performance()

    def _box(self, name: str) -> ComboBox:
        box = ComboBox()
        box.setAccessibleName(name)
        box.setToolTip(name)
        box.setMinimumContentsLength(6)
        box.setSizeAdjustPolicy(ComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.activated.connect(self._on_changed)
        return box

    def _days(self) -> tuple[date | None, date | None]:
        """Return the first and the last day; what is typed the wrong way round is turned."""
        key = str(self.day_box.currentData())
        if not key:
            return None, None
        if key == _DAYS:
            first, last = sorted(_day(edit.date()) for edit in (self.from_edit, self.until_edit))
            return first, last
        today = self._choices.today
        back, until = map(int, key.split())
        return today - timedelta(days=back), today - timedelta(days=until)

    def _ask_performance(self) -> None:
        everything = Option(_ANY, self.tr("All performances"))
        options = [Option(one.performance_id, one.title, self._about(one)) for one in self._choices.performances]
        sheet = PickSheet(
            self,
            self.tr("Orders of which performance?"),
            [everything, *options],
            yes=self.tr("Choose"),
            nothing=self.tr("There are no performances yet."),
        )
        sheet.picked.connect(self._on_performance)
        sheet.open()

    def _on_performance(self, key: object) -> None:
        found: Sequence[PerformanceChoice] = self._choices.performances
        self._performance = next((one for one in found if one.performance_id == key), None)
        self._show_performance()
        self._show_below()
        self.changed.emit()

    def _show_performance(self) -> None:
        one = self._performance
        words = self.tr("All performances") if one is None else side_by_side(one.title, shown_dated_when(one))
        self.performance_button.setAccessibleName(words)
        self.performance_button.setToolTip(words)
        room = max(40, self.performance_button.width() - 30)
        metrics = self.performance_button.fontMetrics()
        self.performance_button.setText(metrics.elidedText(words, Qt.TextElideMode.ElideRight, room).replace("&", "&&"))

    def _on_changed(self) -> None:
        self._wanted_till = _ANY
        self._show_below()
        self.changed.emit()

    def _show_below(self) -> None:
        """Give the days that are typed, and the button, room while there is use for them."""
        self._between.setVisible(self.day_box.currentData() == _DAYS)
        self.clear_button.setVisible(self.is_set)
        self._below.setVisible(self.is_set)

    def _about(self, one: PerformanceChoice) -> str:
        return side_by_side(shown_dated_when(one), one.venue)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show so much of the performance as there is room for."""
        super().resizeEvent(event)
        self._show_performance()


def _day(day: QDate) -> date:
    return date(day.year(), day.month(), day.day())
