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
    """A staff member. last_seen: the last time that somebody signed in under this name, UTC; archived: put away.

    wait_seconds: how long the next try must wait after wrong ones, when this was read.
    """

    staff_id: int
    name: str
    role: Role
    active: bool
    has_pin: bool
    archived: bool
    last_seen: datetime | None
    wait_seconds: int = 0


@dataclass(frozen=True, slots=True)
class StaffList:
    """Everybody, those put away too. time_zone: in which a manager reads when somebody signed in.

    lacks_recovery: the house has keys, and no recovery sheet that would open them without a password.
    """

    staff: tuple[StaffRecord, ...]
    time_zone: str
    lacks_recovery: bool = False


@dataclass(frozen=True, slots=True)
class SignInRecord:
    """One try to sign in or to approve. till: where; "" when that is not known.

    forgiven: not a try, but a manager who ended the wait after wrong ones.
    """

    at: datetime
    till: str
    approval: bool
    succeeded: bool
    forgiven: bool = False
