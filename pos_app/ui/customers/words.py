"""A customer in words: in a list, beside a basket, and as a letter of one line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from pos_app.domain.customers.contact import looks_like_email, looks_like_phone
from pos_app.domain.customers.finding import CustomerRow
from pos_app.domain.customers.records import CustomerDraft
from pos_app.ui.widgets.two_lines import TwoLines
from pos_app.ui.words.directions import isolated
from pos_app.ui.words.lists import listed, side_by_side

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pos_app.domain.customers.records import CustomerRecord


def row_of(record: CustomerRecord) -> CustomerRow:
    """Return a customer as it stands in a list."""
    return CustomerRow(
        record.customer_id,
        record.name,
        record.email,
        record.phone,
        record.marks,
        archived=record.archived,
        verified=record.verified_at is not None,
    )


def marks_words(marks: Iterable[str]) -> str:
    """Return marks in one line, each as mark_words has it."""
    return listed(mark_words(mark) for mark in marks)


def mark_words(mark: str) -> str:
    """Return one mark: "Wheelchair" in the language of the windows, one of the house's own as it was typed."""
    words = {
        "Wheelchair": _tr("Wheelchair"),
        "Press": _tr("Press"),
        "Subscriber": _tr("Subscriber"),
        "School": _tr("School"),
        "Staff": _tr("Staff"),
    }
    return words.get(mark, isolated(mark))


def contact_words(customer: CustomerRow) -> str:
    """Return how a customer is reached, "" where that is not known."""
    return side_by_side(customer.email, customer.phone)


def customer_lines(customer: CustomerRow) -> TwoLines:
    """Return a customer as a row of a list: the name, how to reach the person, and the marks."""
    contact = contact_words(customer) or _tr("No e-mail, no phone")
    gone = _tr("put away") if customer.archived else ""
    return TwoLines(
        icon="wheelchair" if "Wheelchair" in customer.marks else "user",
        tone="accent",
        upper=customer.name,
        lower=side_by_side(contact, marks_words(customer.marks), gone),
        right=_tr("no. {0}").format(customer.customer_id),
        faded=customer.archived,
    )


def draft_of(typed: str) -> CustomerDraft:
    """Return what may be made of a line that was typed: a name, or an address or a phone number of somebody."""
    if looks_like_email(typed):
        return CustomerDraft("", email=typed)
    if looks_like_phone(typed):
        return CustomerDraft("", phone=typed)
    return CustomerDraft(typed)


def is_no_name(typed: str) -> bool:
    """Tell whether a text is an address, a phone number or the number of a customer, which nobody is called."""
    number = typed.strip().lstrip("#").strip()
    return looks_like_email(typed) or looks_like_phone(typed) or number.isdecimal()


def _tr(words: str) -> str:
    return QCoreApplication.translate("Customers", words)
