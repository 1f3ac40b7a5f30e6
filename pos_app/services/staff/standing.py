"""Whether the server answers, and whether who works at a till still may."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from pos_app.db.clock import utc_now
from pos_app.db.models import StaffMember, Till
from pos_app.domain.roles import Permission, Role, may

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True)
class Standing:
    """An answer of the server. time: UTC. role: what the person at the till is now; None: the account is closed.

    till_in_use: whether a manager has left this till in use.
    """

    time: datetime
    role: Role | None
    till_in_use: bool = True

    def lets_work(self, role: Role) -> bool:
        """Tell whether who signed in with this role may go on. A manager may at any till, to take it back."""
        return self.role is role and (self.till_in_use or may(role, Permission.MANAGE))


def load_standing(session: Session, staff_id: int, till_id: int) -> Standing:
    """Ask for the time and for somebody's standing at a till, in one statement: every till asks every few seconds."""
    role = (
        select(StaffMember.role)
        .where(StaffMember.id == staff_id, StaffMember.active, StaffMember.deleted_at.is_(None))
        .scalar_subquery()
    )
    put_away = select(Till.id).where(Till.id == till_id, Till.deleted_at.is_not(None)).exists()
    row = session.execute(select(utc_now().label("time"), role.label("role"), put_away.label("put_away"))).one()
    return Standing(row.time, None if row.role is None else Role(row.role), not row.put_away)
