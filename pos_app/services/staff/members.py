"""Staff as a manager keeps them: who works here, as what, and since when not any more.

Nobody changes their own role or closes their own account. So the manager who acts stays one, and the house never loses
its last.
"""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Final

from sqlalchemy import func, select

from pos_app.db.clock import utc_now
from pos_app.db.models import SignInAttempt, StaffMember, StaffSecret, Till
from pos_app.db.results import insert_row
from pos_app.domain.editing import FieldProblems, FieldRefused
from pos_app.domain.errors import InvalidInput, NotFound, NotPermitted
from pos_app.domain.roles import Permission, Role
from pos_app.domain.sentences import say
from pos_app.domain.staff.members import SignInRecord, StaffDraft, StaffList, StaffRecord
from pos_app.services.audit import record
from pos_app.services.house.settings import load_house_zone
from pos_app.services.permissions import require
from pos_app.services.records import Records
from pos_app.services.staff.attempts import FORGIVEN, forgive, load_waits
from pos_app.services.staff.house_keys import drop_wrap, lacks_recovery, wrap_for_manager
from pos_app.services.staff.passwords import name_key, require_sound_name
from pos_app.services.staff.pin_lengths import note_pin_length, require_house_length
from pos_app.services.staff.secrets import change_password_hash, has_pin, load_secret, store_secret

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from pos_app.documents.house_keys import HouseKeys, WrappingKey
    from pos_app.domain.roles import Actor
    from pos_app.services.staff.house_keys import ManagerSecrets

SIGN_INS_SHOWN: Final = 50


def list_staff(session: Session, actor: Actor) -> tuple[StaffRecord, ...]:
    """Return everybody, those put away too, by name. Raises NotPermitted."""
    require(session, actor, Permission.MANAGE)
    seen = (
        select(SignInAttempt.staff_id, func.max(SignInAttempt.created_at).label("at"))
        .where(SignInAttempt.succeeded, SignInAttempt.purpose == "sign_in")
        .group_by(SignInAttempt.staff_id)
    )
    last_seen = {row.staff_id: row.at for row in session.execute(seen)}
    waits = load_waits(session)
    pins = set(session.execute(select(StaffSecret.staff_id).where(StaffSecret.pin_hash != "")).scalars())
    rows = session.execute(select(StaffMember).order_by(StaffMember.name, StaffMember.id)).scalars()
    return tuple(
        _record(one, last_seen.get(one.id), waits.get(one.name_key, 0), has_pin=one.id in pins) for one in rows
    )


def load_staff_list(session: Session, actor: Actor) -> StaffList:
    """As list_staff, with the zone in which times are read. Raises NotPermitted."""
    return StaffList(list_staff(session, actor), load_house_zone(session), lacks_recovery(session))


def list_sign_ins(session: Session, actor: Actor, staff_id: int) -> tuple[SignInRecord, ...]:
    """Return somebody's last tries to sign in or to approve, the latest first. Raises NotPermitted."""
    require(session, actor, Permission.MANAGE)
    rows = session.execute(
        select(SignInAttempt.created_at, SignInAttempt.purpose, SignInAttempt.succeeded, Till.name)
        .outerjoin(Till, Till.id == SignInAttempt.till_id)
        .where(SignInAttempt.staff_id == staff_id)
        .order_by(SignInAttempt.id.desc())
        .limit(SIGN_INS_SHOWN)
    )
    return tuple(
        SignInRecord(row.created_at, row.name or "", row.purpose == "approval", row.succeeded, row.purpose == FORGIVEN)
        for row in rows
    )


def add_staff_member(
    session: Session,
    actor: Actor,
    wanted: StaffDraft,
    *,
    password_hash: str,
    pin_hash: str = "",
    pin_digits: int = 0,
    pepper: bytes | None = None,
    keys: HouseKeys | None = None,
    password_key: WrappingKey | None = None,
) -> StaffRecord:
    """Make a staff member; secrets are hashed before, outside the transaction. pin_digits: how many the PIN has.

    pepper: under which the PIN is sealed, once the house has keys. keys, password_key: of the house, and what wraps
    them for a new manager. Asked again by the same person with the same hash it is done already.
    Raises NotPermitted, FieldRefused, HouseKeyNeeded.
    """
    require(session, actor, Permission.MANAGE)
    wanted = _sound(wanted)
    require_house_length(session, wanted.role, pin_digits)
    key = name_key(wanted.name)
    there = session.execute(select(StaffMember).where(StaffMember.name_key == key)).scalar_one_or_none()
    if there is not None and password_hash and load_secret(session, there.id)[0] == password_hash:
        return _load(session, there.id)
    _require_free_name(there)
    staff_id = insert_row(
        session,
        StaffMember,
        name=wanted.name,
        name_key=key,
        role=wanted.role,
        active=wanted.active,
        created_at=utc_now(),
    )
    store_secret(session, staff_id, password_hash=password_hash, pin_hash=pin_hash, pepper=pepper)
    if wanted.role is Role.MANAGER:
        wrap_for_manager(session, staff_id, keys, password_key)
    if pin_hash:
        note_pin_length(session, staff_id, pin_digits)
    told = {"member_name": wanted.name, "role": wanted.role, "active": wanted.active}
    record(session, actor, "staff_added", member=staff_id, **told)
    return _load(session, staff_id)


def save_staff_member(
    session: Session, actor: Actor, before: StaffRecord, wanted: StaffDraft, new: ManagerSecrets | None = None
) -> StaffRecord:
    """Change name, role, or whether somebody may sign in. Those who may not any more are signed out by their tills.

    new: what somebody needs who becomes a manager in a house with keys: a new password, for the keys are wrapped by it.
    Raises NotPermitted (own role, own account), FieldRefused, ChangedMeanwhile, NotFound, HouseKeyNeeded.
    """
    require(session, actor, Permission.MANAGE)
    _lock_managers(session, actor)
    wanted = _sound(wanted)
    now = replace(_STAFF.locked(session, actor, before.staff_id), last_seen=before.last_seen)
    if _STAFF.is_stored(before, now, wanted):
        return now
    if now.archived:
        raise NotFound(say("{name} was put away.", name=now.name), advice=say("Restore the account first."))
    if wanted.role != now.role and now.staff_id == actor.staff_id:
        raise NotPermitted(say("You cannot change your own role."), advice=say("Ask another manager."))
    if not wanted.active and now.staff_id == actor.staff_id:
        raise NotPermitted(say("You cannot close your own account."), advice=say("Ask another manager."))
    key = name_key(wanted.name)
    _require_free_name(
        session.execute(
            select(StaffMember).where(StaffMember.name_key == key, StaffMember.id != now.staff_id)
        ).scalar_one_or_none()
    )
    if wanted.role != now.role:
        _hand_keys_over(session, now.staff_id, wanted.role, new)
    columns = asdict(wanted) | {"name_key": key}
    changed = _STAFF.change(session, actor, now, wanted, columns, member=now.staff_id)
    return replace(changed, last_seen=before.last_seen)


def lock_member(session: Session, actor: Actor, staff_id: int) -> StaffRecord:
    """Return somebody as stored; nobody else changes the account before the commit. Raises NotPermitted, NotFound."""
    return _STAFF.locked(session, actor, staff_id)


def end_wait(session: Session, actor: Actor, staff_id: int) -> None:
    """Let somebody try again at once who must wait after wrong tries; repeatable. Raises NotPermitted, NotFound."""
    require(session, actor, Permission.MANAGE)
    member = _member(session, staff_id)
    if forgive(session, member.name_key, staff_id=staff_id, till_id=actor.till_id):
        record(session, actor, "staff_wait_ended", member=staff_id, member_name=member.name)


def archive_staff_member(session: Session, actor: Actor, staff_id: int) -> StaffRecord:
    """Put somebody away who works here no more; what they did still bears their name. May be repeated.

    Raises NotPermitted (oneself), NotFound.
    """
    require(session, actor, Permission.MANAGE)
    _lock_managers(session, actor)
    now = _STAFF.locked(session, actor, staff_id)
    if staff_id == actor.staff_id and not now.archived:
        raise NotPermitted(say("You cannot put away your own account."), advice=say("Ask another manager."))
    if not now.archived:
        drop_wrap(session, staff_id)
    return _STAFF.archive(session, actor, now)


def restore_staff_member(session: Session, actor: Actor, staff_id: int) -> StaffRecord:
    """Take somebody back who was put away. May be repeated. Raises NotPermitted, NotFound."""
    return _STAFF.restore(session, actor, staff_id)


def _sound(wanted: StaffDraft) -> StaffDraft:
    """Return the draft with its name cleaned. Raises FieldRefused."""
    problems = FieldProblems()
    name = wanted.name
    try:
        name = require_sound_name(wanted.name)
    except InvalidInput as refused:
        problems.add("name", refused.message)
    problems.require_none()
    return StaffDraft(name, wanted.role, wanted.active)


def _hand_keys_over(session: Session, staff_id: int, role: Role, new: ManagerSecrets | None) -> None:
    """Wrap the keys for who becomes a manager; who is one no more opens them no more. Raises HouseKeyNeeded."""
    if role is not Role.MANAGER:
        drop_wrap(session, staff_id)
        return
    wrap_for_manager(session, staff_id, None if new is None else new.keys, None if new is None else new.password_key)
    if new is not None:
        change_password_hash(session, staff_id, new.password_hash)


def _require_free_name(taken_by: StaffMember | None) -> None:
    if taken_by is None:
        return
    told = (
        say("There is a staff member named “{name}” already.", name=taken_by.name)
        if taken_by.deleted_at is None
        else say(
            "There is a staff member named “{name}” already. It was put away; restore it instead.", name=taken_by.name
        )
    )
    raise FieldRefused({"name": told})


def _lock_managers(session: Session, actor: Actor) -> None:
    """Let one change follow the other: of two managers who take each other's role only the first may succeed."""
    rows = session.execute(
        select(StaffMember.id)
        .where(StaffMember.role == Role.MANAGER, StaffMember.active, StaffMember.deleted_at.is_(None))
        .order_by(StaffMember.id)
        .with_for_update()
    ).scalars()
    if actor.staff_id not in set(rows):
        raise NotPermitted(say("This account may not manage staff any more."), advice=say("Sign in again."))


def _member(session: Session, staff_id: int) -> StaffMember:
    query = select(StaffMember).where(StaffMember.id == staff_id).execution_options(populate_existing=True)
    member = session.execute(query).scalar_one_or_none()
    if member is None:
        raise NotFound(say("This staff member is not there any more."))
    return member


def _load(session: Session, staff_id: int) -> StaffRecord:
    return _record(_member(session, staff_id), has_pin=has_pin(session, staff_id))


def _record(
    member: StaffMember, last_seen: datetime | None = None, wait_seconds: int = 0, *, has_pin: bool
) -> StaffRecord:
    return StaffRecord(
        staff_id=member.id,
        name=member.name,
        role=Role(member.role),
        active=member.active,
        has_pin=has_pin,
        archived=member.deleted_at is not None,
        wait_seconds=wait_seconds,
        last_seen=last_seen,
    )


_STAFF = Records(
    "staff",
    StaffMember.id,
    load=_load,
    key=lambda member: member.staff_id,
    told=lambda member: {"member": member.staff_id, "member_name": member.name},
    counted=("has_pin", "last_seen", "wait_seconds"),
)
