"""What is said of a party that waits: what it wants, how it stands, and why others were served before it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from pos_app.domain.waiting.entries import EntryState
from pos_app.domain.waiting.passing import tell_passed_over
from pos_app.ui.words.amounts import shown_number
from pos_app.ui.words.lists import following, listed, side_by_side
from pos_app.ui.words.sentences import spoken, spoken_count
from pos_app.ui.words.times import shown_moment, shown_span, shown_time, shown_time_left, venue_time

if TYPE_CHECKING:
    from datetime import datetime

    from pos_app.domain.waiting.rows import WaitingEvening, WaitingRow

_LATE_SECONDS = 600


def party_words(seats: int) -> str:
    """Return how many seats a party wants: "3 seats"."""
    return spoken_count("{count} seat", "{count} seats", seats)


def waiting_words(parties: int, seats: int) -> str:
    """Return how many wait: "Waiting list: 3 parties, 7 seats"."""
    if not parties:
        return _tr("Waiting list: nobody waits")
    how_many = spoken_count("{count} party", "{count} parties", parties)
    return _tr("Waiting list: {0}").format(listed((how_many, party_words(seats))))


def wants_words(row: WaitingRow) -> str:
    """Return what a party wants: "3 seats · together"."""
    entry = row.entry
    beside = _tr("together") if entry.together else _tr("may be split")
    return side_by_side(party_words(entry.seats), beside if entry.seats > 1 else "")


def where_words(row: WaitingRow) -> str:
    """Return where a party will sit: "Premium, A · Stalls"."""
    if not (row.categories or row.zones):
        return _tr("Anywhere")
    return side_by_side(listed(row.categories), listed(row.zones))


def place_words(row: WaitingRow) -> str:
    """Return the place in the queue, "" for who does not wait."""
    return shown_number(row.entry.place) if row.entry.place else ""


def state_words(row: WaitingRow) -> str:
    """Return how a party stands."""
    offer = row.entry.offer
    if offer is not None and offer.till_name:
        return _tr("Open at {0}").format(offer.till_name)
    return {
        EntryState.WAITING: _tr("Waiting"),
        EntryState.OFFERED: _tr("Offered"),
        EntryState.SOLD: _tr("Bought"),
        EntryState.LAPSED: _tr("Not taken in time"),
        EntryState.LEFT: _tr("Taken off"),
        EntryState.CLOSED: _tr("Ended by the house"),
    }[row.entry.state]


def offer_words(row: WaitingRow) -> str:
    """Return until when an offer stands and how long still: "until 18:30, 1:20:00 left"; "" where there is none."""
    offer = row.entry.offer
    if offer is None:
        return ""
    until = until_words(offer.expires_at, row.evening)
    if offer.seconds_left <= 0:
        return _tr("over since {0}").format(until)
    return _tr("until {0}, {1} left").format(until, shown_time_left(offer.seconds_left))


def offer_tone(row: WaitingRow) -> str:
    """Return the colour of what is said of an offer."""
    offer = row.entry.offer
    if offer is None:
        return "muted"
    return "accent" if offer.till_name else "warn" if offer.seconds_left < _LATE_SECONDS else "ok"


def until_words(moment: datetime, evening: WaitingEvening) -> str:
    """Return a moment as it is told today: the time alone, or the day too where it is another one."""
    zone = evening.time_zone
    is_today = venue_time(moment, zone).date() == venue_time(evening.now, zone).date()
    return shown_time(moment, zone) if is_today else shown_moment(moment, zone)


def since_words(row: WaitingRow) -> str:
    """Return since when a party waits."""
    return until_words(row.entry.created_at, row.evening)


def as_long_words(row: WaitingRow) -> str:
    """Return until when a party wants to wait: "until 18:30"; "" for as long as there is."""
    until = row.entry.until
    return "" if until is None else _tr("until {0}").format(until_words(until, row.evening))


def remark_words(row: WaitingRow) -> str:
    """Return why others were served before a party, and why it was moved up."""
    entry = row.entry
    passed = spoken(tell_passed_over(entry.passed_over, entry.seats))
    moved = _tr("Moved up: {0}").format(entry.moved_reason) if entry.moved_reason else ""
    return following(passed, moved)


def position_words(place: int, seats_before: int) -> str:
    """Tell somebody who joined which place that is."""
    if place <= 1 or not seats_before:
        return _tr("You are the next one: nobody waits before you.")
    return spoken_count(
        "You are number {place}, {count} seat wanted before you.",
        "You are number {place}, {count} seats wanted before you.",
        seats_before,
        place=place,
    )


def waits_already(row: WaitingRow) -> str:
    """Say that a customer waits already, and what for."""
    told = side_by_side(wants_words(row), where_words(row), as_long_words(row))
    if row.entry.offer is not None:
        words = _tr("{0} was offered seats already: {1}, code {2}.")
        return words.format(row.entry.customer_name, spoken(row.spoken()), row.entry.code)
    words = _tr("{0} waits already as number {1}: {2}, code {3}.")
    return words.format(row.entry.customer_name, place_words(row), told, row.entry.code)


def offered_to(name: str, until: str) -> str:
    """Say whose offer the seats of a basket are: "Offered to Anna Novak until 18:30"."""
    return _tr("Offered to {0} until {1}").format(name, until)


def length_words(minutes: int) -> str:
    """Return how long an offer stands at the most."""
    return _tr("An offer stands for {0} at the most.").format(shown_span(minutes * 60))


def _tr(words: str) -> str:
    return QCoreApplication.translate("Waiting", words)
