"""Two records of one person become one: orders move, nothing is lost, and both numbers lead to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, func, select, update

from pos_app.db.models import Customer, EmailVerification, Order, SearchWord, WaitingEntry
from pos_app.domain.customers.merging import MergePreview, address_from, left_over, merged
from pos_app.domain.customers.records import CustomerRefused, write_marks
from pos_app.domain.searching import WordKind
from pos_app.domain.sentences import say
from pos_app.services.audit import record
from pos_app.services.customers.codes import close_codes
from pos_app.services.customers.letters import move_letters
from pos_app.services.customers.office import require_office
from pos_app.services.customers.records import told_customer
from pos_app.services.customers.rows import read_record, read_row, who_is, write_revision
from pos_app.services.customers.waiting import move_entries
from pos_app.services.search_words import add_words_of_customer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from pos_app.domain.customers.records import CustomerRecord
    from pos_app.domain.roles import Actor
    from pos_app.domain.sentences import Sentence

_WORDS = (WordKind.CUSTOMER, WordKind.CUSTOMER_PHONE, WordKind.CUSTOMER_MARK)


def preview_merge(session: Session, actor: Actor, kept_id: int, other_id: int) -> MergePreview:
    """Return what a merge would do, and change nothing.

    Raises NotPermitted, RightsMissing (a counter's account), NotFound, CustomerRefused (what merge_customers refuses).
    """
    require_office(session, actor)
    _require_two(kept_id, other_id)
    kept, other = (_require_mergeable(session, one) for one in (kept_id, other_id))
    wanted = merged(kept, other)
    waiting = select(func.count()).select_from(WaitingEntry).where(WaitingEntry.customer_id == other_id)
    orders = select(func.count()).select_from(Order).where(Order.customer_id == other_id)
    return MergePreview(
        kept,
        other,
        wanted,
        session.execute(orders).scalar_one(),
        session.execute(waiting).scalar_one(),
        left_over(kept, other, wanted),
    )


def merge_customers(session: Session, actor: Actor, kept_id: int, other_id: int, *, request_id: str) -> CustomerRecord:
    """Make two records one: what the other has becomes the kept one's, and its number leads there from now on.

    A repeat finds it done by what is stored. Raises NotPermitted, RightsMissing (a counter's account), NotFound,
    CustomerRefused (a merge with itself; one of them was put away, erased, or merged with somebody else; notes or marks
    are too long together).
    """
    require_office(session, actor)
    _require_two(kept_id, other_id)
    _lock_orders(session, other_id)
    write_revision(session, kept_id, other_id)
    if read_row(session, other_id).merged_into_id is not None and who_is(session, other_id) == who_is(session, kept_id):
        return read_record(session, kept_id)
    kept, other = (_require_mergeable(session, one) for one in (kept_id, other_id))
    wanted = merged(kept, other)
    # A sale for the other number may have come between the look at its orders and the write of its row.
    moved = _lock_orders(session, other_id)
    session.execute(update(Order).where(Order.id.in_(moved)).values(customer_id=kept_id))
    move_entries(session, other_id, kept_id)
    session.execute(
        update(EmailVerification).where(EmailVerification.customer_id == other_id).values(customer_id=kept_id)
    )
    # First away, then there: no two rows have one key, not even for a moment.
    session.execute(
        update(Customer)
        .where((Customer.id == other_id) | (Customer.merged_into_id == other_id))
        .values(email_key=None, merged_into_id=kept_id)
    )
    source = address_from(kept, other)
    if source is other and kept.email:
        # The kept one's own address stays with the other number: whoever is erased is traced by it.
        session.execute(
            update(Customer).where(Customer.id == other_id).values(email=kept.email, email_verified_at=None)
        )
    session.execute(
        update(Customer)
        .where(Customer.id == kept_id)
        .values(
            email=wanted.email,
            email_key=wanted.email_key or None,
            email_verified_at=source.verified_at,
            phone=wanted.phone,
            phone_key=wanted.phone_key,
            note=wanted.note,
            marks=write_marks(wanted.marks),
            letters_at=source.letters_at,
            language=wanted.language,
        )
    )
    move_letters(session, other_id, kept_id)
    if kept.email and other.email:
        # Of two addresses one is kept, and a code that is on its way to either may be the other's.
        close_codes(session, kept_id, other_id)
    session.execute(delete(SearchWord).where(SearchWord.id == other_id, SearchWord.kind.in_(_WORDS)))
    add_words_of_customer(session, kept_id, orders=True)
    told = {"customer": told_customer(kept_id), "other": told_customer(other_id)}
    record(session, actor, "customers_merged", **told, orders=len(moved), request=request_id)
    return read_record(session, kept_id)


def _lock_orders(session: Session, customer_id: int) -> Sequence[int]:
    """Write the revision of each order of a customer, by their numbers; return which."""
    orders = (
        session.execute(select(Order.id).where(Order.customer_id == customer_id).order_by(Order.id)).scalars().all()
    )
    for order_id in orders:
        session.execute(update(Order).where(Order.id == order_id).values(revision=Order.revision + 1))
    return orders


def _require_two(kept_id: int, other_id: int) -> None:
    if kept_id == other_id:
        raise CustomerRefused(
            say("A customer cannot be merged with itself."), advice=say("Choose another one to merge it with.")
        )


def _require_mergeable(session: Session, customer_id: int) -> CustomerRecord:
    row = read_row(session, customer_id)
    if row.merged_into_id is not None:
        raise _refused(
            say(
                "Number {number} was merged into number {other} already.",
                number=customer_id,
                other=row.merged_into_id,
            )
        )
    if row.erased_at is not None:
        raise _refused(say("Customer {number} was erased.", number=customer_id))
    if row.deleted_at is not None:
        raise CustomerRefused(
            say("{name} (number {number}) was put away.", name=row.name, number=customer_id),
            advice=say("Nothing was merged. Bring that one back first."),
        )
    return read_record(session, customer_id)


def _refused(sentence: Sentence) -> CustomerRefused:
    return CustomerRefused(sentence, advice=say("Nothing was merged. Look at both once more."))
