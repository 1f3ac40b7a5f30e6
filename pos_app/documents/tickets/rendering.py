"""Tickets as PDF: on A4 one or three to a page, on an 80 mm roll or on 5.5 x 2 inch stock; a group with a cover."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Final, assert_never

from reportlab.pdfgen.canvas import Canvas

from pos_app.documents.setting.any_script_text import text_engine
from pos_app.documents.setting.logo import add_logo
from pos_app.documents.setting.one_at_a_time import one_document
from pos_app.documents.setting.text import prepare_fonts
from pos_app.documents.tickets import a4, stock
from pos_app.documents.tickets.captions import Captions, captions_in
from pos_app.documents.tickets.cover_a4 import COVER_LOGO_BOX, draw_a4_cover
from pos_app.documents.tickets.cover_thermal import draw_roll_cover, draw_stock_cover
from pos_app.documents.tickets.cover_words import write_cover
from pos_app.documents.tickets.roll import draw_roll_ticket
from pos_app.documents.tickets.roll_strip import DOT
from pos_app.documents.tickets.roll_strip import LOGO_BOX as ROLL_LOGO_BOX
from pos_app.documents.tickets.words import TicketText, write_ticket
from pos_app.domain.tickets.faces import TicketLook
from pos_app.domain.tickets.papers import Paper

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pos_app.documents.setting.logo import Logo
    from pos_app.documents.tickets.cover_words import CoverText
    from pos_app.domain.tickets.faces import TicketFace
    from pos_app.domain.tickets.group_cover import GroupCover


@dataclass(frozen=True, slots=True)
class _Layout:
    """How a paper is filled. dot: of a thermal head, in points; None on papers that take colours."""

    draw: Callable[[Canvas, Sequence[TicketText], Captions, Logo | None], None]
    cover: Callable[[Canvas, CoverText, Captions, Logo | None], None]
    logo_box: tuple[float, float]
    cover_logo_box: tuple[float, float]
    dot: float | None = None


def _one(
    draw: Callable[[Canvas, TicketText, Captions, Logo | None], None],
) -> Callable[[Canvas, Sequence[TicketText], Captions, Logo | None], None]:
    return lambda canvas, texts, captions, logo: draw(canvas, texts[0], captions, logo)


def _layout_of(paper: Paper) -> _Layout:
    match paper:
        case Paper.A4:
            return _Layout(_one(a4.draw_a4_ticket), draw_a4_cover, a4.LOGO_BOX, COVER_LOGO_BOX)
        case Paper.A4_THREE:
            return _Layout(a4.draw_a4_thirds, draw_a4_cover, a4.LOGO_BOX, COVER_LOGO_BOX)
        case Paper.ROLL_80:
            return _Layout(_one(draw_roll_ticket), draw_roll_cover, ROLL_LOGO_BOX, ROLL_LOGO_BOX, DOT)
        case Paper.STOCK:
            return _Layout(_one(stock.draw_stock_ticket), draw_stock_cover, stock.LOGO_BOX, stock.LOGO_BOX, DOT)
        case _:
            assert_never(paper)


_PLAIN: Final = TicketLook()


def render_tickets(
    faces: Sequence[TicketFace],
    paper: Paper,
    *,
    locale: str = "en_GB",
    look: TicketLook = _PLAIN,
    cover: GroupCover | None = None,
) -> bytes:
    """Return a PDF of tickets in the order given, as many to a page as the paper takes; safe on any thread.

    locale: in what language the fixed words are, and how dates, times and money are written. look: the house's logo
    (prepared, see documents.logo) and line. cover: printed before the tickets. Raises ValueError without any ticket,
    and when a code is not decimal digits.
    """
    if not faces:
        raise ValueError("there is no ticket to print")
    layout, on_a_page, captions = _layout_of(paper), paper.facts.on_a_page, captions_in(locale)
    target = BytesIO()
    with one_document, text_engine():
        prepare_fonts()
        # invariant: no date of this computer's clock in the file, which may be wrong. The same tickets, the same file.
        canvas = Canvas(target, pageCompression=1, invariant=1, lang=locale.replace("_", "-"))
        canvas.setTitle(faces[0].event_title)
        canvas.setAuthor(look.organisation or faces[0].venue_name)
        canvas.setCreator("Foyer")
        if cover is not None:
            logo = add_logo(canvas, look.logo_png, layout.cover_logo_box, dot=layout.dot) if look.logo_png else None
            layout.cover(canvas, write_cover(cover, locale, captions, look), captions, logo)
            canvas.showPage()
        logo = add_logo(canvas, look.logo_png, layout.logo_box, dot=layout.dot) if look.logo_png else None
        texts = [write_ticket(face, locale, captions, look) for face in faces]
        for start in range(0, len(texts), on_a_page):
            layout.draw(canvas, texts[start : start + on_a_page], captions, logo)
            canvas.showPage()
        canvas.save()
    return target.getvalue()
