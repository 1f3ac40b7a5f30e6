from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from pos_app.db.models import AuditEntry
from pos_app.doctor import judge_database
from pos_app.domain.codes import grouped
from pos_app.domain.editing import FieldRefused
from pos_app.domain.errors import NotOnSale, NotPermitted
from pos_app.services.season.cancellations import (
    cancel_performance,
    export_affected_orders,
    load_cancellation,
    load_cancellations,
    reinstate_performance,
)
from pos_app.services.selling.sales import sell
from tests.services.orders.reserving import reserved
from tests.services.stories import cash_request, hold, sold
from tests.small_house import ADULT_MINOR, GALA_ORDER_FEE_MINOR, GALA_TICKET_FEE_MINOR

if TYPE_CHECKING:
    from tests.houses import OpenHouse


def test_what_a_cancellation_meets_is_told_before(house: OpenHouse) -> None:
    gala = house.small.gala_id
    first = sold(house, house.small.seats_of(1, (1, 2), gala))
    second = sold(house, house.small.seats_of(1, (3,), gala))
    sold(house, house.small.seats_of(1, (1,)))
    hold(house, house.small.seats_of(2, (1, 2), gala))
    met = house.database.read(load_cancellation, house.small.manager, gala)
    assert {one.number: one.tickets for one in met.orders} == {first.number: 2, second.number: 1}
    assert (met.tickets, met.held, met.inside) == (3, 2, 0)
    assert met.paid_minor == 3 * (ADULT_MINOR["A"] + GALA_TICKET_FEE_MINOR) + 2 * GALA_ORDER_FEE_MINOR


def test_the_fee_of_an_order_is_told_with_the_last_performance_of_its_tickets(house: OpenHouse) -> None:
    evening, gala = house.small.performance_id, house.small.gala_id
    sold(house, (*house.small.seats_of(1, (1,), gala), house.small.seat(1, 1)))
    tickets = 2 * ADULT_MINOR["A"] + GALA_TICKET_FEE_MINOR
    alone = sum(house.database.read(load_cancellation, house.small.manager, one).paid_minor for one in (evening, gala))
    assert alone == tickets
    both = house.database.read(load_cancellations, house.small.manager, (evening, gala))
    assert sum(one.paid_minor for one in both) == tickets + GALA_ORDER_FEE_MINOR


def test_a_cancelled_performance_is_sold_no_more_and_its_orders_stay(house: OpenHouse) -> None:
    sold(house, house.small.seats_of(1, (1,)))
    held = hold(house, house.small.seats_of(2, (1,)))
    request = cash_request(house, held)
    cancelled = house.database.transact(
        cancel_performance, house.small.manager, house.small.performance_id, "  The  tenor is ill. "
    )
    assert (cancelled.cancelled, cancelled.cancel_reason, cancelled.sold) == (True, "The tenor is ill.", 1)
    with pytest.raises(NotOnSale):
        hold(house, house.small.seats_of(3, (1,)))
    with pytest.raises(NotOnSale):
        house.database.transact(sell, house.small.cashier, request)
    assert house.database.read(judge_database) == ()


def test_a_cancellation_is_repeated_without_harm_and_taken_back(house: OpenHouse) -> None:
    evening, manager = house.small.performance_id, house.small.manager
    for reason in ("The tenor is ill.", "Another reason"):
        again = house.database.transact(cancel_performance, manager, evening, reason)
        assert again.cancel_reason == "The tenor is ill."
    for _ in range(2):
        assert not house.database.transact(reinstate_performance, manager, evening).cancelled
    sold(house, house.small.seats_of(1, (1,)))
    actions = house.database.read(lambda s: s.scalars(select(AuditEntry.action).order_by(AuditEntry.id)).all())
    assert [one for one in actions if one.startswith("performance")] == [
        "performance_cancelled",
        "performance_reinstated",
    ]


@pytest.mark.parametrize("reason", ["", " \x00", "x" * 301])
def test_a_cancellation_needs_a_reason(house: OpenHouse, reason: str) -> None:
    with pytest.raises(FieldRefused) as refused:
        house.database.transact(cancel_performance, house.small.manager, house.small.performance_id, reason)
    assert list(refused.value.fields) == ["reason"]


def test_only_a_manager_cancels(house: OpenHouse) -> None:
    with pytest.raises(NotPermitted):
        house.database.transact(cancel_performance, house.small.cashier, house.small.performance_id, "No mood")


def test_who_has_only_reserved_is_told_too(house: OpenHouse) -> None:
    small, database = house.small, house.database
    made = reserved(house, small.seats_of(1, (1, 2), small.gala_id), "Zoë Novák")
    assert database.read(load_cancellation, small.manager, small.gala_id).orders == ()
    text = database.transact(export_affected_orders, small.manager, [small.gala_id]).decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(text, newline=""))
    told = row["Order"], row["Name"], row["Tickets"], row["Paid"], row["Reserved"]
    assert told == (grouped(made.number), "Zoë Novák", "0", "0.00", "2")
