"""The fields of a performance; times are those of its venue's clock."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QHBoxLayout

from pos_app.domain.errors import InvalidInput
from pos_app.domain.house.settings import LONGEST_HOLD_MINUTES, SHORTEST_HOLD_MINUTES
from pos_app.domain.season.evenings import Evening, moved_end
from pos_app.domain.season.performances import PlanChoice
from pos_app.ui.records.fields.base import Field
from pos_app.ui.records.fields.choice_fields import ChoiceField, Option
from pos_app.ui.records.fields.moment_field import MomentField
from pos_app.ui.records.fields.number_fields import MoneyField, WholeNumberField
from pos_app.ui.screens.admin.events.performances.values import doors_at
from pos_app.ui.widgets.labels import text_label
from pos_app.ui.words.sentences import spoken_count
from pos_app.ui.words.times import shown_time

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pos_app.domain.season.performances import ListedPerformance, SetupChoices

_LONGEST_DOORS: Final = 24 * 60
_USUAL_LENGTH: Final = timedelta(hours=3)


class DoorsField(WholeNumberField):
    """Minutes before the beginning, with the time that this means beside them. Signals: see FieldEditor."""

    def __init__(self) -> None:
        super().__init__(most=_LONGEST_DOORS, empty=self.tr("None"), unit=self.tr("minutes before"))
        self.line.setFixedWidth(96)
        self.when = text_label("", "muted")
        row = self.layout()
        if isinstance(row, QHBoxLayout):
            row.setStretch(0, 0)
            row.addWidget(self.when, 1)

    def show_start(self, start: object, time_zone: str) -> None:
        """Reckon from this beginning."""
        try:
            minutes = self.value()
        except InvalidInput:
            minutes = None
        at = doors_at(start, minutes)
        self.when.setText(self.tr("at {0}").format(shown_time(at, time_zone)) if at is not None else "")


class PerformanceFields(QObject):
    """Makes the fields, and fills them with what there is to choose. now: the server's time. No signals."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._now = now
        self._plans: dict[object, PlanChoice] = {}
        self._zone = "UTC"
        self.title = ChoiceField()
        self.plan = ChoiceField()
        self.plan.edited.connect(self.follow_plan)
        self.starts = MomentField("UTC", missing=self.tr("It would begin at {0}."), suggest=now)
        self.ends = MomentField(
            "UTC", none=self.tr("No set end"), missing=self.tr("It would end at {0}."), suggest=self._usual_end
        )
        self.doors = DoorsField()
        self.on_sale = MomentField("UTC", none=self.tr("At once"), suggest=now)
        self.off_sale = MomentField("UTC", none=self.tr("No set end"), suggest=self._start)
        self.hold = WholeNumberField(least=SHORTEST_HOLD_MINUTES, most=LONGEST_HOLD_MINUTES, unit=self.tr("minutes"))
        self.ticket_fee = MoneyField("")
        self.order_fee = MoneyField("")
        self._known: Evening | None = None
        self.starts.edited.connect(self._move_end)
        for editor in (self.starts, self.doors, self.plan):
            editor.edited.connect(self.show_doors)

    @property
    def time_zone(self) -> str:
        """Return the zone of the plan that is chosen."""
        return self._zone

    def show_choices(self, choices: SetupChoices) -> None:
        """Offer what there is now."""
        self._plans = {plan.plan_id: plan for plan in choices.plans}
        self.title.set_options(
            [
                Option(one.event_id, one.title, self.tr("archived") if one.archived else one.kind)
                for one in sorted(choices.events, key=lambda one: one.archived)
            ]
        )
        self.plan.set_options([self._option(plan) for plan in choices.plans])

    def offer_plan_of(self, record: ListedPerformance) -> None:
        """Offer the plan that a performance has, also where it is not the latest version of it."""
        if record.plan_id in self._plans:
            return
        plan = PlanChoice(record.plan_id, record.plan, record.venue, record.time_zone, record.currency, 0)
        self._plans[plan.plan_id] = plan
        self.plan.set_options([self._option(one) for one in self._plans.values()])

    def follow_plan(self) -> None:
        """Take clock and currency of the venue whose plan is chosen; what is typed stays."""
        plan = self._plans.get(self.plan.value())
        if plan is None:
            return
        self._zone = plan.time_zone
        for moment in (self.starts, self.ends, self.on_sale, self.off_sale):
            moment.set_zone(plan.time_zone)
        for fee in (self.ticket_fee, self.order_fee):
            fee.set_currency(plan.currency)

    def prepare(self, values: Mapping[str, object]) -> None:
        """Set clock and currency for these values."""
        self.plan.show_value(values.get("plan_id"))
        self.follow_plan()

    def show_doors(self) -> None:
        """Write at what time the doors open; from now on the end follows the beginning as they stand."""
        self.doors.show_start(_moment_or_none(self.starts), self._zone)
        start, end = _moment_or_none(self.starts), _moment_or_none(self.ends)
        self._known = Evening(start, end, self._zone) if start is not None else None

    def all(self) -> tuple[Field, ...]:
        """Return the fields from top to bottom."""
        tr = self.tr
        return (
            Field("event_id", tr("Event"), self.title),
            Field("plan_id", tr("Venue and seating plan"), self.plan),
            Field("starts_at", tr("Begins"), self.starts),
            Field("ends_at", tr("Ends"), self.ends),
            Field("doors_at", tr("Doors"), self.doors),
            Field("on_sale_at", tr("Sale begins"), self.on_sale, section=tr("Sale")),
            Field("off_sale_at", tr("Sale ends"), self.off_sale),
            Field("hold_minutes", tr("Seats are held for"), self.hold),
            Field("ticket_fee_minor", tr("Fee a ticket"), self.ticket_fee, half=True),
            Field("order_fee_minor", tr("Fee an order"), self.order_fee, half=True),
        )

    def _option(self, plan: PlanChoice) -> Option:
        places = spoken_count("{count} place", "{count} places", plan.seats)
        return Option(plan.plan_id, f"{plan.venue}, {plan.name}", places if plan.seats else self.tr("earlier version"))

    def _start(self) -> datetime:
        return _moment_or_none(self.starts) or self._now()

    def _usual_end(self) -> datetime:
        return self._start() + _USUAL_LENGTH

    def _move_end(self) -> None:
        """Let the end follow the beginning, which has been moved."""
        start = _moment_or_none(self.starts)
        if self._known is None or start is None:
            return
        with suppress(InvalidInput):
            self.ends.show_value(moved_end(self._known, start))


def _moment_or_none(field: MomentField) -> datetime | None:
    try:
        value = field.value()
    except InvalidInput:
        return None
    return value if isinstance(value, datetime) else None
