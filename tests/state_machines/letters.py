"""What the outbox must hold after any walk: a letter for each change of which a customer hears, and none besides."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from pos_app.db.models import Customer, Order, OrderChange, OrderLine, OutboxEmail, Ticket, WorkItem
from pos_app.domain.orders.changes import ChangeKind

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

HEARD: Final = {
    ChangeKind.SALE: {"confirmation", "gift"},
    ChangeKind.RESERVE: {"reservation"},
    ChangeKind.KEEP_LONGER: {"reservation"},
    ChangeKind.PICK_UP: {"confirmation", "gift"},
    ChangeKind.RELEASE: {"lapsed"},
    ChangeKind.VOID: {"refund"},
    ChangeKind.REFUND: {"refund", "cancelled"},
    ChangeKind.PAY_OUT: {"refund"},
    ChangeKind.EXCHANGE: {"exchange"},
    ChangeKind.SWAP: {"exchange"},
    ChangeKind.CORRECTION: {"exchange"},
    ChangeKind.MOVE: {"moved"},
}


def wrong_letters(session: Session) -> list[str]:
    """Return which changes of customers' orders were told otherwise than once; of who was erased nothing is said.

    Every customer of a walk can be reached from the beginning, so whether one hears is decided by the change alone. A
    correction that makes no line is of a name, a note or whose it is: nobody hears of it, and of the order's other
    changes those heard that were made while it was somebody's. Of reserved seats that are given back hears who did not
    ask for it: where a work list did, and refunded nothing besides.
    """
    of_lines = set(session.scalars(select(OrderLine.made_by_id)))
    by_list = set(session.scalars(select(WorkItem.change_id)))
    rows = session.execute(
        select(OrderChange.id, OrderChange.kind, OrderChange.order_id, Order.customer_id, Customer.erased_at)
        .join(Order, Order.id == OrderChange.order_id)
        .outerjoin(Customer, Customer.id == Order.customer_id)
    ).all()
    told: dict[int, list[str]] = {}
    for letter in session.execute(select(OutboxEmail.change_id, OutboxEmail.kind)):
        if letter.change_id is not None:
            told.setdefault(letter.change_id, []).append(letter.kind)
    details = {row.id for row in rows if row.kind == ChangeKind.CORRECTION and row.id not in of_lines}
    handed = {row.order_id for row in rows if row.id in details}
    wrong = []
    for row in rows:
        heard, may = told.get(row.id, []), HEARD.get(ChangeKind(row.kind), set())
        if row.id in details:
            may = set()
        elif row.kind == ChangeKind.GIVE_UP_SEATS and row.id in by_list:
            may = {"cancelled", "lapsed"}
        once = len(heard) == 1 and heard[0] in may
        if row.order_id in handed or row.erased_at is not None:
            is_right = once or not heard
        else:
            is_right = once if may and row.customer_id is not None else not heard
        if not is_right:
            wrong.append(f"change {row.id} ({row.kind}) of customer {row.customer_id} was told by {heard}")
    return wrong + _untrue(session)


def _untrue(session: Session) -> list[str]:
    """Return which letters wait that tell of nothing: no till sends any in a walk, so none was on its way."""
    void = set(session.scalars(select(Ticket.id).where(Ticket.voided_at.is_not(None))))
    waiting = select(OutboxEmail.id, OutboxEmail.kind, OutboxEmail.facts, Order.release_at)
    rows = session.execute(waiting.join(Order).where(OutboxEmail.state == "waiting"))
    untrue = []
    for row in rows:
        tickets = {ticket for ticket, _ in json.loads(row.facts).get("tickets", [])}
        if (tickets and tickets <= void) or (row.kind == "reservation" and row.release_at is None):
            untrue.append(f"letter {row.id} ({row.kind}) waits, and tells of nothing")
    return untrue
