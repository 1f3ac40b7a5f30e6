"""Correcting what an order says of its customer: the name, and the note."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select, update

from pos_app.db.models import Order
from pos_app.domain.card_numbers import refuse_card_number
from pos_app.domain.errors import NotFound
from pos_app.domain.orders.changes import ChangeKind
from pos_app.domain.roles import Permission
from pos_app.domain.selling.sales import LONGEST_NAME, LONGEST_NOTE
from pos_app.domain.sentences import say
from pos_app.domain.texts import clean_line
from pos_app.services.audit import record
from pos_app.services.orders.ledger import claim_order, write_change
from pos_app.services.permissions import require
from pos_app.services.search_words import add_words

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from pos_app.domain.orders.exchanges import DetailsRequest
    from pos_app.domain.roles import Actor


def correct_details(session: Session, actor: Actor, request: DetailsRequest) -> int:
    """Write another name or note on an order; return its revision. May be repeated.

    The audit is told which of them changed, and none of their words. Raises OrderChanged, NotFound, NotPermitted,
    InvalidInput (a card number).
    """
    refuse_card_number(request.customer_name, "customer_name")
    refuse_card_number(request.note, "note")
    wanted = {
        "customer_name": clean_line(request.customer_name, LONGEST_NAME),
        "note": clean_line(request.note, LONGEST_NOTE),
    }
    require(session, actor, Permission.EXCHANGE)
    seen = _load(session, request.order_id)
    if request.revision in {None, seen[0]} and seen[1] == wanted:
        return seen[0]
    order = claim_order(session, request.order_id, request_id=request.request_id, seen=request.revision)
    if order.done_id is not None:
        return order.revision
    _, before = _load(session, request.order_id)
    change = write_change(session, actor, order, ChangeKind.CORRECTION, request_id=request.request_id)
    session.execute(update(Order).where(Order.id == order.order_id).values(**wanted))
    add_words(session, order.order_id)
    changed = [field for field, text in wanted.items() if before[field] != text]
    record(session, actor, "correction", order=order.number, change=change.change_id, fields=changed)
    return order.revision


def _load(session: Session, order_id: int) -> tuple[int, dict[str, str]]:
    """Return the revision of an order and what it says of its customer. Raises NotFound."""
    row = session.execute(
        select(Order.revision, Order.customer_name, Order.note).where(Order.id == order_id)
    ).one_or_none()
    if row is None:
        raise NotFound(say("This order is not there."))
    return row.revision, {"customer_name": row.customer_name, "note": row.note}
