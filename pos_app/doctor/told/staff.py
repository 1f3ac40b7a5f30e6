"""Accounts: who works here and as what, and whether an entry of the audit tells who decided that.

A password or a PIN that is another one is not seen here: no entry tells a secret.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select

from pos_app.db.models import StaffMember
from pos_app.doctor.findings import Finding, Rule
from pos_app.doctor.told.trail import agreed, replay
from pos_app.domain.sentences import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlalchemy.orm import Session

    from pos_app.doctor.names import Names
    from pos_app.doctor.told.trail import Entry, Found, Trail
    from pos_app.domain.sentences import Sentence

_ADVICE: Final = say(
    "Close the account under Manage, Staff, unless the managers know of it, and change the password of the database."
)
_ROLES: Final = {"cashier": say("cashier"), "manager": say("manager"), "door_steward": say("door steward")}


@dataclass(slots=True)
class _Member:
    """What the audit tells of somebody. active: None where it does not tell."""

    role: str
    active: bool | None = True
    archived: bool = False


def judge_staff(session: Session, _names: Names, trail: Trail) -> Iterator[Finding]:
    """Compare the accounts with what the audit tells of them."""
    query = select(StaffMember.id, StaffMember.name, StaffMember.role, StaffMember.active, StaffMember.deleted_at)
    rows = session.execute(query.order_by(StaffMember.id)).all()

    def look(entries: Sequence[Entry]) -> Found:
        members: dict[int, _Member] = {}

        def begin() -> None:
            for key, role, active, archived in trail.noted("members"):
                members[int(key)] = _Member(str(role), bool(active), bool(archived))

        found = replay(trail, entries, begin, lambda entry: _step(members, entry))
        found |= {("staff", row.id): _finding(row, told) for row in rows if (told := _told(row, members.get(row.id)))}
        for gone in members.keys() - {row.id for row in rows}:
            subject = say("Account {number}", number=str(gone))
            found["staff", gone] = Finding(Rule.TOLD_STAFF, say("it is gone, and the audit tells of it"), subject)
        return found

    yield from agreed(trail, look)


def _step(members: dict[int, _Member], entry: Entry) -> None:
    told = entry.told
    match entry.action:
        case "staff_added":
            members[int(told["member"])] = _Member(str(told["role"]), told.get("active"))
        case "staff_changed":
            # An account that nobody made does not become one by what is done to it.
            if member := members.get(int(told["member"])):
                member.role, member.active = str(told["after"]["role"]), bool(told["after"]["active"])
        case "staff_archived" | "staff_restored":
            if member := members.get(int(told["member"])):
                member.archived = entry.action == "staff_archived"


def _told(row: Any, member: _Member | None) -> Sentence | None:
    """Say what is not as it is told; None: nothing."""
    if member is None:
        if not row.active or row.deleted_at is not None:
            return None
        return say("no entry of the audit tells who made this account; its role is {role}", role=_role(row.role))
    if row.role != member.role:
        return say("its role is {role}; by the audit it is {told}", role=_role(row.role), told=_role(member.role))
    if (row.deleted_at is not None) != member.archived:
        return say("by the audit it was put away") if member.archived else say("by the audit it was not put away")
    if member.active is not None and bool(row.active) != member.active:
        return say("by the audit it may sign in") if member.active else say("by the audit it may not sign in any more")
    return None


def _finding(row: Any, told: Sentence) -> Finding:
    return Finding(Rule.TOLD_STAFF, told, say("Account {number}, {name}", number=str(row.id), name=row.name), _ADVICE)


def _role(role: str) -> Sentence | str:
    return _ROLES.get(role, role)
