"""What the stories of customers have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from pos_app.services.customers.records import add_customer

if TYPE_CHECKING:
    from pos_app.domain.customers.records import CustomerDraft, CustomerRecord
    from tests.houses import OpenHouse


def add(house: OpenHouse, draft: CustomerDraft) -> CustomerRecord:
    """Make a customer at the first till."""
    return house.database.transact(add_customer, house.small.cashier, draft, request_id=uuid4().hex)
