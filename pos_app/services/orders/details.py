"""Correcting what an order says of its customer: the name, the note, and who that is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from sqlalchemy import func, select, update

from pos_app.db.models import Customer, Order, OrderLine
from pos_app.domain.card_numbers import refuse_card_number
from pos_app.domain.customers.records import CustomerRefused
from pos_app.domain.errors import NotFound
from pos_app.domain.orders.changes import ChangeKind, LineKind, LineState
from pos_app.domain.roles import Permission
from pos_app.domain.selling.sales import LONGEST_NAME, LONGEST_NOTE
from pos_app.domain.sentences import say
from pos_app.domain.texts import clean_line
from pos_app.services.audit import record
from pos_app.services.customers.buying import find_buyer, lock_customer, require_tickets_left
from pos_app.services.customers.letters import hand_letters
from pos_app.services.customers.records import told_customer
from pos_app.services.house.settings import load_house_settings
from pos_app.services.orders.ledger import claim_order, write_change
from pos_app.services.permissions import require
from pos_app.services.search_words import add_words

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from pos_app.domain.orders.exchanges import DetailsRequest
    from pos_app.domain.roles import Actor

_WITH_THIS_ORDER: Final = say(
    "Nothing was changed. Choose another customer, or ask a manager to raise the limit under Manage, Settings."
)


class _Details(NamedTuple):
    """What an order says of its customer, and who that is."""

    customer_name: str
    note: str
    customer_id: int | None


def correct_details(session: Session, actor: Actor, request: DetailsRequest) -> int:
    """Write another name, note or customer on an order; return its revision. May be repeated.

    The number of a customer who was merged leads to who it is now. The audit is told which of them changed, and none of
    their words. Raises OrderChanged, NotFound, NotPermitted, InvalidInput (a card number), CustomerRefused (whose it
    is was erased, or it would have more tickets of an evening than one may have).
    """
    refuse_card_number(request.customer_name, "customer_name")
    refuse_card_number(request.note, "note")
    wanted = _Details(
        clean_line(request.customer_name, LONGEST_NAME), clean_line(request.note, LONGEST_NOTE), request.customer_id
    )
    require(session, actor, Permission.EXCHANGE)
    revision, stored = _load(session, request.order_id)
    if request.revision in {None, revision} and stored == wanted:
        return revision
    order = claim_order(session, request.order_id, request_id=request.request_id, seen=request.revision)
    if order.done_id is not None:
        return order.revision
    _, before = _load(session, request.order_id)
    if wanted.customer_id == before.customer_id:
        _require_not_erased(session, before)
    elif wanted.customer_id is not None:
        require(session, actor, Permission.CUSTOMERS)
        wanted = wanted._replace(customer_id=_claim_customer(session, order.order_id, request, before))
    change = write_change(session, actor, order, ChangeKind.CORRECTION, request_id=request.request_id)
    session.execute(update(Order).where(Order.id == order.order_id).values(**wanted._asdict()))
    add_words(session, order.order_id)
    if wanted.customer_id != before.customer_id:
        hand_letters(session, order.order_id, wanted.customer_id, staff_id=actor.staff_id)
    changed = [field for field in _Details._fields if getattr(before, field) != getattr(wanted, field)]
    whose = {} if wanted.customer_id is None else {"customer": told_customer(wanted.customer_id)}
    record(session, actor, "correction", order=order.number, change=change.change_id, fields=changed, **whose)
    return order.revision


def _require_not_erased(session: Session, before: _Details) -> None:
    """Let nobody write words about a person again who was erased. Raises CustomerRefused."""
    erased = select(Customer.id).where(Customer.id == before.customer_id, Customer.erased_at.is_not(None))
    if before.customer_id is not None and session.execute(erased).first() is not None:
        raise CustomerRefused(
            say("The person of this order was erased: it bears no name and no note any more."),
            advice=say("Nothing was changed. If somebody else has the tickets now, choose that customer, or none."),
        )


def _claim_customer(session: Session, order_id: int, request: DetailsRequest, before: _Details) -> int:
    """Write the row of the customer that an order is given to, and count what it has already; return who it is now."""
    asked = request.customer_id or 0
    customer_id = lock_customer(session, asked)
    if customer_id is None:
        # Says that it was erased.
        return find_buyer(session, asked)
    if customer_id != before.customer_id:
        seats = session.execute(
            select(OrderLine.performance_id, func.count())
            .where(
                OrderLine.order_id == order_id,
                OrderLine.kind == LineKind.SEAT,
                OrderLine.state.in_((LineState.LIVE, LineState.RESERVED)),
            )
            .group_by(OrderLine.performance_id)
        )
        counts = {performance_id: count for performance_id, count in seats if performance_id is not None}
        house = load_house_settings(session)
        require_tickets_left(
            session,
            customer_id,
            counts,
            house.customer_tickets,
            verified=house.customer_tickets_verified,
            advice=_WITH_THIS_ORDER,
        )
    return customer_id


def _load(session: Session, order_id: int) -> tuple[int, _Details]:
    """Return the revision of an order and what it says of its customer. Raises NotFound."""
    row = session.execute(
        select(Order.revision, Order.customer_name, Order.note, Order.customer_id).where(Order.id == order_id)
    ).one_or_none()
    if row is None:
        raise NotFound(say("This order is not there."))
    return row.revision, _Details(row.customer_name, row.note, row.customer_id)
