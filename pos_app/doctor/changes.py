"""The ledger: what made each line, payment and refund of an order, and what ended them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import and_, case, or_, select
from sqlalchemy.orm import aliased

from pos_app.db.models import Order, OrderChange, OrderLine, Payment, Refund
from pos_app.doctor.findings import Finding, Rule
from pos_app.doctor.names import order_words, state_word
from pos_app.domain.orders.changes import ENDED_BY, LineState, RefundState
from pos_app.domain.sentences import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from pos_app.doctor.names import Names
    from pos_app.domain.sentences import Sentence

_STANDING: Final = (LineState.LIVE.value, LineState.RESERVED.value)


def judge_changes(session: Session, _names: Names) -> Iterator[Finding]:
    """Ask lines, payments and refunds for the change of their order that made them, and ended ones for the other."""
    for table in (OrderLine, Payment, Refund):
        yield from _made(session, table)
    yield from _ended(session, OrderLine, OrderLine.state.not_in(_STANDING), OrderLine.state.in_(_STANDING))
    settled = (RefundState.PAID.value, RefundState.GIVEN_UP.value)
    waiting = (RefundState.DUE.value, RefundState.PENDING.value)
    yield from _ended(session, Refund, Refund.state.in_(settled), Refund.state.in_(waiting))
    yield from _ended_otherwise(session)


def _made(session: Session, table: type[OrderLine | Payment | Refund]) -> Iterator[Finding]:
    rows = session.execute(
        select(table.id, table.made_by_id, Order.number)
        .join(Order, Order.id == table.order_id)
        .outerjoin(OrderChange, OrderChange.id == table.made_by_id)
        .where(or_(table.made_by_id.is_(None), OrderChange.order_id != table.order_id))
        .order_by(table.id)
    ).all()
    for row in rows:
        told = (
            say("no change made {row}", row=_named(table, row.id))
            if row.made_by_id is None
            else say("{row} was made by a change of another order", row=_named(table, row.id))
        )
        yield Finding(Rule.CHANGES, told, order_words(row.number))


def _ended(
    session: Session, table: type[OrderLine | Refund], has_ended: ColumnElement[bool], is_there: ColumnElement[bool]
) -> Iterator[Finding]:
    rows = session.execute(
        select(table.id, table.state, table.ended_by_id, Order.number, OrderChange.order_id, table.order_id.label("of"))
        .join(Order, Order.id == table.order_id)
        .outerjoin(OrderChange, OrderChange.id == table.ended_by_id)
        .where(
            or_(
                and_(has_ended, table.ended_by_id.is_(None)),
                and_(is_there, table.ended_by_id.is_not(None)),
                OrderChange.order_id != table.order_id,
            )
        )
        .order_by(table.id)
    ).all()
    for row in rows:
        what, state = _named(table, row.id), state_word(row.state)
        if row.ended_by_id is None:
            told = say("{row} is {state}, and no change made it so", row=what, state=state)
        elif row.order_id is not None and row.order_id != row.of:
            told = say("{row} was ended by a change of another order", row=what)
        else:
            told = say("{row} is {state}, and a change ended it", row=what, state=state)
        yield Finding(Rule.CHANGES, told, order_words(row.number))


def _ended_otherwise(session: Session) -> Iterator[Finding]:
    """Compare what became of lines with what the change does that ended them."""
    change = aliased(OrderChange)
    by_kind: dict[Any, Any] = {kind.value: state.value for kind, state in ENDED_BY.items()}
    rows = session.execute(
        select(OrderLine.id, OrderLine.state, Order.number)
        .join(Order, Order.id == OrderLine.order_id)
        .join(change, change.id == OrderLine.ended_by_id)
        .where(
            OrderLine.state.not_in(_STANDING),
            change.order_id == OrderLine.order_id,
            OrderLine.state != case(by_kind, value=change.kind, else_=""),
        )
        .order_by(OrderLine.id)
    ).all()
    for row in rows:
        told = say(
            "{row} is {state}, and the change that ended it does something else",
            row=_named(OrderLine, row.id),
            state=state_word(row.state),
        )
        yield Finding(Rule.CHANGES, told, order_words(row.number))


def _named(table: type[OrderLine | Payment | Refund], number: int) -> Sentence:
    if table is OrderLine:
        return say("order line {line}", line=str(number))
    if table is Payment:
        return say("payment {payment}", payment=str(number))
    return say("refund {refund}", refund=str(number))
