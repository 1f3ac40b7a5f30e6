"""What stands on a ticket."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from pos_app.domain.seats import Place


@dataclass(frozen=True, slots=True)
class TicketFace:
    """Everything that is printed on one ticket; times in UTC, shown in the venue's zone.

    code: the signed ticket code, decimal digits (QR numeric mode). short_code: for a gate without a scanner.
    price_minor: what was paid for this line, in minor units of `currency` (ISO 4217).
    issue_count: 1 for the first print, higher for a reprint. time_zone: IANA name.
    complimentary: given away, so no price stands on it; a price of nothing for any other reason is printed.
    """

    ticket_id: int
    event_title: str
    venue_name: str
    starts_at: datetime
    doors_at: datetime | None
    time_zone: str
    place: Place
    category: str
    ticket_type: str
    price_minor: int
    currency: str
    order_number: str
    short_code: str
    code: str
    issue_count: int = 1
    customer_name: str = ""
    venue_address: str = ""
    performance_id: int = 0
    complimentary: bool = False
    ends_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class TicketLook:
    """What a house adds to its tickets: a logo (PNG, prepared) and a line of its own; both may be missing.

    organisation: who sells, before the name of the venue; "": the venue's name stands alone.
    """

    logo_png: bytes | None = None
    line: str = ""
    organisation: str = ""

    def sender(self, venue: str) -> str:
        """Return what stands at the head of a ticket: who sells, and where it is."""
        if not self.organisation or self.organisation.casefold() == venue.casefold():
            return venue
        return f"{self.organisation} · {venue}" if venue else self.organisation
