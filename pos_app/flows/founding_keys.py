"""The keys of a house that is founded, and its recovery sheet."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pos_app.documents.house_keys import new_house_keys, unwrap, wrapping_key
from pos_app.domain.errors import HouseKeyNeeded, InvalidInput, PosError
from pos_app.domain.sentences import say, say_in_turn
from pos_app.domain.staff.recovery import new_recovery_code, read_recovery_code
from pos_app.flows.house_keys import kept_keys, open_or_make_keys
from pos_app.flows.sign_in import recognise, require_own_password
from pos_app.services.founding import NewKeys
from pos_app.services.staff.entrance import load_house_name
from pos_app.services.staff.house_keys import (
    RECOVERY,
    load_keys_of,
    recover_manager,
    replace_house_keys,
    store_recovery,
)
from pos_app.services.staff.passwords import hash_secret, require_sound_password

if TYPE_CHECKING:
    from pos_app.db.database import Database
    from pos_app.domain.roles import Actor
    from pos_app.domain.sentences import Sentence
    from pos_app.services.founding import Founding


def with_keys(founding: Founding, password: str, code: str = "") -> Founding:
    """Return the founding with keys for the house. code: of the recovery sheet; "": none. Slow, as a hash is."""
    return replace(
        founding, keys=NewKeys(new_house_keys(), wrapping_key(password), wrapping_key(code) if code else None)
    )


def keep_new_keys(database: Database, founding: Founding) -> tuple[Sentence, ...]:
    """Keep this computer's part of new keys; returns what to tell where that fails: the house stands all the same."""
    kept = kept_keys(database)
    if kept is None or founding.keys is None:
        return ()
    try:
        kept.keep(founding.keys.keys)
    except PosError as refusal:
        return (say_in_turn(refusal.message, refusal.advice),)
    return ()


def make_recovery_sheet(database: Database, actor: Actor, password: str) -> tuple[str, str]:
    """Make a new recovery code, by the password of the manager who acts; returns house and code, to be shown once.

    The code of before opens nothing any more. Raises SignInRefused, NotPermitted, HouseKeyNeeded.
    """
    require_own_password(database, actor, password)
    keys = open_or_make_keys(database, actor, password)
    if keys is None:
        raise HouseKeyNeeded(
            say("This house has no key yet, and this computer's database account may not make one."),
            advice=say("A manager signs in once at a computer of the office."),
        )
    code = new_recovery_code()
    database.transact(store_recovery, actor, keys, wrapping_key(code))
    return database.read(load_house_name), code


def replace_keys(database: Database, name: str, password: str) -> tuple[str, str]:
    """Give a house other keys, by a manager whose password opens none; returns house and code of the recovery sheet.

    All PINs fall, for nobody can open them; gates believe the new key once a manager signs in there by password.
    Raises SignInRefused, NotPermitted.
    """
    manager = recognise(database, name, password)
    keys, code = new_house_keys(), new_recovery_code()
    database.transact(replace_house_keys, manager.staff_id, keys, wrapping_key(password), wrapping_key(code))
    if (kept := kept_keys(database)) is not None:
        kept.keep(keys)
    return database.read(load_house_name), code


def recover(database: Database, typed_code: str, name: str, password: str) -> str:
    """Give a manager of this name a new password by the code of the recovery sheet; returns the name as it is kept.

    This computer gets the pepper. Raises InvalidInput, HouseKeyNeeded (the code opens nothing), NotFound.
    """
    code = read_recovery_code(typed_code)
    require_sound_password(password)
    public_key, wrapped = database.read(load_keys_of, RECOVERY)
    if wrapped is None:
        raise InvalidInput(
            say("This house has no recovery sheet."), advice=say("A manager makes one under Manage, Staff.")
        )
    keys = unwrap(wrapped, code, RECOVERY, public_key)
    if keys is None:
        raise HouseKeyNeeded(
            say("This code does not open the key of this house."),
            advice=say("Look for a newer recovery sheet: each one voids those before it."),
        )
    found = database.transact(recover_manager, name, hash_secret(password), keys, wrapping_key(password))
    if (kept := kept_keys(database)) is not None:
        kept.keep(keys)
    return found
