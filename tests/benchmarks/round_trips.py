"""How often a till asks the server for one deed, counted on the wire: what a driver sends row by row counts by row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from uuid import uuid4

from pos_app.db.connection.addresses import parse_address
from pos_app.db.database import Database
from pos_app.documents.ticket_codes import TicketClaim, sign_ticket
from pos_app.domain.door.check_in import Scan
from pos_app.domain.seats import SeatKey
from pos_app.domain.selling.sales import PaymentMethod, SaleLine, SaleRequest, Tender
from pos_app.services.door.check_in import check_in
from pos_app.services.seats.map_plan import load_plan
from pos_app.services.seats.map_states import load_changes, load_checksum, load_states
from pos_app.services.selling.holds import place_hold
from pos_app.services.selling.pricing import price_basket
from pos_app.services.selling.sales import sell
from tests.benchmarks.figures import Figure
from tests.concurrency.proxy import Proxy
from tests.small_house import SIGNING_KEY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.benchmarks.arena import Arena
    from tests.small_house import SmallHouse

ROUND_TRIPS: Final = {
    "the map is compared": 2,
    "two seats are held": 6,
    "a seat more is held": 5,
    "the map is polled": 3,
    "three tickets are sold": 19,
    "nine tickets are sold": 19,
    "a guest comes in": 4,
    "a ticket is refused": 3,
    "three tickets are sold to a name": 20,
    "three tickets are sold with a fee each": 20,
}
"""How many each deed takes, its COMMIT among them. Whoever needs one more has to say so here."""


def measure_round_trips(arena: Arena) -> Iterator[Figure]:
    """Count those of each deed once."""
    for deed, counted in count_round_trips(arena.url, arena.stadium.house).items():
        yield Figure(f"round trips, {deed}", counted, "statements", ROUND_TRIPS[deed])


def count_round_trips(url: str, house: SmallHouse) -> dict[str, int]:
    """Do each deed twice, and count the second time: the first one connects. Sells seats of the evening."""
    counted: dict[str, int] = {}
    with Proxy(url) as proxy:
        till = Database(parse_address(proxy.url))
        for seat_ids in (house.seat_ids[:15], house.seat_ids[15:30]):
            for name, deed in _deeds(till, house, [SeatKey(house.performance_id, seat) for seat in seat_ids]):
                proxy.at_statements({})
                deed()
                counted[name] = len(proxy.statements)
        till.close()
    return counted


def _deeds(till: Database, house: SmallHouse, seats: list[SeatKey]) -> Iterator[tuple[str, Callable[[], object]]]:
    """Give what a till does of an evening with fifteen seats; each is to be done before the next one is asked for."""
    cashier, evening = house.cashier, house.performance_id
    plan = till.read(load_plan, house.plan_id)
    cursor = till.read(load_states, evening, plan, None).cursor

    def hold(basket: str, some: list[SeatKey]) -> None:
        till.transact(place_hold, cashier, basket, some)

    def sale_of(basket: str, some: list[SeatKey], name: str = "") -> Callable[[], object]:
        lines = tuple(SaleLine(seat, house.adult_id) for seat in some)
        total = till.read(price_basket, lines).totals.total_minor
        tender = Tender(PaymentMethod.CASH, total, total)
        request = SaleRequest(uuid4().hex, basket, lines, total, tender, customer_name=name)
        return lambda: tickets.extend(till.transact(sell, cashier, request).ticket_ids)

    def poll() -> object:
        return till.at_rest.read(load_changes, evening, plan, None, cursor)

    tickets: list[int] = []
    small, large, named, dear = (uuid4().hex for _ in range(4))
    yield "the map is compared", lambda: till.at_rest.read(load_checksum, evening)
    yield "two seats are held", lambda: hold(small, seats[:2])
    yield "a seat more is held", lambda: hold(small, seats[2:3])
    yield "the map is polled", poll
    yield "three tickets are sold", sale_of(small, seats[:3])
    hold(large, seats[3:12])
    yield "nine tickets are sold", sale_of(large, seats[3:12])
    hold(named, seats[12:])
    yield "three tickets are sold to a name", sale_of(named, seats[12:], "Anna-Lena Weiß")
    charged = [SeatKey(house.gala_id, seat.seat_id) for seat in seats[:3]]
    hold(dear, charged)
    yield "three tickets are sold with a fee each", sale_of(dear, charged)
    code = sign_ticket(SIGNING_KEY, TicketClaim(house.key_id, evening, tickets[0], 1))
    for name, gate in (("a guest comes in", "Main door"), ("a ticket is refused", "Balcony")):
        scan = Scan(evening, gate, code, uuid4().hex)
        yield name, lambda scan=scan: till.transact(check_in, house.steward, scan)  # type: ignore[misc]
