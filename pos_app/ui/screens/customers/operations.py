"""What the screen of customers asks of the box office."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos_app.domain.codes import new_request_id
from pos_app.domain.customers.records import CustomerDraft
from pos_app.domain.roles import Permission
from pos_app.flows.erase_customer import erase_customer_here
from pos_app.services.customers.finding import find_alike, find_customers, list_marks
from pos_app.services.customers.merging import merge_customers, preview_merge
from pos_app.services.customers.privacy.erasing import preview_erasure
from pos_app.services.customers.privacy.known import collect_known
from pos_app.services.customers.records import (
    add_customer,
    archive_customer,
    load_customer,
    restore_customer,
    save_customer,
)
from pos_app.services.house.settings import load_house_zone
from pos_app.services.orders.of_customer import load_customer_history
from pos_app.services.permissions import may_decide_here
from pos_app.ui.customers.verifying.source import CodeSource
from pos_app.ui.words.sentences import spoken_language

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from PySide6.QtCore import QObject

    from pos_app.domain.customers.finding import CustomerQuery, CustomerRow, CustomersPage
    from pos_app.domain.customers.merging import MergePreview
    from pos_app.domain.customers.privacy import ErasurePreview, KnownOfCustomer
    from pos_app.domain.customers.records import CustomerRecord
    from pos_app.domain.orders.customer_history import CustomerHistory
    from pos_app.flows.erase_customer import ErasedHere
    from pos_app.ui.background import Background, Reply
    from pos_app.ui.office import Office


def draft_from(values: Mapping[str, object]) -> CustomerDraft:
    """Return what the values of the form say of a customer."""
    marks = values.get("marks")
    return CustomerDraft(
        name=str(values.get("name") or ""),
        email=str(values.get("email") or ""),
        phone=str(values.get("phone") or ""),
        note=str(values.get("note") or ""),
        marks=tuple(str(mark) for mark in marks) if isinstance(marks, tuple) else (),
        letters=bool(values.get("letters")),
        language=str(values.get("language") or ""),
    )


class CustomerOperations:
    """A RecordSource of customers, and what else is asked of them.

    A new customer has one request id from the first try on, so that it is made once however often it is tried.
    tickets_folder, state_folder: of this computer, where words of a person lie as well.
    """

    def __init__(self, office: Office, tickets_folder: Path, state_folder: Path) -> None:
        self._office = office
        self._tickets_folder = tickets_folder
        self._state_folder = state_folder
        self._request_id = new_request_id()
        self._tried: CustomerDraft | None = None

    @property
    def background(self) -> Background:
        """Return who writes files."""
        return self._office.background

    @property
    def codes(self) -> CodeSource:
        """Return what asks for codes that verify an address."""
        return CodeSource(self._office)

    @property
    def may_know_all(self) -> bool:
        """Tell whether the person may merge and erase customers, and hand out what is known of them."""
        return self._office.actor.may(Permission.PRIVACY)

    def find(self, owner: QObject, query: CustomerQuery) -> Reply[CustomersPage]:
        """Find customers; only the newest answer counts."""
        return self._office.read_latest(owner, "customers", find_customers, query)

    def load(self, owner: QObject, customer_id: int) -> Reply[CustomerRecord]:
        """Read one; only the newest answer counts."""
        return self._office.read_latest(owner, "customer", load_customer, customer_id)

    def alike(self, owner: QObject, draft: CustomerDraft) -> Reply[tuple[CustomerRow, ...]]:
        """Find those who may be the same person; only the newest answer counts."""
        return self._office.read_latest(owner, "alike", find_alike, draft)

    def history(self, owner: QObject, customer_id: int) -> Reply[CustomerHistory]:
        """Read what a customer bought and paid; only the newest answer counts."""
        return self._office.read_latest(owner, "history", load_customer_history, customer_id)

    def preview_merge(self, owner: QObject, kept_id: int, other_id: int) -> Reply[MergePreview]:
        """Ask what a merge would do."""
        return self._office.read(owner, preview_merge, kept_id, other_id)

    def merge(self, owner: QObject, kept_id: int, other_id: int, request_id: str) -> Reply[CustomerRecord]:
        """Merge the other one into the one who is kept."""
        return self._office.write(owner, merge_customers, kept_id, other_id, request_id=request_id)

    def known(self, owner: QObject, customer_id: int) -> Reply[KnownOfCustomer]:
        """Collect all that is known of a customer; that it was handed out is on record."""
        return self._office.write(owner, collect_known, customer_id)

    @staticmethod
    def as_json(known: KnownOfCustomer) -> bytes:
        """Write it for machines; on any thread."""
        from pos_app.documents.customers.as_json import known_as_json

        return known_as_json(known)

    @staticmethod
    def as_pdf(known: KnownOfCustomer) -> bytes:
        """Write it for people, in the language of the windows; on any thread."""
        from pos_app.documents.customers.as_pdf import known_as_pdf

        return known_as_pdf(known, spoken_language())

    def preview_erasure(self, owner: QObject, customer_id: int) -> Reply[ErasurePreview]:
        """Ask what an erasure would blank, and what stays."""
        return self._office.read(owner, preview_erasure, customer_id)

    def erase(self, owner: QObject, customer_id: int, request_id: str) -> Reply[ErasedHere]:
        """Blank all personal words of a customer, in the database and on this computer."""
        return self._office.run_flow(
            owner,
            erase_customer_here,
            customer_id,
            request_id=request_id,
            tickets_folder=self._tickets_folder,
            state_folder=self._state_folder,
        )

    def marks(self, owner: QObject) -> Reply[tuple[str, ...]]:
        """Read which marks are in use."""
        return self._office.read_latest(owner, "marks", list_marks)

    def may_decide(self, owner: QObject) -> Reply[bool]:
        """Ask whether the database account of this computer may merge and erase."""
        return self._office.background.read(owner, may_decide_here)

    def time_zone(self, owner: QObject) -> Reply[str]:
        """Read on which clock moments are told."""
        return self._office.background.read(owner, load_house_zone)

    def save(
        self, owner: QObject, before: CustomerRecord | None, values: Mapping[str, object]
    ) -> Reply[CustomerRecord]:
        """Save the values of the form."""
        draft = draft_from(values)
        if before is not None:
            return self._office.write(owner, save_customer, before, draft)
        if draft != self._tried:
            self._request_id, self._tried = new_request_id(), draft
        return self._office.write(owner, add_customer, draft, request_id=self._request_id)

    def archive(self, owner: QObject, record: CustomerRecord) -> Reply[CustomerRecord]:
        """Put a customer away."""
        return self._office.write(owner, archive_customer, record.customer_id)

    def restore(self, owner: QObject, record: CustomerRecord) -> Reply[CustomerRecord]:
        """Bring a customer back."""
        return self._office.write(owner, restore_customer, record.customer_id)
