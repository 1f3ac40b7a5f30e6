"""What stands on the cover of a group order, in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pos_app.documents.tickets.words import write_moment, write_money, write_times
from pos_app.domain.codes import grouped
from pos_app.domain.season.evenings import Evening

if TYPE_CHECKING:
    from pos_app.documents.tickets.captions import Captions
    from pos_app.domain.tickets.faces import TicketLook
    from pos_app.domain.tickets.group_cover import CoverEvening, CoverRow, GroupCover


@dataclass(frozen=True, slots=True)
class RowText:
    """The places of one row; empty where there is nothing to say."""

    zone: str
    row: str
    seats: str
    places: str

    def in_one_line(self, captions: Captions) -> str:
        """Return it as "Stalls centre · Row G · 4-9, 12"; without numbers the count ends it."""
        row = captions.in_row(self.row) if self.row else ""
        return " · ".join(part for part in (self.zone, row, self.seats or self.places) if part)


@dataclass(frozen=True, slots=True)
class EveningText:
    """One performance of the order. types: as in "20 Adult · 4 Child". date, starts: as on a ticket."""

    title: str
    date: str
    starts: str
    doors: str
    rows: tuple[RowText, ...]
    types: str
    tickets: str

    def places_in_one_line(self, captions: Captions, rows: int) -> str:
        """Return the places of so many rows, each zone named once: "Stalls: Row F 1, 2; Row G 4. Balcony: Row A 7".

        How many rows are left out is said at the end.
        """
        zones: dict[str, list[str]] = {}
        for row in self.rows[:rows]:
            name = captions.in_row(row.row) if row.row else ""
            seats = row.seats or row.places
            zones.setdefault(row.zone, []).append(f"{name} {seats}".strip())
        parts = [f"{zone}: {'; '.join(places)}" if zone else "; ".join(places) for zone, places in zones.items()]
        if rows < len(self.rows):
            parts.append(captions.more_rows(len(self.rows) - rows))
        return ". ".join(parts)


@dataclass(frozen=True, slots=True)
class CoverText:
    """Everything on a cover; empty where there is nothing to say."""

    venue: str
    address: str
    order: str
    name: str
    tickets: str
    total: str
    evenings: tuple[EveningText, ...]


def write_cover(cover: GroupCover, locale: str, captions: Captions, look: TicketLook) -> CoverText:
    """Write a cover in words. locale: as "en_GB" or "en-GB"; raises like write_ticket."""
    total = cover.total_minor
    return CoverText(
        venue=look.sender(cover.venue_name),
        address=cover.venue_address,
        order=grouped(cover.order_number),
        name=cover.customer_name,
        tickets=str(cover.tickets),
        total="" if total is None else write_money(total, cover.currency, locale),
        evenings=tuple(_evening(evening, locale, captions) for evening in cover.evenings),
    )


def _evening(evening: CoverEvening, locale: str, captions: Captions) -> EveningText:
    times = Evening(evening.starts_at, evening.ends_at, evening.time_zone)
    date, starts = write_times(times, locale, captions)
    return EveningText(
        title=evening.event_title,
        date=date,
        starts=starts,
        doors=write_moment(evening.doors_at, evening.time_zone, locale)[1] if evening.doors_at else "",
        rows=tuple(_row(row) for row in evening.rows),
        types=" · ".join(f"{count} {name}" for name, count in evening.types),
        tickets=str(evening.tickets),
    )


def _row(row: CoverRow) -> RowText:
    return RowText(row.zone, row.row, row.numbers, str(row.places))
