"""Approvals: that a manager allowed one thing, at one till, a moment ago; each is spent once, with what it allows.

An approval is a row, made when a name and a secret were right. Whatever needs it spends it in its own transaction: both
stand, or neither does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import select, update

from pos_app.db.clock import seconds_until, utc_now, utc_plus
from pos_app.db.models import Approval, StaffMember
from pos_app.db.results import insert_row, matched_rows
from pos_app.domain.errors import ApprovalRefused
from pos_app.domain.roles import Permission, Role, may
from pos_app.domain.sentences import say
from pos_app.domain.staff.sign_in import APPROVAL_SECONDS
from pos_app.services.permissions import require_staff

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

    from pos_app.domain.roles import Actor


class Approved(NamedTuple):
    """Who allowed it, as orders, refunds and the audit are told."""

    approval_id: int
    staff_id: int
    name: str


class _Found(NamedTuple):
    staff_id: int
    till_id: int
    permission: str
    spent_on: str | None
    until_made: float
    name: str
    role: str
    works_here: bool


def make_approval(session: Session, staff_id: int, till_id: int, permission: Permission) -> int:
    """Note that somebody, whose secret was right just now, allows one thing at a till; return its number.

    Run again after its COMMIT was lost it leaves another row, whose number nobody is told; it lapses.
    Raises NotPermitted unless the person may approve, and may do what is allowed.
    """
    _require_approver(session, staff_id, permission)
    return insert_row(
        session, Approval, staff_id=staff_id, till_id=till_id, permission=permission, created_at=utc_now()
    )


def spend_approval(
    session: Session, actor: Actor, approval_id: int, permission: Permission, request_id: str
) -> Approved:
    """Spend an approval on a request, or on a list of work; return who gave it.

    request_id: of what is done in this transaction; a list of work may come back with its approval as long as it takes.
    Raises ApprovalRefused when it is not there, of another till, for something else, older than two minutes, spent on
    something else, or of somebody who may not approve any more: leave the transaction then.
    """
    # Of two that spend it at once the second waits here, and then finds nothing to change: the matched rows decide.
    changed = session.execute(
        update(Approval)
        .where(
            Approval.id == approval_id,
            Approval.till_id == actor.till_id,
            Approval.permission == permission,
            Approval.created_at > utc_plus(-APPROVAL_SECONDS),
            Approval.spent_on.is_(None),
        )
        .values(spent_on=request_id, spent_at=utc_now())
    )
    found = _find(session, approval_id)
    return _judge(found, actor, approval_id, permission, request_id, spent_now=bool(matched_rows(changed)))


def look_at_approval(
    session: Session, actor: Actor, approval_id: int, permission: Permission, request_id: str
) -> Approved:
    """Tell whether spend_approval would take it now, and spend nothing. Raises what that raises."""
    found = _find(session, approval_id)
    unspent = found is not None and found.spent_on is None and -found.until_made < APPROVAL_SECONDS
    return _judge(found, actor, approval_id, permission, request_id, spent_now=unspent)


def approve_oneself(session: Session, actor: Actor, permission: Permission, request_id: str) -> Approved:
    """Note that who acts allows it, whose role is read again; made and spent at once, so that history tells who.

    Raises NotPermitted.
    """
    name = _require_approver(session, actor.staff_id, permission)
    approval_id = insert_row(
        session,
        Approval,
        staff_id=actor.staff_id,
        till_id=actor.till_id,
        permission=permission,
        created_at=utc_now(),
        spent_on=request_id,
        spent_at=utc_now(),
    )
    return Approved(approval_id, actor.staff_id, name)


def spend_any(
    session: Session, actor: Actor, approval_id: int | None, permission: Permission, request_id: str
) -> Approved:
    """Spend an approval; None: of who acts. Raises ApprovalRefused, NotPermitted."""
    if approval_id is None:
        return approve_oneself(session, actor, permission, request_id)
    return spend_approval(session, actor, approval_id, permission, request_id)


def told_of(approved: Approved) -> Mapping[str, object]:
    """Return what an audit entry says of it."""
    return {"approval": approved.approval_id, "approver": approved.staff_id, "approver_name": approved.name}


def _require_approver(session: Session, staff_id: int, permission: Permission) -> str:
    name = require_staff(session, staff_id, permission)
    require_staff(session, staff_id, Permission.APPROVE)
    return name


def _find(session: Session, approval_id: int) -> _Found | None:
    row = session.execute(
        select(
            Approval.staff_id,
            Approval.till_id,
            Approval.permission,
            Approval.spent_on,
            seconds_until(Approval.created_at).label("until_made"),
            StaffMember.name,
            StaffMember.role,
            StaffMember.active,
            StaffMember.deleted_at,
        )
        .join(StaffMember, StaffMember.id == Approval.staff_id)
        .where(Approval.id == approval_id)
    ).one_or_none()
    if row is None:
        return None
    made = float(row.until_made)
    works_here = bool(row.active) and row.deleted_at is None
    return _Found(row.staff_id, row.till_id, row.permission, row.spent_on, made, row.name, row.role, works_here)


def _judge(
    found: _Found | None, actor: Actor, approval_id: int, permission: Permission, request_id: str, *, spent_now: bool
) -> Approved:
    """Return who gave an approval. Raises ApprovalRefused."""
    again = say("Ask a manager once more.")
    if found is None or found.till_id != actor.till_id:
        raise ApprovalRefused(say("This was not approved at this till."), advice=again)
    if found.permission != permission:
        raise ApprovalRefused(say("{name} approved something else.", name=found.name), advice=again)
    approved = Approved(approval_id, found.staff_id, found.name)
    if not spent_now:
        if found.spent_on == request_id:
            return approved
        if found.spent_on is not None:
            raise ApprovalRefused(
                say("What {name} approved was done already: each approval is good for one.", name=found.name),
                advice=again,
            )
        raise ApprovalRefused(say("{name} approved this more than two minutes ago.", name=found.name), advice=again)
    if not found.works_here:
        raise ApprovalRefused(say("The account of {name} was closed meanwhile.", name=found.name), advice=again)
    role = Role(found.role)
    if not (may(role, Permission.APPROVE) and may(role, permission)):
        raise ApprovalRefused(say("{name} is not a manager any more.", name=found.name), advice=again)
    return approved
