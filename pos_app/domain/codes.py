"""Codes that people read aloud and type: order numbers and the short codes of tickets.

The alphabet leaves out what looks or sounds alike on paper (0 and o, 1 and i and l); it is the one the field uses
for unsigned ticket secrets. People see it in upper case.
"""

from __future__ import annotations

import secrets
import unicodedata
import uuid
from typing import Final

from pos_app.domain.texts import bare

ALPHABET: Final = "abcdefghjkmnpqrstuvwxyz23456789".upper()
"""31 letters and digits without look-alikes, as they are shown to people and stored."""

ORDER_NUMBER_LENGTH: Final = 8
SHORT_CODE_LENGTH: Final = 10
WAITING_CODE_LENGTH: Final = 6
SIGNED_CODE_DIGITS: Final = 198
"""How many decimal digits the signed code of a ticket has, always (see pos_app.documents.ticket_codes)."""

LONGEST_OLD_CODE: Final = 512
"""Characters that are kept of a code from another house."""

_LIKE_NOTHING: Final = frozenset({"\u2212", "\u0307"})
"""The minus sign, and the dot that the small letter of \u0130 leaves behind."""
_SIGNED_CODE_BYTES: Final = 82
_SIGNED_CODE_VERSION: Final = 1
_LONGEST_BARCODE: Final = 48
"""Digits of the longest barcode in use elsewhere: GS1-128 holds no more."""
_GROUP: Final = 4
_LONGEST_TYPED: Final = 64
"""Characters of a typed code that are looked at; what is longer is no code of ours, whatever its rest says."""


def new_order_number() -> str:
    """Return a new order number: 8 characters, about 8.5e11 possibilities; uniqueness is the database's to enforce."""
    return _random_code(ORDER_NUMBER_LENGTH)


def new_short_code() -> str:
    """Return a new short code for a ticket: 10 characters, about 8.2e14 possibilities, so none can be guessed."""
    return _random_code(SHORT_CODE_LENGTH)


def new_waiting_code() -> str:
    """Return a new code of a party that waits: 6 characters, shorter than any other code, so that it is told apart."""
    return _random_code(WAITING_CODE_LENGTH)


def new_request_id() -> str:
    """Return a new request id, under which a write is found again when its answer was lost: 32 hexadecimal digits."""
    return uuid.uuid4().hex


def normalise_code(text: str) -> str:
    """Return a typed code as it is stored: upper case, without spaces and dashes of any kind.

    Forgives case, spacing, dashes and full-width letters; never raises. What is not a code stays something that is
    not a code.
    """
    if len(text) > _LONGEST_TYPED:
        return text[:_LONGEST_TYPED]
    folded = unicodedata.normalize("NFKC", bare(text))
    return "".join(letter for letter in folded if not _separates(letter)).upper()


def fold_old_code(text: str) -> str:
    """Return a code of another house as it is compared where nobody has it letter by letter; "" where nothing is left.

    Forgives case (the dotted and the dotless i too), spaces and dashes of any kind, and full-width letters. At most 512
    characters.
    """
    folded = unicodedata.normalize("NFKC", text).casefold().replace("\N{LATIN SMALL LETTER DOTLESS I}", "i")
    kept = (letter for letter in folded if not _separates(letter) and letter not in _LIKE_NOTHING)
    return unicodedata.normalize("NFKC", "".join(kept))[:LONGEST_OLD_CODE]


def looks_like_short_code(text: str) -> bool:
    """Tell whether a typed text has the form of a short code; whether there is such a ticket, the server knows."""
    code = normalise_code(text)
    return len(code) == SHORT_CODE_LENGTH and all(letter in ALPHABET for letter in code)


def looks_like_order_number(text: str) -> bool:
    """Tell whether a typed text has the form of an order's number; whether there is such an order, the server knows."""
    code = normalise_code(text)
    return len(code) == ORDER_NUMBER_LENGTH and all(letter in ALPHABET for letter in code)


def looks_like_signed_code(text: str) -> bool:
    """Tell whether a text has the form of a signed code: its digits, of which the first tell the version.

    Whether it is signed, and by whom, is told by pos_app.documents.ticket_codes.
    """
    if len(text) != SIGNED_CODE_DIGITS or not (text.isascii() and text.isdigit()):
        return False
    return int(text) >> 8 * (_SIGNED_CODE_BYTES - 1) == _SIGNED_CODE_VERSION


def is_part_of_code(text: str) -> bool:
    """Tell whether a text is more digits than any other house's barcode has, and fewer than our code has."""
    return _LONGEST_BARCODE < len(text) < SIGNED_CODE_DIGITS and text.isascii() and text.isdigit()


def grouped(code: str) -> str:
    """Return a code in groups of four for print and for reading aloud: "ABCD-EFGH-JK"."""
    return "-".join(code[start : start + _GROUP] for start in range(0, len(code), _GROUP))


def _random_code(length: int) -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def _separates(letter: str) -> bool:
    return letter.isspace() or letter == "_" or unicodedata.category(letter) in {"Pd", "Zs", "Cc", "Cf"}
