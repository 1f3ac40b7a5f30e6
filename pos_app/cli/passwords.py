"""Asking for the database password: from standard input, or at the terminal; never from an argument."""

from __future__ import annotations

import getpass
import sys
from typing import TYPE_CHECKING, Final

from pos_app.domain.errors import InvalidInput
from pos_app.domain.sentences import say
from pos_app.services.staff.passwords import require_sound_password
from pos_app.ui.words.sentences import spoken

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from pos_app.domain.sentences import Sentence


MANAGER_VARIABLE: Final = "FOYER_MANAGER_PASSWORD"


def ask_new_password() -> str:
    """Ask at the terminal for a new password, twice. Raises InvalidInput."""
    password = getpass.getpass(question(say("Password (8 characters or more):")))
    if getpass.getpass(question(say("The same again:"))) != password:
        raise InvalidInput(say("The two passwords differ."), advice=say("Run it again."))
    require_sound_password(password)
    return password


def password_source(options: argparse.Namespace) -> Callable[[str], str | None]:
    """Return what asks for a password: --password-stdin reads it now, a terminal asks when the server wants one."""
    if options.password_stdin:
        given = sys.stdin.readline().rstrip("\r\n")
        return lambda _address: given

    def ask(address: str) -> str | None:
        if not sys.stdin.isatty():
            return None
        try:
            return getpass.getpass(question(say("Password of {address}:", address=address)))
        except EOFError:
            return None

    return ask


def question(sentence: Sentence) -> str:
    """Return what is written before an answer is typed."""
    return f"{spoken(sentence)} "
