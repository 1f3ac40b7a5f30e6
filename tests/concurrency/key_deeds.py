"""Managers who give a house its keys at the same moment, and somebody who chooses a PIN meanwhile."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pos_app.flows.sign_in import sign_in, sign_in_by_pin
from pos_app.services.staff import secrets
from pos_app.services.staff.new_secrets import set_pin
from pos_app.services.staff.passwords import hash_secret
from pos_app.services.tills.house_keys import KnownHouseKey, load_house_key, lock_house_key
from pos_app.services.tills.registering import KnownTill
from tests.concurrency.till import change

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from tests.concurrency.till import Till


def sign_in_as_manager(till: Till, *, password: str, folder: str) -> str:
    """Sign in by password; tells the key that this computer has pinned."""
    till.database.place = Path(folder)
    known = KnownTill(till.actor.till_id, till.actor.till_name, 0, "a4", "")
    till.say("going")
    till.patiently(lambda: sign_in(till.database, known, till.actor.name, password))
    return "".join(file.read_text() for file in Path(folder).glob("house-key-*"))


def come_in_by_pin(till: Till, *, pin: str, folder: str) -> str:
    """Sign in by PIN at that computer."""
    till.database.place = Path(folder)
    known = KnownTill(till.actor.till_id, till.actor.till_name, 0, "a4", "")
    return till.patiently(lambda: sign_in_by_pin(till.database, known, till.actor.staff_id, pin)).name


def choose_a_pin(till: Till, *, staff_id: int, pin: str, guarded: bool) -> None:
    """Choose a PIN in a house without keys, and wait for the word between looking for them and storing it."""
    hashed = hash_secret(pin)

    def look(session: Session) -> KnownHouseKey | None:
        found = lock_house_key(session) if guarded else load_house_key(session)
        till.say("looked")
        till.wait()
        return found

    change(secrets, lock_house_key=look)
    till.database.transact(set_pin, till.actor, staff_id, hashed, len(pin))
