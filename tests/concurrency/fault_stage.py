"""A small house with room for many points of a walk, and what each point begins with: seats, baskets, orders, scans."""

from __future__ import annotations

from collections import defaultdict, deque
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final
from uuid import uuid4

from sqlalchemy import insert, select, update

from pos_app.computer.journal import Journal
from pos_app.db.connection.addresses import parse_address
from pos_app.db.database import Database
from pos_app.db.models import Order, Performance, PromoCode, PromoUsage, Seat, Ticket
from pos_app.domain.door.check_in import Scan
from pos_app.domain.seats import SeatKey
from pos_app.domain.selling.sales import PaymentMethod, SaleLine, SaleRequest, Tender
from pos_app.services.door.guest_lists import count_guests
from pos_app.services.selling.holds import place_hold, release_seats
from pos_app.services.selling.sales import sell
from tests.after_sale import live_lines
from tests.schemas import make_schema
from tests.small_house import ADULT_MINOR, CHILD_MINOR, DAY, build_small_house
from tests.small_house_rows import add_performance, add_prices, fill_inventory
from tests.standing import add_standing

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy.orm import Session

    from pos_app.domain.roles import Actor
    from pos_app.domain.selling.sales import Sale
    from tests.small_house import SmallHouse

PLACES: Final = 1800
"""So many places has the house beside its seats: each point of a walk takes new ones."""
FLOOR_PLACES: Final = 20
CODE: Final = "HALF"
HALF_PRICE_MINOR: Final = ADULT_MINOR["B"] // 2
HALF_OF_A_CHILD_MINOR: Final = CHILD_MINOR["B"] // 2
_TICKETS_AT_ONCE: Final = 40
_WITHOUT_FEES: Final = 5
_USES: Final = select(PromoUsage.uses).where(PromoUsage.promo_code_id == 1).scalar_subquery()
_LEAVE_ONE_USE: Final = (
    update(PromoCode).where(PromoCode.id == 1).values(most_uses=_USES + 1).execution_options(synchronize_session=False)
)


class Stage:
    """A house that is prepared for walks. url, database: to the server directly. Close it at the end.

    later_id: the performance to which guests are moved; off_id: one that is called off again and again; waited_id: one
    for which people wait.
    """

    def __init__(self, url: str, folder: Path) -> None:
        self.url = url
        self.database = Database(parse_address(url))
        make_schema(self.database)
        self.house = self.database.transact(build_small_house)
        self.journal = Journal(folder / "journal")
        self.later_id, self.off_id, self.waited_id = (
            self.database.transact(_add_evening, self.house, days, fees=days != _WITHOUT_FEES) for days in (3, 4, 5)
        )
        wings = self.database.transact(add_standing, self.house, PLACES, name="Wings")
        self.floor_id = self.database.transact(add_standing, self.house, FLOOR_PLACES, name="Floor")
        self.database.transact(_make_code)
        self._places = {
            performance: deque(self.database.read(_places_of, wings, performance))
            for performance in (self.house.performance_id, self.off_id, self.waited_id)
        }
        self._tickets: deque[int] = deque()
        self._lines: deque[tuple[int, SeatKey, int]] = deque()
        self._seated: defaultdict[bool, deque[tuple[int, SeatKey]]] = defaultdict(deque)
        self._pair: int | None = None
        self.gala_is_sold = False
        self.reservation_id: int | None = None

    def close(self) -> None:
        """Close the connections."""
        self.database.close()

    def seats(self, number: int = 2, performance_id: int | None = None) -> tuple[SeatKey, ...]:
        """Return places that are free, of the evening unless told."""
        places = self._places[performance_id or self.house.performance_id]
        return tuple(places.popleft() for _ in range(number))

    def ticket(self) -> int:
        """Return a ticket that nobody has used."""
        if not self._tickets:
            self._tickets.extend(self.sell(self.request(_TICKETS_AT_ONCE)).ticket_ids)
        return self._tickets.popleft()

    def tickets(self) -> tuple[int, int]:
        """Return two tickets of one order that nobody has used."""
        if len(self._tickets) == 1:
            self._tickets.clear()
        return self.ticket(), self.ticket()

    def line(self) -> tuple[int, SeatKey, int]:
        """Return a line of a large order that nobody has changed: order, seat and line. One of its lines stays."""
        if len(self._lines) <= 1:
            self._lines.clear()
            order_id = self.sell(self.request(_TICKETS_AT_ONCE)).order_id
            lines = self.database.read(live_lines, order_id)
            self._lines.extend((order_id, seat, line) for seat, line in lines.items())
        return self._lines.popleft()

    def seated(self, *, child: bool) -> tuple[int, SeatKey, int]:
        """Return a line of an adult or a child in a large order of which nothing is refunded: order, seat and line."""
        guests = self._seated[child]
        if not guests:
            request = self.request(_TICKETS_AT_ONCE, child=child)
            order_id = self.sell(request).order_id
            guests.extend((order_id, line.seat) for line in request.lines)
        order_id, seat = guests.popleft()
        return order_id, seat, self.database.read(live_lines, order_id)[seat]

    def sits(self, order_id: int, seat: SeatKey, *, child: bool) -> None:
        """Let the guest of such a seat be used again, as what he or she is now."""
        self._seated[child].append((order_id, seat))

    def pair(self) -> tuple[int, dict[SeatKey, int]]:
        """Return an order of two tickets, and its lines by their seats: one whose tickets stay two, however often."""
        if self._pair is None:
            self._pair = self.sell(replace(self.request(), customer_name="Zoë Ångström 0")).order_id
        return self._pair, self.database.read(live_lines, self._pair)

    def hold(self, seats: tuple[SeatKey, ...]) -> str:
        """Hold seats; return the basket's key."""
        basket_key = uuid4().hex
        self.database.transact(place_hold, self.house.cashier, basket_key, seats)
        return basket_key

    def release(self, basket_key: str, seats: tuple[SeatKey, ...] = ()) -> None:
        """Give a basket's seats back; seats: those that may be used again."""
        self.database.transact(release_seats, basket_key)
        self.reuse(seats)

    def reuse(self, seats: tuple[SeatKey, ...]) -> None:
        """Let seats that are free be used again, after all others."""
        for seat in seats:
            self._places[seat.performance_id].append(seat)

    def request(self, number: int = 2, *, child: bool = False) -> SaleRequest:
        """Hold seats, and write the request of their sale for half the price, with the last use of the code."""
        seats, basket_key = self.seats(number), uuid4().hex
        self.database.transact(_hold_with_one_use, self.house.cashier, basket_key, seats)
        kind = self.house.child_id if child else self.house.adult_id
        lines = tuple(SaleLine(seat, kind) for seat in seats)
        total = len(seats) * (HALF_OF_A_CHILD_MINOR if child else HALF_PRICE_MINOR)
        tender = Tender(PaymentMethod.CASH, total, total + 100)
        return SaleRequest(uuid4().hex, basket_key, lines, total, tender, promo_code=CODE)

    def sell(self, request: SaleRequest) -> Sale:
        """Sell."""
        return self.database.transact(sell, self.house.cashier, request)

    def scan(self, ticket_id: int, gate: str) -> Scan:
        """Return the scan of a ticket."""
        code = self.database.read(_short_code, ticket_id)
        return Scan(self.house.performance_id, gate, code, uuid4().hex)

    def revision(self, order_id: int) -> int:
        """Return how often an order has been changed."""
        return self.database.read(_revision, order_id)

    def inside(self) -> int:
        """Count the guests of the evening that are inside."""
        return self.database.read(count_guests, self.house.performance_id).inside


def _make_code(session: Session) -> None:
    kept: dict[str, Any] = {"kind": "percent", "scope": "ticket", "value": 50, "only": "{}"}
    session.execute(insert(PromoCode).values(id=1, code=CODE, most_uses=1, **kept))
    session.execute(insert(PromoUsage).values(promo_code_id=1, uses=0))


def _hold_with_one_use(session: Session, cashier: Actor, basket_key: str, seats: tuple[SeatKey, ...]) -> None:
    session.connection().execute(_LEAVE_ONE_USE)
    place_hold(session, cashier, basket_key, seats)


def _add_evening(session: Session, house: SmallHouse, days: int, *, fees: bool) -> int:
    """Add another evening of the same event so many days from now. fees: with those of the gala."""
    gala = session.get_one(Performance, house.gala_id)
    its = {"ticket_fee_minor": gala.ticket_fee_minor, "order_fee_minor": gala.order_fee_minor} if fees else {}
    performance = add_performance(session, gala.event_id, house.plan_id, starts_in=days * DAY, **its)
    adult, child = (house.category_b_id, house.adult_id), (house.category_b_id, house.child_id)
    add_prices(session, performance, {adult: ADULT_MINOR["B"], child: CHILD_MINOR["B"]})
    fill_inventory(session, performance)
    return performance


def _places_of(session: Session, area: int, performance_id: int) -> list[SeatKey]:
    places = session.scalars(select(Seat.id).where(Seat.area_id == area).order_by(Seat.id))
    return [SeatKey(performance_id, place) for place in places]


def _revision(session: Session, order_id: int) -> int:
    return session.execute(select(Order.revision).where(Order.id == order_id)).scalar_one()


def _short_code(session: Session, ticket_id: int) -> str:
    return session.execute(select(Ticket.short_code).where(Ticket.id == ticket_id)).scalar_one()
