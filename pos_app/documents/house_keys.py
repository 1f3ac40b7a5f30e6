r"""The house key and the pepper: made once, kept wrapped, and what the key vouches for.

What is secret of a house is 64 bytes: the pepper (32), under which hashes of PINs are sealed, and the private half of
the house key (32, Ed25519), which signs the keys of tills. They are stored only wrapped: AES-256-GCM under a key that
argon2id makes of a manager's password, or of the code of the recovery sheet, with a salt of its own. The associated
data bind a wrap to its house and to its owner, so that none can be handed to another:

    sealed = nonce (12) + AES-GCM(pepper + private key, b"foyer house key\0" + public key (32) + owner)

A signature of a till's key is one over b"foyer till key\0" + the till's id (8 bytes, big-endian) + the key (32).
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

PEPPER_BYTES: Final = 32
_KEY_BYTES: Final = 32
_SALT_BYTES: Final = 16
_NONCE_BYTES: Final = 12
_WRAP_CONTEXT: Final = b"foyer house key\0"
_TILL_CONTEXT: Final = b"foyer till key\0"
_CHECK_CONTEXT: Final = b"foyer pepper\0"
_TIME_COST: Final = 3
_MEMORY_KIB: Final = 65_536
_LANES: Final = 4


@dataclass(frozen=True, slots=True)
class HouseKeys:
    """All that is secret of a house; neither is ever shown, logged or stored as it is."""

    pepper: bytes = field(repr=False)
    private_key: bytes = field(repr=False)

    @property
    def public_key(self) -> str:
        """Return the half that everybody may know: 64 hexadecimal digits."""
        return Ed25519PrivateKey.from_private_bytes(self.private_key).public_key().public_bytes_raw().hex()

    @property
    def pepper_check(self) -> str:
        """Return by what a pepper is known to be the one of this house, and from which it cannot be told."""
        return check_of(self.pepper)

    def sign_till_key(self, till_id: int, public_key: str) -> str:
        """Vouch for the key (hex) of a till: 128 hexadecimal digits."""
        private = Ed25519PrivateKey.from_private_bytes(self.private_key)
        return private.sign(_till_message(till_id, public_key)).hex()


@dataclass(frozen=True, slots=True)
class WrappingKey:
    """A key made of a password or a code, and the salt (hex) by which it is made again."""

    salt: str
    key: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Wrapped:
    """House keys as they are stored: salt and sealed, in hexadecimal digits."""

    salt: str
    sealed: str = field(repr=False)


def new_house_keys() -> HouseKeys:
    """Make a pepper and a house key."""
    return HouseKeys(secrets.token_bytes(PEPPER_BYTES), Ed25519PrivateKey.generate().private_bytes_raw())


def check_of(pepper: bytes) -> str:
    """Return what is stored of a pepper, to know it again: 64 hexadecimal digits."""
    return hmac.new(pepper, _CHECK_CONTEXT, hashlib.sha256).hexdigest()


def wrapping_key(secret: str, salt: str = "") -> WrappingKey:
    """Make a key of a password or code, with a new salt unless one is given. Slow on purpose, outside transactions."""
    from argon2.low_level import Type, hash_secret_raw

    salt = salt or secrets.token_hex(_SALT_BYTES)
    key = hash_secret_raw(
        secret.encode("utf-8", "surrogatepass"),
        bytes.fromhex(salt),
        time_cost=_TIME_COST,
        memory_cost=_MEMORY_KIB,
        parallelism=_LANES,
        hash_len=_KEY_BYTES,
        type=Type.ID,
    )
    return WrappingKey(salt, key)


def wrap(keys: HouseKeys, key: WrappingKey, owner: int | None) -> Wrapped:
    """Seal the keys of a house. owner: the staff id of a manager; None: the recovery sheet."""
    nonce = secrets.token_bytes(_NONCE_BYTES)
    sealed = AESGCM(key.key).encrypt(nonce, keys.pepper + keys.private_key, _owned(keys.public_key, owner))
    return Wrapped(key.salt, (nonce + sealed).hex())


def unwrap(wrapped: Wrapped, secret: str, owner: int | None, public_key: str) -> HouseKeys | None:
    """Open what wrap() has sealed for this owner of this house; None where the secret does not. Slow, as it must be."""
    try:
        sealed, salt = bytes.fromhex(wrapped.sealed), wrapped.salt
        opener = AESGCM(wrapping_key(secret, salt).key)
        opened = opener.decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], _owned(public_key, owner))
        keys = HouseKeys(opened[:PEPPER_BYTES], opened[PEPPER_BYTES:])
        is_ours = keys.public_key == public_key
    except (InvalidTag, ValueError):
        return None
    return keys if is_ours else None


@lru_cache(maxsize=1024)
def till_key_is_signed(house_key: str, till_id: int, public_key: str, signature: str | None) -> bool:
    """Tell whether the house key (hex) vouches for a till's key. What was found is remembered: gates ask at each scan.

    A signature holds for ever; what ends it is the revocation of the till's key, which is looked up each time.
    """
    try:
        signed = bytes.fromhex(signature or "")
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(house_key)).verify(signed, _till_message(till_id, public_key))
    except (InvalidSignature, ValueError):
        return False
    return True


def _owned(public_key: str, owner: int | None) -> bytes:
    return _WRAP_CONTEXT + bytes.fromhex(public_key) + (b"recovery" if owner is None else b"staff %d" % owner)


def _till_message(till_id: int, public_key: str) -> bytes:
    return _TILL_CONTEXT + till_id.to_bytes(8, "big") + bytes.fromhex(public_key)
