"""The slip of a reservation as PDF, on every paper that tickets are printed on."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Final, assert_never

from reportlab.pdfgen.canvas import Canvas

from pos_app.documents.setting.any_script_text import text_engine
from pos_app.documents.setting.logo import add_logo
from pos_app.documents.setting.one_at_a_time import one_document
from pos_app.documents.setting.text import prepare_fonts
from pos_app.documents.slips.a4 import draw_a4_slip
from pos_app.documents.slips.thermal import draw_roll_slip, draw_stock_slip
from pos_app.documents.slips.words import write_slip
from pos_app.documents.tickets import stock
from pos_app.documents.tickets.captions import captions_in
from pos_app.documents.tickets.cover_a4 import COVER_LOGO_BOX
from pos_app.documents.tickets.roll_strip import DOT
from pos_app.documents.tickets.roll_strip import LOGO_BOX as ROLL_LOGO_BOX
from pos_app.domain.tickets.faces import TicketLook
from pos_app.domain.tickets.papers import Paper

if TYPE_CHECKING:
    from collections.abc import Callable

    from pos_app.documents.setting.logo import Logo
    from pos_app.documents.slips.words import SlipText
    from pos_app.documents.tickets.captions import Captions
    from pos_app.domain.orders.slips import SlipFace

_PLAIN: Final = TicketLook()


def render_slip(face: SlipFace, paper: Paper, *, locale: str = "en_GB", look: TicketLook = _PLAIN) -> bytes:
    """Return a PDF of the slip of a reservation; safe on any thread.

    locale: in what language the fixed words are, and how dates, times and money are written. look: the house's logo and
    line.
    """
    draw, logo_box, dot = _layout_of(paper)
    captions = captions_in(locale)
    target = BytesIO()
    with one_document, text_engine():
        prepare_fonts()
        canvas = Canvas(target, pageCompression=1, invariant=1, lang=locale.replace("_", "-"))
        text = write_slip(face, locale, captions, look)
        canvas.setTitle(f"{text.heading} {text.reserved.order}")
        canvas.setAuthor(text.reserved.venue)
        canvas.setCreator("Foyer")
        logo = add_logo(canvas, look.logo_png, logo_box, dot=dot) if look.logo_png else None
        draw(canvas, text, captions, logo)
        canvas.showPage()
        canvas.save()
    return target.getvalue()


def _layout_of(
    paper: Paper,
) -> tuple[Callable[[Canvas, SlipText, Captions, Logo | None], None], tuple[float, float], float | None]:
    match paper:
        case Paper.A4 | Paper.A4_THREE:
            return draw_a4_slip, COVER_LOGO_BOX, None
        case Paper.ROLL_80:
            return draw_roll_slip, ROLL_LOGO_BOX, DOT
        case Paper.STOCK:
            return draw_stock_slip, stock.LOGO_BOX, DOT
        case _:
            assert_never(paper)
