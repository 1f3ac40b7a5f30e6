"""E-mail addresses and phone numbers as they are typed, and as two of them are compared."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from pos_app.domain.texts import clean_line

LONGEST_EMAIL: Final = 200
LONGEST_PHONE: Final = 40
"""As it is typed, with blanks and marks."""

SHORTEST_DIGITS: Final = 4
"""So many digits of a phone number are looked for, its first ones or its last ones."""
LONGEST_DIGITS: Final = 20

_LIKE_PHONE: Final = re.compile(r"[\d\s+()./\u2010-\u2015-]+")
_LONGEST_LABEL: Final = 63
_LONGEST_LOCAL: Final = 64


def looks_like_phone(text: str) -> bool:
    """Tell whether a text is a phone number and nothing else: digits of any script, blanks, and what parts them."""
    return bool(_LIKE_PHONE.fullmatch(text)) and SHORTEST_DIGITS <= len(phone_key(text)) <= LONGEST_DIGITS


def phone_key(text: str) -> str:
    """Return the digits of a phone number of any script, without noughts before them; "" where they are too few.

    The nought in brackets behind a country's code is not dialled together with it.
    """
    digits = "".join(str(int(letter)) for letter in text.replace("(0)", "") if letter.isdecimal()).lstrip("0")
    return digits if len(digits) >= SHORTEST_DIGITS else ""


def email_key(text: str) -> str:
    """Return an address as two of the same letter box are compared; "" for what is none (see looks_like_email).

    No mail server in use tells "Anna" from "anna". The domain is compared as the net's names are (RFC 5890), so that
    one typed with its own letters is the same as its xn-- form; dots and what stands behind a plus are kept, for only
    some houses ignore them.
    """
    cleaned = clean_line(text, LONGEST_EMAIL + 1)
    local, at, domain = cleaned.rpartition("@")
    if not at or not _is_local(local):
        return ""
    name = _host_key(domain)
    return f"{unicodedata.normalize('NFKC', local).casefold()}@{name}" if name else ""


def looks_like_email(text: str) -> bool:
    """Tell whether a letter could be sent there: one @, something before it, a host with a dot behind it (RFC 5321)."""
    return bool(email_key(text))


def _is_local(local: str) -> bool:
    if not 0 < len(local) <= _LONGEST_LOCAL or local.startswith(".") or local.endswith(".") or ".." in local:
        return False
    return not any(letter.isspace() or letter in '@,;:<>()[]\\"' for letter in local)


def _host_key(domain: str) -> str:
    folded = unicodedata.normalize("NFKC", domain).casefold().rstrip(".")
    labels = folded.split(".")
    if len(labels) < 2 or not all(map(_is_label, labels)):
        return ""
    try:
        return folded.encode("idna").decode("ascii")
    except UnicodeError:
        return ""


def _is_label(label: str) -> bool:
    whole = all(letter.isalnum() or letter == "-" or unicodedata.combining(letter) for letter in label)
    return 0 < len(label) <= _LONGEST_LABEL and whole and not label.startswith("-") and not label.endswith("-")
