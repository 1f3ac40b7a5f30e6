"""From a reservation to its pick-up slip on paper: read what stands on it, set the PDF, keep it, print it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pos_app.devices.printers import print_pdf
from pos_app.documents.slips.rendering import render_slip
from pos_app.domain.sentences import NOTHING
from pos_app.flows.keep_pdf import keep_pdf
from pos_app.services.orders.reservations.slips import load_slip

if TYPE_CHECKING:
    from pathlib import Path

    from pos_app.db.database import Database
    from pos_app.domain.sentences import Sentence
    from pos_app.flows.print_tickets import TicketPress


@dataclass(frozen=True, slots=True)
class PrintedSlip:
    """A slip as it was set. path, unkept: see PrintedTickets."""

    order_number: str
    pdf: bytes
    path: Path | None
    unkept: Sentence = NOTHING


def set_slip(database: Database, press: TicketPress, order_id: int) -> PrintedSlip:
    """Read and set the slip of a reservation as it is now, and save the PDF; nothing is printed yet. May be repeated.

    Raises NotFound (nothing of it is reserved any more), ServerUnreachable.
    """
    face = database.read(load_slip, order_id)
    pdf = render_slip(face, press.paper)
    path, unkept = keep_pdf(press.folder, f"{face.number}-slip", pdf)
    return PrintedSlip(face.number, pdf, path, unkept)


def send_slip(press: TicketPress, printed: PrintedSlip) -> None:
    """Send a slip to the till's queue. Raises PrintFailed; the reservation stands whatever happens."""
    print_pdf(printed.pdf, press.queue, title=f"Slip {printed.order_number}")
