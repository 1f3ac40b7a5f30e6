"""A small, complete box office for tests: venue, plan, three performances, prices, staff with known secrets, tills.

Built by plain statements, so that a test of a service does not lean on another service. `build_small_house` runs in
a transaction of the caller (`database.transact(build_small_house)`); `sell_seats` goes the real way of a sale.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from itertools import product
from typing import TYPE_CHECKING, Any, Final
from uuid import uuid4

from argon2 import PasswordHasher
from sqlalchemy import insert

from pos_app.db.clock import utc_now
from pos_app.db.models import (
    AuditHead,
    Drawer,
    Event,
    PriceCategory,
    SeatingPlan,
    StaffMember,
    StaffSecret,
    TicketType,
    Till,
    TillKey,
    Venue,
)
from pos_app.documents.ticket_codes import public_key_of
from pos_app.domain.roles import Actor, Permission, Role
from pos_app.domain.seats import SeatKey
from pos_app.domain.selling.gifts import Gift, GiftReason
from pos_app.domain.selling.sales import PaymentMethod, SaleLine, SaleRequest, Tender
from pos_app.services.selling.holds import place_hold
from pos_app.services.selling.pricing import price_basket
from pos_app.services.selling.sales import sell
from pos_app.services.staff.approvals import make_approval
from tests.small_house_rows import add, add_performance, add_prices, add_seats, fill_inventory

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from pos_app.domain.selling.sales import Sale

DAY: Final = 86_400
CURRENCY: Final = "EUR"
TIME_ZONE: Final = "Europe/Berlin"

PASSWORDS: Final = {
    Role.CASHIER: "cashier-secret",
    Role.MANAGER: "manager-secret",
    Role.DOOR_STEWARD: "steward-secret",
}
PINS: Final = {Role.CASHIER: "1111", Role.MANAGER: "222222", Role.DOOR_STEWARD: "3333"}
NAMES: Final = {Role.CASHIER: "Carla Cash", Role.MANAGER: "Mario Manager", Role.DOOR_STEWARD: "Stella Steward"}

ADULT_MINOR: Final = {"A": 4000, "B": 2500}
CHILD_MINOR: Final = {"A": 2000, "B": 1250}
_NOTHING: Final = {"A": 0, "B": 0}
GALA_TICKET_FEE_MINOR: Final = 50
GALA_ORDER_FEE_MINOR: Final = 150

SIGNING_KEY: Final = bytes(range(32))
"""The private key of the first till, enrolled; a key of nobody else."""


@dataclass(frozen=True, slots=True)
class SmallHouse:
    """What was built, by id.

    performance_id: an evening tomorrow, without fees, hold time 15 minutes. gala_id: the day after, with a fee a
    ticket and a fee an order. begun_id: began an hour ago. All three on the same plan.
    seat_ids: all seats, row by row; the first half of the rows is category A, the rest B. The last two seats of the
    last row are a wheelchair place and its companion's.
    Ticket types: adult, child, complimentary (free), companion (free, for companion seats only).
    cashier and manager stand at till_id (its key enrolled as key_id), the steward at gate_till_id.
    """

    venue_id: int
    plan_id: int
    category_a_id: int
    category_b_id: int
    performance_id: int
    gala_id: int
    begun_id: int
    rows: int
    seats_per_row: int
    seat_ids: tuple[int, ...]
    adult_id: int
    child_id: int
    complimentary_id: int
    companion_id: int
    till_id: int
    other_till_id: int
    gate_till_id: int
    key_id: int
    cashier: Actor
    manager: Actor
    steward: Actor

    @property
    def performance_ids(self) -> tuple[int, int, int]:
        """The evening, the gala, and the one that has begun."""
        return self.performance_id, self.gala_id, self.begun_id

    def seat_id(self, row: int, number: int) -> int:
        """Return a seat's id; rows and numbers count from 1."""
        if not (1 <= row <= self.rows and 1 <= number <= self.seats_per_row):
            raise ValueError(f"There is no seat {number} in row {row}.")
        return self.seat_ids[(row - 1) * self.seats_per_row + number - 1]

    def seat(self, row: int, number: int, performance_id: int | None = None) -> SeatKey:
        """Return a place of a performance (the evening tomorrow unless told)."""
        return SeatKey(performance_id or self.performance_id, self.seat_id(row, number))

    def seats_of(self, row: int, numbers: Sequence[int], performance_id: int | None = None) -> tuple[SeatKey, ...]:
        """Return several places of one row."""
        return tuple(self.seat(row, number, performance_id) for number in numbers)

    def elsewhere(self, actor: Actor) -> Actor:
        """Return the same person at the other till."""
        return replace(actor, till_id=self.other_till_id, till_name="Till 2")


def build_small_house(session: Session, *, rows: int = 5, seats_per_row: int = 10) -> SmallHouse:
    """Build the house in an empty schema; the caller commits."""
    staff = {role: _staff_member(session, role) for role in Role}
    tills = [_till(session, name) for name in ("Till 1", "Till 2", "Gate 1")]
    key_id = add(
        session,
        TillKey,
        till_id=tills[0],
        public_key=public_key_of(SIGNING_KEY).hex(),
        enrolled_by=staff[Role.MANAGER],
        enrolled_at=utc_now(),
    )
    venue = add(
        session, Venue, name="The Little House", address="1 High Street", time_zone=TIME_ZONE, currency=CURRENCY
    )
    plan = add(
        session,
        SeatingPlan,
        venue_id=venue,
        name="Stalls only",
        width=23.0 * seats_per_row + 100,
        height=23.0 * rows + 150,
        focal_x=23.0 * seats_per_row / 2 + 50,
        focal_y=20.0,
    )
    categories = {
        letter: add(session, PriceCategory, plan_id=plan, name=letter, color="#4f7cff", sort=sort)
        for sort, letter in enumerate("AB")
    }
    seat_ids = add_seats(session, plan, categories, rows, seats_per_row)
    types = {
        name: add(session, TicketType, name=name.title(), letter=name[:2].title(), sort=sort, **more)
        for sort, (name, more) in enumerate(_TICKET_TYPES.items())
    }
    event = add(session, Event, title="The Cherry Orchard")
    evening = add_performance(session, event, plan, starts_in=DAY)
    gala = add_performance(
        session,
        event,
        plan,
        starts_in=2 * DAY,
        ticket_fee_minor=GALA_TICKET_FEE_MINOR,
        order_fee_minor=GALA_ORDER_FEE_MINOR,
    )
    begun = add_performance(session, event, plan, starts_in=-3600)
    amounts = {
        (categories[letter], types[name]): {"adult": ADULT_MINOR, "child": CHILD_MINOR}.get(name, _NOTHING)[letter]
        for letter, name in product("AB", types)
    }
    for performance in (evening, gala, begun):
        add_prices(session, performance, amounts)
        fill_inventory(session, performance)
    return SmallHouse(
        venue_id=venue,
        plan_id=plan,
        category_a_id=categories["A"],
        category_b_id=categories["B"],
        performance_id=evening,
        gala_id=gala,
        begun_id=begun,
        rows=rows,
        seats_per_row=seats_per_row,
        seat_ids=seat_ids,
        adult_id=types["adult"],
        child_id=types["child"],
        complimentary_id=types["complimentary"],
        companion_id=types["companion"],
        till_id=tills[0],
        other_till_id=tills[1],
        gate_till_id=tills[2],
        key_id=key_id,
        cashier=_actor(staff, Role.CASHIER, tills[0], "Till 1"),
        manager=_actor(staff, Role.MANAGER, tills[0], "Till 1"),
        steward=_actor(staff, Role.DOOR_STEWARD, tills[2], "Gate 1"),
    )


def sell_seats(
    session: Session,
    house: SmallHouse,
    seats: Sequence[SeatKey],
    *,
    ticket_type_id: int | None = None,
    actor: Actor | None = None,
    request_id: str | None = None,
    after_start: bool = False,
) -> Sale:
    """Hold seats and sell them for cash (adults unless told; nothing to pay: free) by the real services."""
    seller = actor or house.cashier
    basket_key, request = uuid4().hex, request_id or uuid4().hex
    place_hold(session, seller, basket_key, seats, after_start=after_start)
    lines = tuple(SaleLine(seat, ticket_type_id or house.adult_id) for seat in seats)
    total = price_basket(session, lines).totals.total_minor
    tender = Tender(PaymentMethod.CASH, total, total) if total else Tender(PaymentMethod.FREE, 0)
    given = ticket_type_id == house.complimentary_id
    allowed = allow(session, house, Permission.GIVE_AWAY, till_id=seller.till_id) if given else None
    asked = SaleRequest(
        request,
        basket_key,
        lines,
        total,
        tender,
        customer_name="Anna Guest",
        after_start=after_start,
        gift=Gift(GiftReason.PRESS, "Press", allowed),
    )
    return sell(session, seller, asked)


def allow(
    session: Session, house: SmallHouse, permission: Permission = Permission.VOID, *, till_id: int | None = None
) -> int:
    """Let the manager allow one thing at a till, the first one unless told; return the number of the approval."""
    return make_approval(session, house.manager.staff_id, till_id or house.till_id, permission)


_TICKET_TYPES: Final[dict[str, dict[str, Any]]] = {
    "adult": {},
    "child": {},
    "complimentary": {"complimentary": True},
    "companion": {"seat_kind": "companion"},
}


@cache
def _quick_hash(secret: str) -> str:
    """Hash as the program does, but with the least work: tests sign in often."""
    return PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(secret)


def _staff_member(session: Session, role: Role) -> int:
    name = NAMES[role]
    staff_id = add(session, StaffMember, name=name, name_key=name.casefold(), role=role, created_at=utc_now())
    secrets = {"password_hash": _quick_hash(PASSWORDS[role]), "pin_hash": _quick_hash(PINS[role])}
    session.execute(insert(StaffSecret).values(staff_id=staff_id, **secrets))
    return staff_id


def _actor(staff: dict[Role, int], role: Role, till_id: int, till_name: str) -> Actor:
    return Actor(staff[role], NAMES[role], role, till_id, till_name)


def _till(session: Session, name: str) -> int:
    till_id = add(session, Till, machine_key=f"machine-{name}", name=name, created_at=utc_now())
    add(session, Drawer, till_id=till_id, name=name)
    session.execute(insert(AuditHead).values(chain=f"till:{till_id}", seq=0, hash=""))
    return till_id
