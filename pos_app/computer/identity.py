"""Who this computer is: its machine key, and the signing key that never leaves it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from pos_app.computer.credentials import load_private_file, load_secret, save_secret
from pos_app.computer.files import make_folder, write_whole
from pos_app.domain.disk_faults import why_disk
from pos_app.domain.errors import CannotConnect, InvalidInput
from pos_app.domain.sentences import say

if TYPE_CHECKING:
    from pathlib import Path

KEY_BYTES: Final = 32
_KEY_FILE: Final = "signing-key"


@dataclass(frozen=True, slots=True)
class TillIdentity:
    """machine_key: which computer. private_key: 32 bytes Ed25519, never sent anywhere. public_key: hex."""

    machine_key: str
    private_key: bytes = field(repr=False)
    public_key: str


def load_identity(state_folder: Path) -> TillIdentity:
    """Read this computer's identity, or make it at the first start.

    The signing key is kept in the keyring, else in a file that only its user can read. Raises InvalidInput when it is
    damaged: making another in silence would leave the till unknown to the gates.
    """
    from pos_app.documents.ticket_codes import new_signing_key, public_key_of

    make_folder(state_folder)
    machine_file = state_folder / "machine"
    stored = load_private_file(machine_file)
    machine_key = stored.decode("ascii", "replace").strip() if stored else ""
    if not machine_key:
        machine_key = uuid.uuid4().hex
        write_whole(machine_file, machine_key.encode())
    secret_name = _secret_name(machine_key)
    key_file = state_folder / _KEY_FILE
    private = load_private_file(key_file)
    if private is None and (secret := load_secret(secret_name)):
        private = _from_hex(secret)
    if private is not None and len(private) != KEY_BYTES:
        raise InvalidInput(
            say("The signing key of this computer is damaged."),
            advice=say(
                "Remove {key_file} (or “{secret_name}” in the keyring); a manager then enrols this till again.",
                key_file=key_file,
                secret_name=secret_name,
            ),
        )
    if private is None:
        private, _ = new_signing_key()
        _keep(state_folder, machine_key, private)
    return TillIdentity(machine_key, private, public_key_of(private).hex())


def own_identity(state_folder: Path) -> TillIdentity:
    """Read or make who this computer is. Raises CannotConnect when its folder cannot be written."""
    try:
        return load_identity(state_folder)
    except OSError as error:
        raise CannotConnect(
            say(
                "Foyer cannot keep its files in {folder}: {reason}.",
                folder=state_folder,
                reason=why_disk(error),
            ),
            advice=say("Check the rights of this folder, or name another one with FOYER_STATE."),
        ) from error


def renew_signing_key(state_folder: Path, identity: TillIdentity) -> TillIdentity:
    """Make another signing key for this computer and keep it in the place of the one before.

    Raises CannotConnect when it cannot be kept; the one before is then kept still.
    """
    from pos_app.documents.ticket_codes import new_signing_key, public_key_of

    private, _ = new_signing_key()
    try:
        _keep(state_folder, identity.machine_key, private)
    except OSError as error:
        raise CannotConnect(
            say(
                "The new signing key cannot be kept in {folder}: {reason}.",
                folder=state_folder,
                reason=why_disk(error),
            ),
            advice=say("Check the rights of this folder."),
        ) from error
    return TillIdentity(identity.machine_key, private, public_key_of(private).hex())


def _keep(state_folder: Path, machine_key: str, private: bytes) -> None:
    key_file = state_folder / _KEY_FILE
    # What is in the file is found first, so a key in the keyring must not stand beside another one there.
    if not key_file.exists() and save_secret(_secret_name(machine_key), private.hex()):
        return
    write_whole(key_file, private)


def _secret_name(machine_key: str) -> str:
    return f"signing key of {machine_key}"


def _from_hex(secret: str) -> bytes:
    try:
        return bytes.fromhex(secret)
    except ValueError:
        return b""
