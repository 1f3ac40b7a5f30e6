"""Signing in: who can, with what, and how long to wait after wrong tries."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pos_app.domain.roles import Role

FREE_TRIES: Final = 5
"""Wrong tries before waiting begins."""

LONGEST_WAIT_SECONDS: Final = 900

APPROVAL_SECONDS: Final = 120
"""What a manager allowed is to be done within this time."""


def wait_after(failures: int) -> int:
    """Return the seconds to wait after so many wrong tries in a row: 5 is 5 s, then doubling up to 15 minutes."""
    if failures < FREE_TRIES:
        return 0
    return min(LONGEST_WAIT_SECONDS, 5 << min(failures - FREE_TRIES, 10))


@dataclass(frozen=True, slots=True)
class Person:
    """Who gave a name and the secret that belongs to it, wherever that was."""

    staff_id: int
    name: str
    role: Role


@dataclass(frozen=True, slots=True)
class StaffChoice:
    """A staff member as the sign-in screen and an approval offer them.

    pin_digits: at which the PIN is complete, the same for all of a house; 0: Enter tells.
    """

    staff_id: int
    name: str
    role: Role
    has_pin: bool
    pin_digits: int = 0


@dataclass(frozen=True, slots=True)
class Approval:
    """What somebody gives to allow what another one does: who, and the PIN, or the password where there is none."""

    staff_id: int
    secret: str = field(repr=False)
    by_pin: bool = True


@dataclass(frozen=True, slots=True)
class DemoSignIn:
    """A sign-in of the demo box office, shown on the sign-in screen in demo mode only."""

    name: str
    password: str
    pin: str
    role: Role


@dataclass(frozen=True, slots=True)
class SignInChoices:
    """What the sign-in screen shows before anybody has signed in. language: of the house, as in HouseSettings."""

    house: str
    staff: tuple[StaffChoice, ...]
    demo: tuple[DemoSignIn, ...]
    language: str = ""
