"""Passwords and PINs of staff: judged and hashed outside the transaction, for hashing is slow on purpose."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos_app.domain.editing import FieldRefused
from pos_app.services.staff.members import add_staff_member, set_password, set_pin
from pos_app.services.staff.passwords import account_problems, hash_secret

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pos_app.db.database import Database
    from pos_app.domain.roles import Actor
    from pos_app.domain.sentences import Sentence
    from pos_app.domain.staff.members import StaffDraft, StaffRecord


def add_member(database: Database, actor: Actor, wanted: StaffDraft, password: str, pin: str) -> StaffRecord:
    """Make a staff member; pin may be empty. Raises as add_staff_member; FieldRefused for all fields at once."""
    _require_none(account_problems(name=wanted.name, password=password, pin=pin))
    pin_hash = hash_secret(pin) if pin else ""
    return database.transact(
        add_staff_member,
        actor,
        wanted,
        password_hash=hash_secret(password),
        pin_hash=pin_hash,
        pin_digits=len(pin),
    )


def change_password(database: Database, actor: Actor, staff_id: int, password: str) -> None:
    """Give somebody another password. Raises FieldRefused, NotPermitted, NotFound."""
    _require_none(account_problems(password=password))
    database.transact(set_password, actor, staff_id, hash_secret(password))


def change_pin(database: Database, actor: Actor, staff_id: int, pin: str) -> None:
    """Give somebody another PIN, or none (empty). Raises FieldRefused, NotPermitted, NotFound."""
    _require_none(account_problems(pin=pin))
    database.transact(set_pin, actor, staff_id, hash_secret(pin) if pin else "", len(pin))


def _require_none(problems: Mapping[str, Sentence]) -> None:
    if problems:
        raise FieldRefused(problems)
