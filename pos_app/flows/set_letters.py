"""Setting a letter from the books: its words, and its tickets, signed here and put into one PDF."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pos_app.documents.letters.rendering import render_letter
from pos_app.documents.ticket_codes import TicketClaim, sign_ticket
from pos_app.documents.tickets.rendering import render_tickets
from pos_app.domain.letters.kinds import LetterKind
from pos_app.domain.tickets.group_cover import cover_of, is_group
from pos_app.domain.tickets.papers import Paper
from pos_app.services.house.ticket_look import load_ticket_look
from pos_app.services.letters.templates import load_template
from pos_app.services.orders.letters.contents import load_content
from pos_app.services.orders.ticket_faces import load_group_total

if TYPE_CHECKING:
    from pos_app.computer.identity import TillIdentity
    from pos_app.db.database import Database
    from pos_app.domain.letters.contents import LetterContent
    from pos_app.domain.letters.rendered import RenderedLetter
    from pos_app.domain.letters.settings import MailSettings
    from pos_app.domain.letters.templates import Template
    from pos_app.domain.tickets.faces import TicketFace, TicketLook
    from pos_app.services.letters.queue import ClaimedLetter


@dataclass(frozen=True, slots=True)
class SetLetter:
    """A letter that is ready to go."""

    letter: RenderedLetter


@dataclass(frozen=True, slots=True)
class TooLarge:
    """A letter that is longer than it may be. parts: the tickets that one letter each takes; one: nothing helps."""

    parts: tuple[frozenset[int], ...]


def set_letter(
    database: Database,
    identity: TillIdentity | None,
    key_id: int | None,
    settings: MailSettings,
    claimed: ClaimedLetter,
    *,
    most_bytes: int | None,
) -> SetLetter | TooLarge | None:
    """Set a letter by what the books say now; None: nothing of what it tells is true any more.

    key_id: of this till's enrolled key; without one no tickets are set. most_bytes: that the mail server takes.
    Raises NotFound, ValueError and what the documents raise: it cannot be set.
    """
    content = database.read(load_content, claimed.letter_id)
    if content.is_untrue:
        return None
    template = database.read(load_template, claimed.kind, content.language)
    look = database.read(load_ticket_look)
    faces: tuple[TicketFace, ...] = ()
    brings = settings.attach_tickets or claimed.kind is not LetterKind.CONFIRMATION
    if identity is not None and key_id is not None and brings:
        faces = tuple(
            replace(
                face,
                code=sign_ticket(
                    identity.private_key,
                    TicketClaim(key_id, face.performance_id, face.ticket_id, face.issue_count),
                ),
            )
            for face in content.faces
        )
    press = _Press(database, settings, claimed, content, template, look)
    most = min(settings.most_bytes, most_bytes or settings.most_bytes)
    whole = press.put_together(faces)
    if len(whole.message) <= most:
        return SetLetter(whole)
    return TooLarge(_shared_out(press, faces, len(whole.message), most))


def _shared_out(press: _Press, faces: tuple[TicketFace, ...], length: int, most: int) -> tuple[frozenset[int], ...]:
    """Return the tickets of so many letters that each of them fits; one set where not even one ticket does."""
    parts = max(2, -(-length // most))
    while parts <= len(faces):
        size = -(-len(faces) // parts)
        shares = [faces[at : at + size] for at in range(0, len(faces), size)]
        if all(len(press.put_together(share, parts=len(shares)).message) <= most for share in shares):
            return tuple(frozenset(face.ticket_id for face in share) for share in shares)
        parts += 1
    return (frozenset(face.ticket_id for face in faces),)


@dataclass(frozen=True, slots=True)
class _Press:
    database: Database
    settings: MailSettings
    claimed: ClaimedLetter
    content: LetterContent
    template: Template
    look: TicketLook

    def put_together(self, faces: tuple[TicketFace, ...], *, parts: int | None = None) -> RenderedLetter:
        """Return the letter with the tickets of these faces. parts: of how many it would be one; None: as it is."""
        return render_letter(
            self.content,
            self.template,
            self.settings,
            message_id=self.claimed.message_id,
            recipient=self.claimed.recipient,
            date=self.claimed.at,
            tickets_pdf=self._tickets(faces) if faces else None,
            look=self.look,
            part=self.claimed.part,
            parts=parts or self.claimed.parts,
        )

    def _tickets(self, faces: tuple[TicketFace, ...]) -> bytes:
        cover = None
        if is_group(faces) and self.claimed.parts == 1:
            cover = cover_of(faces, self.database.read(load_group_total, faces[0].order_number, len(faces)))
        return render_tickets(faces, Paper.A4, locale=self.content.language, look=self.look, cover=cover)
