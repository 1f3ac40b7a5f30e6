"""The cover of a group order: who bought how many places, and where they are."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from pos_app.domain.tickets.faces import TicketFace

FEWEST_OF_A_GROUP: Final = 10
"""From so many tickets of one order on, they get a cover."""

_SHORTEST_RUN: Final = 3
"""So many numbers in a row are written as a range."""

_MOST_DIGITS: Final = 9


@dataclass(frozen=True, slots=True)
class CoverRow:
    """The places of a group in one row. numbers: as written by in_ranges(); empty where the places have none."""

    zone: str
    row: str
    numbers: str
    places: int


@dataclass(frozen=True, slots=True)
class CoverEvening:
    """One performance of a group's order; times in UTC, shown in the venue's zone. types: how many of each, by name."""

    event_title: str
    starts_at: datetime
    doors_at: datetime | None
    time_zone: str
    rows: tuple[CoverRow, ...]
    types: tuple[tuple[str, int], ...]
    tickets: int
    ends_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class GroupCover:
    """What is printed before the tickets of a group. total_minor: None where no price is to be shown."""

    order_number: str
    customer_name: str
    venue_name: str
    venue_address: str
    evenings: tuple[CoverEvening, ...]
    tickets: int
    total_minor: int | None
    currency: str


def is_group(faces: Sequence[TicketFace]) -> bool:
    """Tell whether tickets printed together are those of one group."""
    return len(faces) >= FEWEST_OF_A_GROUP and len({face.order_number for face in faces}) == 1


def cover_of(faces: Sequence[TicketFace], total_minor: int | None) -> GroupCover:
    """Return the cover of the tickets of one order, in their order.

    total_minor: what was paid for the order; not shown when all tickets are complimentary. Raises ValueError without
    any ticket.
    """
    if not faces:
        raise ValueError("a group without a ticket has no cover")
    first = faces[0]
    evenings: dict[tuple[int, datetime], list[TicketFace]] = {}
    for face in faces:
        evenings.setdefault((face.performance_id, face.starts_at), []).append(face)
    given_away = all(face.complimentary for face in faces)
    return GroupCover(
        order_number=first.order_number,
        customer_name=first.customer_name,
        venue_name=first.venue_name,
        venue_address=first.venue_address,
        evenings=tuple(_evening(own) for own in evenings.values()),
        tickets=len(faces),
        total_minor=None if given_away else total_minor,
        currency=first.currency,
    )


def in_ranges(numbers: Iterable[str]) -> str:
    """Write seat numbers shortly: whole numbers first and rising, three or more in a row as a range."""
    given = [number for number in numbers if number]
    counted = sorted({int(number) for number in given if _is_plain(number)})
    runs: list[list[int]] = []
    for number in counted:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    parts: list[str] = []
    for run in runs:
        if len(run) >= _SHORTEST_RUN:
            parts.append(f"{run[0]}\N{EN DASH}{run[-1]}")
        else:
            parts += [str(number) for number in run]
    return ", ".join([*parts, *(number for number in given if not _is_plain(number))])


def _evening(faces: Sequence[TicketFace]) -> CoverEvening:
    first = faces[0]
    rows: dict[tuple[str, str], list[str]] = {}
    for face in faces:
        rows.setdefault((face.place.zone, face.place.row), []).append(face.place.number)
    return CoverEvening(
        event_title=first.event_title,
        starts_at=first.starts_at,
        doors_at=first.doors_at,
        time_zone=first.time_zone,
        rows=tuple(CoverRow(zone, row, in_ranges(numbers), len(numbers)) for (zone, row), numbers in rows.items()),
        types=tuple(Counter(face.ticket_type for face in faces).items()),
        tickets=len(faces),
        ends_at=first.ends_at,
    )


def _is_plain(number: str) -> bool:
    """Tell whether a number counts: "007" and "12a" are names."""
    return number.isascii() and number.isdigit() and len(number) <= _MOST_DIGITS and str(int(number)) == number
