"""A letter that has not gone out, or is not even written, as it would be set now: for a person who looks before."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from sqlalchemy import func, select

from pos_app.db.base import table_of
from pos_app.db.models import OutboxEmail
from pos_app.domain.letters.kinds import LetterKind
from pos_app.domain.letters.samples import sample_content
from pos_app.domain.roles import Permission
from pos_app.services.house.settings import load_house_settings
from pos_app.services.house.ticket_look import load_sample_house, load_ticket_look
from pos_app.services.letters.templates import load_template
from pos_app.services.orders.letters.contents import letter_language, load_content
from pos_app.services.permissions import require

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from pos_app.domain.letters.contents import LetterContent
    from pos_app.domain.letters.templates import Template
    from pos_app.domain.roles import Actor
    from pos_app.domain.tickets.faces import TicketLook

HIDDEN_CODE: Final = "••••••"
"""Stands where the code does that only its reader is to know."""
_LOOKED_AT: Final = 5_000
"""Among so many of the last letters an example is looked for."""
_LETTER = table_of(OutboxEmail)


@dataclass(frozen=True, slots=True)
class UnsentLetter:
    """What a letter is set from. look: what the house adds to each of its letters."""

    content: LetterContent
    template: Template
    look: TicketLook


@dataclass(frozen=True, slots=True)
class LetterExample:
    """What a letter of a kind tells. is_real: the last one of the kind did; else it is made up, of this very house."""

    content: LetterContent
    look: TicketLook
    is_real: bool


def load_example(session: Session, actor: Actor, kind: LetterKind) -> LetterExample:
    """Return what the last letter of a kind tells, for a manager who words it. Raises NotPermitted.

    Where there is none of late, what one could tell at this house.
    """
    require(session, actor, Permission.MANAGE)
    look = load_ticket_look(session)
    newest = session.execute(select(func.max(_LETTER.c.id))).scalar_one_or_none() or 0
    found = session.execute(
        select(_LETTER.c.id)
        .where(_LETTER.c.id > newest - _LOOKED_AT, _LETTER.c.kind == kind, _LETTER.c.recipient != "")
        .order_by(_LETTER.c.id.desc())
        .limit(1)
    ).scalar_one_or_none()
    with suppress(ValueError):  # What is damaged is no example.
        if found is not None:
            return LetterExample(_hidden(load_content(session, found)), look, is_real=True)
    return LetterExample(_made_up(session, kind), look, is_real=False)


def _made_up(session: Session, kind: LetterKind) -> LetterContent:
    house, place = load_house_settings(session), load_sample_house(session)
    return sample_content(
        kind,
        letter_language("", house),
        organisation=house.organisation or place.venue,
        venue=place.venue,
        address=place.address,
        time_zone=place.time_zone,
        currency=place.currency,
    )


def load_unsent(session: Session, actor: Actor, letter_id: int) -> UnsentLetter:
    """Return what a letter would be set from now; a code that shows whose an address is stays hidden.

    Raises NotPermitted, NotFound, and ValueError where what it tells of is damaged.
    """
    require(session, actor, Permission.LETTERS)
    content = _hidden(load_content(session, letter_id))
    template = load_template(session, content.kind, content.language)
    return UnsentLetter(content, template, load_ticket_look(session))


def _hidden(content: LetterContent) -> LetterContent:
    return replace(content, code=HIDDEN_CODE) if content.kind is LetterKind.VERIFICATION else content
