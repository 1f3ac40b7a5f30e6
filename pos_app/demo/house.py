"""The house of the demo: who works there, its ticket types and other tills."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pos_app.db.models import TicketType
from pos_app.db.results import insert_row
from pos_app.documents.house_keys import new_house_keys, wrapping_key
from pos_app.domain.roles import Actor, Role
from pos_app.domain.seats import SeatKind
from pos_app.domain.staff.sign_in import DemoSignIn
from pos_app.services.founding import NewKeys
from pos_app.services.staff.passwords import create_staff_member, hash_secret
from pos_app.services.tills.registering import register_till

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy.orm import Session

TIME_ZONE: Final = "Europe/Dublin"

OTHER_TILLS: Final = ("demo-till-2", "demo-till-3")
"""The machine keys of two tills that stand at no computer: they have sold, and hold seats."""

SIGN_INS: Final = (
    DemoSignIn("Amina Əliyeva", "curtain-up", "2580", Role.CASHIER),
    DemoSignIn("Helen Brandt", "house-lights", "147036", Role.MANAGER),
    DemoSignIn("Tomasz Wójcik", "front-doors", "3690", Role.DOOR_STEWARD),
)

ADULT: Final = "Adult"
CHILD: Final = "Child"
SENIOR: Final = "Senior"
COMPANION: Final = "Wheelchair companion"
COMPLIMENTARY: Final = "Complimentary"
PERCENT_OF_FULL_PRICE: Final = {ADULT: 100, CHILD: 50, SENIOR: 80, COMPANION: 0, COMPLIMENTARY: 0}
_LETTERS: Final = {ADULT: "A", CHILD: "C", SENIOR: "S", COMPANION: "W", COMPLIMENTARY: "F"}


@dataclass(frozen=True, slots=True)
class HashedSignIn:
    """A sign-in whose secrets are hashed already: that is slow, and has no place in a transaction."""

    name: str
    role: Role
    password_hash: str
    pin_hash: str
    pin_digits: int


def hash_sign_ins() -> tuple[HashedSignIn, ...]:
    """Hash the secrets of the staff, side by side; takes some tenths of a second."""
    with ThreadPoolExecutor() as hashers:
        hashed = list(hashers.map(hash_secret, [secret for one in SIGN_INS for secret in (one.password, one.pin)]))
    pairs = zip(SIGN_INS, hashed[::2], hashed[1::2], strict=True)
    return tuple(HashedSignIn(one.name, one.role, password, pin, len(one.pin)) for one, password, pin in pairs)


def demo_keys() -> NewKeys:
    """Make the keys of the house, wrapped for its manager; no recovery sheet, for the password is no secret."""
    password = next(one.password for one in SIGN_INS if one.role is Role.MANAGER)
    return NewKeys(new_house_keys(), wrapping_key(password))


def add_staff(session: Session, staff: Sequence[HashedSignIn]) -> dict[Role, tuple[int, str]]:
    """Store the staff; returns id and name by role."""
    return {
        one.role: (
            create_staff_member(
                session,
                name=one.name,
                role=one.role,
                password_hash=one.password_hash,
                pin_hash=one.pin_hash,
                pin_digits=one.pin_digits,
            ),
            one.name,
        )
        for one in staff
    }


def add_other_tills(session: Session, staff: Mapping[Role, tuple[int, str]], *, own_name: str) -> tuple[Actor, ...]:
    """Register the other tills under names that this one has left free; returns who stands there."""
    names = [name for name in ("Till 2", "Till 3", "Till 4") if name != own_name]
    actors = []
    for key, name, role in zip(OTHER_TILLS, names, (Role.CASHIER, Role.MANAGER), strict=False):
        till = register_till(session, key, name, "")
        staff_id, person = staff[role]
        actors.append(Actor(staff_id, person, role, till.till_id, till.name))
    return tuple(actors)


def add_ticket_types(session: Session) -> dict[str, int]:
    """Store the five ticket types; returns their ids by name."""
    return {
        name: insert_row(
            session,
            TicketType,
            name=name,
            letter=letter,
            seat_kind=SeatKind.COMPANION if name == COMPANION else "",
            complimentary=name == COMPLIMENTARY,
            sort=sort,
        )
        for sort, (name, letter) in enumerate(_LETTERS.items())
    }
