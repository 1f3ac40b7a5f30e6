"""Whom a till offers as cards: those who may sign in, and those who may approve."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import func, select

from pos_app.db.models import SignInAttempt, StaffMember, StaffSecret
from pos_app.domain.roles import Permission, Role, may
from pos_app.domain.staff.pins import digits_of
from pos_app.domain.staff.sign_in import StaffChoice
from pos_app.services.house.settings import load_house_settings
from pos_app.services.staff.attempts import SIGN_IN
from pos_app.services.staff.pin_lengths import load_pin_lengths

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_HAS_PIN: Final = func.coalesce(StaffSecret.pin_hash, "") != ""
_LOOKED_AT: Final = 5_000
"""So many of the last tries tell who works at a till; older ones are not read."""


def list_staff_choices(session: Session, till_id: int | None = None) -> tuple[StaffChoice, ...]:
    """Return the active staff by name. till_id: those who signed in at this till come first, the last one foremost."""
    rows = session.execute(
        select(StaffMember.id, StaffMember.name, StaffMember.role, _HAS_PIN.label("has_pin"))
        .outerjoin(StaffSecret, StaffSecret.staff_id == StaffMember.id)
        .where(StaffMember.active, StaffMember.deleted_at.is_(None))
        .order_by(StaffMember.name, StaffMember.id)
    ).all()
    digits, lengths = load_house_settings(session).pin_digits, load_pin_lengths(session)
    last = {} if till_id is None else _last_tries(session, till_id)
    choices = [
        StaffChoice(
            row.id,
            row.name,
            Role(row.role),
            bool(row.has_pin),
            # Another length than the house's is nobody's business: such a PIN is sent by Enter.
            wanted if row.has_pin and lengths.get(row.id) == wanted else 0,
        )
        for row in rows
        for wanted in (digits_of(Role(row.role), digits),)
    ]
    return tuple(sorted(choices, key=lambda one: -last.get(one.staff_id, 0)))


def list_approvers(session: Session) -> tuple[StaffChoice, ...]:
    """Return those who may approve what a cashier may not do alone, by name."""
    return tuple(one for one in list_staff_choices(session) if may(one.role, Permission.APPROVE))


def _last_tries(session: Session, till_id: int) -> dict[int, int]:
    """Return by staff id the number of the last time that somebody signed in at a till."""
    newest = select(func.coalesce(func.max(SignInAttempt.id), 0)).scalar_subquery()
    rows = session.execute(
        select(SignInAttempt.staff_id, func.max(SignInAttempt.id).label("last"))
        .where(
            SignInAttempt.id > newest - _LOOKED_AT,
            SignInAttempt.till_id == till_id,
            SignInAttempt.purpose == SIGN_IN,
            SignInAttempt.succeeded,
            SignInAttempt.staff_id.is_not(None),
        )
        .group_by(SignInAttempt.staff_id)
    )
    return {row.staff_id: row.last for row in rows}
