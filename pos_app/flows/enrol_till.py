"""Making a till known to the gates: by the key that it has, or by a new one where that was revoked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos_app.computer.identity import renew_signing_key
from pos_app.domain.errors import RightsMissing
from pos_app.domain.roles import Permission, may
from pos_app.domain.sentences import say
from pos_app.flows.house_keys import kept_keys, open_keys, open_or_make_keys
from pos_app.flows.sign_in import require_own_password
from pos_app.services.tills.registering import KeyNotUsable, enrol_key, join_till

if TYPE_CHECKING:
    from pathlib import Path

    from pos_app.computer.identity import TillIdentity
    from pos_app.db.database import Database
    from pos_app.domain.roles import Actor
    from pos_app.domain.staff.sign_in import Person
    from pos_app.services.tills.registering import KnownTill


def enrol_till(
    database: Database, actor: Actor, identity: TillIdentity, state_folder: Path, password: str
) -> tuple[TillIdentity, int]:
    """Enrol the key of the actor's till; returns its identity from now on, and the id of the key.

    password: of who acts: it opens the key of the house, which signs the till's, and this computer gets the pepper.

    Cut off after the new key was kept, the till has a key that nobody knows yet: the next sign-in offers to enrol it.
    Raises SignInRefused, NotPermitted, InvalidInput, HouseKeyNeeded, CannotConnect (the new key cannot be kept),
    RightsMissing (a counter's account enrols nobody).
    """
    require_own_password(database, actor, password)
    keys = open_or_make_keys(database, actor, password)
    try:
        return identity, database.transact(enrol_key, actor, identity.public_key, keys)
    except RightsMissing as error:
        raise error.advising(
            say("Open Foyer here once as an office's account, by “foyer --database URL”, and enrol this till then.")
        ) from error
    except KeyNotUsable:
        renewed = renew_signing_key(state_folder, identity)
        return renewed, database.transact(enrol_key, actor, renewed.public_key, keys)


def join_by_manager(
    database: Database, manager: Person, password: str, till_name: str, identity: TillIdentity, state_folder: Path
) -> KnownTill:
    """Make this computer a till and enrol its key, both or neither; then it gets the pepper, and pins the house's key.

    manager, password: who was recognised by it. A house without keys gets them at the first sign-in of a manager.
    Raises as enrol_till does.
    """
    keys = open_keys(database, manager.staff_id, password) if may(manager.role, Permission.ENROL_TILL) else None
    try:
        till = database.transact(join_till, identity.machine_key, till_name, identity.public_key, manager, keys)
    except KeyNotUsable:
        renewed = renew_signing_key(state_folder, identity)
        till = database.transact(join_till, renewed.machine_key, till_name, renewed.public_key, manager, keys)
    if keys is not None and (kept := kept_keys(database)) is not None:
        kept.keep(keys)
    return till
