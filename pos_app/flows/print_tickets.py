"""From sold tickets to paper: read what stands on them, sign the codes here, set the PDF, keep it, print it."""

from __future__ import annotations

import errno
import logging
import os
import tempfile
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pos_app.computer.files import holds, write_new, write_whole
from pos_app.devices.printers import print_pdf
from pos_app.documents.ticket_codes import TicketClaim, sign_ticket
from pos_app.documents.tickets.rendering import render_tickets
from pos_app.domain.disk_faults import why_disk
from pos_app.domain.errors import DiskRefused, NotFound
from pos_app.domain.sentences import NOTHING, say
from pos_app.domain.tickets.group_cover import cover_of, is_group
from pos_app.services.house.ticket_look import load_ticket_look
from pos_app.services.orders.reprints import reissue_tickets
from pos_app.services.orders.ticket_faces import load_group_total, load_ticket_faces
from pos_app.services.tills.registering import require_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pos_app.computer.identity import TillIdentity
    from pos_app.computer.journal import Journal
    from pos_app.db.database import Database
    from pos_app.domain.roles import Actor
    from pos_app.domain.sentences import Sentence
    from pos_app.domain.tickets.faces import TicketFace
    from pos_app.domain.tickets.group_cover import GroupCover
    from pos_app.domain.tickets.papers import Paper

_log = logging.getLogger(__name__)

_MOST_FILES: Final = 1000
"""Of one order: more are none of ours, and looking for a free name ends."""


@dataclass(frozen=True, slots=True)
class TicketPress:
    """How this till prints: its identity, its paper, its queue ("" for none), where PDFs are kept, the locale."""

    identity: TillIdentity
    till_id: int
    paper: Paper
    queue: str
    folder: Path
    locale: str


@dataclass(frozen=True, slots=True)
class PrintedTickets:
    """Tickets as they were set. faces: with their signed codes.

    path: the saved PDF; None where it could be kept nowhere: it is here, and can be printed. unkept: why it is not
    kept where it should be; it may lie in path all the same, until this computer starts anew.
    """

    order_number: str
    faces: tuple[TicketFace, ...]
    pdf: bytes
    path: Path | None
    unkept: Sentence = NOTHING


def set_tickets(database: Database, press: TicketPress, ticket_ids: Sequence[int]) -> PrintedTickets:
    """Read, sign and set tickets as the house wants them, and save the PDF; nothing is printed yet. May be repeated.

    Ten tickets or more of one order are a group's and get a cover. A disk that takes no PDF keeps nobody from being
    printed: see PrintedTickets.

    Raises TillNotEnrolled, NotFound (all were taken back), ServerUnreachable.
    """
    key_id = database.read(require_key, press.till_id, press.identity.public_key)
    faces = tuple(
        replace(
            face,
            code=sign_ticket(
                press.identity.private_key,
                TicketClaim(key_id, face.performance_id, face.ticket_id, face.issue_count),
            ),
        )
        for face in database.read(load_ticket_faces, list(ticket_ids))
    )
    if not faces:
        raise NotFound(say("These tickets were taken back."), advice=say("There is nothing to print."))
    look = database.read(load_ticket_look)
    pdf = render_tickets(faces, press.paper, locale=press.locale, look=look, cover=_cover(database, faces))
    number, issue = faces[0].order_number, max(face.issue_count for face in faces)
    name = number if issue == 1 else f"{number}-print-{issue}-{faces[0].short_code}"
    path, unkept = keep_pdf(press.folder, name, pdf)
    return PrintedTickets(number, faces, pdf, path, unkept)


def keep_pdf(folder: Path, name: str, pdf: bytes) -> tuple[Path | None, Sentence]:
    """Save a PDF: where it should be, else for a while elsewhere, else nowhere. Returns where, and why not there."""
    try:
        return _save(folder, name, pdf), NOTHING
    except OSError as error:
        unkept = say("The PDF could not be saved: {why}.", why=why_disk(error))
        _log.warning("%s (%s)", unkept, folder)
    try:
        path = Path(tempfile.mkdtemp(prefix="foyer-tickets-")) / f"{name}.pdf"
        write_whole(path, pdf, durable=False)
    except OSError:
        return None, unkept
    return path, unkept


def _save(folder: Path, name: str, pdf: bytes) -> Path:
    """Save a PDF as name.pdf, name-2.pdf, ...: on a till without a printer the file of a ticket is the ticket.

    So no file is replaced, of whatever till; tickets that were set just so before lie where they lay. Raises OSError.
    """
    for path in (folder / f"{name}{end}.pdf" for end in ("", *(f"-{at}" for at in range(2, _MOST_FILES)))):
        if holds(path, pdf):
            return path
        with suppress(FileExistsError):
            write_new(path, pdf)
            return path
    raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(folder / name))


def send_to_printer(press: TicketPress, printed: PrintedTickets) -> None:
    """Send a set of tickets to the till's queue. Raises PrintFailed; the sale stands whatever happens."""
    print_pdf(printed.pdf, press.queue, title=f"Tickets {printed.order_number}")


def print_for_counter(journal: Journal, basket_key: str, press: TicketPress, printed: PrintedTickets) -> None:
    """Send the tickets of the customer at the counter to the printer, and note before and after how far they are.

    Raises PrintFailed; the sale stands whatever happens.
    """
    # A disk that is full must not keep the customer from the tickets.
    with suppress(DiskRefused):
        journal.mark_printing(basket_key, "sent")
    send_to_printer(press, printed)
    with suppress(DiskRefused):
        journal.mark_printing(basket_key, "printed")


def reprint(
    database: Database,
    press: TicketPress,
    actor: Actor,
    ticket_ids: Sequence[int],
    *,
    request_id: str,
    reason: str,
    seen: int | None,
) -> PrintedTickets:
    """Count tickets as printed anew (their old codes are void) and set them. Raises as reissue_tickets, set_tickets."""
    database.read(require_key, press.till_id, press.identity.public_key)
    database.transact(reissue_tickets, actor, tuple(ticket_ids), request_id=request_id, reason=reason, seen=seen)
    return set_tickets(database, press, ticket_ids)


def _cover(database: Database, faces: tuple[TicketFace, ...]) -> GroupCover | None:
    if not is_group(faces):
        return None
    return cover_of(faces, database.read(load_group_total, faces[0].order_number, len(faces)))
