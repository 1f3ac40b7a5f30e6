"""From a reservation to its slip: read what stands on it, set the PDF, keep it, print it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pos_app.devices.printers import print_pdf
from pos_app.documents.slips.rendering import render_slip
from pos_app.domain.sentences import NOTHING
from pos_app.flows.print_tickets import PrintedTickets, keep_pdf
from pos_app.services.house.ticket_look import load_ticket_look
from pos_app.services.orders.reservations.slips import load_slip

if TYPE_CHECKING:
    from pathlib import Path

    from pos_app.db.database import Database
    from pos_app.domain.orders.slips import SlipFace
    from pos_app.domain.sentences import Sentence
    from pos_app.flows.print_tickets import TicketPress


@dataclass(frozen=True, slots=True)
class PrintedSlip:
    """A slip as it was set. path, unkept: as of PrintedTickets."""

    order_number: str
    face: SlipFace
    pdf: bytes
    path: Path | None
    unkept: Sentence = NOTHING


def set_slip(database: Database, press: TicketPress, order_id: int) -> PrintedSlip:
    """Read and set the slip of a reservation as it is now, and save the PDF; nothing is printed yet. May be repeated.

    Raises OrderChanged (nothing is reserved any more), NotFound, ServerUnreachable.
    """
    face = database.read(load_slip, order_id)
    look = database.read(load_ticket_look)
    pdf = render_slip(face, press.paper, locale=press.locale, look=look)
    path, unkept = keep_pdf(press.folder, f"{face.code}-reservation", pdf)
    return PrintedSlip(face.code, face, pdf, path, unkept)


def send_slip(press: TicketPress, printed: PrintedSlip) -> None:
    """Send a slip to the till's queue. Raises PrintFailed; the reservation stands whatever happens."""
    print_pdf(printed.pdf, press.queue, title=f"Reservation {printed.order_number}")


def set_slip_for_counter(database: Database, press: TicketPress, order_id: int) -> PrintedTickets:
    """Set a slip as set_slip does, as what is shown and printed for the customer at the counter: without a ticket."""
    slip = set_slip(database, press, order_id)
    return PrintedTickets(slip.order_number, (), slip.pdf, slip.path, slip.unkept)
