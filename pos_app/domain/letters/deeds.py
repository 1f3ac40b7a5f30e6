"""What a person may do with a letter, and why not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pos_app.domain.customers.contact import LONGEST_EMAIL, email_key
from pos_app.domain.editing import FieldRefused
from pos_app.domain.errors import PosError
from pos_app.domain.letters.kinds import LetterKind, LetterState
from pos_app.domain.sentences import say
from pos_app.domain.texts import clean_line

if TYPE_CHECKING:
    from pos_app.domain.letters.listing import LetterRow

_OVER: Final = frozenset({LetterState.SENT, LetterState.FAILED, LetterState.STOPPED})
_OPEN: Final = frozenset({LetterState.WAITING, LetterState.FAILED})


class LetterRefused(PosError):
    """What was asked of a letter cannot be."""


class LetterChanged(PosError):
    """The letter is not as it was shown: somebody changed it meanwhile, or it went out. Nothing was done."""


def may_send_again(row: LetterRow) -> bool:
    """Tell whether a letter can go out once more: a code is good for minutes, and nobody writes to who was erased."""
    return row.state in _OVER and row.kind is not LetterKind.VERIFICATION and bool(row.recipient)


def may_readdress(row: LetterRow) -> bool:
    """Tell whether a letter can go to another address: one that was sent goes there once more."""
    return row.state is not LetterState.SENDING and row.kind is not LetterKind.VERIFICATION and bool(row.recipient)


def may_stop(row: LetterRow) -> bool:
    """Tell whether a letter can be stopped; one that failed is then nobody's work any more."""
    return row.state in _OPEN


def clean_recipient(typed: str) -> str:
    """Return an address as a letter takes it. Raises FieldRefused ("recipient")."""
    address = clean_line(typed, LONGEST_EMAIL + 1)
    if not address:
        raise FieldRefused({"recipient": say("Type an address.")})
    if len(address) > LONGEST_EMAIL:
        raise FieldRefused(
            {"recipient": say("This is too long ({longest} letters at the most).", longest=LONGEST_EMAIL)}
        )
    if not email_key(address):
        raise FieldRefused({"recipient": say("This is no e-mail address. One looks like name@example.org.")})
    return address
