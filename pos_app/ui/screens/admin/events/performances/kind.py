"""What performances are, for a page of records."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from pos_app.domain.season.performances import printed_times
from pos_app.ui.records.kind import RecordKind, RecordWords, View
from pos_app.ui.records.table.columns import Column
from pos_app.ui.screens.admin.events.performances.values import doors_at, performance_values
from pos_app.ui.screens.admin.events.performances.words import (
    Standing,
    dated,
    doors_words,
    end_words,
    places_words,
    sale_words,
    sold_words,
    standing_of,
    standing_words,
    when_words,
)
from pos_app.ui.words.evenings import shown_dated_when
from pos_app.ui.words.lists import following, listed, side_by_side
from pos_app.ui.words.sentences import spoken_count

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pos_app.domain.season.performances import ListedPerformance
    from pos_app.ui.screens.admin.events.performances.place_counts import PlaceCounts

_GONE = {Standing.OVER, Standing.CANCELLED, Standing.ARCHIVED}


class PerformanceKind(QObject):
    """Makes the kind. now: the server's time; fresh: what a new one begins with. No signals."""

    def __init__(
        self, now: Callable[[], datetime], counts: PlaceCounts, fresh: Callable[[], Mapping[str, object]]
    ) -> None:
        super().__init__()
        self._now = now
        self._counts = counts
        self._fresh = fresh

    def make(self) -> RecordKind[ListedPerformance]:
        """Return the kind."""
        tr = self.tr
        return RecordKind(
            name="performances",
            icon="ticket",
            words=RecordWords(
                title=tr("Performances"),
                new=tr("New performance"),
                unsaved=tr("A new performance that is not saved"),
                nothing=tr("No performances yet"),
                first=tr("Make the first one; “Same again” makes the others."),
                choose=tr("Choose a performance in the table, or several with Shift or Ctrl."),
            ),
            columns=self._columns(),
            key=lambda one: one.performance_id,
            title=dated,
            search=lambda one: (one.title, one.venue, one.plan, when_words(one)),
            values=performance_values,
            is_archived=lambda one: one.archived,
            is_faded=lambda one: self.standing(one) in _GONE,
            fresh=self._fresh,
            status=lambda one: standing_words(self.standing(one)),
            views=(
                View("coming", tr("To come"), lambda one: not one.archived and not one.is_over(self._now())),
                View("past", tr("Past"), lambda one: not one.archived and one.is_over(self._now())),
                View("archived", tr("Archived"), lambda one: one.archived),
            ),
            warning=self.warning,
            many=True,
        )

    def standing(self, one: ListedPerformance) -> Standing:
        """Tell how a performance stands now."""
        return standing_of(one, self._now())

    def warning(self, record: ListedPerformance | None, values: Mapping[str, object]) -> str:
        """Say what saving these values does beyond what is plain to see."""
        lines = []
        starts, over, ends = (values.get(name) for name in ("starts_at", "ends_at", "off_sale_at"))
        before = performance_values(record) if record is not None else {}
        count = self._counts.get(record.performance_id) if record is not None else None
        sold = count.sold if count is not None else 0
        if record is not None and sold and _moved(record, before, values):
            old = shown_dated_when(record)
            lines.append(
                spoken_count(
                    "{count} ticket sold already bears the old time ({time}). Its holder is to be told by you.",
                    "{count} tickets sold already bear the old time ({time}). Their holders are to be told by you.",
                    sold,
                    time=listed((old, doors_words(record))),
                )
            )
        if record is not None and record.prices and before.get("plan_id") != values.get("plan_id"):
            lines.append(self.tr("The prices go: they belong to the seating plan that it has now."))
        if isinstance(starts, datetime) and starts <= self._now() and before.get("starts_at") != starts:
            lines.append(self.tr("It begins in the past."))
        if isinstance(over, datetime) and over <= self._now() and before.get("ends_at") != over:
            lines.append(self.tr("It is over at once: its end lies in the past."))
        if isinstance(ends, datetime) and ends <= self._now() and before.get("off_sale_at") != ends:
            lines.append(self.tr("The sale ends at once: its end lies in the past."))
        return following(*lines)

    def _columns(self) -> tuple[Column[ListedPerformance], ...]:
        tr = self.tr

        def count(one: ListedPerformance) -> Any:
            return self._counts.get(one.performance_id)

        return (
            Column(
                "when",
                tr("When"),
                when_words,
                lambda one: one.starts_at,
                lower=lambda one: side_by_side(one.title, doors_words(one), end_words(one)),
                strong=True,
            ),
            Column("where", tr("Where"), lambda one: one.venue, lower=lambda one: one.plan, width=112, roomy=280),
            Column(
                "sale",
                tr("Sale"),
                lambda one: standing_words(self.standing(one))[0],
                lambda one: str(self.standing(one)),
                lower=lambda one: sale_words(one, self.standing(one)),
                width=100,
                roomy=190,
            ),
            Column(
                "sold",
                tr("Sold"),
                lambda one: sold_words(count(one)),
                lambda one: found.sold if (found := count(one)) else None,
                lower=lambda one: places_words(count(one)),
                width=170,
                roomy=210,
                right=True,
            ),
        )


def _moved(record: ListedPerformance, before: Mapping[str, object], values: Mapping[str, object]) -> bool:
    """Tell whether a ticket would bear other times than these values."""

    def printed(of: Mapping[str, object]) -> object:
        start, end = of.get("starts_at"), of.get("ends_at")
        doors = doors_at(start, of.get("doors_at"))
        if not isinstance(start, datetime):
            return start, doors
        times = replace(record, starts_at=start, doors_at=doors, ends_at=end if isinstance(end, datetime) else None)
        return printed_times(times, record.time_zone)

    return printed(before) != printed(values)
