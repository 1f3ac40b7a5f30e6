"""The keys of the house: made once, and wrapped for each manager and for the recovery sheet."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from sqlalchemy import delete, insert, select, update

from pos_app.db.clock import utc_now
from pos_app.db.models import HouseKey, HouseKeyWrap, StaffMember, StaffSecret
from pos_app.documents.house_keys import Wrapped, wrap
from pos_app.domain.errors import NotFound
from pos_app.domain.roles import Permission, Role
from pos_app.domain.sentences import say
from pos_app.services.audit import JOBS_CHAIN, append, record
from pos_app.services.permissions import require, require_staff
from pos_app.services.staff.passwords import name_key
from pos_app.services.staff.secrets import change_password_hash, seal_all_pins
from pos_app.services.tills.house_keys import THE_KEY, load_house_key, lock_house_key, require_these, sign_all_keys

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from pos_app.documents.house_keys import HouseKeys, WrappingKey
    from pos_app.domain.roles import Actor

RECOVERY: Final = None
"""The owner of the wrap that the recovery sheet opens."""


@dataclass(frozen=True, slots=True)
class ManagerSecrets:
    """What somebody gets who becomes a manager: a new password, hashed, and the house's keys to be wrapped by it."""

    password_hash: str = field(repr=False)
    keys: HouseKeys | None
    password_key: WrappingKey


def store_house_keys(session: Session, keys: HouseKeys, made_by: int, *, instead: bool = False) -> None:
    """Store the public half of a house's key. instead: in the place of the one that is there."""
    values = {"public_key": keys.public_key, "pepper_check": keys.pepper_check}
    made = {"created_at": utc_now(), "created_by": made_by}
    if instead:
        session.execute(update(HouseKey).where(HouseKey.id == THE_KEY).values(**values, **made))
    else:
        session.execute(insert(HouseKey).values(id=THE_KEY, **values, **made))


def make_house_keys(session: Session, actor: Actor, keys: HouseKeys, password_key: WrappingKey) -> bool:
    """Give a house its keys: wrapped for the manager who acts, all keys of tills signed, all PINs sealed.

    Returns False where it has some already. All of it or nothing; what is done here of cryptography takes well under a
    millisecond each. Raises NotPermitted.
    """
    require(session, actor, Permission.MANAGE)
    # Locked for writing: nobody chooses a PIN or enrols a till beside it that would stay as it is.
    there = select(HouseKey.id).where(HouseKey.id == THE_KEY).with_for_update()
    if session.execute(there).first() is not None:
        return False
    store_house_keys(session, keys, actor.staff_id)
    store_wrap(session, keys, actor.staff_id, password_key)
    signed = sign_all_keys(session, keys)
    sealed = seal_all_pins(session, keys.pepper)
    record(session, actor, "house_keys_made", public_key=keys.public_key, till_keys=signed, pins=sealed)
    return True


def replace_house_keys(
    session: Session, manager_id: int, keys: HouseKeys, password_key: WrappingKey, code_key: WrappingKey
) -> str:
    """Give a house other keys, where nobody can open those of before: what they sealed is lost, so all PINs fall.

    All keys of tills are signed anew. Returns the manager's name. Raises NotPermitted.
    """
    name = require_staff(session, manager_id, Permission.MANAGE)
    known = lock_house_key(session)
    session.execute(delete(HouseKeyWrap))
    session.execute(update(StaffSecret).values(pin_hash=""))
    store_house_keys(session, keys, manager_id, instead=known is not None)
    store_wrap(session, keys, manager_id, password_key)
    store_wrap(session, keys, RECOVERY, code_key)
    signed = sign_all_keys(session, keys)
    details = {"public_key": keys.public_key, "till_keys": signed}
    append(session, JOBS_CHAIN, "house_keys_replaced", member=manager_id, member_name=name, **details)
    return name


def load_wrap(session: Session, staff_id: int | None) -> Wrapped | None:
    """Return what a manager's password opens, or (None) the recovery code; None where there is none."""
    row = session.execute(
        select(HouseKeyWrap.salt, HouseKeyWrap.sealed)
        .where(HouseKeyWrap.house_key_id == THE_KEY, _is_of(staff_id))
        .order_by(HouseKeyWrap.id.desc())
        .limit(1)
    ).one_or_none()
    return None if row is None else Wrapped(row.salt, row.sealed)


def store_wrap(session: Session, keys: HouseKeys, staff_id: int | None, key: WrappingKey) -> None:
    """Wrap the keys for a manager, or (None) for the recovery sheet, in the place of the wrap of before."""
    drop_wrap(session, staff_id)
    wrapped = wrap(keys, key, staff_id)
    session.execute(
        insert(HouseKeyWrap).values(
            house_key_id=THE_KEY,
            staff_id=staff_id,
            salt=wrapped.salt,
            sealed=wrapped.sealed,
            created_at=utc_now(),
        )
    )


def drop_wrap(session: Session, staff_id: int | None) -> None:
    """Let a password, or the recovery code, open the keys no more."""
    session.execute(delete(HouseKeyWrap).where(HouseKeyWrap.house_key_id == THE_KEY, _is_of(staff_id)))


def wrap_for_manager(session: Session, staff_id: int, keys: HouseKeys | None, password_key: WrappingKey | None) -> None:
    """Wrap the keys anew for a manager whose password changes now; a house without keys has nothing to wrap.

    Raises HouseKeyNeeded where it has keys, and these are not them.
    """
    if require_these(session, keys) is not None and keys is not None and password_key is not None:
        store_wrap(session, keys, staff_id, password_key)


def store_recovery(session: Session, actor: Actor, keys: HouseKeys, code_key: WrappingKey) -> None:
    """Let a new recovery sheet open the keys, and the one of before no more. Raises NotPermitted, HouseKeyNeeded."""
    require(session, actor, Permission.MANAGE)
    require_these(session, keys)
    store_wrap(session, keys, RECOVERY, code_key)
    record(session, actor, "recovery_sheet_made")


def recover_manager(session: Session, name: str, password_hash: str, keys: HouseKeys, password_key: WrappingKey) -> str:
    """Give a manager a new password by the recovery sheet: opened again where the account was closed or put away.

    Returns the name. Raises NotFound where no manager is called so, HouseKeyNeeded.
    """
    require_these(session, keys)
    person = session.execute(
        select(StaffMember.id, StaffMember.name)
        .where(StaffMember.name_key == name_key(name), StaffMember.role == Role.MANAGER)
        .with_for_update()
    ).one_or_none()
    if person is None:
        raise NotFound(
            say("No manager of this house is called “{name}”.", name=name),
            advice=say("Type the name of a manager, as it is typed to sign in."),
        )
    session.execute(update(StaffMember).where(StaffMember.id == person.id).values(active=True, deleted_at=None))
    change_password_hash(session, person.id, password_hash)
    store_wrap(session, keys, person.id, password_key)
    append(session, JOBS_CHAIN, "manager_recovered", member=person.id, member_name=person.name)
    return str(person.name)


def lacks_recovery(session: Session) -> bool:
    """Tell whether the house has keys that only passwords open."""
    sheets = select(HouseKeyWrap.id).where(HouseKeyWrap.house_key_id == THE_KEY, _is_of(RECOVERY))
    return load_house_key(session) is not None and session.execute(sheets.limit(1)).first() is None


def load_keys_of(session: Session, staff_id: int | None) -> tuple[str, Wrapped | None]:
    """Return the public key of the house ("": it has none) and what this manager's password opens."""
    known = load_house_key(session)
    return ("", None) if known is None else (known.public_key, load_wrap(session, staff_id))


def _is_of(staff_id: int | None) -> ColumnElement[bool]:
    return HouseKeyWrap.staff_id.is_(None) if staff_id is None else HouseKeyWrap.staff_id == staff_id
