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
from pos_app.services.orders.letters.told_places import places_on
from pos_app.services.orders.ticket_faces import load_group_total

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

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
    """Return the tickets of so many letters that each of them fits; one set where not even one ticket does.

    length: in bytes, of all of them in one letter. What a letter has besides its tickets stays in each part, so that a
    share of its length is never too small a share of its tickets.
    """
    size = max(1, len(faces) * most // length)
    while faces:
        count = -(-len(faces) // size)
        even = -(-len(faces) // count)
        shares = [faces[at : at + even] for at in range(0, len(faces), even)]
        too_long = next((one for one in map(len, _messages(press, shares)) if one > most), None)
        if too_long is None:
            return tuple(frozenset(face.ticket_id for face in share) for share in shares)
        if even == 1:
            break
        size = max(1, min(even - 1, even * most // too_long))
    return (frozenset(face.ticket_id for face in faces),)


def _messages(press: _Press, shares: Sequence[tuple[TicketFace, ...]]) -> Iterator[bytes]:
    """Yield the letters of shares: the first one brings the calendar, and no number is longer than the last one."""
    for at, share in enumerate(shares):
        yield press.put_together(share, part=len(shares) if at else 1, parts=len(shares)).message


@dataclass(frozen=True, slots=True)
class _Press:
    database: Database
    settings: MailSettings
    claimed: ClaimedLetter
    content: LetterContent
    template: Template
    look: TicketLook

    def put_together(
        self, faces: tuple[TicketFace, ...], *, part: int | None = None, parts: int | None = None
    ) -> RenderedLetter:
        """Return the letter with the tickets of these faces; one of several tells of its own tickets alone.

        part, parts: which one of how many it would be; None: as it is.
        """
        own = self.content if parts is None else replace(self.content, places=places_on(faces), faces=faces)
        return render_letter(
            own,
            self.template,
            self.settings,
            message_id=self.claimed.message_id,
            recipient=self.claimed.recipient,
            date=self.claimed.at,
            tickets_pdf=self._tickets(faces, parts or self.claimed.parts) if faces else None,
            look=self.look,
            part=part or self.claimed.part,
            parts=parts or self.claimed.parts,
        )

    def _tickets(self, faces: tuple[TicketFace, ...], parts: int) -> bytes:
        cover = None
        if is_group(faces) and parts == 1:
            cover = cover_of(faces, self.database.read(load_group_total, faces[0].order_number, len(faces)))
        return render_tickets(faces, Paper.A4, locale=self.content.language, look=self.look, cover=cover)
