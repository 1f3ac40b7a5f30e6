"""What this computer keeps of a house's keys: its pepper, which is secret, and its public key, pinned.

The pepper lies in the keyring, else in a file that only its user can read, under the public key of its house. What is
pinned lies in a file under the address of the database: whoever brings another key there later is not believed.
"""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, Final

from pos_app.computer.credentials import load_private_file, load_secret, save_secret
from pos_app.computer.files import write_whole
from pos_app.documents.house_keys import check_of
from pos_app.domain.errors import CannotConnect
from pos_app.domain.sentences import say

if TYPE_CHECKING:
    from pathlib import Path

    from pos_app.documents.house_keys import HouseKeys

_DIGITS: Final = 16
_KEY: Final = re.compile(r"[0-9a-f]{64}")


class KeptKeys:
    """folder: of this computer's state. house: where the database is, as DatabaseAddress.house_name tells."""

    def __init__(self, folder: Path, house: str) -> None:
        self._folder = folder
        self._pin_file = folder / f"house-key-{hashlib.sha256(house.encode()).hexdigest()[:_DIGITS]}"

    def pinned(self) -> str:
        """Return the public key (hex) that this computer has pinned; "" for none.

        Raises CannotConnect when the file cannot be read, or is damaged: believing another key in silence is worse.
        """
        stored = _read(self._pin_file)
        key = "" if stored is None else stored.decode("ascii", "replace").strip()
        if key and not _KEY.fullmatch(key):
            raise CannotConnect(
                say("The file {file} is damaged.", file=self._pin_file),
                advice=say("Remove it; then a manager signs in here once with the password."),
            )
        return key

    def pin(self, public_key: str) -> None:
        """Believe in this key from now on. Raises CannotConnect when that cannot be kept."""
        _write(self._pin_file, public_key.encode())

    def pepper(self, public_key: str, check: str) -> bytes | None:
        """Return the pepper of that house, if this computer has it. check: by which it is known to be the right one.

        Raises CannotConnect when its file cannot be read.
        """
        kept = _read(self._pepper_file(public_key))
        if kept is not None and check_of(kept) == check:
            return kept
        try:
            kept = bytes.fromhex(load_secret(_pepper_name(public_key)) or "")
        except ValueError:
            return None
        return kept if check_of(kept) == check else None

    def keep(self, keys: HouseKeys) -> None:
        """Keep the pepper and pin the public key of keys that a password has opened. Raises CannotConnect."""
        file = self._pepper_file(keys.public_key)
        if self._readable_pepper(keys) != keys.pepper and (
            file.exists() or not save_secret(_pepper_name(keys.public_key), keys.pepper.hex())
        ):
            _write(file, keys.pepper)
        self.pin(keys.public_key)

    def _readable_pepper(self, keys: HouseKeys) -> bytes | None:
        """Return the pepper that is kept already, if it can be read; what cannot is written anew."""
        try:
            return self.pepper(keys.public_key, keys.pepper_check)
        except CannotConnect:
            return None

    def _pepper_file(self, public_key: str) -> Path:
        return self._folder / f"pepper-{public_key[:_DIGITS]}"


def _pepper_name(public_key: str) -> str:
    return f"pepper of the house {public_key[:_DIGITS]}"


def _read(file: Path) -> bytes | None:
    try:
        return load_private_file(file)
    except OSError as error:
        raise CannotConnect(
            say("The file {file} cannot be read: {reason}.", file=file, reason=str(error.strerror)),
            advice=say("Check its rights, or remove it; then a manager signs in here once with the password."),
        ) from error


def _write(file: Path, content: bytes) -> None:
    try:
        write_whole(file, content)
    except OSError as error:
        raise CannotConnect(
            say(
                "The keys of the house cannot be kept in {folder}: {reason}.",
                folder=file.parent,
                reason=str(error.strerror),
            ),
            advice=say("Check the rights of this folder."),
        ) from error
