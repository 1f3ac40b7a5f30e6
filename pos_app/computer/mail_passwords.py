"""The password of the mail server, on the tills that send: in the keyring, by the server and the user it is for."""

from __future__ import annotations

import os
from typing import Final

from pos_app.computer.credentials import forget_secret, load_secret, save_secret

PASSWORD_VARIABLE: Final = "FOYER_MAIL_PASSWORD"  # noqa: S105 - the name of a variable


def mail_password(server: str, user: str) -> str | None:
    """Return the password of an account of a mail server, from FOYER_MAIL_PASSWORD or the keyring; None: not here."""
    given = os.environ.get(PASSWORD_VARIABLE)
    return given if given is not None else load_secret(_secret_name(server, user))


def keep_mail_password(server: str, user: str, password: str) -> bool:
    """Keep a password in the keyring, or take it out where it is empty; False: there is no keyring to keep it in."""
    if password:
        return save_secret(_secret_name(server, user), password)
    forget_secret(_secret_name(server, user))
    return True


def _secret_name(server: str, user: str) -> str:
    return f"mail:{user}@{server.casefold()}"
