"""Passwords that are made up for a person, to be told once."""

from __future__ import annotations

import secrets
from typing import Final

from pos_app.domain.codes import ALPHABET

_GROUPS: Final = 3
_GROUP: Final = 4


def new_password() -> str:
    """Return a password of 12 letters and digits without look-alikes in groups, about 59 bits: "k7vm-q2xd-hh9t"."""
    letters = ALPHABET.lower()
    return "-".join("".join(secrets.choice(letters) for _ in range(_GROUP)) for _ in range(_GROUPS))
