"""A performance as its form shows it, and back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final, cast

from pos_app.domain.local_times import moment_at, wall_time
from pos_app.domain.season.evenings import last_day, moved_end
from pos_app.domain.season.performances import CommonChange, PerformanceDraft

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pos_app.domain.season.performances import ListedPerformance, PlanChoice, SetupChoices

KEEP: Final = "keep"
AT_ONCE: Final = "at once"
TO_THE_END: Final = "to the end"
BEFORE_EACH: Final = "before each"
AT: Final = "at"
NO_END: Final = "no end"
AFTER_EACH: Final = "after each"

_USUAL_HOUR: Final = 19, 30
_USUAL_DOORS: Final = 30
"""Minutes before."""
_SAME: Final = ("event_id", "plan_id", "hold_minutes", "ticket_fee_minor", "order_fee_minor")


def performance_values(record: ListedPerformance) -> dict[str, object]:
    """Return what the form shows of a performance: times to the minute, the doors as minutes before."""
    doors = record.doors_at and (record.starts_at - record.doors_at) // timedelta(minutes=1)
    return {name: getattr(record, name) for name in _SAME} | {
        "starts_at": _minute(record.starts_at),
        "ends_at": _minute(record.ends_at),
        "doors_at": doors,
        "on_sale_at": _minute(record.on_sale_at),
        "off_sale_at": _minute(record.off_sale_at),
    }


def performance_draft(values: Mapping[str, object]) -> PerformanceDraft:
    """Return the performance that the form holds; without event or plan it has the number 0, which is refused."""
    starts_at = cast("datetime", values["starts_at"])
    return PerformanceDraft(
        event_id=_number(values["event_id"]),
        plan_id=_number(values["plan_id"]),
        starts_at=starts_at,
        doors_at=doors_at(starts_at, values["doors_at"]),
        on_sale_at=cast("datetime | None", values["on_sale_at"]),
        off_sale_at=cast("datetime | None", values["off_sale_at"]),
        hold_minutes=_number(values["hold_minutes"]),
        ticket_fee_minor=_number(values["ticket_fee_minor"]),
        order_fee_minor=_number(values["order_fee_minor"]),
        ends_at=cast("datetime | None", values["ends_at"]),
    )


def doors_at(starts_at: object, minutes: object) -> datetime | None:
    """Return when the doors open, so many minutes before; None where either is not given."""
    known = isinstance(starts_at, datetime) and isinstance(minutes, int)
    return cast("datetime", starts_at) - timedelta(minutes=cast("int", minutes)) if known else None


def fresh_performance(
    choices: SetupChoices, event_id: int | None, season: Sequence[ListedPerformance], now: datetime
) -> dict[str, object]:
    """Return what a new performance begins with: as the last one, a day later; else what is usual in the house.

    event_id: of which event, None for the only one there may be.
    """
    if event_id is None and len(choices.events) == 1:
        event_id = choices.events[0].event_id
    of_event = [one for one in season if one.event_id == event_id and not one.archived]
    last = max(of_event, key=lambda one: one.starts_at, default=None)
    if last is not None:
        last_day_of_it = last_day(last.starts_at, last.ends_at, last.time_zone)
        later = max(last_day_of_it, wall_time(now, last.time_zone).wall.date()) + timedelta(days=1)
        clock = wall_time(last.starts_at, last.time_zone).wall.time()
        start = moment_at(datetime.combine(later, clock), last.time_zone).utc
        times = {
            "starts_at": _minute(start),
            "ends_at": _minute(moved_end(last, start)),
            "on_sale_at": None,
            "off_sale_at": None,
        }
        return performance_values(last) | times
    plan: PlanChoice | None = choices.plans[0] if len(choices.plans) == 1 else None
    zone = plan.time_zone if plan else (choices.plans[0].time_zone if choices.plans else "UTC")
    tomorrow = wall_time(now, zone).wall + timedelta(days=1)
    wall = tomorrow.replace(hour=_USUAL_HOUR[0], minute=_USUAL_HOUR[1], second=0, microsecond=0)
    return {
        "event_id": event_id,
        "plan_id": plan.plan_id if plan else None,
        "starts_at": moment_at(wall, zone).utc,
        "ends_at": None,
        "doors_at": _USUAL_DOORS,
        "on_sale_at": None,
        "off_sale_at": None,
        "hold_minutes": choices.house.hold_minutes,
        "ticket_fee_minor": choices.house.ticket_fee_minor,
        "order_fee_minor": choices.house.order_fee_minor,
    }


def common_change(values: Mapping[str, Any]) -> CommonChange:
    """Return the change of several performances that a form holds."""
    on_sale, off_sale = values["on_sale"], values["off_sale"]
    return CommonChange(
        on_sale_at=values["on_sale_at"] if on_sale == AT else None,
        sale_at_once=on_sale == AT_ONCE,
        lasts_minutes=values["lasts_minutes"] if values["ends"] == AFTER_EACH else None,
        no_end=values["ends"] == NO_END,
        off_sale_at=values["off_sale_at"] if off_sale == AT else None,
        off_sale_minutes=values["off_sale_minutes"] if off_sale == BEFORE_EACH else None,
        sale_to_the_end=off_sale == TO_THE_END,
        hold_minutes=values["hold_minutes"],
        ticket_fee_minor=values["ticket_fee_minor"],
        order_fee_minor=values["order_fee_minor"],
    )


def _minute(moment: datetime | None) -> datetime | None:
    return moment and moment.astimezone(UTC).replace(second=0, microsecond=0)


def _number(value: object) -> int:
    return value if isinstance(value, int) else 0
