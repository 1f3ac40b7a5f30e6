"""Addresses and lines at the head of a letter: nothing that anybody typed can end one and begin another."""

from __future__ import annotations

from email.headerregistry import Address
from typing import Final

import idna

from pos_app.domain.errors import InvalidInput
from pos_app.domain.sentences import say
from pos_app.domain.texts import clean_line

_LONGEST: Final = 400


def header_text(text: str) -> str:
    """Return a text as one line, without anything that cannot be seen."""
    return clean_line(text, _LONGEST)


def header_address(address: str, name: str = "") -> Address:
    """Return an address as a header takes it, its domain in ASCII. Raises InvalidInput: it is no address."""
    mailbox, _, domain = address.strip().rpartition("@")
    try:
        plain = domain if domain.isascii() else idna.encode(domain, uts46=True).decode("ascii")
        return Address(header_text(name), username=mailbox, domain=plain) if mailbox and plain else _refused(address)
    except (ValueError, IndexError) as error:
        raise _no_address(address) from error


def in_brackets(message_id: str) -> str:
    """Return a Message-ID as its header takes it."""
    return f"<{header_text(message_id).strip('<>')}>"


def _refused(address: str) -> Address:
    raise _no_address(address)


def _no_address(address: str) -> InvalidInput:
    return InvalidInput(say("“{address}” is no e-mail address.", address=header_text(address)))
