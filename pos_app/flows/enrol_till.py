"""Making a till known to the gates: by the key that it has, or by a new one where that was revoked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos_app.computer.identity import renew_signing_key
from pos_app.domain.errors import RightsMissing
from pos_app.domain.sentences import say
from pos_app.services.tills.registering import KeyNotUsable, enrol_key, join_till

if TYPE_CHECKING:
    from pathlib import Path

    from pos_app.computer.identity import TillIdentity
    from pos_app.db.database import Database
    from pos_app.domain.roles import Actor
    from pos_app.domain.staff.sign_in import Person
    from pos_app.services.tills.registering import KnownTill


def enrol_till(
    database: Database, actor: Actor, identity: TillIdentity, state_folder: Path
) -> tuple[TillIdentity, int]:
    """Enrol the key of the actor's till; returns its identity from now on, and the id of the key.

    Cut off after the new key was kept, the till has a key that nobody knows yet: the next sign-in offers to enrol it.
    Raises NotPermitted, InvalidInput, CannotConnect (the new key cannot be kept), RightsMissing (a counter's account
    enrols nobody).
    """
    try:
        return identity, database.transact(enrol_key, actor, identity.public_key)
    except RightsMissing as error:
        raise error.advising(
            say("Open Foyer here once as an office's account, by “foyer --database URL”, and enrol this till then.")
        ) from error
    except KeyNotUsable:
        renewed = renew_signing_key(state_folder, identity)
        return renewed, database.transact(enrol_key, actor, renewed.public_key)


def join_by_manager(
    database: Database, manager: Person, till_name: str, identity: TillIdentity, state_folder: Path
) -> KnownTill:
    """Make this computer a till and enrol its key, both or neither. Raises as enrol_till does."""
    try:
        return database.transact(join_till, identity.machine_key, till_name, identity.public_key, manager)
    except KeyNotUsable:
        renewed = renew_signing_key(state_folder, identity)
        return database.transact(join_till, renewed.machine_key, till_name, renewed.public_key, manager)
