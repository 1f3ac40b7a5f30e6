"""PINs at this computer: their hashes are sealed under the pepper, which it has or has not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos_app.domain.errors import SignInRefused
from pos_app.domain.sentences import say
from pos_app.flows.house_keys import kept_keys, kept_pepper
from pos_app.services.staff.sealing import is_sealed, open_pin
from pos_app.services.tills.house_keys import load_house_key

if TYPE_CHECKING:
    from pos_app.db.database import Database
    from pos_app.services.staff.attempts import Attempt


def require_pins_here(database: Database) -> None:
    """See that PINs can be judged here, before a try is counted that could not be right.

    Raises SignInRefused; CannotConnect where the pepper cannot be read.
    """
    if kept_keys(database) is None:
        return
    known = database.read(load_house_key)
    if known is not None and kept_pepper(database, known) is None:
        raise _no_pins_here()


def open_pin_hash(database: Database, attempt: Attempt) -> str:
    """Return the hash of the PIN of who tries; "" where there is none. Raises SignInRefused."""
    stored, known = attempt.pin_hash, attempt.house_key
    if not stored or attempt.staff_id is None:
        return ""
    if known is None:
        # Sealed by a key that is gone: nobody can open it.
        return "" if is_sealed(stored) else stored
    pepper = kept_pepper(database, known)
    if pepper is None:
        raise _no_pins_here()
    opened = open_pin(pepper, attempt.staff_id, stored)
    if opened is None:
        # Whoever can write to the database, and has no pepper, may have put it there.
        raise SignInRefused(
            say("This PIN was not set by Foyer, or was damaged: it is not accepted."),
            advice=say("Use the password. A manager sets a new PIN under Manage, Staff."),
        )
    return opened


def _no_pins_here() -> SignInRefused:
    return SignInRefused(
        say("PINs do not work at this computer yet."),
        advice=say("Use the password. Once a manager signs in here with the password, PINs work too."),
    )
