"""What a customer may still buy is counted behind a write of its row, under the number that it has by now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select, update

from pos_app.db.clock import utc_now
from pos_app.db.models import Customer
from pos_app.domain.customers.records import CustomerDraft, CustomerRefused
from pos_app.services.customers.buying import find_buyer, lock_customer, reached_by, require_tickets_left
from pos_app.services.selling.sales import sell
from tests.services.customers.people import add
from tests.services.stories import cash_request, hold

if TYPE_CHECKING:
    from tests.houses import OpenHouse

ANNA = CustomerDraft("Anna Novak", "anna@example.org", "601 234 567")


def change(house: OpenHouse, customer_id: int, **values: Any) -> None:
    statement = update(Customer).where(Customer.id == customer_id).values(**values)
    house.database.transact(lambda session: session.execute(statement))


def revision(house: OpenHouse, customer_id: int) -> int:
    return house.database.read(
        lambda session: session.execute(select(Customer.revision).where(Customer.id == customer_id)).scalar_one()
    )


def test_the_row_is_written_under_the_number_that_it_has_now(house: OpenHouse) -> None:
    anna, other, gone = (add(house, CustomerDraft(name)).customer_id for name in ("Anna", "A. Novak", "Nobody"))
    assert house.database.transact(lock_customer, anna) == anna
    assert revision(house, anna) == 1
    change(house, other, merged_into_id=anna)
    change(house, gone, erased_at=utc_now())
    assert house.database.transact(lock_customer, other) == anna
    assert (revision(house, anna), revision(house, other)) == (2, 0)
    assert house.database.read(find_buyer, other) == anna
    assert house.database.transact(lock_customer, gone) is None
    assert house.database.transact(lock_customer, 999) is None
    with pytest.raises(CustomerRefused, match=f"Customer {gone} was erased meanwhile"):
        house.database.read(find_buyer, gone)
    change(house, anna, erased_at=utc_now())
    assert house.database.transact(lock_customer, other) is None


def test_tickets_of_one_evening_are_counted_and_told(house: OpenHouse) -> None:
    anna = add(house, ANNA).customer_id
    small = house.small
    held = hold(house, small.seats_of(1, (1, 2, 3)))
    house.database.transact(sell, small.cashier, cash_request(house, held, customer_id=anna))
    evening, gala = small.performance_id, small.gala_id
    house.database.read(require_tickets_left, anna, {evening: 1, gala: 4}, 4)
    house.database.read(require_tickets_left, anna, {evening: 99}, 0)
    with pytest.raises(CustomerRefused, match=r"has 3 tickets for “The Cherry Orchard”, .*; each may have 4"):
        house.database.read(require_tickets_left, anna, {evening: 2}, 4)
    assert tuple(house.database.read(reached_by, anna)) == ("anna@example.org", "601 234 567")
    assert tuple(house.database.read(reached_by, 999)) == ("", "")
