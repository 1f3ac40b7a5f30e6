"""A person asks to be forgotten: no word of them is found anywhere in the database, and the books stay."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from sqlalchemy import func, insert, select, update

from pos_app.db.clock import utc_now
from pos_app.db.models import AuditEntry, AuditText, Customer, KeptBack, Order, OrderLine, OutboxEmail, Payment, Refund
from pos_app.doctor import Rule, judge_database
from pos_app.domain.customers.finding import CustomerQuery
from pos_app.domain.customers.records import CustomerDraft, CustomerRefused
from pos_app.domain.errors import NotPermitted
from pos_app.domain.letters.kept_body import keep_body, read_body
from pos_app.domain.orders.changes import LineState
from pos_app.services.customers.finding import find_customers
from pos_app.services.customers.privacy import erasing
from pos_app.services.customers.privacy.erasing import erase_customer, preview_erasure
from pos_app.services.customers.records import load_customer, save_customer
from pos_app.services.customers.rows import write_revision
from pos_app.services.orders.of_customer import load_customer_history
from pos_app.services.selling.sales import sell
from tests.services.customers.people import add
from tests.services.customers.traces import FORMER, PERSON, found_in, leave_traces
from tests.services.orders.refunding import give_back, live_lines
from tests.services.stories import cash_request, hold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from pos_app.domain.customers.privacy import ErasedCustomer, ErasurePreview
    from tests.houses import OpenHouse


def erase(house: OpenHouse, customer_id: int, request_id: str = "") -> ErasedCustomer:
    request_id = request_id or uuid4().hex
    return house.database.transact(erase_customer, house.small.manager, customer_id, request_id=request_id)


def look(house: OpenHouse, customer_id: int) -> ErasurePreview:
    return house.database.read(preview_erasure, house.small.manager, customer_id)


def by_hand(house: OpenHouse, statement: Any) -> None:
    house.database.transact(lambda session: session.execute(statement))


def numbers(house: OpenHouse, *columns: Any) -> Sequence[Any]:
    return house.database.read(lambda session: [tuple(row) for row in session.execute(select(*columns))])


JUDGED = {Rule.AUDIT, Rule.CUSTOMERS, Rule.SEARCH_WORDS, Rule.STRAYS, Rule.TOLD_TRADE, Rule.PAYMENTS}
BOOKS = (
    (Order.number, Order.total_minor, Order.created_at, Order.customer_id),
    (OrderLine.price_minor, OrderLine.state, OrderLine.seat_id, OrderLine.ticket_type_id),
    (Payment.amount_minor, Payment.refunded_minor, Payment.method, Payment.created_at),
    (Refund.amount_minor, Refund.state, Refund.method),
    (AuditEntry.body, AuditEntry.hash),
)


def test_no_word_of_the_person_is_left_and_the_books_are(house: OpenHouse) -> None:
    person, sales = leave_traces(house)
    assert len({(table, column) for table, column, _ in house.database.read(found_in)}) >= 25
    told = look(house, person)
    assert (told.orders, told.old_entries, told.customer.name) == (2, 0, PERSON.name)
    assert any("2 orders stay without a name" in sentence for sentence in told.kept)
    assert any("6 letters" in sentence for sentence in told.erased)
    before = [numbers(house, *columns) for columns in BOOKS]
    erased = erase(house, person)
    assert house.database.read(found_in) == []
    after = [numbers(house, *columns) for columns in BOOKS]
    assert after[:-1] == before[:-1]
    assert after[-1][: len(before[-1])] == before[-1]
    assert set(erased.order_numbers) == {sale.number for sale in sales}
    assert erased.mentions.are_in(f"for {FORMER.name}")
    assert [text for (text,) in numbers(house, KeptBack.reason)] == ["Reserved elsewhere: … …"]
    assert not {one.rule for one in house.database.read(judge_database)} & JUDGED


def test_what_is_left_is_a_number_that_stays_erased(house: OpenHouse) -> None:
    person, sales = leave_traces(house)
    request = uuid4().hex
    erase(house, person, request)
    cashier = house.small.cashier
    gone = house.database.read(load_customer, cashier, person)
    assert gone.erased_at is not None
    assert gone.draft() == CustomerDraft("")
    assert len(house.database.read(load_customer_history, cashier, person).orders) == len(sales)
    for text in (PERSON.name, PERSON.email, f"#{person}", ""):
        assert house.database.read(find_customers, cashier, CustomerQuery(text, archived=True)).rows == ()
    # Their address is free again: they may come back.
    add(house, CustomerDraft("Quirina", PERSON.email))
    with pytest.raises(CustomerRefused, match="was erased"):
        house.database.transact(save_customer, cashier, gone, CustomerDraft("Quirina"))
    with pytest.raises(CustomerRefused, match="was erased already"):
        look(house, person)
    entries = select(func.count()).select_from(AuditEntry)
    before = house.database.read(lambda session: session.execute(entries).scalar_one())
    again = erase(house, person, request)
    assert (again.customer_id, len(again.order_numbers)) == (person, 2)
    assert house.database.read(lambda session: session.execute(entries).scalar_one()) == before


def test_who_has_seats_reserved_or_money_to_get_is_not_erased(house: OpenHouse) -> None:
    anna = add(house, CustomerDraft("Anna Novak", "anna@example.org")).customer_id
    held = hold(house, house.small.seats_of(1, (1, 2)))
    sale = house.database.transact(sell, house.small.cashier, cash_request(house, held, customer_id=anna))
    of_order = update(OrderLine).where(OrderLine.order_id == sale.order_id)
    by_hand(house, of_order.values(state=LineState.RESERVED))
    for ask in (erase, look):
        with pytest.raises(CustomerRefused, match=r"Seats are still reserved .* Let them be picked up, or give them"):
            ask(house, anna)
    by_hand(house, of_order.values(state=LineState.LIVE))
    leave = update(Refund).values(state="failed")
    give_back(house, sale, live_lines(house, sale)[:1])
    by_hand(house, leave)
    for ask in (erase, look):
        with pytest.raises(CustomerRefused, match="A refund of this customer is not paid out yet"):
            ask(house, anna)
    assert house.database.read(load_customer, house.small.cashier, anna).name == "Anna Novak"


def test_orders_under_the_plain_name_are_told_and_stay(house: OpenHouse) -> None:
    person, _ = leave_traces(house)
    request = cash_request(house, hold(house, house.small.seats_of(4, (1,))), customer_name="Quirina Zweifelstein jr")
    house.database.transact(sell, house.small.cashier, request)
    assert any("1 order of no customer bears the same name" in sentence for sentence in look(house, person).kept)
    erase(house, person)
    assert ("Quirina Zweifelstein jr",) in numbers(house, Order.customer_name)


def test_a_sale_that_comes_at_the_last_moment_is_blanked_too(house: OpenHouse, monkeypatch: pytest.MonkeyPatch) -> None:
    anna = add(house, CustomerDraft("Anna Novak")).customer_id
    request = cash_request(house, hold(house, house.small.seats_of(4, (1,))), customer_id=anna, customer_name="Bert Ox")
    looked = write_revision

    def overtaken(session: Session, *customer_ids: int) -> None:
        # As if it had been committed before the row was written.
        monkeypatch.setattr(erasing, "write_revision", looked)
        sell(session, house.small.cashier, request)
        looked(session, *customer_ids)

    monkeypatch.setattr(erasing, "write_revision", overtaken)
    erased = erase(house, anna)
    assert len(erased.order_numbers) == 1
    assert numbers(house, Order.customer_name, Order.note) == [("", "")]
    assert not erased.mentions.are_in("for Bert Ox")


def test_of_a_note_to_others_that_names_them_the_text_stays_and_its_html_goes(house: OpenHouse) -> None:
    anna = add(house, CustomerDraft("Anna O'Brien", "anna@example.org")).customer_id
    said = "Anna O'Brien sings tonight."
    named, other = (keep_body(text, f"<p>{escape(text)}</p>") for text in (said, "The doors open at seven."))
    row = {"kind": "note", "recipient": "bert@example.org", "facts": "{}", "state": "sent", "subject": "Tonight"}
    times = {"due_at": utc_now(), "created_at": utc_now(), "sent_at": utc_now()}
    for number, body in enumerate((named, other)):
        by_hand(house, insert(OutboxEmail).values(request_id=f"note-{number}", body=body, **row, **times))
    erase(house, anna)
    cut, kept = (read_body(body) for (body,) in numbers(house, OutboxEmail.body))
    assert cut == (said.replace("Anna O'Brien", "…"), "")
    assert kept == ("The doors open at seven.", "<p>The doors open at seven.</p>")


def test_a_namesake_is_nobody_else_but_told(house: OpenHouse) -> None:
    person, _ = leave_traces(house)
    namesake = add(house, CustomerDraft(PERSON.name)).customer_id
    assert any("Another customer has the same name" in sentence for sentence in look(house, person).erased)
    erase(house, person)
    assert [text for (text,) in numbers(house, KeptBack.reason)] == [f"Reserved elsewhere: {PERSON.name} …"]
    assert house.database.read(load_customer, house.small.cashier, namesake).name == PERSON.name


def test_entries_that_were_hashed_with_their_text_are_counted_and_stay(house: OpenHouse) -> None:
    person, sales = leave_traces(house)
    old = f'{{"action":"void","order":"{sales[0].number}","reason":"is ill"}}'
    by_hand(house, update(AuditEntry).where(AuditEntry.seq == 1).values(body=old, action="void"))
    assert look(house, person).old_entries == 1
    erase(house, person)
    assert (old,) in numbers(house, AuditEntry.body)


def test_only_a_manager_erases(house: OpenHouse) -> None:
    anna = add(house, CustomerDraft("Anna Novak")).customer_id
    with pytest.raises(NotPermitted, match="may not merge or erase customers"):
        house.database.transact(erase_customer, house.small.cashier, anna, request_id="x")
    assert numbers(house, Customer.erased_at) == [(None,)]
    assert numbers(house, AuditText.texts) == []
