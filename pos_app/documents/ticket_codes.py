r"""The signed code in a ticket's QR symbol: a gate can judge it without the server.

The code is 82 bytes, all integers big-endian:

    offset  bytes  what
    0       1      version of this form, 1
    1       3      id of the till's signing key (till_key)
    4       4      performance
    8       8      serial of the ticket
    16      2      issue count: 1 for the first print, one more for each reprint
    18      64     Ed25519 signature (RFC 8032) over b"foyer ticket\0" and the 18 bytes before

The words before the body keep a signature that the same key made for another purpose from passing as a ticket.

The 82 bytes are read as one integer and written in decimal with leading zeros: 198 digits, always (2**656 has 198).
Digits are what QR codes pack most densely (numeric mode: version 5, 37 modules, at error correction M). They are also
what survives best of a scanner that types: of 577 keyboards of xkeyboard-config 374 type its digits as they are, and
the rows of most others can be turned back (pos_app.domain.door.readings). In base 45 the same bytes are 120 characters
in a symbol of the same size, but 77 keyboards type all of them right; in base 36 they are 127, the symbol is larger,
and 154 do.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from pos_app.domain.codes import SIGNED_CODE_DIGITS

if TYPE_CHECKING:
    from collections.abc import Mapping

_VERSION: Final = 1
_CONTEXT: Final = b"foyer ticket\0"
_FIELDS: Final = (("key_id", 3), ("performance_id", 4), ("serial", 8), ("issue_count", 2))
_BODY_BYTES: Final = 18
_CODE_BYTES: Final = _BODY_BYTES + 64


class TicketCodeRefused(Exception):
    """A code that is not a valid ticket code; which of the three, its class says."""


class NotOurCode(TicketCodeRefused):
    """Not of our form at all: a web address, another house's code, nothing."""


class UnknownKey(TicketCodeRefused):
    """Of our form, but the key that it names is not known here or was revoked.

    key_id: the key it names.
    """

    def __init__(self, key_id: int) -> None:
        super().__init__(f"No key {key_id}")
        self.key_id = key_id


class ForgedCode(TicketCodeRefused):
    """Of our form and naming a known key, but that key did not sign it: forged, or damaged on its way."""


@dataclass(frozen=True, slots=True)
class TicketClaim:
    """What a ticket code says: this print (issue_count) of this ticket (serial) admits to this performance."""

    key_id: int
    performance_id: int
    serial: int
    issue_count: int


@dataclass(frozen=True, slots=True)
class SignedTicket:
    """A code of our form taken apart; nothing is proven before verify_ticket has said so."""

    claim: TicketClaim
    body: bytes
    signature: bytes


def new_signing_key() -> tuple[bytes, bytes]:
    """Return a new key pair of a till: 32 bytes private (never leave the machine), 32 bytes public (enrolled)."""
    private = Ed25519PrivateKey.generate()
    return private.private_bytes_raw(), private.public_key().public_bytes_raw()


def public_key_of(private_key_bytes: bytes) -> bytes:
    """Return the 32 public bytes that belong to a private key. Raises ValueError unless that is 32 bytes long."""
    return Ed25519PrivateKey.from_private_bytes(private_key_bytes).public_key().public_bytes_raw()


def sign_ticket(private_key_bytes: bytes, claim: TicketClaim) -> str:
    """Return the ticket code of a claim: 198 decimal digits.

    Raises ValueError when the key is not 32 bytes or a number of the claim does not fit its field.
    """
    body = _body_of(claim)
    signature = Ed25519PrivateKey.from_private_bytes(private_key_bytes).sign(_CONTEXT + body)
    return str(int.from_bytes(body + signature, "big")).zfill(SIGNED_CODE_DIGITS)


def read_ticket(code: str) -> SignedTicket | None:
    """Take a code apart without verifying it; None when it is not of our form. Never raises."""
    if len(code) != SIGNED_CODE_DIGITS or not (code.isascii() and code.isdigit()):
        return None
    number = int(code)
    if number.bit_length() > 8 * _CODE_BYTES:
        return None
    raw = number.to_bytes(_CODE_BYTES, "big")
    if raw[0] != _VERSION:
        return None
    body = raw[:_BODY_BYTES]
    return SignedTicket(_claim_of(body), body, raw[_BODY_BYTES:])


def verify_ticket(code: str, public_keys: Mapping[int, bytes]) -> TicketClaim:
    """Return what a code claims, proven by the key that it names; public_keys: the enrolled keys by their id.

    Raises NotOurCode, UnknownKey or ForgedCode (all TicketCodeRefused).
    """
    ticket = read_ticket(code)
    if ticket is None:
        raise NotOurCode
    key = public_keys.get(ticket.claim.key_id)
    if key is None:
        raise UnknownKey(ticket.claim.key_id)
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(ticket.signature, _CONTEXT + ticket.body)
    except InvalidSignature:
        raise ForgedCode from None
    return ticket.claim


def _body_of(claim: TicketClaim) -> bytes:
    body = bytearray([_VERSION])
    for name, width in _FIELDS:
        value: int = getattr(claim, name)
        if not 0 <= value < 1 << 8 * width:
            raise ValueError(f"{name} {value} does not fit into {width} bytes")
        body += value.to_bytes(width, "big")
    return bytes(body)


def _claim_of(body: bytes) -> TicketClaim:
    values: dict[str, int] = {}
    offset = 1
    for name, width in _FIELDS:
        values[name] = int.from_bytes(body[offset : offset + width], "big")
        offset += width
    return TicketClaim(**values)
