"""Tills as a manager keeps them: names, papers, printers, and the keys that gates trust."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import asdict
from typing import TYPE_CHECKING, Final

from sqlalchemy import insert, select, update

from pos_app.db.clock import utc_now
from pos_app.db.models import Drawer, StaffMember, Till, TillKey
from pos_app.domain.editing import FieldProblems
from pos_app.domain.errors import NotFound, NotPermitted
from pos_app.domain.roles import Permission
from pos_app.domain.sentences import say
from pos_app.domain.texts import clean_line
from pos_app.domain.tickets.papers import PAPERS
from pos_app.domain.tills.kinds import TillKind
from pos_app.domain.tills.records import DOOR_LOCKS, TillDraft, TillKeyRecord, TillList, TillRecord, till_key
from pos_app.services.audit import record
from pos_app.services.house.settings import load_house_zone
from pos_app.services.permissions import require
from pos_app.services.records import Records
from pos_app.services.tills.door_locks import load_door_locks, note_door_lock
from pos_app.services.tills.registering import LONGEST_NAME

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy.orm import Session

    from pos_app.domain.roles import Actor

KEY_DIGITS_SHOWN: Final = 8
_STORED_APART: Final = frozenset({"drawer", "door_lock_minutes"})


def list_tills(session: Session, actor: Actor) -> tuple[TillRecord, ...]:
    """Return all tills, those put away too, by name. Raises NotPermitted."""
    require(session, actor, Permission.MANAGE)
    return _records(session, session.execute(select(Till).order_by(Till.name, Till.id)).scalars().all())


def load_till_list(session: Session, actor: Actor) -> TillList:
    """As list_tills, with the zone in which times are read. Raises NotPermitted."""
    return TillList(list_tills(session, actor), load_house_zone(session))


def save_till(session: Session, actor: Actor, before: TillRecord, wanted: TillDraft) -> TillRecord:
    """Change a till; it prints so from the next sign-in on. Raises NotPermitted, FieldRefused, ChangedMeanwhile."""
    now = _TILLS.locked(session, actor, before.till_id)
    wanted = _sound(session, now.till_id, wanted)
    if _TILLS.is_stored(before, now, wanted):
        return now
    _name_drawer(session, now.till_id, wanted.drawer)
    note_door_lock(session, now.till_id, wanted.door_lock_minutes)
    columns = {name: value for name, value in asdict(wanted).items() if name not in _STORED_APART}
    return _TILLS.change(session, actor, now, wanted, columns, till=now.till_id)


def archive_till(session: Session, actor: Actor, till_id: int) -> TillRecord:
    """Put a till away that is used no more; its sales stay. May be repeated. Raises NotPermitted, NotFound."""
    now = _TILLS.locked(session, actor, till_id)
    if till_id == actor.till_id and not now.archived:
        raise NotPermitted(say("This is the till you stand at."), advice=say("Put it away from another one."))
    return _TILLS.archive(session, actor, now)


def restore_till(session: Session, actor: Actor, till_id: int) -> TillRecord:
    """Take a till back that was put away. May be repeated. Raises NotPermitted, NotFound."""
    return _TILLS.restore(session, actor, till_id)


def revoke_key(session: Session, actor: Actor, key_id: int) -> TillRecord:
    """Let no gate trust a key any more: tickets signed with it must be printed again. May be repeated.

    Raises NotPermitted, NotFound.
    """
    require(session, actor, Permission.MANAGE)
    key = session.execute(select(TillKey).where(TillKey.id == key_id).with_for_update()).scalar_one_or_none()
    if key is None:
        raise NotFound(say("This key is not there any more."))
    if key.revoked_at is None:
        session.execute(update(TillKey).where(TillKey.id == key_id).values(revoked_at=utc_now()))
        record(session, actor, "till_key_revoked", till=key.till_id, key=key_id)
    return _till(session, key.till_id)


def _sound(session: Session, till_id: int, wanted: TillDraft) -> TillDraft:
    """Return the draft with its texts cleaned. Raises FieldRefused."""
    problems = FieldProblems()
    name, drawer = clean_line(wanted.name, LONGEST_NAME + 1), clean_line(wanted.drawer, LONGEST_NAME + 1)
    for field, text in (("name", name), ("drawer", drawer)):
        if not text:
            problems.add(field, say("A name is needed."))
        elif len(text) > LONGEST_NAME:
            problems.add(field, say("That name is too long ({longest} letters at the most).", longest=LONGEST_NAME))
    # Locked, so that of two tills that take a name at once the second is told.
    for taken in session.execute(select(Till.id, Till.name, Till.deleted_at).with_for_update()):
        if taken.id != till_id and till_key(taken.name) == till_key(name):
            problems.add(
                "name",
                say("There is a till named “{name}” already.", name=taken.name)
                if taken.deleted_at is None
                else say(
                    "There is a till named “{name}” already. It was put away; restore it instead.", name=taken.name
                ),
            )
    problems.refuse_card_numbers(name=name, drawer=drawer, ticket_queue=wanted.ticket_queue)
    if wanted.paper not in PAPERS:
        problems.add("paper", say("There is no such paper."))
    if wanted.door_lock_minutes not in DOOR_LOCKS:
        problems.add("door_lock_minutes", say("The door locks itself after one of the times offered, or never."))
    problems.require_none()
    queue = clean_line(wanted.ticket_queue, 200)
    return TillDraft(name, TillKind(wanted.kind), drawer, wanted.paper, queue, wanted.door_lock_minutes)


def _name_drawer(session: Session, till_id: int, name: str) -> None:
    drawer_id = session.execute(
        select(Drawer.id).where(Drawer.till_id == till_id, Drawer.deleted_at.is_(None)).order_by(Drawer.id).limit(1)
    ).scalar_one_or_none()
    if drawer_id is None:
        session.execute(insert(Drawer).values(till_id=till_id, name=name))
    else:
        session.execute(update(Drawer).where(Drawer.id == drawer_id).values(name=name))


def _till(session: Session, till_id: int) -> TillRecord:
    query = select(Till).where(Till.id == till_id).execution_options(populate_existing=True)
    till = session.execute(query).scalar_one_or_none()
    if till is None:
        raise NotFound(say("This till is not there any more."))
    return _records(session, [till])[0]


def _records(session: Session, tills: Iterable[Till]) -> tuple[TillRecord, ...]:
    found = list(tills)
    ids = [till.id for till in found]
    drawers: dict[int, str] = {}
    for drawer in session.execute(
        select(Drawer.till_id, Drawer.name)
        .where(Drawer.till_id.in_(ids), Drawer.deleted_at.is_(None))
        .order_by(Drawer.id)
    ):
        drawers.setdefault(drawer.till_id, drawer.name)
    keys: defaultdict[int, list[TillKeyRecord]] = defaultdict(list)
    for key in session.execute(
        select(TillKey, StaffMember.name)
        .outerjoin(StaffMember, StaffMember.id == TillKey.enrolled_by)
        .where(TillKey.till_id.in_(ids))
        .order_by(TillKey.id.desc())
    ):
        one: TillKey = key[0]
        shown = one.public_key[:KEY_DIGITS_SHOWN]
        keys[one.till_id].append(TillKeyRecord(one.id, shown, key[1] or "", one.enrolled_at, one.revoked_at))
    locks = load_door_locks(session, ids)
    return tuple(
        TillRecord(
            till_id=till.id,
            name=till.name,
            kind=TillKind(till.kind),
            drawer=drawers.get(till.id, ""),
            paper=till.paper,
            ticket_queue=till.ticket_queue,
            last_seen=till.last_seen_at,
            keys=tuple(keys[till.id]),
            archived=till.deleted_at is not None,
            door_lock_minutes=locks[till.id],
        )
        for till in found
    )


_TILLS = Records(
    "till",
    Till.id,
    load=_till,
    key=lambda till: till.till_id,
    told=lambda till: {"till": till.till_id, "till_name": till.name},
    counted=("last_seen", "keys"),
)
