"""What customers are, for a page of records: columns of what was found, words, and how one stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from pos_app.domain.customers.contact import LONGEST_EMAIL, LONGEST_PHONE
from pos_app.domain.customers.finding import CustomerRow
from pos_app.domain.customers.records import (
    LONGEST_CUSTOMER_NAME,
    LONGEST_CUSTOMER_NOTE,
    CustomerRecord,
)
from pos_app.domain.editing import FieldRefused, values_of
from pos_app.ui.customers.fields import letter_language_field
from pos_app.ui.customers.words import marks_words
from pos_app.ui.records.fields.base import Field
from pos_app.ui.records.fields.choice_fields import CheckField
from pos_app.ui.records.fields.text_fields import TextAreaField, TextField
from pos_app.ui.records.kind import RecordKind, RecordWords, View
from pos_app.ui.records.table.columns import Column
from pos_app.ui.screens.customers.operations import draft_from
from pos_app.ui.words.amounts import shown_number
from pos_app.ui.words.lists import side_by_side
from pos_app.ui.words.times import shown_dated_moment

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

    from pos_app.domain.sentences import Sentence
    from pos_app.ui.customers.marks_field import MarksField

CURRENT = "current"
ALL = "all"
_NAMES = ("name", "email", "phone", "note", "marks", "letters", "language")


def customer_kind(time_zone: Callable[[], str]) -> RecordKind[Any]:
    """Return what customers are: columns are asked of a CustomerRow, the form of a CustomerRecord.

    time_zone: on whose clock moments are told.
    """

    def last_order(row: CustomerRow) -> str:
        return "" if row.last_order_at is None else shown_dated_moment(row.last_order_at, time_zone())

    columns: tuple[Column[CustomerRow], ...] = (
        Column("name", _tr("Name"), customer_name, lower=_contact, strong=True),
        Column("marks", _tr("Marks"), lambda row: marks_words(row.marks), lower=_found_under, width=120, roomy=180),
        Column("orders", _tr("Orders"), _orders, lower=last_order, width=140, right=True),
    )
    return RecordKind(
        name="customers",
        icon="users",
        words=RecordWords(
            title=_tr("Customers"),
            new=_tr("New customer"),
            unsaved=_tr("A new customer who is not saved"),
            nothing=_tr("No customers in use"),
            first=_tr("A name is enough. Make one here, or with F8 while you sell."),
            choose=_tr("Choose a customer in the table, or make a new one."),
        ),
        columns=columns,
        key=lambda one: one.customer_id,
        title=customer_name,
        search=lambda one: (one.name, one.email, one.phone),
        values=lambda one: values_of(one, _NAMES),
        is_archived=_is_away,
        status=_status,
        views=(
            View(CURRENT, _tr("In use"), lambda one: not _is_away(one)),
            View(ALL, _tr("Archived too"), lambda _one: True),
        ),
        problems=_problems,
        archived_advice=lambda _one: _tr("What this customer bought stays."),
    )


def customer_fields(marks: MarksField) -> tuple[Field, ...]:
    """Return the fields of the form."""
    return (
        Field("name", _tr("Name"), TextField(longest=LONGEST_CUSTOMER_NAME)),
        Field("email", _tr("E-mail"), TextField(longest=LONGEST_EMAIL)),
        Field("phone", _tr("Phone"), TextField(longest=LONGEST_PHONE)),
        Field("letters", "", CheckField(_tr("Agrees to letters about what is on"))),
        Field("language", _tr("Letters are written in"), letter_language_field()),
        Field("marks", _tr("Marks"), marks),
        Field("note", _tr("Note"), TextAreaField(lines=2, longest=LONGEST_CUSTOMER_NOTE)),
    )


def row_of(record: CustomerRecord) -> CustomerRow:
    """Return what is listed of a customer who was saved just now."""
    return CustomerRow(
        record.customer_id,
        record.name,
        record.email,
        record.phone,
        record.marks,
        archived=_is_away(record),
        verified=record.verified_at is not None,
    )


def customer_name(one: CustomerRow | CustomerRecord) -> str:
    """Return what a customer is called; one who was erased has a number only."""
    return one.name or _tr("Customer {0}").format(one.customer_id)


def _is_away(one: CustomerRow | CustomerRecord) -> bool:
    return one.archived or (isinstance(one, CustomerRecord) and one.erased_at is not None)


def _status(one: CustomerRecord) -> tuple[str, str]:
    if one.erased_at is not None:
        return _tr("Erased"), "danger"
    return (_tr("Archived"), "muted") if one.archived else ("", "")


def _contact(row: CustomerRow) -> str:
    return side_by_side(row.email, row.phone)


def _found_under(row: CustomerRow) -> str:
    return _tr("Was number {0}").format(row.former_id) if row.former_id is not None else ""


def _orders(row: CustomerRow) -> str:
    return "" if row.orders is None else shown_number(row.orders)


def _problems(_record: CustomerRecord | None, values: Mapping[str, object]) -> Mapping[str, Sentence]:
    try:
        draft_from(values).cleaned()
    except FieldRefused as error:
        return error.fields
    return {}


def _tr(words: str) -> str:
    return QCoreApplication.translate("Customers", words)
