"""Staff as a manager sees them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from pos_app.domain.roles import Role


@dataclass(frozen=True, slots=True)
class StaffDraft:
    """What a manager decides about a staff member; password and PIN go another way, hashed."""

    name: str
    role: Role
    active: bool = True


@dataclass(frozen=True, slots=True)
class StaffRecord:
    """A staff member. last_seen: the last time that somebody signed in under this name, UTC; archived: put away."""

    staff_id: int
    name: str
    role: Role
    active: bool
    has_pin: bool
    archived: bool
    created_at: datetime
    last_seen: datetime | None


@dataclass(frozen=True, slots=True)
class SignInRecord:
    """One try to sign in or to approve. till: where; "" when that is not known."""

    at: datetime
    till: str
    approval: bool
    succeeded: bool
