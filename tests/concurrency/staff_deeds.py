"""What managers do to each other at the same moment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos_app.domain.errors import NotPermitted
from pos_app.domain.roles import Role
from pos_app.domain.staff.members import StaffDraft
from pos_app.services.staff.members import list_staff, save_staff_member

if TYPE_CHECKING:
    from tests.concurrency.till import Till


def take_the_others_role(till: Till, *, other_id: int) -> str:
    """Make a cashier of another manager; wait for the word after reading."""
    other = next(one for one in till.database.read(list_staff, till.actor) if one.staff_id == other_id)
    till.say("ready")
    till.wait()
    try:
        till.transact(save_staff_member, till.actor, other, StaffDraft(other.name, Role.CASHIER))
    except NotPermitted:
        return "refused"
    return "done"
