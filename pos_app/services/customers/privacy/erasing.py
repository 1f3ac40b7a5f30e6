"""A person is forgotten: no word of them stands anywhere any more, and the books stay."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, func, select, update

from pos_app.db.clock import utc_now
from pos_app.db.models import (
    AuditText,
    CheckIn,
    Customer,
    EmailVerification,
    Hold,
    Order,
    OrderChange,
    OrderLine,
    OutboxEmail,
    Payment,
    Refund,
    SearchWord,
    Ticket,
)
from pos_app.domain.codes import grouped
from pos_app.domain.customers.privacy import ErasedCustomer, ErasurePreview
from pos_app.domain.customers.records import CustomerRefused
from pos_app.domain.orders.changes import LineState
from pos_app.domain.orders.page import STILL_OWED
from pos_app.domain.searching import WordKind
from pos_app.domain.sentences import say
from pos_app.services.audit import record
from pos_app.services.customers.codes import close_codes
from pos_app.services.customers.letters import blank_letters
from pos_app.services.customers.office import require_office
from pos_app.services.customers.privacy.free_texts import (
    BEFORE_CUSTOMER,
    BEFORE_ORDERS,
    BEHIND,
    EVERYWHERE,
    cut_out,
    cut_out_of_audit,
    cut_out_of_notes,
    cut_out_of_work,
    naming,
    sure_of,
)
from pos_app.services.customers.privacy.telling import tell_erased, tell_kept
from pos_app.services.customers.privacy.tracing import (
    count_old_entries,
    count_plain_orders,
    in_parts,
    letters_of,
    texts_about,
    trace,
)
from pos_app.services.customers.records import told_customer
from pos_app.services.customers.rows import read_record, read_row, who_is, write_revision
from pos_app.services.customers.waiting import forget_entries

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import InstrumentedAttribute, Session

    from pos_app.domain.customers.mentions import Mentions
    from pos_app.domain.roles import Actor
    from pos_app.services.customers.privacy.tracing import Traced

_OF_ORDERS = (WordKind.GUEST, WordKind.ORDER, WordKind.PHONE)
_OF_CUSTOMERS = (WordKind.CUSTOMER, WordKind.CUSTOMER_PHONE, WordKind.CUSTOMER_MARK)
_BLANK: dict[str, Any] = {
    "name": "",
    "email": "",
    "email_key": None,
    "email_verified_at": None,
    "phone": "",
    "phone_key": "",
    "note": "",
    "marks": "[]",
    "letters_at": None,
    "language": "",
}


def preview_erasure(session: Session, actor: Actor, customer_id: int) -> ErasurePreview:
    """Return what an erasure would blank, and what stays and why; change nothing.

    Raises NotPermitted, RightsMissing (a counter's account), NotFound, CustomerRefused (what erase_customer refuses, or
    it was erased already).
    """
    require_office(session, actor)
    record_ = read_record(session, customer_id)
    if record_.erased_at is not None:
        raise CustomerRefused(say("Customer {number} was erased already.", number=record_.customer_id))
    traced = trace(session, record_.customer_id)
    _require_nothing_open(session, traced.order_ids)
    sure = sure_of(session, traced.mentions, traced.customer_ids)
    elsewhere = sum(1 for _ in naming(session, sure, EVERYWHERE))
    letters = select(func.count()).select_from(OutboxEmail).where(letters_of(traced))
    return ErasurePreview(
        record_,
        len(traced.orders),
        count_old_entries(session, traced),
        tell_erased(
            len(traced.orders),
            texts=sum(1 for _ in texts_about(session, traced)) + elsewhere,
            letters=session.execute(letters).scalar_one(),
            namesakes=sure != traced.mentions,
        ),
        tell_kept(len(traced.orders), plain=count_plain_orders(session, traced)),
    )


def erase_customer(session: Session, actor: Actor, customer_id: int, *, request_id: str) -> ErasedCustomer:
    """Blank all personal words of a customer, wherever they stand; orders stay with amounts, times and seats.

    A repeat goes over all of it once more, and writes no second entry. Raises NotPermitted, RightsMissing (a counter's
    account), NotFound, CustomerRefused (a reservation is open, or a refund is not paid out yet).
    """
    require_office(session, actor)
    customer_id = who_is(session, customer_id)
    traced = trace(session, customer_id)
    sure = sure_of(session, traced.mentions, traced.customer_ids)
    cut_out_of_work(session, sure)
    cut_out(session, sure, BEFORE_ORDERS)
    _lock_orders(session, traced.order_ids)
    _blank_holds(session, traced.order_ids)
    cut_out(session, sure, BEFORE_CUSTOMER)
    write_revision(session, *traced.customer_ids)
    if who_is(session, customer_id) != customer_id:
        raise CustomerRefused(
            say("Number {number} was merged meanwhile.", number=customer_id),
            advice=say("Nothing was erased. Look at the customer once more."),
        )
    # A sale may have come before the row was written, and another number may have been merged into this one.
    before, traced = traced, trace(session, customer_id)
    if traced != before:
        _lock_orders(session, sorted(set(traced.orders) - set(before.orders)))
        write_revision(session, *(set(traced.customer_ids) - set(before.customer_ids)))
        _blank_holds(session, traced.order_ids)
        sure = sure_of(session, traced.mentions, traced.customer_ids)
    was_erased = read_row(session, customer_id).erased_at is not None
    _require_nothing_open(session, traced.order_ids)
    _blank_orders(session, traced)
    _blank_person(session, traced)
    _blank_paid(session, traced)
    _blank_letters(session, traced)
    cut_out(session, sure, BEHIND)
    cut_out_of_notes(session, sure)
    for entry_id, _, _ in list(texts_about(session, traced)):
        session.execute(update(AuditText).where(AuditText.entry_id == entry_id).values(texts="{}"))
    cut_out_of_audit(session, sure)
    if not was_erased:
        told = {"customer": told_customer(customer_id), "orders": len(traced.orders), "request": request_id}
        record(session, actor, "customer_erased", **told)
    return ErasedCustomer(customer_id, traced.customer_ids, tuple(traced.orders.values()), traced.mentions)


def _lock_orders(session: Session, order_ids: Sequence[int]) -> None:
    """Write the revision of orders, by their ids: a picture that still bears the name is stale from then on."""
    for order_id in order_ids:
        session.execute(update(Order).where(Order.id == order_id).values(revision=Order.revision + 1))


def _require_nothing_open(session: Session, order_ids: Sequence[int]) -> None:
    for some in in_parts(order_ids):
        of_these = select(Order.number).where(Order.id.in_(some)).order_by(Order.id).limit(1)
        reserved = session.execute(
            of_these.where(Order.id == OrderLine.order_id, OrderLine.state == LineState.RESERVED)
        ).scalar_one_or_none()
        if reserved is not None:
            raise CustomerRefused(
                say("Seats are still reserved for this customer: order {number}.", number=grouped(reserved)),
                advice=say("Nothing was erased. Let them be picked up, or give them back, then erase."),
            )
        owed = session.execute(
            of_these.where(Order.id == Refund.order_id, Refund.state.in_(STILL_OWED))
        ).scalar_one_or_none()
        if owed is not None:
            raise CustomerRefused(
                say("A refund of this customer is not paid out yet: order {number}.", number=grouped(owed)),
                advice=say("Nothing was erased. Pay it out, then erase."),
            )


def _blank_holds(session: Session, order_ids: Sequence[int]) -> None:
    for some in in_parts(order_ids):
        baskets = select(Order.hold_id).where(Order.id.in_(some), Order.hold_id.is_not(None))
        ids = sorted(filter(None, session.execute(baskets).scalars()))
        session.execute(update(Hold).where(Hold.id.in_(ids), Hold.extend_reason != "").values(extend_reason=""))


def _blank_orders(session: Session, traced: Traced) -> None:
    for some in in_parts(traced.order_ids):
        session.execute(update(Order).where(Order.id.in_(some)).values(customer_name="", note=""))
        session.execute(update(OrderChange).where(OrderChange.order_id.in_(some)).values(reason=""))
        session.execute(delete(SearchWord).where(SearchWord.id.in_(some), SearchWord.kind.in_(_OF_ORDERS)))


def _blank_person(session: Session, traced: Traced) -> None:
    ids = traced.customer_ids
    session.execute(
        update(Customer)
        .where(Customer.id.in_(ids))
        .values(**_BLANK, erased_at=func.coalesce(Customer.erased_at, utc_now()))
    )
    session.execute(delete(SearchWord).where(SearchWord.id.in_(ids), SearchWord.kind.in_(_OF_CUSTOMERS)))
    close_codes(session, *ids)
    session.execute(delete(EmailVerification).where(EmailVerification.customer_id.in_(ids)))
    forget_entries(session, ids)


def _blank_letters(session: Session, traced: Traced) -> None:
    """Blank letters, found by a plain read: nobody else's are locked on the way."""
    found = select(OutboxEmail.id).where(letters_of(traced)).order_by(OutboxEmail.id)
    for some in in_parts(session.scalars(found).all()):
        blank_letters(session, some)


def _blank_paid(session: Session, traced: Traced) -> None:
    """Blank reasons; a reference is kept for the books, unless a word of the person stands in it."""
    for some in in_parts(sorted(traced.tickets)):
        session.execute(
            update(Ticket).where(Ticket.id.in_(some), Ticket.reissue_reason != "").values(reissue_reason="")
        )
        _blank_naming(session, traced.mentions, CheckIn.scanned, CheckIn.ticket_id.in_(some))
    for some in in_parts(traced.order_ids):
        _blank_naming(session, traced.mentions, Payment.reference, Payment.order_id.in_(some))
        session.execute(update(Refund).where(Refund.order_id.in_(some)).values(reason=""))
        _blank_naming(session, traced.mentions, Refund.reference, Refund.order_id.in_(some))


def _blank_naming(session: Session, mentions: Mentions, column: InstrumentedAttribute[str], which: Any) -> None:
    table: Any = column.class_
    for key, text in session.execute(select(table.id, column).where(which, column != "").order_by(table.id)).all():
        if mentions.may_be_in(text):
            session.execute(update(table).where(table.id == key).values({column.key: ""}))
