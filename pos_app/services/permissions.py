"""The service's own look at who acts: the role is read from the database, never believed from the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import bindparam, select

from pos_app.db.base import table_of
from pos_app.db.grants.own import may_change
from pos_app.db.models import Setting, StaffMember
from pos_app.domain.errors import NotPermitted
from pos_app.domain.roles import Permission, Role, may
from pos_app.domain.sentences import say

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from pos_app.domain.roles import Actor
    from pos_app.domain.sentences import Sentence


_STAFF = table_of(StaffMember)
# Built once: every service begins with it.
_STORED = select(_STAFF.c.name, _STAFF.c.role, _STAFF.c.active, _STAFF.c.deleted_at).where(
    _STAFF.c.id == bindparam("of_staff", type_=_STAFF.c.id.type)
)


class StoredStaff(NamedTuple):
    """What the database says of a staff member: also read by statements that read more in one go."""

    name: str
    role: str
    active: bool
    deleted_at: datetime | None


def require(session: Session, actor: Actor, permission: Permission) -> None:
    """Raise NotPermitted unless the staff member is active and the role, as stored now, carries the permission."""
    require_staff(session, actor.staff_id, permission)


def require_staff(session: Session, staff_id: int, permission: Permission) -> str:
    """As require, for any staff member; returns the name."""
    row = session.connection().execute(_STORED, {"of_staff": staff_id}).one_or_none()
    return require_stored(None if row is None else StoredStaff(*row), permission)


def require_stored(row: StoredStaff | None, permission: Permission) -> str:
    """As require_staff, of what was read just now in the same transaction; None: there is nobody."""
    if row is None or not row.active or row.deleted_at is not None:
        raise NotPermitted(
            say("This account is no longer active."),
            advice=say("Sign in again. Only a manager can open it, under Manage, Staff."),
        )
    if not may(Role(row.role), permission):
        raise NotPermitted(_tell_refused(row.name, permission), advice=say("Ask a manager."))
    return row.name


def may_decide_here(session: Session) -> bool:
    """Tell whether the database account of this computer may write what managers decide; a counter's may not."""
    return may_change(session, table_of(Setting), "value")


def _tell_refused(name: str, permission: Permission) -> Sentence:
    return {
        Permission.SELL: say("{name} may not sell.", name=name),
        Permission.REPRINT: say("{name} may not reprint tickets.", name=name),
        Permission.VOID: say("{name} may not void an order.", name=name),
        Permission.APPROVE: say("{name} may not approve this.", name=name),
        Permission.GIVE_AWAY: say("{name} may not give complimentary tickets.", name=name),
        Permission.REFUND: say("{name} may not allow this refund.", name=name),
        Permission.EXCHANGE: say("{name} may not change what was sold.", name=name),
        Permission.RESERVE: say("{name} may not reserve seats.", name=name),
        Permission.PRICE_OF_NOW: say("{name} may not take another price than was told.", name=name),
        Permission.CUSTOMERS: say("{name} may not see customers.", name=name),
        Permission.PRIVACY: say(
            "{name} may not merge or erase customers, nor hand out what is known of them.", name=name
        ),
        Permission.LETTERS: say("{name} may not see the letters to customers.", name=name),
        Permission.WAITING: say("{name} may not keep waiting lists.", name=name),
        Permission.RESALE: say("{name} may not take tickets back for resale.", name=name),
        Permission.CHECK_IN: say("{name} may not check tickets.", name=name),
        Permission.ENROL_TILL: say("{name} may not enrol a till.", name=name),
        Permission.MANAGE: say("{name} may not change this.", name=name),
    }[permission]
