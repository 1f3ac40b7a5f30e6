"""A person who reserves: merged, kept longer, picked up, given up, erased; nothing of the words is left anywhere."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from pos_app.doctor import judge_database
from pos_app.domain.customers.records import CustomerDraft, CustomerRefused
from pos_app.domain.orders.reservations import GiveUpRequest, KeepLongerRequest
from pos_app.services.customers.merging import merge_customers
from pos_app.services.customers.privacy.erasing import erase_customer, preview_erasure
from pos_app.services.orders.page import load_order_page
from pos_app.services.orders.reservations.keeping import give_up_seats, keep_longer
from pos_app.services.orders.reservations.picking_up import pick_up
from tests.services.customers.people import add
from tests.services.customers.traces import PERSON, found_in
from tests.services.orders.reserving import ask_to_pay, opened, reserved

if TYPE_CHECKING:
    from tests.houses import OpenHouse


def test_who_reserved_is_erased_once_nothing_is_reserved_any_more(house: OpenHouse) -> None:
    small, database = house.small, house.database
    anna, twin = add(house, PERSON), add(house, CustomerDraft("Twin"))
    kept = reserved(
        house, small.seats_of(1, (1, 2)), PERSON.name, customer_id=twin.customer_id, note=f"{PERSON.name} calls"
    )
    database.transact(merge_customers, small.manager, anna.customer_id, twin.customer_id, request_id="merge")
    with pytest.raises(CustomerRefused):
        database.read(preview_erasure, small.manager, anna.customer_id)
    revision = database.read(load_order_page, small.cashier, kept.order_id).revision
    later = kept.release_at + timedelta(minutes=5)
    ask = KeepLongerRequest(uuid4().hex, kept.order_id, revision, later, f"{PERSON.name} is late")
    database.transact(keep_longer, small.cashier, ask)
    database.transact(pick_up, small.cashier, ask_to_pay(opened(house, kept.order_id)))
    other = reserved(house, small.seats_of(2, (1, 2)), PERSON.name, customer_id=anna.customer_id)
    page = database.read(load_order_page, small.cashier, other.order_id)
    lines = tuple(line.line_id for line in page.lines)
    given = GiveUpRequest(uuid4().hex, other.order_id, page.revision, lines, f"{PERSON.name} cannot come")
    database.transact(give_up_seats, small.cashier, given)
    database.transact(erase_customer, small.manager, anna.customer_id, request_id="erase")
    assert database.read(found_in) == []
    assert database.read(judge_database) == ()
