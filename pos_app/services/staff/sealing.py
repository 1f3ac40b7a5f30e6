r"""Hashes of PINs, sealed under the pepper of the house: whoever has stolen the database alone cannot try them.

    "sealed:" + base64url(nonce (12) + AES-256-GCM(hash, b"foyer pin\0" + the person's id, 8 bytes big-endian))

The associated data keep one person's PIN from being put under another one's name. It takes some microseconds.
"""

from __future__ import annotations

import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_MARK: Final = "sealed:"
_CONTEXT: Final = b"foyer pin\0"
_NONCE_BYTES: Final = 12


def is_sealed(stored: str) -> bool:
    """Tell whether this is a sealed hash, whoever can open it."""
    return stored.startswith(_MARK)


def seal_pin(pepper: bytes, staff_id: int, pin_hash: str) -> str:
    """Seal the hash of somebody's PIN; an empty one (no PIN) stays empty."""
    if not pin_hash:
        return ""
    nonce = secrets.token_bytes(_NONCE_BYTES)
    sealed = AESGCM(pepper).encrypt(nonce, pin_hash.encode(), _of(staff_id))
    return _MARK + urlsafe_b64encode(nonce + sealed).decode()


def open_pin(pepper: bytes, staff_id: int, stored: str) -> str | None:
    """Return the hash that was sealed for this person under this pepper; None for anything else."""
    try:
        raw = urlsafe_b64decode(stored.removeprefix(_MARK)) if is_sealed(stored) else b""
        return AESGCM(pepper).decrypt(raw[:_NONCE_BYTES], raw[_NONCE_BYTES:], _of(staff_id)).decode()
    except (InvalidTag, ValueError):
        return None


def _of(staff_id: int) -> bytes:
    return _CONTEXT + staff_id.to_bytes(8, "big")
