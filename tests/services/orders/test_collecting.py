from __future__ import annotations

import json
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from sqlalchemy import select, update

from pos_app.db.clock import utc_plus
from pos_app.db.models import AuditEntry, Performance, Ticket
from pos_app.domain.errors import InvalidInput, NotFound, NotPermitted, OrderChanged
from pos_app.domain.orders.finding import OrderQuery
from pos_app.services.orders.collecting import hand_over, list_waiting
from pos_app.services.orders.finding.search import find_orders
from tests.services.orders.ledgers import live_lines, revision_of
from tests.services.orders.refunding import give_back
from tests.services.orders.selling_to import sell_to

if TYPE_CHECKING:
    from tests.houses import OpenHouse


def test_paid_orders_wait_at_the_window_until_they_are_handed_over(house: OpenHouse) -> None:
    small, database = house.small, house.database
    zoe = database.transact(sell_to, house, small.seats_of(1, (1, 2)), "Zoë Weiß", "Rings before", collect=True)
    anna = database.transact(sell_to, house, small.seats_of(1, (4,)), "anna Berg", collect=True)
    nobody = database.transact(sell_to, house, small.seats_of(2, (4,)), collect=True)
    gala = database.transact(sell_to, house, small.seats_of(2, (1,), small.gala_id), "Bert Ost", collect=True)
    printed = database.transact(sell_to, house, small.seats_of(3, (1,)), "Carla Nord")

    def waiting(performance_id: int | None = None) -> list[int]:
        return [one.order_id for one in database.read(list_waiting, small.cashier, performance_id)]

    def filtered(query: OrderQuery) -> list[int]:
        return [row.order_id for row in database.read(find_orders, small.cashier, query).rows]

    assert waiting() == [anna.order_id, zoe.order_id, nobody.order_id, gala.order_id]
    assert waiting(small.gala_id) == [gala.order_id]
    first = database.read(list_waiting, small.cashier, small.performance_id)[1]
    assert (first.name, first.note, first.tickets) == ("Zoë Weiß", "Rings before", 2)
    assert str(first.performance.spoken()) == "Stalls, row A, seats 1\u20132"
    for query in (OrderQuery(waiting=True), OrderQuery("a", waiting=True), OrderQuery("zoe weiss", waiting=True)):
        assert set(filtered(query)) <= set(waiting())
    assert filtered(OrderQuery("zoe weiss", waiting=True)) == [zoe.order_id]
    assert filtered(OrderQuery(waiting=True, performance_id=small.gala_id)) == [gala.order_id]
    assert database.read(find_orders, small.cashier, OrderQuery("zoe")).rows[0].waits

    request_id = uuid4().hex
    for _ in range(2):
        # The second time is the repeat of a request whose answer was lost.
        assert database.transact(hand_over, small.cashier, zoe.order_id, request_id) == zoe.ticket_ids
    assert waiting() == [anna.order_id, nobody.order_id, gala.order_id]
    rows = database.read(
        lambda session: session.execute(
            select(Ticket.issue_count, Ticket.printed_at).where(Ticket.id.in_(zoe.ticket_ids))
        ).all()
    )
    assert all(row.issue_count == 1 and row.printed_at is not None for row in rows)
    bodies = database.read(
        lambda session: session.scalars(select(AuditEntry.body).where(AuditEntry.action == "handed_over")).all()
    )
    (told,) = map(json.loads, bodies)
    assert (told["order"], told["tickets"]) == (zoe.number, list(zoe.ticket_ids))

    with pytest.raises(InvalidInput):
        database.transact(hand_over, small.cashier, zoe.order_id, uuid4().hex)
    with pytest.raises(InvalidInput):
        database.transact(hand_over, small.cashier, printed.order_id, uuid4().hex)
    with pytest.raises(NotFound):
        database.transact(hand_over, small.cashier, 10**9, uuid4().hex)
    for refused in (lambda: database.read(list_waiting, small.steward),
                    lambda: database.transact(hand_over, small.steward, anna.order_id, uuid4().hex)):  # fmt: skip
        with pytest.raises(NotPermitted):
            refused()

    database.transact(lambda session: session.execute(update(Performance).values(starts_at=utc_plus(-7 * 3600))))
    # That evening is over, and whoever still comes is found by its performance.
    assert waiting() == filtered(OrderQuery(waiting=True)) == []
    assert waiting(small.gala_id) == [gala.order_id]


def test_what_was_changed_since_it_was_looked_at_is_not_handed_over(house: OpenHouse) -> None:
    small, database = house.small, house.database
    sale = database.transact(sell_to, house, small.seats_of(1, (1, 2)), "Zoë", collect=True)
    seen = revision_of(house, sale.order_id)
    give_back(house, sale, tuple(live_lines(house, sale.order_id).values())[:1])
    with pytest.raises(OrderChanged, match="tickets refunded"):
        database.transact(hand_over, small.cashier, sale.order_id, uuid4().hex, seen=seen)
    now = revision_of(house, sale.order_id)
    handed = database.transact(hand_over, small.cashier, sale.order_id, uuid4().hex, seen=now)
    assert handed == sale.ticket_ids[1:]
