"""A million forged codes, of every kind that a forger without a till's private key can make; left to the long run."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Final

import pytest

from pos_app.documents.ticket_codes import (
    TicketClaim,
    TicketCodeRefused,
    new_signing_key,
    read_ticket,
    sign_ticket,
    verify_ticket,
)

if TYPE_CHECKING:
    from collections.abc import Callable

FORGED_OF_EACH_KIND: Final = 100_000
# The order of the group of Ed25519 (RFC 8032, 5.1): S + L gives the same point, and must be refused all the same.
_ORDER: Final = 2**252 + 27742317777372353535851937790883648493
_SIGNATURE_BITS: Final = 512
_KEY, _OTHER_KEY, _REVOKED_KEY = 7, 8, 9

PRIVATE, PUBLIC = new_signing_key()
OTHER_PRIVATE, OTHER_PUBLIC = new_signing_key()
STRANGER, _ = new_signing_key()
REVOKED, _ = new_signing_key()
KEYS: Final = {_KEY: PUBLIC, _OTHER_KEY: OTHER_PUBLIC}
GENUINE: Final = tuple(sign_ticket(PRIVATE, TicketClaim(_KEY, 42, serial, 1)) for serial in range(1, 200))


def _any_claim(dice: random.Random, key_id: int = _KEY) -> TicketClaim:
    return TicketClaim(key_id, dice.randrange(1, 60), dice.randrange(1, 100_000), dice.randrange(1, 4))


def _written(number: int) -> str:
    return str(number % 2**656).zfill(198)


def _one_bit_turned(dice: random.Random) -> str:
    return _written(int(dice.choice(GENUINE)) ^ 1 << dice.randrange(656))


def _several_bits_turned(dice: random.Random) -> str:
    number = int(dice.choice(GENUINE))
    for bit in dice.sample(range(656), dice.randrange(2, 40)):
        number ^= 1 << bit
    return _written(number)


def _body_exchanged(dice: random.Random) -> str:
    """Another ticket's signature under this ticket's words."""
    one, other = dice.sample(GENUINE, 2)
    return _written(int(one) >> _SIGNATURE_BITS << _SIGNATURE_BITS | int(other) % 2**_SIGNATURE_BITS)


def _by_a_stranger(dice: random.Random) -> str:
    return sign_ticket(STRANGER, _any_claim(dice))


def _under_another_tills_name(dice: random.Random) -> str:
    return sign_ticket(OTHER_PRIVATE, _any_claim(dice))


def _by_a_key_that_is_no_longer_taken(dice: random.Random) -> str:
    return sign_ticket(REVOKED, _any_claim(dice, _REVOKED_KEY))


def _counted_once_round(dice: random.Random) -> str:
    """The same signature with its scalar beyond the order of the group."""
    number = int(dice.choice(GENUINE))
    raw = bytearray(number.to_bytes(82, "big"))
    scalar = int.from_bytes(raw[50:82], "little") + _ORDER * dice.randrange(1, 15)
    raw[50:82] = (scalar % 2**256).to_bytes(32, "little")
    return _written(int.from_bytes(raw, "big"))


def _of_small_points(dice: random.Random) -> str:
    """A signature of points of small order, and of scalars that are nothing or one."""
    point = dice.choice((bytes(32), b"\x01" + bytes(31), b"\xec" + b"\xff" * 30 + b"\x7f", b"\xff" * 32))
    scalar = dice.choice((0, 1, _ORDER, _ORDER - 1, dice.randrange(_ORDER))).to_bytes(32, "little")
    body = int(sign_ticket(STRANGER, _any_claim(dice))) >> _SIGNATURE_BITS
    return _written(body << _SIGNATURE_BITS | int.from_bytes(point + scalar, "big"))


def _any_signature(dice: random.Random) -> str:
    body = int(sign_ticket(STRANGER, _any_claim(dice))) >> _SIGNATURE_BITS
    return _written(body << _SIGNATURE_BITS | dice.getrandbits(_SIGNATURE_BITS))


def _any_digits(dice: random.Random) -> str:
    """Of our form, whatever the rest says."""
    return _written(1 << 648 | dice.getrandbits(648))


@pytest.mark.soak
@pytest.mark.parametrize(
    "forge",
    [
        _one_bit_turned,
        _several_bits_turned,
        _body_exchanged,
        _by_a_stranger,
        _under_another_tills_name,
        _by_a_key_that_is_no_longer_taken,
        _counted_once_round,
        _of_small_points,
        _any_signature,
        _any_digits,
    ],
    ids=lambda forge: forge.__name__.strip("_"),
)
def test_no_forged_code_passes(forge: Callable[[random.Random], str]) -> None:
    dice = random.Random(forge.__name__)
    genuine = frozenset(GENUINE)
    of_our_form = 0
    for _ in range(FORGED_OF_EACH_KIND):
        code = forge(dice)
        assert code not in genuine
        of_our_form += read_ticket(code) is not None
        with pytest.raises(TicketCodeRefused):
            verify_ticket(code, KEYS)
    assert of_our_form > FORGED_OF_EACH_KIND * 0.5, "forged too badly to prove anything"
    assert verify_ticket(dice.choice(GENUINE), KEYS).key_id == _KEY
