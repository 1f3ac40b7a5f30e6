"""The keys of the house: opened by a manager's password, made where there are none, and what this computer keeps."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Final

from pos_app.computer.house_keys import KeptKeys
from pos_app.documents.house_keys import new_house_keys, unwrap, wrapping_key
from pos_app.domain.errors import HouseKeyNeeded, PosError
from pos_app.domain.roles import Permission
from pos_app.domain.sentences import say
from pos_app.services.staff.house_keys import load_keys_of, make_house_keys
from pos_app.services.tills.house_keys import load_house_key

if TYPE_CHECKING:
    from pos_app.db.database import Database
    from pos_app.documents.house_keys import HouseKeys
    from pos_app.domain.roles import Actor
    from pos_app.services.tills.house_keys import KnownHouseKey

_log: Final = logging.getLogger(__name__)


def kept_keys(database: Database) -> KeptKeys | None:
    """Return where this computer keeps its part of the house's keys; None where it keeps nothing."""
    return None if database.place is None else KeptKeys(database.place, database.address.house_name())


def kept_pepper(database: Database, known: KnownHouseKey | None) -> bytes | None:
    """Return the pepper of a house, as far as this computer has it. Raises CannotConnect: it cannot be read."""
    kept = kept_keys(database)
    return None if kept is None or known is None else kept.pepper(known.public_key, known.pepper_check)


def own_pepper(database: Database) -> bytes | None:
    """As kept_pepper, of the house that this database is of."""
    return kept_pepper(database, database.read(load_house_key))


def open_keys(database: Database, staff_id: int, password: str) -> HouseKeys | None:
    """Open the keys of the house by the password of a manager, which was judged before; None: the house has none.

    Slow, as a hash is. Raises HouseKeyNeeded where this manager's password does not open them.
    """
    public_key, wrapped = database.read(load_keys_of, staff_id)
    if not public_key:
        return None
    keys = None if wrapped is None else unwrap(wrapped, password, staff_id, public_key)
    if keys is None:
        raise HouseKeyNeeded(
            say("Your password does not open the key of this house yet."),
            advice=say("A manager whose password does gives you a new one, under Manage, Staff."),
        )
    return keys


def make_keys(database: Database, actor: Actor, password: str) -> HouseKeys | None:
    """Make the keys of a house that has none; returns them, or None where another computer was first.

    Raises PosError where the database account of this computer may not.
    """
    keys, password_key = new_house_keys(), wrapping_key(password)
    return keys if database.transact(make_house_keys, actor, keys, password_key) else None


def open_or_make_keys(database: Database, actor: Actor, password: str) -> HouseKeys | None:
    """Open the keys, or make them where there are none, and keep this computer's part of them.

    None: there are none, and this computer's account may not make them. Raises HouseKeyNeeded, CannotConnect.
    """
    keys = open_keys(database, actor.staff_id, password)
    if keys is None:
        try:
            keys = make_keys(database, actor, password)
        except PosError as refusal:
            _log.info("The house gets no keys from this computer: %s", refusal.message)
            return None
        if keys is None:
            keys = open_keys(database, actor.staff_id, password)
    if keys is not None and (kept := kept_keys(database)) is not None:
        kept.keep(keys)
    return keys


def take_part(database: Database, actor: Actor, password: str, known: KnownHouseKey | None) -> None:
    """After a sign-in by password: give the house its keys, or this computer its part of them, as far as it goes.

    Nobody is kept out for it: what does not work is written to the log, and tried again with the next sign-in. known:
    the house key as it was read with the sign-in.
    """
    kept = kept_keys(database)
    if kept is None:
        return
    try:
        if actor.may(Permission.ENROL_TILL) and not _has_its_part(kept, known):
            open_or_make_keys(database, actor, password)
        elif known is not None and not kept.pinned():
            kept.pin(known.public_key)
    except PosError as refusal:
        _log.warning("The keys of the house were not taken up: %s", refusal.message)


def pin_found(database: Database, known: KnownHouseKey | None) -> None:
    """Pin the key of the house that was found, where none is pinned yet; what cannot be kept is not."""
    kept = kept_keys(database)
    if kept is None or known is None:
        return
    try:
        if not kept.pinned():
            kept.pin(known.public_key)
    except PosError as refusal:
        _log.warning("The key of the house was not pinned: %s", refusal.message)


def _has_its_part(kept: KeptKeys, known: KnownHouseKey | None) -> bool:
    if known is None:
        return False
    try:
        return kept.pinned() == known.public_key and kept.pepper(known.public_key, known.pepper_check) is not None
    except PosError:
        return False
