"""Two records of one person become one, and nothing that was known of either is lost."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from sqlalchemy import func, insert, select, update

from pos_app.db.clock import utc_now
from pos_app.db.models import AuditEntry, Customer, EmailVerification, Order, WaitingEntry
from pos_app.doctor import judge_database
from pos_app.domain.customers.finding import CustomerQuery
from pos_app.domain.customers.records import CustomerDraft, CustomerRecord, CustomerRefused
from pos_app.domain.editing import ChangedMeanwhile
from pos_app.domain.errors import NotFound, NotPermitted
from pos_app.domain.orders.finding import OrderQuery
from pos_app.services.customers import merging
from pos_app.services.customers.finding import find_customers
from pos_app.services.customers.merging import merge_customers, preview_merge
from pos_app.services.customers.records import add_customer, archive_customer, load_customer, save_customer
from pos_app.services.customers.rows import write_revision
from pos_app.services.orders.finding.search import find_orders
from pos_app.services.orders.of_customer import load_customer_history
from pos_app.services.selling.sales import sell
from tests.services.customers.people import add
from tests.services.stories import cash_request, hold
from tests.waiting import party, sell_out

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from pos_app.domain.selling.sales import Sale
    from tests.houses import OpenHouse

ANNA = CustomerDraft("Anna Nováková", "anna@example.org", "601 234 567", "Aisle", ("Press",))
TWIN = CustomerDraft("A. Novak", "novak@example.com", "777 888 999", "Row 1", ("press", "Wheelchair"), letters=True)


def merge(house: OpenHouse, kept: CustomerRecord | int, other: CustomerRecord | int) -> CustomerRecord:
    ids = (one if isinstance(one, int) else one.customer_id for one in (kept, other))
    return house.database.transact(merge_customers, house.small.manager, *ids, request_id=uuid4().hex)


def buy(house: OpenHouse, customer: CustomerRecord, row: int) -> Sale:
    held = hold(house, house.small.seats_of(row, (1, 2)))
    request = cash_request(house, held, customer_id=customer.customer_id, customer_name=customer.name)
    return house.database.transact(sell, house.small.cashier, request)


def of_table(session: Session, table: Any) -> list[int]:
    return list(session.scalars(select(table.customer_id)))


def by_hand(house: OpenHouse, statement: Any) -> None:
    house.database.transact(lambda session: session.execute(statement))


def test_orders_move_and_both_numbers_lead_to_the_kept_one(house: OpenHouse) -> None:
    small, read = house.small, house.database.read
    anna, twin = add(house, ANNA), add(house, TWIN)
    sales = [buy(house, anna, 1), buy(house, twin, 2)]
    sell_out(house, small.gala_id)
    party(house, customer_id=twin.customer_id, performance_id=small.gala_id)
    sent = {"email": "x", "code_hash": "x", "created_at": utc_now(), "expires_at": utc_now()}
    by_hand(house, insert(EmailVerification).values(customer_id=twin.customer_id, **sent))
    told = read(preview_merge, small.manager, anna.customer_id, twin.customer_id)
    assert (told.orders, told.waiting, told.former) == (1, 1, ("A. Novak", "novak@example.com", "777 888 999"))
    revisions = select(Order.revision).where(Order.id == sales[1].order_id)
    before = read(lambda session: session.execute(revisions).scalar_one())
    now = merge(house, anna, twin)
    assert now.draft() == told.wanted == replace(ANNA, note="Aisle; Row 1", marks=("Press", "Wheelchair"))
    assert (now.customer_id, now.former_ids) == (anna.customer_id, (twin.customer_id,))
    assert read(lambda session: session.execute(revisions).scalar_one()) > before
    history = read(load_customer_history, small.cashier, twin.customer_id)
    assert {one.order_id for one in history.orders} == {one.order_id for one in sales}
    for table in (WaitingEntry, EmailVerification):
        assert read(of_table, table) == [anna.customer_id]
    assert read(load_customer, small.cashier, twin.customer_id) == now
    assert read(judge_database) == ()


def test_whatever_found_either_finds_the_kept_one_and_its_orders(house: OpenHouse) -> None:
    anna, twin = add(house, ANNA), add(house, TWIN)
    sales = [buy(house, anna, 1), buy(house, twin, 2)]
    merge(house, anna, twin)
    texts = ("novakova", "a novak", "novak@example.com", "777888999", "601234567", f"#{twin.customer_id}")
    for text in texts:
        page = house.database.read(find_customers, house.small.cashier, CustomerQuery(text))
        assert [one.customer_id for one in page.rows] == [anna.customer_id], text
    (row,) = page.rows
    assert (row.former_id, row.orders) == (twin.customer_id, 2)
    found = house.database.read(find_orders, house.small.cashier, OrderQuery("anna@example.org"))
    assert {one.order_id for one in found.rows} == {one.order_id for one in sales}


def test_an_address_goes_over_where_the_kept_one_has_none(house: OpenHouse) -> None:
    anna, twin = add(house, CustomerDraft("Anna")), add(house, TWIN)
    by_hand(house, update(Customer).where(Customer.id == twin.customer_id).values(email_verified_at=utc_now()))
    now = merge(house, anna, twin)
    assert (now.name, now.email, now.phone, now.letters) == ("Anna", TWIN.email, TWIN.phone, True)
    assert now.verified_at is not None
    # The address is the kept one's: nobody else gets it, and its owner may change it.
    assert save(house, now, email="other@example.org").email == "other@example.org"
    add(house, CustomerDraft("Somebody", TWIN.email))


def save(house: OpenHouse, before: CustomerRecord, **wanted: Any) -> CustomerRecord:
    draft = replace(before.draft(), **wanted)
    return house.database.transact(save_customer, house.small.cashier, before, draft)


def test_a_repeat_is_done_already_and_a_chain_of_merges_leads_to_the_end(house: OpenHouse) -> None:
    first, second, third = (add(house, CustomerDraft(name)) for name in ("One", "Two", "Three"))
    merge(house, second, first)
    entries = select(func.count()).select_from(AuditEntry)
    told = house.database.read(lambda session: session.execute(entries).scalar_one())
    assert merge(house, second, first).former_ids == (first.customer_id,)
    assert house.database.read(lambda session: session.execute(entries).scalar_one()) == told
    now = merge(house, third, second)
    assert now.former_ids == (first.customer_id, second.customer_id)
    assert house.database.read(load_customer, house.small.cashier, first.customer_id) == now
    assert merge(house, second, first) == now
    with pytest.raises(CustomerRefused, match=f"{first.customer_id} was merged into number {third.customer_id}"):
        merge(house, first, third)
    assert house.database.read(judge_database) == ()


def test_a_sale_for_the_other_number_that_comes_at_the_last_moment_moves_too(
    house: OpenHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    anna, twin = add(house, ANNA), add(house, TWIN)
    held = hold(house, house.small.seats_of(1, (1, 2)))
    request = cash_request(house, held, customer_id=twin.customer_id, customer_name=twin.name)
    looked = write_revision

    def overtaken(session: Session, *customer_ids: int) -> None:
        # As if it had been committed before the rows were written.
        monkeypatch.setattr(merging, "write_revision", looked)
        sell(session, house.small.cashier, request)
        looked(session, *customer_ids)

    monkeypatch.setattr(merging, "write_revision", overtaken)
    merge(house, anna, twin)
    assert len(house.database.read(load_customer_history, house.small.cashier, anna.customer_id).orders) == 1
    # And one that comes later arrives there by itself.
    buy(house, twin, 2)
    assert len(house.database.read(load_customer_history, house.small.cashier, anna.customer_id).orders) == 2
    assert house.database.read(judge_database) == ()


def test_what_cannot_be_merged_is_told_and_nothing_is_changed(house: OpenHouse) -> None:
    anna, twin = add(house, ANNA), add(house, TWIN)
    with pytest.raises(CustomerRefused, match="cannot be merged with itself"):
        merge(house, anna, anna)
    with pytest.raises(NotFound):
        merge(house, anna, 999)
    with pytest.raises(NotPermitted, match="may not merge or erase customers"):
        house.database.transact(
            merge_customers, house.small.cashier, anna.customer_id, twin.customer_id, request_id="x"
        )
    house.database.transact(archive_customer, house.small.cashier, twin.customer_id)
    for kept, other in ((anna, twin), (twin, anna)):
        with pytest.raises(CustomerRefused, match=r"A. Novak \(number \d+\) was put away"):
            merge(house, kept, other)
    by_hand(house, update(Customer).where(Customer.id == twin.customer_id).values(erased_at=utc_now()))
    with pytest.raises(CustomerRefused, match="was erased"):
        merge(house, anna, twin)
    assert house.database.read(load_customer, house.small.cashier, anna.customer_id).draft() == ANNA


def test_who_corrects_one_that_was_merged_meanwhile_is_told(house: OpenHouse) -> None:
    anna, twin = add(house, ANNA), add(house, TWIN)
    merge(house, anna, twin)
    with pytest.raises(ChangedMeanwhile, match=f"was merged into number {anna.customer_id}"):
        save(house, twin, phone="1234 5678")
    # Its address stands with its number, and somebody else may have it.
    other = house.database.transact(
        add_customer, house.small.cashier, CustomerDraft("B. Novak", TWIN.email), request_id=uuid4().hex
    )
    assert other.email == TWIN.email
