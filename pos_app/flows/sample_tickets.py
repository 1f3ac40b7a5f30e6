"""Tickets that are none, on paper: to see how they look, and whether a printer takes them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from pos_app.devices.printers import print_pdf
from pos_app.documents.tickets.rendering import render_tickets
from pos_app.domain.tickets.papers import paper_by_name
from pos_app.domain.tickets.samples import sample_tickets
from pos_app.services.house.ticket_look import load_sample_house, load_ticket_look

if TYPE_CHECKING:
    from pos_app.db.database import Database
    from pos_app.domain.tickets.faces import TicketLook
    from pos_app.services.house.ticket_look import SampleHouse

_EVENING = datetime(2030, 11, 30, 18, 30, tzinfo=UTC)


def set_sample(house: SampleHouse, look: TicketLook, paper: str, *, currency: str, locale: str, tickets: int) -> bytes:
    """Return a PDF of sample tickets (up to three); paper: one of papers.PAPERS. It computes only."""
    faces = sample_tickets(
        _EVENING, venue=house.venue, address=house.address, time_zone=house.time_zone, currency=currency
    )
    return render_tickets(faces[:tickets], paper_by_name(paper), locale=locale, look=look)


def print_sample(database: Database, paper: str, queue: str, *, locale: str) -> None:
    """Print a sample ticket as the house wants its tickets now. Raises PrintFailed, ServerUnreachable."""
    house = database.read(load_sample_house)
    look = database.read(load_ticket_look)
    pdf = set_sample(house, look, paper, currency=house.currency, locale=locale, tickets=1)
    print_pdf(pdf, queue, title="Test ticket")
