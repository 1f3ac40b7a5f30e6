"""A letter as it goes over the line: words as text and as HTML, the tickets as PDF, the evenings for a calendar."""

from __future__ import annotations

from datetime import UTC
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import TYPE_CHECKING, Final

from pos_app.documents.letters.as_html import write_html
from pos_app.documents.letters.as_text import write_text
from pos_app.documents.letters.calendar import write_calendar
from pos_app.documents.letters.composing import compose
from pos_app.documents.letters.headers import header_address, header_text, in_brackets
from pos_app.domain.letters.rendered import Attachment, ComposedLetter, RenderedLetter
from pos_app.domain.tickets.faces import TicketLook

if TYPE_CHECKING:
    from datetime import datetime
    from email.headerregistry import Address

    from pos_app.domain.letters.contents import LetterContent
    from pos_app.domain.letters.settings import MailSettings
    from pos_app.domain.letters.templates import Template

PDF: Final = "application/pdf"
CALENDAR: Final = "text/calendar"
_PLAIN: Final = TicketLook()
_SEVEN_BIT: Final = SMTP.clone(cte_type="7bit", max_line_length=76)
"""What every server takes: text that is not ASCII is encoded, in lines of 76 (RFC 2045)."""


def compose_letter(
    content: LetterContent, template: Template, look: TicketLook = _PLAIN, *, part: int = 1, parts: int = 1
) -> ComposedLetter:
    """Return a letter in words, for a preview and for sending. part, parts: which one it is of several.

    Raises TemplateBroken, babel.UnknownLocaleError, zoneinfo.ZoneInfoNotFoundError.
    """
    letter = compose(content, template, look, part, parts)
    return ComposedLetter(letter.subject, write_text(letter), write_html(letter))


def render_letter(
    content: LetterContent,
    template: Template,
    mail: MailSettings,
    *,
    message_id: str,
    recipient: str,
    date: datetime,
    tickets_pdf: bytes | None = None,
    look: TicketLook = _PLAIN,
    part: int = 1,
    parts: int = 1,
) -> RenderedLetter:
    """Put a letter together; safe on any thread. The same facts make the same letter but for its boundaries.

    message_id: with or without its brackets. date: now, by the server, UTC. tickets_pdf: the tickets of content.faces.
    The message is ASCII, unless the recipient's mailbox itself is not: then it is for a server that offers SMTPUTF8.

    Raises InvalidInput (an address is none), and as compose_letter.
    """
    composed = compose_letter(content, template, look, part=part, parts=parts)
    sender, to = header_address(mail.sender_address, mail.sender_name), header_address(recipient)
    message = EmailMessage(policy=_SEVEN_BIT if _is_plain(sender, to) else _SEVEN_BIT.clone(utf8=True))
    message["From"] = sender
    message["To"] = to
    if mail.reply_to:
        message["Reply-To"] = header_address(mail.reply_to, mail.sender_name)
    message["Subject"] = header_text(composed.subject)
    message["Date"] = format_datetime(date.replace(tzinfo=UTC) if date.tzinfo is None else date)
    message["Message-ID"] = in_brackets(message_id)
    message["Auto-Submitted"] = "auto-generated"
    message["Content-Language"] = content.language.replace("_", "-")
    message.set_content(composed.text, charset="utf-8")
    message.add_alternative(composed.html, subtype="html", charset="utf-8")
    attachments = _attachments(content, sender.domain, date, tickets_pdf, part if parts > 1 else 0)
    for attachment in attachments:
        _attach(message, attachment)
    for inner in list(message.walk())[1:]:
        # It belongs to the whole letter alone.
        del inner["MIME-Version"]
    return RenderedLetter(message.as_bytes(), composed.subject, composed.text, composed.html, attachments)


def _attachments(
    content: LetterContent, domain: str, date: datetime, tickets_pdf: bytes | None, part: int
) -> tuple[Attachment, ...]:
    """Return the files that go with a letter; of several letters about one order only the first brings the calendar."""
    number = content.order_number or str(content.letter_id)
    found: list[Attachment] = []
    if tickets_pdf is not None:
        found.append(Attachment(f"tickets-{number}{f'-{part}' if part else ''}.pdf", PDF, tickets_pdf))
    calendar = write_calendar(content, domain=domain, date=date) if part < 2 else None
    if calendar is not None:
        found.append(Attachment(f"calendar-{number}.ics", CALENDAR, calendar))
    return tuple(found)


def _attach(message: EmailMessage, attachment: Attachment) -> None:
    main, _, sub = attachment.media_type.partition("/")
    if attachment.media_type == CALENDAR:
        text = attachment.content.decode("utf-8")
        message.add_attachment(text, subtype=sub, charset="utf-8", cte="base64", filename=attachment.name)
        part = list(message.iter_attachments())[-1]
        part.set_param("method", "PUBLISH")
    else:
        message.add_attachment(attachment.content, maintype=main, subtype=sub, filename=attachment.name)


def _is_plain(*addresses: Address) -> bool:
    return all(address.username.isascii() for address in addresses)
