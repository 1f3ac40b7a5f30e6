"""Customers as they are kept: made at the counter in seconds, corrected, put away and brought back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import case, select, update

from pos_app.db.clock import utc_now
from pos_app.db.models import Customer
from pos_app.db.results import insert_row
from pos_app.domain.customers.finding import CustomerTexts
from pos_app.domain.customers.records import write_marks
from pos_app.domain.editing import ChangedMeanwhile, FieldRefused, changes_between, require_unchanged, same_fields
from pos_app.domain.roles import Permission
from pos_app.domain.sentences import say
from pos_app.services.audit import record
from pos_app.services.customers.codes import close_codes
from pos_app.services.customers.letters import follow_address
from pos_app.services.customers.rows import locked_record, read_record, require_here
from pos_app.services.permissions import require
from pos_app.services.search_words import add_words_of_customer, write_customers

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from pos_app.domain.customers.records import CustomerDraft, CustomerRecord
    from pos_app.domain.roles import Actor
    from pos_app.domain.sentences import Sentence

_NOT_EDITED: Final = ("revision", "created_at", "verified_at", "former_ids")


def load_customer(session: Session, actor: Actor, customer_id: int) -> CustomerRecord:
    """Return a customer; a merged number leads to who it is now. Raises NotPermitted, NotFound."""
    require(session, actor, Permission.CUSTOMERS)
    return read_record(session, customer_id)


def add_customer(session: Session, actor: Actor, draft: CustomerDraft, *, request_id: str) -> CustomerRecord:
    """Make a customer. Repeating the request returns the one that was made.

    Raises NotPermitted, FieldRefused (fields: those of the draft; an e-mail address that somebody else has).
    """
    require(session, actor, Permission.CUSTOMERS)
    made = session.execute(select(Customer.id).where(Customer.request_id == request_id)).scalar_one_or_none()
    if made is not None:
        return read_record(session, made)
    customer_id = insert_customer(session, draft, request_id=request_id)
    record(session, actor, "customer_added", customer=told_customer(customer_id))
    return read_record(session, customer_id)


def insert_customer(session: Session, draft: CustomerDraft, *, request_id: str) -> int:
    """Insert a customer as a part of something larger, whose service tells the audit at its end; return its number.

    Raises FieldRefused as add_customer.
    """
    wanted = draft.cleaned()
    _require_free_email(session, wanted, own=0)
    # Of two that take one address at the same moment the UNIQUE key refuses the later: run again, it finds the other.
    customer_id = insert_row(
        session,
        Customer,
        request_id=request_id,
        name=wanted.name,
        email=wanted.email,
        email_key=wanted.email_key or None,
        phone=wanted.phone,
        phone_key=wanted.phone_key,
        note=wanted.note,
        marks=write_marks(wanted.marks),
        letters_at=utc_now() if wanted.letters else None,
        language=wanted.language,
        created_at=utc_now(),
    )
    write_customers(session, [CustomerTexts(customer_id, wanted.name, wanted.email, wanted.phone, wanted.marks)])
    return customer_id


def save_customer(session: Session, actor: Actor, before: CustomerRecord, wanted: CustomerDraft) -> CustomerRecord:
    """Store what was typed of a customer. before: as it was read. Asked again with the same, it is done already.

    Raises NotPermitted, FieldRefused, ChangedMeanwhile (also where it was merged into another), CustomerRefused (it was
    erased), NotFound.
    """
    require(session, actor, Permission.CUSTOMERS)
    now = locked_record(session, before.customer_id)
    require_here(now)
    wanted = wanted.cleaned()
    if now.customer_id != before.customer_id:
        raise ChangedMeanwhile(
            say("This customer was merged into number {number} in the meantime.", number=now.customer_id),
            current=now,
            changes=changes_between(before, now, leaving_out=_NOT_EDITED),
            advice=say("Nothing was saved. Choose what is to hold."),
        )
    if same_fields(wanted, now):
        return now
    require_unchanged(before, now, leaving_out=_NOT_EDITED)
    _require_free_email(session, wanted, own=now.customer_id)
    _store(session, now, wanted)
    if wanted.email != now.email:
        follow_address(session, now.customer_id, now.email, wanted.email, staff_id=actor.staff_id)
    readdressed = wanted.email != now.email or wanted.phone != now.phone
    add_words_of_customer(session, now.customer_id, orders=readdressed)
    changed = [one.field for one in changes_between(wanted, now)]
    record(session, actor, "customer_changed", customer=told_customer(now.customer_id), fields=changed)
    return read_record(session, now.customer_id)


def archive_customer(session: Session, actor: Actor, customer_id: int) -> CustomerRecord:
    """Put a customer away: it is offered no more, and what it bought stays. May be repeated.

    Raises NotPermitted, NotFound, CustomerRefused (it was erased).
    """
    return _put(session, actor, customer_id, away=True)


def restore_customer(session: Session, actor: Actor, customer_id: int) -> CustomerRecord:
    """Bring a customer back. May be repeated. Raises NotPermitted, NotFound, CustomerRefused (it was erased)."""
    return _put(session, actor, customer_id, away=False)


def told_customer(customer_id: int) -> str:
    """Return how the audit names a customer: without any word of the person."""
    return f"customer:{customer_id}"


def _put(session: Session, actor: Actor, customer_id: int, *, away: bool) -> CustomerRecord:
    require(session, actor, Permission.CUSTOMERS)
    now = locked_record(session, customer_id)
    require_here(now)
    if now.archived == away:
        return now
    session.execute(
        update(Customer).where(Customer.id == now.customer_id).values(deleted_at=utc_now() if away else None)
    )
    action = "customer_archived" if away else "customer_restored"
    record(session, actor, action, customer=told_customer(now.customer_id))
    return read_record(session, now.customer_id)


def _store(session: Session, now: CustomerRecord, wanted: CustomerDraft) -> None:
    same_box = now.draft().email_key == wanted.email_key
    if not same_box:
        close_codes(session, now.customer_id)
    session.execute(
        update(Customer)
        .where(Customer.id == now.customer_id)
        .values(
            name=wanted.name,
            email=wanted.email,
            email_key=wanted.email_key or None,
            phone=wanted.phone,
            phone_key=wanted.phone_key,
            note=wanted.note,
            marks=write_marks(wanted.marks),
            language=wanted.language,
            letters_at=case((Customer.letters_at.is_(None), utc_now()), else_=Customer.letters_at)
            if wanted.letters
            else None,
            **{} if same_box else {"email_verified_at": None},
        )
    )


def _require_free_email(session: Session, wanted: CustomerDraft, own: int) -> None:
    """Raise FieldRefused, beside the address, where somebody else has it."""
    if not wanted.email_key:
        return
    other = session.execute(
        select(Customer.id, Customer.name, Customer.deleted_at).where(
            Customer.email_key == wanted.email_key, Customer.id != own
        )
    ).one_or_none()
    if other is not None:
        raise FieldRefused({"email": _tell_taken(other.name, other.id, archived=other.deleted_at is not None)})


def _tell_taken(name: str, number: int, *, archived: bool) -> Sentence:
    if archived:
        return say(
            "{name} (number {number}) has this address, and was put away: bring that one back.",
            name=name,
            number=number,
        )
    return say(
        "{name} (number {number}) has this address already. Take that customer, or leave the address out.",
        name=name,
        number=number,
    )
