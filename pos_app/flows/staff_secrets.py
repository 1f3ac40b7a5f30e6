"""Passwords and PINs of staff: judged and hashed outside the transaction, for hashing is slow on purpose."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos_app.documents.house_keys import wrapping_key
from pos_app.domain.editing import FieldRefused
from pos_app.domain.errors import SignInRefused
from pos_app.domain.roles import Role
from pos_app.domain.sentences import say_in_turn
from pos_app.flows.house_keys import open_or_make_keys, own_pepper
from pos_app.flows.sign_in import require_own_password
from pos_app.services.staff.house_keys import ManagerSecrets
from pos_app.services.staff.members import add_staff_member, save_staff_member
from pos_app.services.staff.new_secrets import set_password, set_pin
from pos_app.services.staff.passwords import account_problems, hash_secret

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pos_app.db.database import Database
    from pos_app.domain.roles import Actor
    from pos_app.domain.sentences import Sentence
    from pos_app.domain.staff.members import StaffDraft, StaffRecord


def add_member(
    database: Database, actor: Actor, wanted: StaffDraft, password: str, pin: str, own_password: str = ""
) -> StaffRecord:
    """Make a staff member; pin may be empty. own_password: of who acts, asked for where a manager is made.

    Raises as add_staff_member; FieldRefused for all fields at once; HouseKeyNeeded.
    """
    _require_none(account_problems(name=wanted.name, password=password, pin=pin))
    new = _manager_secrets(database, actor, password, own_password) if wanted.role is Role.MANAGER else None
    pin_hash = hash_secret(pin) if pin else ""
    return database.transact(
        add_staff_member,
        actor,
        wanted,
        password_hash=hash_secret(password) if new is None else new.password_hash,
        pin_hash=pin_hash,
        pin_digits=len(pin),
        pepper=own_pepper(database) if pin else None,
        keys=None if new is None else new.keys,
        password_key=None if new is None else new.password_key,
    )


def make_manager(
    database: Database, actor: Actor, before: StaffRecord, wanted: StaffDraft, password: str, own_password: str
) -> StaffRecord:
    """Make somebody a manager who works here already, with a new password: the keys of the house are wrapped by it.

    Raises as save_staff_member; FieldRefused, HouseKeyNeeded.
    """
    _require_none(account_problems(name=wanted.name, password=password))
    new = _manager_secrets(database, actor, password, own_password)
    return database.transact(save_staff_member, actor, before, wanted, new)


def change_password(
    database: Database, actor: Actor, staff_id: int, password: str, own_password: str | None = None
) -> None:
    """Give somebody another password. own_password: of who acts, asked for where it is a manager's that changes.

    Raises FieldRefused, NotPermitted, NotFound, HouseKeyNeeded.
    """
    _require_none(account_problems(password=password))
    if own_password is None:
        database.transact(set_password, actor, staff_id, hash_secret(password))
        return
    new = _manager_secrets(database, actor, password, own_password)
    database.transact(set_password, actor, staff_id, new.password_hash, new.keys, new.password_key)


def change_pin(database: Database, actor: Actor, staff_id: int, pin: str) -> None:
    """Give somebody another PIN, or none (empty). Raises FieldRefused, NotPermitted, NotFound, HouseKeyNeeded."""
    _require_none(account_problems(pin=pin))
    pepper = own_pepper(database) if pin else None
    database.transact(set_pin, actor, staff_id, hash_secret(pin) if pin else "", len(pin), pepper)


def _manager_secrets(database: Database, actor: Actor, password: str, own_password: str) -> ManagerSecrets:
    """Open the keys of the house by the password of who acts, and make ready what wraps them for another manager.

    Raises FieldRefused (the password of who acts is not right), HouseKeyNeeded.
    """
    try:
        require_own_password(database, actor, own_password)
    except SignInRefused as refusal:
        raise FieldRefused({"own_password": say_in_turn(refusal.message, refusal.advice)}) from None
    keys = open_or_make_keys(database, actor, own_password)
    return ManagerSecrets(hash_secret(password), keys, wrapping_key(password))


def _require_none(problems: Mapping[str, Sentence]) -> None:
    if problems:
        raise FieldRefused(problems)
