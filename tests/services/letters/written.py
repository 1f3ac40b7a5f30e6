"""What the stories of letters have in common: somebody who can be reached, and what was written to them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import uuid4

from sqlalchemy import select, update

from pos_app.db.models import Customer, Order, OrderChange, OutboxEmail
from pos_app.domain.customers.records import CustomerDraft
from pos_app.domain.selling.sales import PaymentMethod, SaleLine, SaleRequest, Tender
from pos_app.services.customers.records import add_customer
from pos_app.services.selling.pricing import price_basket
from pos_app.services.selling.sales import sell
from tests.services.stories import hold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pos_app.domain.seats import SeatKey
    from pos_app.domain.selling.sales import Sale
    from tests.houses import OpenHouse

ANNA = CustomerDraft("Anna Novak", "anna@example.org", "601 234 567")


class Written(NamedTuple):
    """A letter as it lies in the outbox. change: the kind of the change that it tells of."""

    letter_id: int
    kind: str
    state: str
    recipient: str
    order_id: int | None
    customer_id: int | None
    performance_id: int | None
    change: str | None
    facts: dict[str, Any]


def letters(house: OpenHouse) -> list[Written]:
    """Return all letters, in the order in which they were written."""
    rows = (
        select(
            OutboxEmail.id,
            OutboxEmail.kind,
            OutboxEmail.state,
            OutboxEmail.recipient,
            OutboxEmail.order_id,
            OutboxEmail.customer_id,
            OutboxEmail.performance_id,
            OrderChange.kind.label("change"),
            OutboxEmail.facts,
        )
        .outerjoin(OrderChange, OrderChange.id == OutboxEmail.change_id)
        .order_by(OutboxEmail.id)
    )
    found = house.database.read(lambda session: session.execute(rows).all())
    return [Written(*row[:-1], json.loads(row.facts)) for row in found]


def kinds(house: OpenHouse) -> list[tuple[str, str]]:
    """Return the kind and the state of each letter."""
    return [(letter.kind, letter.state) for letter in letters(house)]


def customer(house: OpenHouse, draft: CustomerDraft = ANNA) -> int:
    """Make a customer."""
    return house.database.transact(add_customer, house.small.cashier, draft, request_id=uuid4().hex).customer_id


def change_customer(house: OpenHouse, customer_id: int, **values: Any) -> None:
    """Set columns of a customer by hand."""
    change = update(Customer).where(Customer.id == customer_id).values(**values)
    house.database.transact(lambda session: session.execute(change))


def give_to(house: OpenHouse, order_id: int, customer_id: int) -> None:
    """Let an order be a customer's from now on."""
    change = update(Order).where(Order.id == order_id).values(customer_id=customer_id)
    house.database.transact(lambda session: session.execute(change))


def set_states(house: OpenHouse, state: str) -> None:
    """Let all letters stand like that."""
    change = update(OutboxEmail).values(state=state)
    house.database.transact(lambda session: session.execute(change))


def ask_to_sell(house: OpenHouse, seats: Sequence[SeatKey], customer_id: int | None, **more: Any) -> SaleRequest:
    """Hold seats for adults and ask to sell them to a customer for cash."""
    held = hold(house, seats)
    lines = tuple(SaleLine(seat, house.small.adult_id) for seat in seats)
    total = house.database.read(price_basket, lines).totals.total_minor
    tender = Tender(PaymentMethod.CASH, total, total)
    return SaleRequest(uuid4().hex, held.basket_key, lines, total, tender, customer_id=customer_id, **more)


def sold_to(house: OpenHouse, seats: Sequence[SeatKey], customer_id: int | None) -> Sale:
    """Sell seats to a customer."""
    return house.database.transact(sell, house.small.cashier, ask_to_sell(house, seats, customer_id))
