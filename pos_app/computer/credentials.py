"""Secrets: in the keyring, else asked for at the start and kept in memory; never in a file of ours in clear.

The one exception is a till's signing key where there is no keyring: a file that only its user can read.
"""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from pos_app.computer.files import close_files, read_bounded

if TYPE_CHECKING:
    from pathlib import Path

SERVICE: Final = "foyer"
PASSWORD_VARIABLE: Final = "FOYER_DATABASE_PASSWORD"  # noqa: S105 - the name of a variable
_MOST_BYTES: Final = 4096


def keyring_works() -> bool:
    """Tell whether there is a keyring that can be trusted: a backend of priority 1 or more."""
    try:
        import keyring

        return float(keyring.get_keyring().priority) >= 1
    except Exception:  # noqa: BLE001 - a keyring that fails in any way is one that is not there
        return False


def load_secret(name: str) -> str | None:
    """Return a secret from the keyring, or None."""
    if not keyring_works():
        return None
    import keyring
    from keyring.errors import KeyringError

    try:
        return keyring.get_password(SERVICE, name)
    except KeyringError:
        return None


def save_secret(name: str, secret: str) -> bool:
    """Keep a secret in the keyring; False where there is none."""
    if not keyring_works():
        return False
    import keyring
    from keyring.errors import KeyringError

    try:
        keyring.set_password(SERVICE, name, secret)
    except KeyringError:
        return False
    return True


def forget_secret(name: str) -> None:
    """Take a secret out of the keyring, if it is there."""
    if not keyring_works():
        return
    import keyring
    from keyring.errors import KeyringError

    with suppress(KeyringError):
        keyring.delete_password(SERVICE, name)


def database_password(name: str) -> str | None:
    """Return the password of a database account from FOYER_DATABASE_PASSWORD or the keyring; None: ask."""
    given = os.environ.get(PASSWORD_VARIABLE)
    return given if given is not None else load_secret(name)


def load_private_file(path: Path) -> bytes | None:
    """Read a small file that only its user can read; None when it is not there. Tightens its rights if they are loose.

    Raises OSError, for one that is far too large as well.
    """
    if not path.is_file():
        return None
    # On a disk that can only be read nothing is made tighter, and nobody can change it either.
    close_files((path,))
    return read_bounded(path, _MOST_BYTES)
