"""Calendar files of letters: read by another reader, in UTC, the same evening under the same name each time."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from icalendar import Calendar, Component

from pos_app.documents.letters.calendar import WITH_CALENDAR, write_calendar
from pos_app.domain.letters.kinds import LetterKind
from pos_app.domain.letters.samples import sample_content
from tests.documents.letters.reading import DATE

if TYPE_CHECKING:
    from pos_app.domain.letters.contents import LetterContent


NAMES = ("UID", "SEQUENCE", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "LOCATION", "STATUS", "DESCRIPTION")


def value_of(part: Component, name: str) -> str:
    """Return a value as it is written; "" where there is none."""
    value = part[name].to_ical() if name in part else ""
    return value.decode() if isinstance(value, bytes) else str(value)


def written(content: LetterContent) -> bytes:
    file = write_calendar(content, domain="playhouse.example", date=DATE)
    assert file is not None
    return file


def events(content: LetterContent) -> list[dict[str, str]]:
    file = written(content)
    assert all(len(line) <= 75 for line in file.split(b"\r\n"))
    calendar = Calendar.from_ical(file)
    assert calendar["METHOD"] == "PUBLISH"
    return [{name: value_of(part, name) for name in NAMES} for part in calendar.walk("VEVENT")]


def test_an_evening_is_told_in_utc() -> None:
    (event,) = events(sample_content(LetterKind.CONFIRMATION, "en_GB", time_zone="Europe/Vienna"))
    assert event == {
        "UID": "sample22-1@playhouse.example",
        "SEQUENCE": "1",
        "DTSTAMP": "20270201T093000Z",
        "DTSTART": "20270306T193000Z",
        "DTEND": "20270306T223000Z",
        "SUMMARY": "The Marriage of Figaro",
        "LOCATION": "Playhouse\\, 1 Market Square",
        "STATUS": "CONFIRMED",
        "DESCRIPTION": "Stalls\\, row C\\, seats 11–12\\nOrder SAMP-LE22",
    }


def test_the_missing_hour_of_a_clock_change_is_no_matter() -> None:
    content = sample_content(LetterKind.CONFIRMATION, "en_GB", time_zone="Europe/Vienna")
    at = datetime(2027, 3, 28, 1, 30, tzinfo=UTC)
    (event,) = events(replace(content, evenings=(replace(content.evenings[0], starts_at=at, ends_at=None),)))
    assert (event["DTSTART"], event["DTEND"]) == ("20270328T013000Z", "20270328T043000Z")


@pytest.mark.parametrize(
    ("ends_after", "lasts"),
    [(None, timedelta(hours=3)), (timedelta(), timedelta(hours=3)), (timedelta(minutes=75),) * 2],
)
def test_an_evening_lasts_until_its_end_or_as_long_as_one_usually_does(
    ends_after: timedelta | None, lasts: timedelta
) -> None:
    content = sample_content(LetterKind.CONFIRMATION, "en_GB")
    evening = content.evenings[0]
    ends_at = None if ends_after is None else evening.starts_at + ends_after
    (event,) = events(replace(content, evenings=(replace(evening, ends_at=ends_at),)))
    starts, ends = (datetime.strptime(event[name], "%Y%m%dT%H%M%SZ") for name in ("DTSTART", "DTEND"))  # noqa: DTZ007
    assert ends - starts == lasts


@pytest.mark.parametrize("kind", [LetterKind.MOVED, LetterKind.EXCHANGE])
def test_an_evening_that_was_left_for_another_goes_out_of_the_calendar(kind: LetterKind) -> None:
    before = sample_content(LetterKind.CONFIRMATION, "en_GB")
    old = before.evenings[0]
    new = replace(old, performance_id=2, starts_at=old.starts_at + timedelta(days=7), ends_at=None)
    places = tuple(replace(place, performance_id=2) for place in before.places)
    moved = replace(before, kind=kind, letter_id=9, evenings=(new,), places=places, left=(old,))
    (known,) = events(before)
    comes, goes = events(moved)
    assert (comes["UID"], comes["STATUS"]) == ("sample22-2@playhouse.example", "CONFIRMED")
    assert (goes["UID"], goes["STATUS"], goes["DTSTART"]) == (known["UID"], "CANCELLED", known["DTSTART"])
    assert int(goes["SEQUENCE"]) > int(known["SEQUENCE"])


def test_a_later_letter_changes_the_same_event() -> None:
    content = sample_content(LetterKind.CONFIRMATION, "en_GB")
    moved = replace(
        content,
        kind=LetterKind.MOVED,
        letter_id=9,
        evenings=(replace(content.evenings[0], starts_at=content.evenings[0].starts_at + timedelta(days=1)),),
    )
    (before,), (after,) = events(content), events(moved)
    assert before["UID"] == after["UID"]
    assert int(before["SEQUENCE"]) < int(after["SEQUENCE"])


def test_a_letter_about_no_order_has_a_name_of_its_own() -> None:
    (event,) = events(replace(sample_content(LetterKind.CANCELLED, "en_GB"), order_number="", letter_id=7, places=()))
    assert (event["UID"], event["DESCRIPTION"]) == ("letter-7-1@playhouse.example", "")


def test_a_cancelled_evening_is_taken_out_of_the_calendar() -> None:
    (event,) = events(sample_content(LetterKind.CANCELLED, "en_GB"))
    assert event["STATUS"] == "CANCELLED"


@pytest.mark.parametrize("kind", list(LetterKind))
def test_only_letters_with_an_evening_to_keep_bring_a_file(kind: LetterKind) -> None:
    content = sample_content(kind, "en_GB")
    assert (write_calendar(content, domain="a.example", date=DATE) is not None) == (kind in WITH_CALENDAR)
    assert write_calendar(replace(content, evenings=()), domain="a.example", date=DATE) is None


def test_nothing_typed_begins_a_line() -> None:
    content = sample_content(LetterKind.CONFIRMATION, "en_GB")
    evil = "Figaro\r\nATTENDEE:mailto:x@example.org\r\nEND:VEVENT"
    (event,) = events(replace(content, evenings=(replace(content.evenings[0], title=evil, venue=evil),)))
    assert "ATTENDEE" in event["SUMMARY"]
    file = written(replace(content, evenings=(replace(content.evenings[0], title=evil, venue=evil),)))
    assert not any(line.startswith((b"ATTENDEE", b"END:VEVENT\r\nATT")) for line in file.split(b"\r\n"))
