"""Performances that are sold to so many guests, by plain rows: what a gate reads, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import func, insert, select, text

from pos_app.db.base import table_of
from pos_app.db.bulk import insert_rows
from pos_app.db.clock import utc_now
from pos_app.db.models import Event, Order, OrderLine, OutsideCode, Ticket, TicketPresence
from pos_app.documents.ticket_codes import TicketClaim, sign_ticket
from pos_app.domain.codes import fold_old_code, new_order_number, new_short_code
from tests.benchmarks.stadium import PRICE_MINOR
from tests.small_house import DAY, SIGNING_KEY
from tests.small_house_rows import add, add_performance

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from pos_app.db.database import Database
    from tests.benchmarks.stadium import Stadium

AN_ORDER: Final = 4


class FullHouse:
    """A performance for which the first so many seats of the stadium are sold, by four, each with an old code.

    tickets: by number, in the order of the seats.
    """

    def __init__(self, database: Database, stadium: Stadium, sold: int) -> None:
        self._key_id = stadium.house.key_id
        self.performance_id, first = database.transact(_sell_out, stadium, sold)
        self.tickets = range(first, first + sold)

    def code(self, ticket_id: int) -> str:
        """Return what is printed on a ticket."""
        return sign_ticket(SIGNING_KEY, TicketClaim(self._key_id, self.performance_id, ticket_id, 1))

    def old_code(self, ticket_id: int) -> str:
        """Return what was printed on it elsewhere."""
        return f"Old-{self.performance_id}-{ticket_id}"


def sell_out(database: Database, stadium: Stadium, sold: int) -> FullHouse:
    """Sell so many seats for a new performance."""
    full = FullHouse(database, stadium, sold)
    with database.writer.connect() as connection:
        connection.execute(text("ANALYZE TABLE orders, order_line, ticket, ticket_presence, outside_code"))
    return full


def _sell_out(session: Session, stadium: Stadium, sold: int) -> tuple[int, int]:
    house = stadium.house
    event = add(session, Event, title=f"A house of {sold:,}")
    performance = add_performance(session, event, stadium.plan_id, starts_in=DAY)
    category = session.execute(
        text("SELECT category_id FROM seat WHERE id = :first"), {"first": stadium.first_seat_id}
    ).scalar_one()
    first = {table: _next_key(session, table) for table in (Order, OrderLine, Ticket)}
    numbers, codes = _different(new_order_number, sold // AN_ORDER), _different(new_short_code, sold)
    orders = [
        {
            "id": first[Order] + at,
            "request_id": f"full-{performance}-{at}",
            "number": number,
            "till_id": house.till_id,
            "staff_id": house.cashier.staff_id,
            "customer_name": f"Guest {at}",
            "currency": "EUR",
            "lines_minor": AN_ORDER * PRICE_MINOR,
            "total_minor": AN_ORDER * PRICE_MINOR,
        }
        for at, number in enumerate(numbers)
    ]
    lines = [
        {
            "id": first[OrderLine] + at,
            "order_id": first[Order] + at // AN_ORDER,
            "performance_id": performance,
            "seat_id": stadium.first_seat_id + at,
            "category_id": category,
            "ticket_type_id": house.adult_id,
            "price_minor": PRICE_MINOR,
        }
        for at in range(sold)
    ]
    tickets = [
        {
            "id": first[Ticket] + at,
            "order_line_id": first[OrderLine] + at,
            "performance_id": performance,
            "live_seat_id": stadium.first_seat_id + at,
            "short_code": code,
        }
        for at, code in enumerate(codes)
    ]
    session.execute(insert(Order).values(created_at=utc_now()), orders)
    insert_rows(session, table_of(OrderLine), lines)
    insert_rows(session, table_of(Ticket), tickets)
    insert_rows(session, table_of(TicketPresence), [{"ticket_id": ticket["id"]} for ticket in tickets])
    old = {ticket["id"]: f"Old-{performance}-{ticket['id']}" for ticket in tickets}
    insert_rows(
        session,
        table_of(OutsideCode),
        [
            {"ticket_id": one, "performance_id": performance, "code_key": code, "folded_key": fold_old_code(code)}
            for one, code in old.items()
        ],
    )
    return performance, first[Ticket]


def _next_key(session: Session, table: Any) -> int:
    highest = session.execute(select(func.max(table.id))).scalar()
    return int(highest or 0) + 1


def _different(make: Any, count: int) -> list[str]:
    made: set[str] = set()
    while len(made) < count:
        made.add(make())
    return sorted(made)
