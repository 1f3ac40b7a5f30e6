"""Performances in words."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from pos_app.domain.local_times import WallTimeKind
from pos_app.domain.season.dates import lies_near
from pos_app.domain.season.evenings import comes_and_goes
from pos_app.ui.words.amounts import shown_amount, shown_number
from pos_app.ui.words.evenings import shown_dated_when, shown_end, shown_whole_when
from pos_app.ui.words.lists import side_by_side
from pos_app.ui.words.sentences import spoken_count
from pos_app.ui.words.times import shown_dated_moment, shown_moment, shown_span, shown_time, venue_time

if TYPE_CHECKING:
    from datetime import datetime

    from pos_app.domain.season.dates import PlannedDate
    from pos_app.domain.season.performances import CommonChange, ListedPerformance, PlaceCount


class Standing(StrEnum):
    """How a performance stands to its sale, what keeps it from being sold first."""

    ARCHIVED = "archived"
    CANCELLED = "cancelled"
    OVER = "over"
    NO_PRICES = "no prices"
    LATER = "later"
    ENDED = "ended"
    ON_SALE = "on sale"


def _tr(words: str) -> str:
    return QCoreApplication.translate("PerformanceWords", words)


def standing_of(one: ListedPerformance, now: datetime) -> Standing:
    """Tell how a performance stands at a moment."""
    # The order is that of importance: the first that is so is told.
    reasons = (
        (one.archived, Standing.ARCHIVED),
        (one.cancelled, Standing.CANCELLED),
        (one.is_over(now), Standing.OVER),
        (not one.prices, Standing.NO_PRICES),
        (one.on_sale_at is not None and one.on_sale_at > now, Standing.LATER),
        (one.off_sale_at is not None and one.off_sale_at <= now, Standing.ENDED),
    )
    return next((standing for is_so, standing in reasons if is_so), Standing.ON_SALE)


def standing_words(standing: Standing) -> tuple[str, str]:
    """Say how it stands, with the tone to say it in."""
    return {
        Standing.ARCHIVED: (_tr("Archived"), "muted"),
        Standing.CANCELLED: (_tr("Cancelled"), "danger"),
        Standing.OVER: (_tr("Over"), "muted"),
        Standing.NO_PRICES: (_tr("No prices yet"), "warn"),
        Standing.LATER: (_tr("Not yet on sale"), "accent"),
        Standing.ENDED: (_tr("Sale ended"), "muted"),
        Standing.ON_SALE: (_tr("On sale"), "ok"),
    }[standing]


def sale_words(one: ListedPerformance, standing: Standing) -> str:
    """Say what comes next, or why."""
    if standing is Standing.CANCELLED:
        return one.cancel_reason
    if standing is Standing.LATER and one.on_sale_at is not None:
        return _tr("from {0}").format(shown_moment(one.on_sale_at, one.time_zone))
    if standing in {Standing.ENDED, Standing.ON_SALE} and one.off_sale_at is not None:
        days = {venue_time(at, one.time_zone).date() for at in (one.off_sale_at, one.starts_at)}
        # On the day itself the time is enough.
        shown = shown_time if len(days) == 1 else shown_moment
        return _tr("until {0}").format(shown(one.off_sale_at, one.time_zone))
    if standing is Standing.ON_SALE and comes_and_goes(one.starts_at, one.ends_at):
        return _tr("until {0}").format(shown_end(one))
    return _tr("not on sale before") if standing is Standing.NO_PRICES else ""


def when_words(one: ListedPerformance) -> str:
    """Write weekday, day, year and time in the venue's zone: "Sat, 28 Nov 2026, 19:30", or the days that it lasts."""
    return shown_whole_when(one)


def doors_words(one: ListedPerformance) -> str:
    """Say when the doors open."""
    return _tr("Doors {0}").format(shown_time(one.doors_at, one.time_zone)) if one.doors_at else ""


def end_words(one: ListedPerformance) -> str:
    """Say when it ends."""
    return _tr("Ends {0}").format(shown_end(one)) if one.ends_at else ""


def named(one: ListedPerformance) -> str:
    """Name a performance in a sentence."""
    return f"{one.title}, {shown_dated_when(one)}"


def dated(one: ListedPerformance) -> str:
    """Name a performance where there is little room: what tells it from others of its event comes first."""
    return f"{shown_dated_when(one)} · {one.title}"


def sold_words(count: PlaceCount | None) -> str:
    """Say how many are sold of how many; a dot while that is being counted."""
    if count is None:
        return "…"
    return _tr("{0} of {1}").format(shown_number(count.sold), shown_number(count.capacity))


def places_words(count: PlaceCount | None) -> str:
    """Say what becomes of the places that are not sold."""
    if count is None:
        return ""
    return side_by_side(
        spoken_count("{count} free", "{count} free", count.free),
        spoken_count("{count} held", "{count} held", count.held) if count.held else "",
        spoken_count("{count} kept", "{count} kept", count.kept) if count.kept else "",
    )


def performances_words(number: int) -> str:
    """Say how many performances, where nothing else is said."""
    return spoken_count("{count} performance", "{count} performances", number)


def planned_words(one: PlannedDate, time_zone: str) -> tuple[str, str]:
    """Say what stands against a date, with the tone to say it in."""
    if one.there:
        return _tr("Is there already: nothing will be made"), "muted"
    at = shown_time(one.moment.utc, time_zone)
    if one.past:
        return _tr("It begins in the past"), "warn"
    if one.moment.kind is WallTimeKind.MISSING:
        return _tr("The clock goes forward then: it would begin at {0}").format(at), "warn"
    if one.moment.kind is WallTimeKind.DOUBLED:
        return _tr("The clock shows {0} twice: the first is meant ({1})").format(at, one.moment.offset), "warn"
    if one.beside is not None:
        other = one.beside
        if comes_and_goes(other.starts_at, other.ends_at):
            return _tr("“{0}” is there as well: {1}").format(other.title, shown_dated_when(other)), "warn"
        if not lies_near(other, one.moment.utc):
            return _tr("“{0}” is there as well: {1}").format(
                other.title, shown_moment(other.starts_at, time_zone)
            ), "warn"
        return _tr("“{0}” begins there at {1}").format(other.title, shown_time(other.starts_at, time_zone)), "warn"
    return "", "muted"


def change_words(change: CommonChange, currency: str, time_zone: str) -> tuple[str, ...]:
    """Say what a change of several performances does, a line each."""
    lines = []
    if change.sale_at_once:
        lines.append(_tr("The sale begins at once"))
    if change.on_sale_at is not None:
        lines.append(_tr("The sale begins {0}").format(shown_dated_moment(change.on_sale_at, time_zone)))
    if change.no_end:
        lines.append(_tr("They have no set end"))
    if change.lasts_minutes is not None:
        lines.append(_tr("Each ends {0} after it begins").format(shown_span(change.lasts_minutes * 60)))
    if change.sale_to_the_end:
        lines.append(_tr("The sale has no set end"))
    if change.off_sale_minutes is not None:
        lines.append(
            spoken_count(
                "The sale ends {count} minute before each begins",
                "The sale ends {count} minutes before each begins",
                change.off_sale_minutes,
            )
        )
    if change.off_sale_at is not None:
        lines.append(_tr("The sale ends {0}").format(shown_dated_moment(change.off_sale_at, time_zone)))
    if change.hold_minutes is not None:
        lines.append(
            spoken_count("Seats are held for {count} minute", "Seats are held for {count} minutes", change.hold_minutes)
        )
    if change.ticket_fee_minor is not None:
        lines.append(_tr("Fee a ticket: {0}").format(shown_amount(change.ticket_fee_minor, currency)))
    if change.order_fee_minor is not None:
        lines.append(_tr("Fee an order: {0}").format(shown_amount(change.order_fee_minor, currency)))
    return tuple(lines)
