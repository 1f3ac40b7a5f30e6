"""The performances of a letter for the calendar of who gets it (RFC 5545), in UTC: no table of zones is needed."""

from __future__ import annotations

from datetime import UTC, timedelta
from typing import TYPE_CHECKING

from icalendar import Calendar, Event

from pos_app.documents.letters.words import letter_words
from pos_app.domain.codes import grouped
from pos_app.domain.letters.kinds import LetterKind
from pos_app.domain.seats import tell_places
from pos_app.domain.sentences import say

if TYPE_CHECKING:
    from datetime import datetime

    from pos_app.domain.letters.contents import LetterContent, LetterEvening

WITH_CALENDAR = frozenset(
    {LetterKind.CONFIRMATION, LetterKind.GIFT, LetterKind.EXCHANGE, LetterKind.MOVED, LetterKind.CANCELLED}
)
"""Letters whose reader has, or had, an evening to keep free."""
_USUAL_LENGTH = timedelta(hours=3)


def write_calendar(content: LetterContent, *, domain: str, date: datetime) -> bytes | None:
    """Return a calendar file; None where the letter has no evening to keep. domain: of who sends. date: now, UTC.

    An evening of an order has the same UID in each of its letters, and a later letter has a higher sequence: a calendar
    that knows it changes it. A performance that is not given is told as cancelled, and so is one that was left for
    another. One whose end nobody has told lasts three hours there: without an end it would last no time at all.
    """
    kept = [one for one in content.evenings if one.is_cancelled or content.kind is not LetterKind.CANCELLED]
    if content.kind not in WITH_CALENDAR or not kept:
        return None
    calendar = Calendar()
    calendar.add("prodid", "-//Foyer//Letters//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for evening in kept:
        calendar.add_component(_event(content, evening, domain, date, is_on=not evening.is_cancelled))
    for evening in content.left:
        calendar.add_component(_event(content, evening, domain, date, is_on=False))
    return bytes(calendar.to_ical())


def _event(content: LetterContent, evening: LetterEvening, domain: str, date: datetime, *, is_on: bool) -> Event:
    event = Event()
    about = content.order_number.lower() or f"letter-{content.letter_id}"
    event.add("uid", f"{about}-{evening.performance_id}@{domain}")
    event.add("sequence", content.letter_id)
    event.add("dtstamp", _utc(date))
    event.add("dtstart", _utc(evening.starts_at))
    is_told = evening.ends_at is not None and evening.ends_at > evening.starts_at
    event.add("dtend", _utc(evening.ends_at if evening.ends_at and is_told else evening.starts_at + _USUAL_LENGTH))
    event.add("summary", evening.title)
    where = ", ".join(part for part in (evening.venue, evening.address) if part)
    if where:
        event.add("location", where)
    event.add("description", _description(content, evening))
    event.add("status", "CONFIRMED" if is_on else "CANCELLED")
    return event


def _description(content: LetterContent, evening: LetterEvening) -> str:
    words = letter_words(content.language)
    places = [place.place for place in content.places if place.performance_id == evening.performance_id]
    seats = words.said(tell_places(places)) if places else ""
    number = content.order_number
    order = words.said(say("Order {number}", number=grouped(number))) if number else ""
    return "\n".join(line for line in (seats, order) if line)


def _utc(at: datetime) -> datetime:
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
