"""What a letter about an order tells of money: what was paid, and what goes back."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import func, or_, select

from pos_app.db.models import OrderLine, Payment, Refund, Ticket
from pos_app.domain.letters.contents import LetterMoney
from pos_app.domain.orders.changes import LineKind, LineState, RefundState
from pos_app.domain.selling.sales import PaymentMethod

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy.orm import Session


class Back(NamedTuple):
    """Money that goes back. change_ids: the changes for whose lines it does."""

    money: tuple[LetterMoney, ...] = ()
    change_ids: frozenset[int] = frozenset()


def load_paid(session: Session, order_id: int, change_id: int) -> tuple[LetterMoney, ...]:
    """Return what was paid with a change."""
    rows = session.execute(
        select(Payment.method, Payment.amount_minor)
        .where(Payment.order_id == order_id, Payment.made_by_id == change_id)
        .order_by(Payment.id)
    )
    return tuple(LetterMoney(PaymentMethod(row.method), row.amount_minor) for row in rows)


def load_back(session: Session, order_id: int, change_id: int) -> Back:
    """Return what a change gave back or paid out, as it stands now: by another way, where it was given up since."""
    rows = session.execute(
        select(
            Refund.id,
            Refund.method,
            Refund.state,
            Refund.amount_minor,
            Refund.made_by_id,
            Refund.ended_by_id,
            Refund.instead_of_id,
        )
        .where(Refund.order_id == order_id)
        .order_by(Refund.id)
    ).all()
    told = {row.id for row in rows if change_id in {row.made_by_id, row.ended_by_id}}
    for row in rows:
        # A refund stands behind the one whose place it takes.
        if row.instead_of_id in told:
            told.add(row.id)
    changes = _first_changes({row.id: (row.instead_of_id, row.made_by_id) for row in rows}, told)
    money = tuple(
        LetterMoney(PaymentMethod(row.method), row.amount_minor, is_due=row.state != RefundState.PAID)
        for row in rows
        if row.id in told and row.state != RefundState.GIVEN_UP
    )
    return Back(money, frozenset({change_id, *changes}))


def _first_changes(refunds: dict[int, tuple[int | None, int | None]], told: Collection[int]) -> set[int]:
    """Return the changes that gave the money of refunds back, whatever paid it out later."""
    found: set[int] = set()
    for one in told:
        instead_of, made_by = refunds[one]
        while instead_of is not None and instead_of in refunds:
            instead_of, made_by = refunds[instead_of]
        found |= set() if made_by is None else {made_by}
    return found


def load_ticket_prices(session: Session, ticket_ids: Collection[int]) -> int:
    """Return what tickets cost without fees, good or void, in minor units."""
    cost = session.execute(
        select(func.sum(OrderLine.price_minor - OrderLine.discount_minor))
        .join(Ticket, Ticket.order_line_id == OrderLine.id)
        .where(Ticket.id.in_(sorted(ticket_ids)))
    )
    return int(cost.scalar_one() or 0)


def load_reserved_fees(session: Session, order_id: int, line_ids: Collection[int]) -> int:
    """Return the fees that are reserved with places: of their lines and of the order, in minor units."""
    fees = session.execute(
        select(func.sum(OrderLine.price_minor - OrderLine.discount_minor)).where(
            OrderLine.order_id == order_id,
            OrderLine.kind == LineKind.FEE,
            OrderLine.state == LineState.RESERVED,
            or_(OrderLine.for_line_id.is_(None), OrderLine.for_line_id.in_(sorted(line_ids))),
        )
    )
    return int(fees.scalar_one() or 0)
