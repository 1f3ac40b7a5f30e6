"""A counter makes, finds and corrects customers; merging, handing out and erasing is the office's, and it says so."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from pos_app.domain.customers.finding import CustomerQuery
from pos_app.domain.customers.records import CustomerDraft
from pos_app.domain.errors import RightsMissing
from pos_app.domain.tills.kinds import TillKind
from pos_app.services.customers.finding import find_customers
from pos_app.services.customers.merging import merge_customers, preview_merge
from pos_app.services.customers.privacy.erasing import erase_customer, preview_erasure
from pos_app.services.customers.privacy.known import collect_known
from pos_app.services.customers.records import add_customer, archive_customer, save_customer
from tests.kinds import SERVER
from tests.kinds_of_machine import ByKind

if TYPE_CHECKING:
    from tests.houses import OpenHouse


@SERVER
def test_a_counter_is_told_to_go_to_the_office(house: OpenHouse) -> None:
    by_kind, manager = ByKind(house.url), house.small.manager
    counter, office = by_kind.of(TillKind.COUNTER), by_kind.of(TillKind.OFFICE)
    anna, twin = (
        counter.transact(add_customer, manager, CustomerDraft(name), request_id=uuid4().hex)
        for name in ("Anna Novak", "A. Novak")
    )
    counter.transact(save_customer, manager, anna, CustomerDraft("Anna Novak", phone="601 234 567"))
    assert len(counter.read(find_customers, manager, CustomerQuery("novak")).rows) == 2
    told = "merged, exported and erased at the office, and this computer is a counter's"
    with pytest.raises(RightsMissing, match=told):
        counter.read(preview_merge, manager, anna.customer_id, twin.customer_id)
    with pytest.raises(RightsMissing, match=told):
        counter.transact(merge_customers, manager, anna.customer_id, twin.customer_id, request_id="m")
    with pytest.raises(RightsMissing, match=told):
        counter.transact(collect_known, manager, anna.customer_id)
    with pytest.raises(RightsMissing, match=told):
        counter.read(preview_erasure, manager, anna.customer_id)
    with pytest.raises(RightsMissing, match=told):
        counter.transact(erase_customer, manager, anna.customer_id, request_id="e")
    counter.transact(archive_customer, manager, twin.customer_id)
    office.transact(erase_customer, manager, anna.customer_id, request_id="e")
    assert counter.read(find_customers, manager, CustomerQuery("novak")).rows == ()
    by_kind.close()
