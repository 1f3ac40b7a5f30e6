"""Tills: which computers there are, and the keys that sign their tickets."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from sqlalchemy import insert, or_, select, update

from pos_app.db.base import table_of
from pos_app.db.clock import utc_now, utc_plus
from pos_app.db.grants.own import may_change
from pos_app.db.models import Drawer, SignInAttempt, Till, TillKey
from pos_app.db.results import insert_row
from pos_app.documents.house_keys import till_key_is_signed
from pos_app.domain.card_numbers import mask_card_numbers
from pos_app.domain.errors import InvalidInput, NotFound, TillNotEnrolled, TillPutAway
from pos_app.domain.roles import Actor, Permission, may
from pos_app.domain.sentences import say
from pos_app.domain.texts import clean_line
from pos_app.domain.tills.kinds import TillKind
from pos_app.domain.tills.records import till_key
from pos_app.services.audit import append, open_chain, record, till_chain
from pos_app.services.permissions import require
from pos_app.services.tills.door_locks import load_door_locks
from pos_app.services.tills.house_keys import THE_HOUSE_KEY, is_vouched_for, load_house_key, require_these, sign_key

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy.orm import Session

    from pos_app.documents.house_keys import HouseKeys
    from pos_app.domain.roles import Role
    from pos_app.domain.staff.sign_in import Person

LONGEST_NAME: Final = 80
SEEN_SECONDS: Final = 60.0
"""How often a till that runs writes down that it is alive."""
_TILLS: Final = select(Till.id, Till.name)
_KEY: Final = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class KnownTill:
    """A till as the database knows it. key_id: its enrolled signing key (None: a manager must enrol it).

    key_revoked: gates trusted this key once, and do not any more: the till needs another one.
    paper: one of papers.PAPERS. ticket_queue: the printer queue for tickets, empty: none. instead_of: the name that was
    asked for just now, and that another till bears; "": it has the name that it should. door_lock_minutes: after how
    many quiet minutes the door locks itself here; 0: never. kind: what a manager says that it is for.
    """

    till_id: int
    name: str
    key_id: int | None
    paper: str
    ticket_queue: str
    key_revoked: bool = False
    instead_of: str = ""
    door_lock_minutes: int = 0
    kind: TillKind = TillKind.COUNTER


class KeyNotUsable(InvalidInput):
    """A signing key that no gate will trust: revoked, or another till's. Make a new one."""


def register_till(session: Session, machine_key: str, name: str, public_key: str) -> KnownTill:
    """Find this computer's till, or make it; a name that is taken gets a number, and that is told. May be repeated."""
    instead_of = ""
    row = session.execute(select(Till).where(Till.machine_key == machine_key)).scalar_one_or_none()
    if row is None:
        wanted = mask_card_numbers(clean_line(name, LONGEST_NAME)) or "Till"
        chosen = _free_name(session, wanted)
        till_id = insert_row(session, Till, machine_key=machine_key, name=chosen, created_at=utc_now())
        session.execute(insert(Drawer).values(till_id=till_id, name=chosen))
        open_chain(session, till_chain(till_id))
        append(session, till_chain(till_id), "till_registered", till=till_id, till_name=chosen, asked=wanted)
        instead_of = wanted if chosen != wanted else ""
        row = session.execute(select(Till).where(Till.id == till_id)).scalar_one()
    session.execute(update(Till).where(Till.id == row.id).values(last_seen_at=utc_now()))
    return replace(load_till(session, row.id, public_key), instead_of=instead_of)


def join_till(
    session: Session,
    machine_key: str,
    name: str,
    public_key: str,
    manager: Person | None = None,
    keys: HouseKeys | None = None,
) -> KnownTill:
    """Make this computer a till as somebody sets it up, and let a manager enrol its key; all or nothing.

    A till at which nobody has signed in yet takes the name that was typed last: its computer may have been set up
    before, by a transaction whose end was never told. By an account that may not rename tills it keeps the one it has,
    and a manager renames it. keys: of the house, opened by the manager's password.
    Raises NotPermitted, KeyNotUsable, HouseKeyNeeded, RightsMissing (the account may not enrol keys).
    """
    till = register_till(session, machine_key, name, public_key)
    wanted = mask_card_numbers(clean_line(name, LONGEST_NAME)) or till.name
    may_rename = wanted != till.name and may_change(session, table_of(Till), "name")
    if may_rename and not _was_used(session, till.till_id):
        chosen = _free_name(session, wanted, till.till_id)
        session.execute(update(Till).where(Till.id == till.till_id).values(name=chosen))
        session.execute(
            update(Drawer).where(Drawer.till_id == till.till_id, Drawer.name == till.name).values(name=chosen)
        )
        who = {} if manager is None else {"staff": manager.staff_id, "name": manager.name}
        chain, told = till_chain(till.till_id), {"before": till.name, "after": chosen}
        append(session, chain, "till_renamed", till=till.till_id, **told, **who)
        till = load_till(session, till.till_id, public_key)
    if manager is None:
        return till
    enrol_key(session, Actor(manager.staff_id, manager.name, manager.role, till.till_id, till.name), public_key, keys)
    return load_till(session, till.till_id, public_key)


def may_enrol_here(session: Session) -> bool:
    """Tell whether the database account of this computer may write keys of tills; a counter's may not."""
    return may_change(session, table_of(TillKey), "revoked_at")


def note_kind(session: Session, machine_key: str, kind: TillKind) -> None:
    """Write down what a computer is for, as an owner of the database says who sets it up. May be repeated."""
    till = session.execute(
        select(Till.id, Till.kind).where(Till.machine_key == machine_key).with_for_update()
    ).one_or_none()
    if till is None or till.kind == kind:
        return
    session.execute(update(Till).where(Till.id == till.id).values(kind=kind))
    append(session, till_chain(till.id), "till_kind_chosen", till=till.id, before=till.kind, after=kind)


def note_seen(session: Session, till_id: int) -> None:
    """Write down that a till is alive, unless this was written a moment ago, as by another window of it.

    One statement by primary key, and the row is let go at once: a sale of this till refers to it.
    """
    seen = Till.last_seen_at
    # After a clock was set back, what was written before lies ahead, and would stay for as long.
    due = or_(seen.is_(None), seen < utc_plus(-SEEN_SECONDS / 2), seen > utc_now())
    session.execute(update(Till).where(Till.id == till_id, due).values(last_seen_at=utc_now()))


def load_till(session: Session, till_id: int, public_key: str) -> KnownTill:
    """Return a till as it is stored now; public_key: of the key that it signs with. Raises NotFound."""
    till = session.execute(
        select(Till).where(Till.id == till_id).execution_options(populate_existing=True)
    ).scalar_one_or_none()
    if till is None:
        raise NotFound(say("This till is not there any more."), advice=say("Start Foyer again."))
    key = session.execute(
        select(TillKey.id, TillKey.revoked_at, TillKey.signature).where(
            TillKey.till_id == till_id, TillKey.public_key == public_key
        )
    ).one_or_none()
    revoked = key is not None and key.revoked_at is not None
    # A key that the house does not vouch for is one that gates refuse: to be enrolled like one that is not there.
    trusted = (
        key is not None and not revoked and is_vouched_for(load_house_key(session), till_id, public_key, key.signature)
    )
    key_id = key.id if key is not None and trusted else None
    lock = load_door_locks(session, [till.id])[till.id]
    kind = TillKind(till.kind)
    return KnownTill(
        till.id, till.name, key_id, till.paper, till.ticket_queue, revoked, door_lock_minutes=lock, kind=kind
    )


def require_in_use(session: Session, till_id: int, role: Role) -> None:
    """Let nobody work at a till that was put away, but a manager, who may take it back. Raises TillPutAway."""
    till = session.execute(select(Till.name, Till.deleted_at).where(Till.id == till_id)).one()
    if till.deleted_at is not None and not may(role, Permission.MANAGE):
        raise TillPutAway(
            say("{name} was put away by a manager.", name=till.name),
            advice=say("Work at another till. A manager may sign in here and take it back under Manage, Tills."),
        )


def _was_used(session: Session, till_id: int) -> bool:
    signed_in = select(SignInAttempt.id).where(SignInAttempt.till_id == till_id, SignInAttempt.succeeded)
    return session.execute(signed_in.limit(1)).first() is not None


def free_till_name(session: Session, machine_key: str, wanted: str) -> str:
    """Return the name for this computer's till, or where another till has it, the next one that is free now."""
    own = session.execute(select(Till.id).where(Till.machine_key == machine_key)).scalar_one_or_none()
    return _choose_name([till.name for till in session.execute(_TILLS) if till.id != own], wanted)


def _free_name(session: Session, wanted: str, till_id: int | None = None) -> str:
    # Locked, so that computers of one name that start together choose one after the other.
    return _choose_name([till.name for till in session.execute(_TILLS.with_for_update()) if till.id != till_id], wanted)


def _choose_name(others: Iterable[str], wanted: str) -> str:
    """Return the name, or where another till has it, however it is written, the next one by number."""
    taken = {till_key(name) for name in others}
    return next(candidate for n in range(1000) if till_key(candidate := _numbered(wanted, n)) not in taken)


def _numbered(name: str, more: int) -> str:
    """Return the name so many further on: "Till 1" and 1 is "Till 2", "Foyer desk" and 1 is "Foyer desk 2"."""
    if not more:
        return name
    return re.sub(r"\s*(\d{0,4})\Z", lambda found: f" {int(found[1] or 1) + more}", name, count=1).strip()


def enrol_key(session: Session, actor: Actor, public_key: str, keys: HouseKeys | None = None) -> int:
    """Make the actor's till known to the gates; returns the key's id. May be repeated.

    keys: of the house, which vouches for the till's. Raises NotPermitted, HouseKeyNeeded.
    """
    require(session, actor, Permission.ENROL_TILL)
    return enrol_key_of(session, actor, actor.till_id, public_key, keys)


def enrol_key_of(session: Session, actor: Actor, till_id: int, public_key: str, keys: HouseKeys | None = None) -> int:
    """Enrol a key for a till; the caller has checked who asks.

    Raises KeyNotUsable, InvalidInput (no key), HouseKeyNeeded where the house has keys, and these are not them.
    """
    if not _KEY.fullmatch(public_key):
        raise InvalidInput(say("This is not a signing key."), advice=say("Make a new key."))
    known = session.execute(select(TillKey).where(TillKey.public_key == public_key)).scalar_one_or_none()
    if known is not None:
        if known.till_id != till_id or known.revoked_at is not None:
            raise KeyNotUsable(say("This key was revoked, or belongs to another till."), advice=say("Make a new key."))
        if not is_vouched_for(load_house_key(session), till_id, public_key, known.signature):
            if require_these(session, keys) is not None and keys is not None:
                sign_key(session, known.id, till_id, public_key, keys)
            record(session, actor, "till_key_signed", till=till_id, key=known.id, public_key=public_key)
        return known.id
    house_key = require_these(session, keys)
    key_id = insert_row(
        session, TillKey, till_id=till_id, public_key=public_key, enrolled_by=actor.staff_id, enrolled_at=utc_now()
    )
    if house_key is not None and keys is not None:
        sign_key(session, key_id, till_id, public_key, keys)
    record(session, actor, "till_key_enrolled", till=till_id, key=key_id, public_key=public_key)
    return key_id


def require_key(session: Session, till_id: int, public_key: str) -> int:
    """Return the id of this till's enrolled key, one that the house vouches for. Raises TillNotEnrolled."""
    key = session.execute(
        select(TillKey.id, TillKey.signature, THE_HOUSE_KEY.label("house_key")).where(
            TillKey.till_id == till_id, TillKey.public_key == public_key, TillKey.revoked_at.is_(None)
        )
    ).one_or_none()
    if key is None or (key.house_key and not till_key_is_signed(key.house_key, till_id, public_key, key.signature)):
        raise TillNotEnrolled(
            say("The gates do not know this till yet, so its tickets would be refused."),
            advice=say("A manager signs in here once and enrols it."),
        )
    return int(key.id)
