"""Staff members: making them, and how a password or PIN is kept."""

from __future__ import annotations

import base64
import secrets
import unicodedata
from functools import cache
from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from pos_app.db.clock import utc_now
from pos_app.db.models import StaffMember
from pos_app.db.results import insert_row
from pos_app.domain.card_numbers import refuse_card_number
from pos_app.domain.errors import InvalidInput
from pos_app.domain.sentences import Sentence, say
from pos_app.domain.staff.pins import LONGEST_PIN, SHORTEST_PIN
from pos_app.domain.texts import clean_line
from pos_app.domain.texts import name_key as key_of
from pos_app.services.staff.pin_lengths import note_pin_length
from pos_app.services.staff.secrets import store_secret

if TYPE_CHECKING:
    from argon2 import PasswordHasher
    from sqlalchemy.orm import Session

    from pos_app.domain.roles import Role

SHORTEST_PASSWORD: Final = 8
LONGEST_PASSWORD: Final = 200
LONGEST_NAME: Final = 80
_LONGEST_TYPED: Final = 200


@cache
def _hasher() -> PasswordHasher:
    from argon2 import PasswordHasher

    return PasswordHasher()


@cache
def _nobodys_hash() -> str:
    """Return what looks like a hash and is none of anything, made without hashing: the first look at it is no slower.

    PHC string format of argon2id, with the parameters that secrets are hashed by now; whoever looks at it hashes once.
    """
    hasher = _hasher()
    salt, digest = (
        base64.b64encode(secrets.token_bytes(length)).decode().rstrip("=")
        for length in (hasher.salt_len, hasher.hash_len)
    )
    costs = f"m={hasher.memory_cost},t={hasher.time_cost},p={hasher.parallelism}"
    return f"$argon2id$v=19${costs}${salt}${digest}"


def name_key(name: str) -> str:
    """Return a name as it is compared (domain/texts.py), as far as it is kept."""
    return key_of(clean_line(name, _LONGEST_TYPED))[:_LONGEST_TYPED]


def hash_secret(secret: str) -> str:
    """Return the argon2id hash of a password or PIN."""
    return _hasher().hash(secret)


def secret_matches(stored: str, secret: str) -> bool:
    """Tell whether a password or PIN is the one that was hashed. Slow on purpose; never inside a transaction."""
    from argon2.exceptions import Argon2Error, InvalidHashError

    if len(secret) > LONGEST_PASSWORD:
        return False
    try:
        # Where there is no such person a hash is looked at all the same, so that the time does not tell.
        _hasher().verify(stored or _nobodys_hash(), secret)
    except (Argon2Error, InvalidHashError, UnicodeEncodeError):
        return False
    return bool(stored)


def require_sound_name(name: str) -> str:
    """Return the name without outer spaces. Raises InvalidInput when it is empty or too long."""
    cleaned = clean_line(name, _LONGEST_TYPED)
    if not cleaned:
        raise InvalidInput(say("A name is needed."), field="name")
    if len(cleaned) > LONGEST_NAME:
        raise InvalidInput(
            say("That name is too long ({longest} letters at the most).", longest=LONGEST_NAME), field="name"
        )
    refuse_card_number(cleaned, "name")
    return cleaned


def require_sound_password(password: str) -> None:
    """Raise InvalidInput when a password is too short or too long, or holds half a character."""
    if any(unicodedata.category(letter) == "Cs" for letter in password):
        raise InvalidInput(say("This password cannot be kept: a character of it is not whole."), field="password")
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        raise InvalidInput(
            say(
                "A password has {shortest} to {longest} characters.",
                shortest=SHORTEST_PASSWORD,
                longest=LONGEST_PASSWORD,
            ),
            field="password",
        )


def require_sound_pin(pin: str, *, shortest: int = SHORTEST_PIN) -> None:
    """Raise InvalidInput unless a PIN is empty (none) or of four to eight ASCII digits. shortest: for a manager six."""
    if pin and not (pin.isascii() and pin.isdigit() and shortest <= len(pin) <= LONGEST_PIN):
        if shortest == SHORTEST_PIN:
            raise InvalidInput(say("A PIN has four to eight digits."), field="pin")
        raise InvalidInput(say("A manager's PIN has six to eight digits."), field="pin")


def account_problems(*, name: str | None = None, password: str | None = None, pin: str = "") -> dict[str, Sentence]:
    """Return what cannot be of an account, a sentence by field, all at once. None: it is not asked about."""
    found: dict[str, Sentence] = {}
    for field, typed, look in (
        ("name", name, require_sound_name),
        ("password", password, require_sound_password),
        ("pin", pin, require_sound_pin),
    ):
        try:
            if typed is not None:
                look(typed)
        except InvalidInput as refused:
            found[field] = refused.message
    return found


def create_staff_member(
    session: Session,
    *,
    name: str,
    role: Role,
    password_hash: str,
    pin_hash: str = "",
    pin_digits: int = 0,
    pepper: bytes | None = None,
) -> int:
    """Store a staff member (secrets hashed before, outside the transaction); returns the id.

    pin_digits: how many the PIN has; 0: not known. pepper: under which it is sealed, once the house has one.

    Raises InvalidInput when the name is taken, HouseKeyNeeded.
    """
    cleaned = require_sound_name(name)
    key = name_key(cleaned)
    if session.execute(select(StaffMember.id).where(StaffMember.name_key == key)).first() is not None:
        raise InvalidInput(say("There is a staff member named “{name}” already.", name=cleaned), field="name")
    staff_id = insert_row(
        session,
        StaffMember,
        name=cleaned,
        name_key=key,
        role=role,
        created_at=utc_now(),
    )
    store_secret(session, staff_id, password_hash=password_hash, pin_hash=pin_hash, pepper=pepper)
    if pin_hash:
        note_pin_length(session, staff_id, pin_digits)
    return staff_id
