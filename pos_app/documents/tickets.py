"""Tickets as PDF: one on an A4 page, or each on its own length of an 80 mm roll."""

from __future__ import annotations

import threading
from enum import Enum
from io import BytesIO
from typing import TYPE_CHECKING, Final

from reportlab.pdfgen.canvas import Canvas

from pos_app.documents.any_script_text import text_engine
from pos_app.documents.text_setting import prepare_fonts
from pos_app.documents.ticket_a4 import draw_a4_ticket
from pos_app.documents.ticket_roll import draw_roll_ticket
from pos_app.documents.ticket_words import ENGLISH, Captions, write_ticket

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pos_app.domain.tickets import TicketFace


class Paper(Enum):
    """What tickets are printed on."""

    A4 = "a4"
    ROLL_80 = "roll_80"
    """An 80 mm roll of a thermal printer, 72 mm of it printable at 203 dpi; each ticket is a page of its own length."""


_PAGE: Final = {Paper.A4: draw_a4_ticket, Paper.ROLL_80: draw_roll_ticket}

_one_document = threading.Lock()
"""reportlab keeps the subsets of a font in the font, which all documents share."""


def render_tickets(
    faces: Sequence[TicketFace], paper: Paper, *, locale: str = "en_GB", captions: Captions = ENGLISH
) -> bytes:
    """Return a PDF with one page for each ticket, in the order given; safe on any thread.

    locale: how dates, times and money are written. captions: the fixed words. Raises ValueError without any ticket,
    and when a code is not decimal digits.
    """
    if not faces:
        raise ValueError("there is no ticket to print")
    draw = _PAGE[paper]
    target = BytesIO()
    with _one_document, text_engine():
        prepare_fonts()
        canvas = Canvas(target, pageCompression=1, lang=locale.replace("_", "-"))
        canvas.setTitle(faces[0].event_title)
        canvas.setAuthor(faces[0].venue_name)
        canvas.setCreator("Foyer")
        for face in faces:
            draw(canvas, write_ticket(face, locale, captions), face.code, captions)
            canvas.showPage()
        canvas.save()
    return target.getvalue()
