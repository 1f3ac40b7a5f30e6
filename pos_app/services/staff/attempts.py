"""Tries to sign in: counted one after the other and before the password is looked at, so that none escapes the wait."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from sqlalchemy import func, insert, select, update

from pos_app.db.clock import seconds_until, utc_now, utc_plus
from pos_app.db.models import SignInAttempt, SignInTurn, StaffMember
from pos_app.db.results import insert_row
from pos_app.domain.card_numbers import mask_card_numbers
from pos_app.domain.roles import Role
from pos_app.domain.staff.sign_in import FREE_TRIES, LONGEST_WAIT_SECONDS, wait_after
from pos_app.services.staff.passwords import name_key
from pos_app.services.staff.pin_lengths import learn_pin_length
from pos_app.services.staff.secrets import load_secret
from pos_app.services.tills.house_keys import KnownHouseKey, load_house_key

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

SIGN_IN: Final = "sign_in"
FORGIVEN: Final = "forgiven"
"""The purpose of an entry that is no try: a manager ended the wait; wrong tries are counted anew from there."""
LOOKED_AT: Final = FREE_TRIES + 12
"""So many of the last tries of a name decide on its wait: no longer row of wrong ones lengthens it."""
MOST_UNKNOWN: Final = 1_000
"""So many tries of names that nobody has are kept: a name that is never right needs no wait of its own."""
NOT_KEPT: Final = 0
"""The number of a try that was not written down. It is of a name that nobody has, so nothing ever matches it."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """A try that was counted. hashes are empty when there is no such person; wait_seconds > 0: do not even look.

    pin_hash: as it is stored, sealed once the house has a key. attempt_id is None while waiting: a try in that time
    does not lengthen it. NOT_KEPT: counted nowhere.
    """

    attempt_id: int | None
    staff_id: int | None
    name: str
    role: Role
    password_hash: str = field(repr=False)
    pin_hash: str = field(repr=False)
    wait_seconds: int
    house_key: KnownHouseKey | None = None


@dataclass(slots=True)
class CountedBefore:
    """What this very try was counted as in a run whose end is not known. Hand in a new one with each try.

    A transaction may be run again after its COMMIT was lost: one try must not be counted as many wrong ones.
    """

    attempt_id: int | None = None


def begin_attempt(
    session: Session,
    *,
    name: str,
    staff_id: int | None,
    till_id: int | None,
    purpose: str,
    before: CountedBefore | None = None,
) -> Attempt:
    """Count a try by name or by id, and return what is needed to judge it. before: see CountedBefore."""
    key = mask_card_numbers(name_key(name))
    query = select(StaffMember).where(StaffMember.active, StaffMember.deleted_at.is_(None))
    person = session.execute(
        query.where(StaffMember.id == staff_id if staff_id is not None else StaffMember.name_key == key)
    ).scalar_one_or_none()
    if person is not None:
        key = person.name_key
    elif _are_many_unknown(session):
        wait = _wait(session, key)
        return Attempt(None if wait else NOT_KEPT, None, name, Role.CASHIER, "", "", wait)
    _take_turn(session, key)
    attempt_id = None if before is None else _find_counted(session, key, before)
    wait = 0 if attempt_id is not None else _wait(session, key)
    if attempt_id is None and wait == 0:
        attempt_id = insert_row(
            session,
            SignInAttempt,
            staff_id=person.id if person else None,
            name_key=key,
            till_id=till_id,
            purpose=purpose,
            succeeded=False,
            created_at=utc_now(),
        )
        if before is not None:
            before.attempt_id = attempt_id
    if person is None:
        return Attempt(attempt_id, None, name, Role.CASHIER, "", "", wait)
    password_hash, pin_hash = load_secret(session, person.id)
    role, house_key = Role(person.role), load_house_key(session)
    return Attempt(attempt_id, person.id, person.name, role, password_hash, pin_hash, wait, house_key)


def _find_counted(session: Session, key: str, before: CountedBefore) -> int | None:
    if before.attempt_id is None:
        return None
    counted = (SignInAttempt.id == before.attempt_id, SignInAttempt.name_key == key, SignInAttempt.succeeded.is_(False))
    return session.execute(select(SignInAttempt.id).where(*counted)).scalar_one_or_none()


def _take_turn(session: Session, key: str) -> None:
    """Wait until no other try of this name is being counted: a try that is not committed yet could not be seen.

    Two that come first at once both insert; the later one is run again, and waits here.
    """
    locked = select(SignInTurn.name_key).where(SignInTurn.name_key == key).with_for_update()
    if session.execute(locked).first() is None:
        session.execute(insert(SignInTurn).values(name_key=key))


def _are_many_unknown(session: Session) -> bool:
    """Tell whether no more names are written down that nobody has: whoever makes up new ones fills no table."""
    unknown = select(SignInAttempt.id).where(SignInAttempt.staff_id.is_(None)).limit(MOST_UNKNOWN).subquery()
    return session.execute(select(func.count()).select_from(unknown)).scalar_one() >= MOST_UNKNOWN


def _wait(session: Session, key: str) -> int:
    """Return the whole seconds still to wait for this name: counted from the failures since the last success.

    Whether somebody would sign in or approve, it is the same secret that is guessed, and one wait.
    """
    rows = session.execute(
        select(SignInAttempt.succeeded, seconds_until(SignInAttempt.created_at).label("until"))
        .where(SignInAttempt.name_key == key)
        .order_by(SignInAttempt.id.desc())
        .limit(LOOKED_AT)
    ).all()
    failures = 0
    for row in rows:
        if row.succeeded:
            break
        failures += 1
    if not failures:
        return 0
    left = wait_after(failures) + float(rows[0].until)
    return max(0, int(left + 0.999))


def load_waits(session: Session) -> dict[str, int]:
    """Return by name_key the seconds that the next try must wait; names that need not wait are left out."""
    names = session.execute(
        select(SignInAttempt.name_key)
        .where(
            SignInAttempt.succeeded.is_(False),
            SignInAttempt.created_at > utc_plus(-LONGEST_WAIT_SECONDS),
        )
        .distinct()
    ).scalars()
    waits = {key: _wait(session, key) for key in names.all()}
    return {key: seconds for key, seconds in waits.items() if seconds}


def forgive(session: Session, key: str, *, staff_id: int, till_id: int) -> bool:
    """End the wait after wrong tries of a name; returns whether there was one."""
    _take_turn(session, key)
    if not _wait(session, key):
        return False
    session.execute(
        insert(SignInAttempt).values(
            staff_id=staff_id,
            name_key=key,
            till_id=till_id,
            purpose=FORGIVEN,
            succeeded=True,
            created_at=utc_now(),
        )
    )
    return True


def succeed_attempt(session: Session, attempt_id: int) -> None:
    """Mark a try as the right one."""
    session.execute(update(SignInAttempt).where(SignInAttempt.id == attempt_id).values(succeeded=True))


def succeed_by_pin(session: Session, attempt_id: int, staff_id: int, digits: int) -> None:
    """Mark a try by PIN as the right one; from now on its length is known."""
    succeed_attempt(session, attempt_id)
    learn_pin_length(session, staff_id, digits)
