"""A field of a date and a time on the clock of a venue."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QDate, QTime

from pos_app.domain.errors import InvalidInput
from pos_app.domain.local_times import (
    VenueMoment,
    WallTimeKind,
    change_at,
    moment_at,
    shown_offset,
    wall_time,
)
from pos_app.domain.sentences import NOTHING, say
from pos_app.ui.records.fields.base import FieldEditor
from pos_app.ui.records.fields.date_edit import DateEdit
from pos_app.ui.records.fields.time_edit import TimeEdit
from pos_app.ui.widgets.boxes import column, row
from pos_app.ui.widgets.buttons import SegmentedButtons
from pos_app.ui.widgets.check_box import CheckBox
from pos_app.ui.widgets.labels import set_tone, text_label
from pos_app.ui.words.lists import following
from pos_app.ui.words.sentences import spoken, spoken_error
from pos_app.ui.words.times import shown_day, shown_full_day, shown_full_moment, shown_time

if TYPE_CHECKING:
    from collections.abc import Callable

_FIRST: Final = "first"
_SECOND: Final = "second"
_HEIGHT: Final = 44
_INSET: Final = 11


class MomentField(FieldEditor):
    """Date and time in a venue's zone; its value is a datetime in UTC, or None while there is none.

    none: what no date means ("no end"), with a box to tick for a date; "": there must be one. suggest: what to show
    when a date is first wanted, in UTC. In the hour that a clock change repeats, it asks which of the two is meant;
    in the one that a clock change leaves out it says so, and has no value; or, with `missing` ("It would begin at
    {0}."), as far after the change as it lies in the gap. Signals: see FieldEditor.
    """

    def __init__(
        self,
        time_zone: str,
        *,
        none: str = "",
        missing: str = "",
        suggest: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        super().__init__()
        self._zone = time_zone
        self._none = none
        self._missing = missing
        self._suggest = suggest
        self.wanted = CheckBox()
        self.date = DateEdit()
        self.date.setDisplayFormat("yyyy-MM-dd")
        self.date.setDateRange(QDate(1970, 1, 2), QDate(9000, 12, 31))
        self.time = TimeEdit()
        self.time.setDisplayFormat("HH:mm")
        self.time.setFixedWidth(88)
        self.time.lineEdit().setTextMargins(_INSET, 0, 0, 0)
        self.which = SegmentedButtons([(_FIRST, ""), (_SECOND, "")])
        self._words = text_label("", "small", wrap=True)
        self._arrange()
        self.wanted.setVisible(bool(none))
        for widget in (self.date, self.time):
            widget.setFixedHeight(_HEIGHT)
        self.wanted.clicked.connect(self._on_wanted)
        self.date.dateChanged.connect(self._on_changed)
        self.time.timeChanged.connect(self._on_changed)
        self.which.chosen.connect(self._on_changed)
        self.show_value(None)

    def set_zone(self, time_zone: str) -> None:
        """Take the same time on another venue's clock."""
        self._zone = time_zone
        self._tell()

    def value(self) -> object:
        """Return the moment in UTC, or None. Raises InvalidInput for a time that a clock change leaves out."""
        if not self._has_date():
            return None
        moment = self._moment()
        if moment.kind is WallTimeKind.MISSING and not self._missing:
            raise self._refusal()
        return moment.utc

    def show_value(self, value: object) -> None:
        """Show a moment (aware, or without a zone and then UTC), or none."""
        has_date = isinstance(value, datetime)
        self.wanted.setChecked(has_date)
        moment = self._aware(value if isinstance(value, datetime) else self._suggest())
        shown = wall_time(moment, self._zone)
        for widget in (self.date, self.time):
            widget.blockSignals(True)
        self.date.setDate(QDate(shown.wall.year, shown.wall.month, shown.wall.day))
        self.time.setTime(QTime(shown.wall.hour, shown.wall.minute))
        for widget in (self.date, self.time):
            widget.blockSignals(False)
        second = shown.other_utc is not None and shown.other_utc < shown.utc
        self.which.choose(_SECOND if second else _FIRST)
        self._tell()

    def typed(self) -> object:
        """Return what the fields show."""
        if not self._has_date():
            return None
        doubled = self._moment().kind is WallTimeKind.DOUBLED
        return self._wall(), self.which.current if doubled else _FIRST

    def words_of(self, value: object) -> str:
        """Write day, year and time."""
        if not isinstance(value, datetime):
            return self._none
        moment = self._aware(value)
        return shown_full_moment(moment, self._zone)

    def set_name(self, name: str) -> None:
        """Name the parts for screen readers."""
        self.wanted.setAccessibleName(name)
        self.date.setAccessibleName(self.tr("{0}: date").format(name))
        self.time.setAccessibleName(self.tr("{0}: time").format(name))

    def _arrange(self) -> None:
        moment = row(self.wanted, (self.date, 1), self.time, spacing=8)
        column(moment, self.which, self._words, inside=self, spacing=4)
        self.setFocusProxy(self.wanted if self._none else self.date)

    @staticmethod
    def _aware(moment: datetime) -> datetime:
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)

    def _has_date(self) -> bool:
        return not self._none or self.wanted.isChecked()

    def _wall(self) -> datetime:
        day, time = self.date.date(), self.time.time()
        return datetime(day.year(), day.month(), day.day(), time.hour(), time.minute())  # noqa: DTZ001 - a wall clock

    def _moment(self) -> VenueMoment:
        return moment_at(self._wall(), self._zone, second_of_two=self.which.current == _SECOND)

    def _refusal(self) -> InvalidInput:
        """Say why the time that is shown does not exist."""
        wall = self._wall()
        change = change_at(wall, self._zone)
        if change is None:
            return InvalidInput(NOTHING)
        return InvalidInput(
            say(
                "{time} does not exist on {day}: the clock goes from {before} to {after}.",
                time=shown_time(wall, "UTC"),
                day=shown_day(wall, "UTC"),
                before=shown_time(change.before, "UTC"),
                after=shown_time(change.after, "UTC"),
            ),
            advice=say("Choose a later time."),
        )

    def _missing_words(self, moment: VenueMoment) -> str:
        refusal = self._refusal()
        if not self._missing or not refusal.message:
            return spoken_error(refusal)
        return following(spoken(refusal.message), self._missing.format(shown_time(moment.utc, self._zone)))

    def _tell(self) -> None:
        has_date = self._has_date()
        self.date.setEnabled(has_date)
        self.time.setEnabled(has_date)
        moment = self._moment()
        self.which.setVisible(has_date and moment.kind is WallTimeKind.DOUBLED)
        if not has_date:
            self._say(self._none, "muted")
        elif moment.kind is WallTimeKind.MISSING:
            self._say(self._missing_words(moment), "warn" if self._missing else "danger")
        else:
            self._tell_which(moment)
            place = self._zone.rsplit("/", 1)[-1].replace("_", " ")
            day = shown_full_day(moment.utc, self._zone)
            self._say(self.tr("{0}, {1} ({2})").format(day, place, moment.offset), "muted")

    def _tell_which(self, moment: VenueMoment) -> None:
        if moment.other_utc is None:
            return
        first, second = sorted((moment.utc, moment.other_utc))
        self.which.set_words(_FIRST, self.tr("The first ({0})").format(shown_offset(first, self._zone)))
        self.which.set_words(_SECOND, self.tr("The second ({0})").format(shown_offset(second, self._zone)))

    def _say(self, words: str, tone: str) -> None:
        self._words.setText(words)
        set_tone(self._words, tone)

    def _on_wanted(self) -> None:
        self._on_changed()
        if self._has_date():
            self.date.setFocus()

    def _on_changed(self) -> None:
        self._tell()
        self.edited.emit()
