"""A letter as it goes over the line, and what is kept of it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes with a letter. name: ASCII; media_type: as "application/pdf"."""

    name: str
    media_type: str
    content: bytes

    @property
    def sha256(self) -> str:
        """The hash by which it is kept, hexadecimal."""
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True, slots=True)
class ComposedLetter:
    """A letter in words, before it is put together."""

    subject: str
    text: str
    html: str


@dataclass(frozen=True, slots=True)
class RenderedLetter:
    """message: the whole letter, ASCII unless the recipient's address itself is not; lines end with CR LF."""

    message: bytes
    subject: str
    text: str
    html: str
    attachments: tuple[Attachment, ...] = ()
