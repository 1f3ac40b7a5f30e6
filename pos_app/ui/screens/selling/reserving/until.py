"""Until when seats are reserved: as the house does it, one of a few other times, or a date and a time."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from pos_app.domain.errors import InvalidInput
from pos_app.domain.local_times import moment_at, wall_time
from pos_app.ui.records.fields.moment_field import MomentField
from pos_app.ui.widgets.boxes import column
from pos_app.ui.widgets.buttons import SegmentedButtons
from pos_app.ui.widgets.labels import say, set_tone, text_label
from pos_app.ui.words.sentences import spoken_error
from pos_app.ui.words.times import shown_full_moment, shown_time, shown_weekday_time

if TYPE_CHECKING:
    from pos_app.domain.orders.reservations import ReservationTerms

USUAL: Final = "usual"
AT: Final = "at"
_NOON: Final = time(12)
_STEP: Final = timedelta(minutes=5)


def other_times(terms: ReservationTerms) -> tuple[tuple[str, datetime], ...]:
    """Return times that are offered beside the usual one, with their words: those that the house can keep to."""
    now, zone = terms.now, terms.time_zone
    if now is None:
        return ()
    rounded = now + _STEP - timedelta(seconds=now.timestamp() % _STEP.total_seconds())
    offered = [
        (_tr("In 1 hour"), rounded + timedelta(hours=1)),
        (_tr("Tomorrow, {0}"), _noon_after(now, zone, days=1)),
        (_tr("{0}, in a week"), _noon_after(now, zone, days=7)),
        (_tr("Until it begins"), terms.begins_at or terms.latest_release_at),
        (_tr("Until it ends"), terms.latest_release_at),
    ]
    told: list[tuple[str, datetime]] = []
    for words, at in offered:
        taken = {one for _, one in told} | {terms.usual_release_at}
        if now < at <= terms.latest_release_at and at not in taken:
            day = shown_time(at, zone) if at - now < timedelta(days=2) else shown_weekday_time(at, zone)
            told.append((words.format(day), at))
    return tuple(told)


class UntilField(QWidget):
    """Offers times as buttons, and says in full which one it is; a date and a time of one's own last.

    Signals: changed(): another time is meant.
    """

    changed = Signal()

    def __init__(self, terms: ReservationTerms) -> None:
        super().__init__()
        self._terms = terms
        self._times = {str(at): (words, moment) for at, (words, moment) in enumerate(other_times(terms))}
        options = [(USUAL, self.tr("Usual time")), *((key, words) for key, (words, _) in self._times.items())]
        self.choices = SegmentedButtons([*options, (AT, self.tr("Other time"))])
        self.choices.chosen.connect(self._on_chosen)
        self.moment = MomentField(terms.time_zone)
        self.moment.show_value(terms.usual_release_at)
        self.moment.set_name(self.tr("Kept until"))
        self.moment.edited.connect(self._on_edited)
        self.moment.hide()
        self._told = text_label("", "strong", wrap=True)
        self._wrong = text_label("", "body", tone="danger", wrap=True)
        self._wrong.hide()
        column(self.choices, self.moment, self._told, self._wrong, inside=self, spacing=6)
        self._tell()

    @property
    def words(self) -> str:
        """Return what it says of the time that is meant."""
        return self._told.text()

    @property
    def problem(self) -> str:
        """Return what it says is wrong."""
        return self._wrong.text()

    def value(self) -> datetime | None:
        """Return the time that is meant, in UTC; None: as the house does it. Raises InvalidInput for one that is none.

        The usual time is left to the server, which knows the house's rule at the moment of reserving.
        """
        key = self.choices.current
        if key == USUAL:
            return None
        if key in self._times:
            return self._times[key][1]
        moment = self.moment.value()
        return moment if isinstance(moment, datetime) else None

    def show_problem(self, sentence: str) -> None:
        """Say below the time what is wrong with it, or nothing."""
        say(self._wrong, sentence)
        set_tone(self._told, "danger" if sentence else "")

    def take_keyboard(self) -> None:
        """Go to where the time is chosen."""
        if self.choices.current == AT:
            self.moment.setFocus()
        else:
            self.choices.findChildren(QWidget)[0].setFocus()

    def _on_chosen(self, key: str) -> None:
        self.moment.setVisible(key == AT)
        if key == AT:
            self.moment.setFocus()
        self._on_edited()

    def _on_edited(self) -> None:
        self.show_problem("")
        self._tell()
        self.changed.emit()

    def _tell(self) -> None:
        try:
            moment = self.value() or self._terms.usual_release_at
        except InvalidInput as error:
            say(self._told, "")
            self.show_problem(spoken_error(error))
            return
        self._told.setText(self.tr("Kept until {0}").format(shown_full_moment(moment, self._terms.time_zone)))
        # The field of a time of one's own says it already.
        self._told.setHidden(self.choices.current == AT)


def _noon_after(now: datetime, zone: str, *, days: int) -> datetime:
    day = wall_time(now, zone).wall.date() + timedelta(days=days)
    return moment_at(datetime.combine(day, _NOON), zone).utc


def _tr(words: str) -> str:
    return QCoreApplication.translate("UntilField", words)
