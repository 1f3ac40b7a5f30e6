"""A note of the house before it is written: whom it would reach, and what it would be set from."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pos_app.domain.letters.contents import LetterContent
from pos_app.domain.letters.kinds import LetterKind
from pos_app.domain.letters.notes import NoteReach
from pos_app.domain.roles import Permission
from pos_app.services.house.settings import load_house_settings
from pos_app.services.house.ticket_look import load_ticket_look
from pos_app.services.letters.templates import load_template
from pos_app.services.orders.letters.contents import letter_language, sender_of
from pos_app.services.orders.letters.notes import Reached, first_reached, look_at_note, reached_customer
from pos_app.services.orders.letters.told_places import load_evenings
from pos_app.services.permissions import require

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy.orm import Session

    from pos_app.domain.letters.templates import Template
    from pos_app.domain.roles import Actor
    from pos_app.domain.tickets.faces import TicketLook

_UNSAVED = 0


@dataclass(frozen=True, slots=True)
class NoteDraft:
    """What a note is set from, without what a person types. recipient: the address of the one whom content names.

    Of many it names the first; where the note reaches nobody, recipient is "". look: as of each letter of the house.
    """

    reach: NoteReach
    recipient: str
    content: LetterContent
    template: Template
    look: TicketLook

    def content_with(self, subject: str, text: str) -> LetterContent:
        """Return what the letter tells with what is typed."""
        return replace(self.content, subject=subject, text=text)


def load_performance_draft(session: Session, actor: Actor, performance_id: int) -> NoteDraft:
    """Return what a note to the customers of a performance is set from. Raises NotPermitted, NotFound."""
    reach = look_at_note(session, actor, performance_id)
    return _draft(session, reach, first_reached(session, performance_id), {performance_id})


def load_customer_draft(session: Session, actor: Actor, customer_id: int) -> NoteDraft:
    """Return what a note to one customer is set from.

    Raises CustomerRefused (no address, or neither consent nor tickets allow it), NotPermitted, NotFound.
    """
    require(session, actor, Permission.CUSTOMERS)
    return _draft(session, NoteReach(1, 0), reached_customer(session, customer_id), frozenset())


def _draft(session: Session, reach: NoteReach, reader: Reached | None, performances: Collection[int]) -> NoteDraft:
    house = load_house_settings(session)
    language = letter_language(reader.language if reader else "", house)
    content = LetterContent(
        letter_id=_UNSAVED,
        kind=LetterKind.NOTE,
        language=language,
        organisation=house.organisation,
        customer_name=reader.name if reader else "",
        evenings=load_evenings(session, performances) if performances else (),
    )
    content = replace(content, organisation=content.organisation or sender_of(session, content))
    recipient = reader.email if reader else ""
    template = load_template(session, LetterKind.NOTE, language)
    return NoteDraft(reach, recipient, content, template, load_ticket_look(session))
