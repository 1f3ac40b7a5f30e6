"""Asking for the database password: from standard input, or at the terminal; never from an argument."""

from __future__ import annotations

import getpass
import os
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


def new_password(options: argparse.Namespace, variable: str, account: str) -> str:
    """Return a new password for an account: from a variable, a further line of standard input, or typed twice.

    Raises InvalidInput where there is none to be had, or the two differ.
    """
    given = os.environ.get(variable, "")
    if not given and options.password_stdin:
        given = sys.stdin.readline().rstrip("\r\n")
    elif not given and sys.stdin.isatty():
        given = getpass.getpass(question(say("New password of {account}:", account=account)))
        if getpass.getpass(question(say("The same again:"))) != given:
            raise InvalidInput(say("The two passwords differ."), advice=say("Run it again."))
    if not given:
        raise InvalidInput(
            say("{account} needs a password.", account=account),
            advice=say(
                "Set {variable}, write it as the second line of --password-stdin, or run it at a terminal.",
                variable=variable,
            ),
        )
    return given


def question(sentence: Sentence) -> str:
    """Return what is written before an answer is typed."""
    return f"{spoken(sentence)} "
