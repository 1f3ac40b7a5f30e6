"""What stands on the slip of a reservation, in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pos_app.documents.tickets.cover_words import write_cover
from pos_app.documents.tickets.words import write_short_moment
from pos_app.domain.sentences import say

if TYPE_CHECKING:
    from pos_app.documents.tickets.captions import Captions
    from pos_app.documents.tickets.cover_words import CoverText
    from pos_app.domain.orders.slips import SlipFace
    from pos_app.domain.tickets.faces import TicketLook


@dataclass(frozen=True, slots=True)
class SlipText:
    """Everything on a slip. reserved: who and what; until: when the seats are given back, date and time.

    The rest are the fixed words: heading, captions, and what the customer has to know. headings: with the title, of
    each performance. line: the house's own.
    """

    reserved: CoverText
    code: str
    until: str
    heading: str
    headings: tuple[str, ...]
    until_caption: str
    to_pay_caption: str
    not_paid: str
    bring: str
    line: str = ""


def write_slip(face: SlipFace, locale: str, captions: Captions, look: TicketLook) -> SlipText:
    """Write a slip in words. locale: as "en_GB" or "en-GB"; raises like write_ticket."""
    said = captions.said
    return SlipText(
        reserved=write_cover(face.reserved, locale, captions, look),
        code=face.code,
        until=write_short_moment(face.release_at, face.time_zone, locale),
        heading=said(say("Reservation")),
        headings=tuple(
            said(say("Reservation: {title}", title=evening.event_title)) for evening in face.reserved.evenings
        ),
        until_caption=said(say("Kept until")),
        to_pay_caption=said(say("To pay")),
        not_paid=said(say("Not paid. This is no ticket: without payment the seats are sold to others from then on.")),
        bring=said(say("Show this code at the box office.")),
        line=look.line,
    )
