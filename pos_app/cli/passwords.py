"""Asking for the database password: from standard input, or at the terminal; never from an argument."""

from __future__ import annotations

import getpass
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable


def password_source(options: argparse.Namespace) -> Callable[[str], str | None]:
    """Return what asks for a password: --password-stdin reads it now, a terminal asks when the server wants one."""
    if options.password_stdin:
        given = sys.stdin.readline().rstrip("\r\n")
        return lambda _address: given

    def ask(address: str) -> str | None:
        if not sys.stdin.isatty():
            return None
        try:
            return getpass.getpass(f"Password of {address}: ")
        except EOFError:
            return None

    return ask
