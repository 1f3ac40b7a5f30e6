"""The same performance again: choose the dates, and see what would be made."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QDate, Signal

from pos_app.domain.local_times import wall_time
from pos_app.domain.season.dates import PlannedDate, days_between, plan_dates
from pos_app.domain.season.evenings import Evening
from pos_app.domain.season.performances import MOST_DATES
from pos_app.ui.records.fields.date_edit import DateEdit
from pos_app.ui.records.table.columns import Column
from pos_app.ui.records.table.view import RecordTable
from pos_app.ui.screens.admin.events.performances.day_calendar import DayCalendar
from pos_app.ui.screens.admin.events.performances.words import named, planned_words
from pos_app.ui.widgets.boxes import column, row
from pos_app.ui.widgets.buttons import Button, text_button
from pos_app.ui.widgets.labels import text_label
from pos_app.ui.widgets.sheets.base import Sheet
from pos_app.ui.widgets.sheets.confirm import confirm
from pos_app.ui.words.amounts import shown_number
from pos_app.ui.words.evenings import shown_from_to
from pos_app.ui.words.lists import listed
from pos_app.ui.words.messages import message_for
from pos_app.ui.words.sentences import spoken_count
from pos_app.ui.words.times import weekdays

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence
    from datetime import datetime

    from PySide6.QtWidgets import QWidget

    from pos_app.domain.season.performances import ListedPerformance

_WIDTH: Final = 960
_LEAST_TABLE: Final = 120
_CALENDAR_WIDTH: Final = 400
_WEEKS: Final = 4
_NAMED: Final = 3
"""So many dates in the past are named before the rest is counted."""
_FAR: Final = QDate(2099, 12, 31)


class DatesSheet(Sheet):
    """A calendar whose days are clicked, weekdays from one day to another, and a list of what would be made.

    now: the server's time; what would begin in the past is marked, and asked about. Stays open until close_sheet().
    Signals: given(tuple): the beginnings in UTC.
    """

    given = Signal(object)

    def __init__(
        self,
        parent: QWidget,
        pattern: ListedPerformance,
        season: Sequence[ListedPerformance],
        now: Callable[[], datetime],
    ) -> None:
        super().__init__(parent, self.tr("Same again: {0}").format(named(pattern)), width=_WIDTH)
        self._pattern = pattern
        self._season = tuple(season)
        self._now = now
        self._days: frozenset[date] = frozenset()
        self.planned: tuple[PlannedDate, ...] = ()
        first = wall_time(pattern.starts_at, pattern.time_zone).wall.date()
        self.calendar = DayCalendar()
        self.weekdays: list[Button] = []
        self.first, self.last = DateEdit(), DateEdit()
        self.add_days = text_button(self.tr("Add these days"), icon_name="plus")
        self.clear_days = text_button(self.tr("None"), variant="ghost")
        self.table = RecordTable(
            "planned_dates", self._columns(), lambda one: one.day, lambda _one: (), is_faded=lambda one: one.there
        )
        self._sum = text_label("", "strong", wrap=True)
        self._wrong = text_label("", "body", tone="danger", wrap=True)
        self._set_up(first)
        self._arrange()
        self.yes = self.add_button("", "Ctrl+Return", variant="primary")
        self.no = self.add_button(self.tr("Cancel"), "Esc")
        self.yes.clicked.connect(self._on_yes)
        self.calendar.finished.connect(self.yes.click)
        self.no.clicked.connect(self.cancel)
        self.choose(())

    def open(self) -> None:
        """Show it with the keyboard on the calendar."""
        super().open()
        self.calendar.setFocus()

    def choose(self, days: Collection[date]) -> None:
        """Choose these days and no others."""
        self._days = frozenset(days)
        self.calendar.show_chosen(self._days)
        self.planned = plan_dates(self._pattern, self._days, self._season, self._now())
        self.table.show_records(self.planned)
        self._tell()

    def toggle(self, day: date) -> None:
        """Choose a day, or no longer."""
        self.choose(self._days ^ {day})

    def show_refusal(self, error: Exception) -> None:
        """Say why nothing was made; what was chosen stays."""
        self._tell()
        self._say(message_for(error).sentence)

    def _set_up(self, first: date) -> None:
        start = QDate(first.year, first.month, first.day)
        self.calendar.setMaximumDate(_FAR)
        self.calendar.setSelectedDate(start.addDays(1))
        self.calendar.setFixedWidth(_CALENDAR_WIDTH)
        self.calendar.day_pressed.connect(self.toggle)
        for name, full_name in zip(weekdays(), weekdays(full=True), strict=True):
            button = Button(name)
            button.setCheckable(True)
            button.setProperty("variant", "segment")
            button.setAccessibleName(full_name)
            button.setStyleSheet("padding: 0; min-width: 44px")
            self.weekdays.append(button)
        self.weekdays[first.weekday()].setChecked(True)
        for edit, day in ((self.first, first + timedelta(days=1)), (self.last, first + timedelta(weeks=_WEEKS))):
            edit.setDisplayFormat("yyyy-MM-dd")
            edit.setCalendarPopup(True)
            edit.setMaximumDate(_FAR)
            edit.setDate(QDate(day.year, day.month, day.day))
        self.first.setAccessibleName(self.tr("From"))
        self.last.setAccessibleName(self.tr("To"))
        self.add_days.clicked.connect(self._on_add)
        self.clear_days.clicked.connect(lambda: self.choose(()))

    def _columns(self) -> tuple[Column[PlannedDate], ...]:
        zone = self._pattern.time_zone
        return (
            Column(
                "day",
                self.tr("Would be made"),
                self._day_words,
                lambda one: one.day,
                lower=lambda one: planned_words(one, zone)[0],
                tone=lambda one: planned_words(one, zone)[1],
                strong=True,
            ),
        )

    def _arrange(self) -> None:
        left = column(
            text_label(self.tr("Click the days, or take weekdays from one day to another."), "muted"),
            (self.calendar, 1),
            row(*self.weekdays, spacing=4),
            row((self.first, 1), text_label(self.tr("to"), "muted"), (self.last, 1), spacing=8),
            self.add_days,
            spacing=8,
        )
        about = self.tr(
            "Length, doors, sale, hold, fees and prices as there; the time is that of the venue's clock. "
            "No seats are kept."
        )
        right = column(
            text_label(about, "muted", wrap=True),
            (self.table, 1),
            row((self._sum, 1), self.clear_days),
            spacing=8,
        )
        self.body.addLayout(row(left, (right, 1), spacing=20))
        self.body.addWidget(self._wrong)
        self.table.setMinimumHeight(_LEAST_TABLE)

    def _tell(self) -> None:
        new = [one for one in self.planned if not one.there]
        marked = [one for one in new if planned_words(one, self._pattern.time_zone)[0]]
        self._say("")
        self._sum.setText(self._sum_words(len(self.planned) - len(new), len(marked)))
        make = spoken_count("Make {count} performance", "Make {count} performances", len(new))
        self.yes.set_words(make if new else self.tr("Make them"))
        self.yes.setEnabled(0 < len(new) <= MOST_DATES)
        if len(new) > MOST_DATES:
            self._say(self.tr("No more than {0} at once.").format(shown_number(MOST_DATES)))

    def _sum_words(self, there: int, marked: int) -> str:
        if not self.planned:
            return self.tr("No day is chosen.")
        parts = [spoken_count("{count} chosen", "{count} chosen", len(self.planned))]
        if there:
            parts.append(spoken_count("{count} there already", "{count} there already", there))
        if marked:
            parts.append(spoken_count("{count} to look at", "{count} to look at", marked))
        return listed(parts)

    def _say(self, words: str) -> None:
        self._wrong.setText(words)
        self._wrong.setVisible(bool(words))

    def _on_add(self) -> None:
        wanted = {number for number, button in enumerate(self.weekdays) if button.isChecked()}
        first, last = (date(at.year(), at.month(), at.day()) for at in (self.first.date(), self.last.date()))
        days = days_between(first, last, wanted)
        if days:
            self.choose(self._days | set(days))
        else:
            self._say(self.tr("No such weekday lies between these days."))

    def _on_yes(self) -> None:
        past = [one for one in self.planned if one.past and not one.there]
        if not past:
            self._give()
            return
        lines = [self._day_words(one) for one in past[:_NAMED]]
        if len(past) > _NAMED:
            lines.append(spoken_count("and {count} more", "and {count} more", len(past) - _NAMED))
        sheet = confirm(
            self,
            self.tr("Make them like this?"),
            self.tr("These begin in the past:"),
            yes=self.yes.words,
            no=self.tr("Back to the days"),
            lost=tuple(lines),
            danger=False,
        )
        sheet.confirmed.connect(self._give)

    def _day_words(self, one: PlannedDate) -> str:
        return shown_from_to(Evening(one.moment.utc, one.ends_at, self._pattern.time_zone))

    def _give(self) -> None:
        self.yes.setEnabled(False)
        self.yes.set_words(self.tr("Making them…"))
        starts: tuple[datetime, ...] = tuple(one.moment.utc for one in self.planned if not one.there)
        self.given.emit(starts)
