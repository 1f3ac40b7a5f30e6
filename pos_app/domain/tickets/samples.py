"""Tickets that are none: for a preview, and to try a printer. No gate lets anybody in with them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from pos_app.domain.codes import SIGNED_CODE_DIGITS
from pos_app.domain.currencies import exponent
from pos_app.domain.seats import Place
from pos_app.domain.tickets.faces import TicketFace

if TYPE_CHECKING:
    from datetime import datetime

TITLE: Final = "The Marriage of Figaro"
_NO_CODE: Final = ("1234567890" * SIGNED_CODE_DIGITS)[:SIGNED_CODE_DIGITS]
"""As long as a signed code, so that the symbol is as large; signed by nobody."""
_SEATS: Final = ("11", "12", "13")


def sample_tickets(at: datetime, *, venue: str, address: str, time_zone: str, currency: str) -> tuple[TicketFace, ...]:
    """Return three tickets of an evening that begins at that time, UTC."""
    return tuple(
        TicketFace(
            ticket_id=0,
            event_title=TITLE,
            venue_name=venue,
            venue_address=address,
            starts_at=at,
            doors_at=at - timedelta(minutes=45),
            time_zone=time_zone,
            place=Place("Stalls", "C", number),
            category="A",
            ticket_type="Adult",
            price_minor=48 * 10 ** exponent(currency),
            currency=currency,
            order_number="SAMPLE22",
            short_code="SAMPLE2222",
            code=_NO_CODE,
        )
        for number in _SEATS
    )
