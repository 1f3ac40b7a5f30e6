"""Where customers come from, for every field that finds or makes one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pos_app.domain.customers.finding import CustomerQuery
from pos_app.domain.roles import Permission
from pos_app.services.customers.finding import find_alike, find_customers, list_marks
from pos_app.services.customers.records import add_customer, load_customer
from pos_app.ui.customers.verifying.source import CodeSource

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from pos_app.domain.customers.finding import CustomerRow, CustomersPage
    from pos_app.domain.customers.records import CustomerDraft, CustomerRecord
    from pos_app.ui.background import Reply
    from pos_app.ui.office import Office

OFFERED: Final = 12
"""So many are offered while somebody types; who is not among them is found by typing more."""


class CustomerSource:
    """Asks for customers, off the thread of the window; the newest answer counts, and no other."""

    def __init__(self, office: Office) -> None:
        self._office = office

    @property
    def may_ask(self) -> bool:
        """Tell whether the person may look at customers at all."""
        return self._office.actor.may(Permission.CUSTOMERS)

    @property
    def codes(self) -> CodeSource:
        """Return what asks for codes that verify an address."""
        return CodeSource(self._office)

    def find(self, owner: QObject, text: str) -> Reply[CustomersPage]:
        """Find those whom some words, digits or a part of an address may mean."""
        return self._office.read_latest(owner, "customers", find_customers, CustomerQuery(text), limit=OFFERED)

    def find_alike(self, owner: QObject, draft: CustomerDraft) -> Reply[tuple[CustomerRow, ...]]:
        """Find those who may be the person that is about to be made."""
        return self._office.read_latest(owner, "alike", find_alike, draft)

    def list_marks(self, owner: QObject) -> Reply[tuple[str, ...]]:
        """Read the marks that are in use."""
        return self._office.read_latest(owner, "marks", list_marks)

    def load(self, owner: QObject, customer_id: int) -> Reply[CustomerRecord]:
        """Read one customer; the number of one that was merged leads to who it is now."""
        return self._office.read_latest(owner, "customer", load_customer, customer_id)

    def add(self, owner: QObject, draft: CustomerDraft, request_id: str) -> Reply[CustomerRecord]:
        """Make a customer. A repeat of the same request makes none, and answers with the first."""
        return self._office.write(owner, add_customer, draft, request_id=request_id)
