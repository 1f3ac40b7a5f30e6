"""Letters as mail programs read them: by Python's parser, told to forgive nothing, and by another one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_string
from email.errors import NonASCIILocalPartDefect
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8
from typing import TYPE_CHECKING, Any

import fast_mail_parser

from pos_app.documents.letters.rendering import render_letter
from pos_app.documents.letters.standards import standard_template
from pos_app.domain.letters.samples import sample_content
from pos_app.domain.letters.settings import MailSettings

if TYPE_CHECKING:
    from pos_app.domain.letters.contents import LetterContent
    from pos_app.domain.letters.kinds import LetterKind
    from pos_app.domain.letters.rendered import RenderedLetter
    from pos_app.domain.letters.templates import Template

MAIL = MailSettings(
    server="mail.playhouse.example",
    sender_name="Playhouse, Kasse – Büro",
    sender_address="box@playhouse.example",
    reply_to="hello@playhouse.example",
)
PDF = b"%PDF-1.4\n" + bytes(range(256)) * 40
DATE = datetime(2027, 2, 1, 9, 30, tzinfo=UTC)


def rendered(content: LetterContent, template: Template | None = None, **more: Any) -> RenderedLetter:
    """Put a letter together; worded as the standard says, where nothing else is told."""
    asked: dict[str, Any] = {
        "message_id": "<20270201.7@playhouse.example>",
        "recipient": "anna@example.org",
        "date": DATE,
        "tickets_pdf": PDF if content.places and content.places[0].short_code else None,
    } | more
    mail = asked.pop("mail", MAIL)
    return render_letter(content, template or standard_template(content.kind, content.language), mail, **asked)


def sample(kind: LetterKind, language: str, **more: Any) -> RenderedLetter:
    """Put a letter about nobody together."""
    return rendered(sample_content(kind, language), **more)


@dataclass(frozen=True)
class Read:
    """A letter as it was read. files: by their names."""

    subject: str
    text: str
    html: str
    files: dict[str, bytes]


def read_strictly(message: bytes) -> tuple[EmailMessage, Read]:
    """Read a letter by Python's parser, which raises at the first defect. Looks at the defects of headers, too."""
    policy = (SMTP if message.isascii() else SMTPUTF8).clone(raise_on_defect=True)
    # It takes bytes for ASCII alone; what goes to a server that takes UTF-8 is read as a text.
    parsed = message_from_string(message.decode(), EmailMessage, policy=policy)
    assert isinstance(parsed, EmailMessage)
    for part in parsed.walk():
        assert not part.defects
        # A mailbox of another script is a defect to it even where the server has offered to take it.
        found = {type(defect) for header in part.values() for defect in header.defects}
        assert found <= (set() if message.isascii() else {NonASCIILocalPartDefect})
    mixed = parsed.get_content_type() == "multipart/mixed"
    alternative = next(parsed.iter_parts()) if mixed else parsed
    assert alternative.get_content_type() == "multipart/alternative"
    text, html = alternative.iter_parts()
    assert isinstance(text, EmailMessage)
    assert isinstance(html, EmailMessage)
    assert [text.get_content_type(), html.get_content_type()] == ["text/plain", "text/html"]
    files = {part.get_filename() or "": part.get_payload(decode=True) for part in parsed.iter_attachments()}
    contents = {name: content for name, content in files.items() if isinstance(content, bytes)} if mixed else {}
    return parsed, Read(str(parsed["Subject"]), text.get_content(), html.get_content(), contents)


def read_elsewhere(message: bytes) -> Read:
    """Read a letter by a parser that shares no line with Python's."""
    mail = fast_mail_parser.parse_email(message)
    assert len(mail.text_plain) == 1
    assert len(mail.text_html) == 1
    files = {file.filename: bytes(file.content) for file in mail.attachments}
    return Read(mail.subject, mail.text_plain[0], mail.text_html[0], files)
