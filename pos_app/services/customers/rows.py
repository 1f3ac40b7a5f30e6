"""Customers as they are stored: read under one number or another, and written before anything is decided of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import select, update

from pos_app.db.models import Customer
from pos_app.domain.customers.records import CustomerRecord, CustomerRefused, read_marks
from pos_app.domain.errors import NotFound
from pos_app.domain.sentences import say

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_MOST_TURNS: Final = 8


def who_is(session: Session, customer_id: int) -> int:
    """Return the number under which a customer is kept now: of one that was merged, that of whom it was merged into.

    Raises NotFound.
    """
    now = customer_id
    for _ in range(_MOST_TURNS):
        row = session.execute(select(Customer.merged_into_id).where(Customer.id == now)).one_or_none()
        if row is None:
            raise NotFound(say("There is no customer of the number {number}.", number=customer_id))
        if row.merged_into_id is None:
            return now
        now = row.merged_into_id
    raise NotFound(say("There is no customer of the number {number}.", number=customer_id))


def read_row(session: Session, customer_id: int) -> Customer:
    """Return the row of this very number, merged or not, as it is stored. Raises NotFound."""
    found = session.execute(
        select(Customer).where(Customer.id == customer_id).execution_options(populate_existing=True)
    ).scalar_one_or_none()
    if found is None:
        raise NotFound(say("There is no customer of the number {number}.", number=customer_id))
    return found


def read_record(session: Session, customer_id: int) -> CustomerRecord:
    """Return a customer as it is stored; a merged number leads to who it is now. Raises NotFound."""
    found = read_row(session, who_is(session, customer_id))
    former = session.execute(select(Customer.id).where(Customer.merged_into_id == found.id).order_by(Customer.id))
    return CustomerRecord(
        customer_id=found.id,
        revision=found.revision,
        name=found.name,
        email=found.email,
        phone=found.phone,
        note=found.note,
        marks=read_marks(found.marks),
        letters_at=found.letters_at,
        verified_at=found.email_verified_at,
        created_at=found.created_at,
        language=found.language,
        archived=found.deleted_at is not None,
        erased_at=found.erased_at,
        former_ids=tuple(former.scalars()),
    )


def write_revision(session: Session, *customer_ids: int) -> None:
    """Write the rows of customers, by their numbers: from now on nobody else counts or changes what they have."""
    for customer_id in sorted(set(customer_ids)):
        session.execute(update(Customer).where(Customer.id == customer_id).values(revision=Customer.revision + 1))


def locked_record(session: Session, customer_id: int) -> CustomerRecord:
    """Return a customer behind a write of its row; a merged number leads to who it is now. Raises NotFound."""
    customer_id = who_is(session, customer_id)
    write_revision(session, customer_id)
    # Merged in the meantime: what it was merged into has a row of its own to be written.
    now = who_is(session, customer_id)
    if now != customer_id:
        write_revision(session, now)
    return read_record(session, now)


def require_here(record: CustomerRecord) -> None:
    """Raise CustomerRefused for one that was erased: it is nobody's any more."""
    if record.erased_at is not None:
        raise CustomerRefused(
            say("Customer {number} was erased.", number=record.customer_id),
            advice=say("Make a new one, if the person has come back."),
        )
