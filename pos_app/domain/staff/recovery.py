"""The recovery sheet: a code on paper that gives a house back to its manager when every password is lost."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Final

from pos_app.domain.codes import ALPHABET, grouped, normalise_code
from pos_app.domain.errors import InvalidInput
from pos_app.domain.sentences import say

if TYPE_CHECKING:
    from pos_app.domain.sentences import Sentence

_LETTERS: Final = 24
"""About 119 bits: nobody guesses it, however much they compute."""


def new_recovery_code() -> str:
    """Return a new code, in groups of four letters and digits without look-alikes."""
    return grouped("".join(secrets.choice(ALPHABET) for _ in range(_LETTERS)))


def read_recovery_code(typed: str) -> str:
    """Return a typed code as it was made; case, spaces and dashes do not matter. Raises InvalidInput: it is none."""
    code = normalise_code(typed)
    if len(code) != _LETTERS or any(letter not in ALPHABET for letter in code):
        raise InvalidInput(
            say("This is not the code of a recovery sheet: it has {letters} letters and digits.", letters=_LETTERS),
            field="code",
            advice=say("Type it as it stands on the sheet."),
        )
    return grouped(code)


def recovery_sheet(house: str, code: str) -> tuple[Sentence, ...]:
    """Return the lines of a sheet, from top to bottom."""
    return (
        say("Recovery sheet of {house}", house=house),
        say("If every manager's password is lost, this code gives one of them a new password:"),
        say("{code}", code=code),
        say("Run “foyer database recover URL” on a computer of the office, and type the code there."),
        say("Print this or copy it by hand, lock it away, and leave no copy on any computer."),
        say("Whoever has this code and the database is a manager. A new sheet voids this one."),
    )
