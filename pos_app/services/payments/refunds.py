"""Refunds: reserved on the payment that they give back, and their life from due to paid or given up.

Every one of these is called behind the write of its order's revision, and behind that of the change that makes or ends
it. Amounts in minor units of the order's currency.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sqlalchemy import select, update

from pos_app.db.clock import utc_now
from pos_app.db.models import Payment, Refund
from pos_app.db.results import insert_row, matched_rows
from pos_app.domain.errors import RefundRefused
from pos_app.domain.orders.changes import RefundState
from pos_app.domain.payments.giving_back import PaidIn, RefundPart
from pos_app.domain.selling.sales import PaymentMethod
from pos_app.domain.sentences import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Row, Select
    from sqlalchemy.orm import Session

    from pos_app.domain.roles import Actor

CAPTURED = "captured"
"""The state of a payment whose money is in."""
_PAYABLE = (RefundState.DUE, RefundState.FAILED)


@dataclass(frozen=True, slots=True)
class RefundOrigin:
    """What a refund is made by: the change of its order, why, and who allowed it.

    instead_of_id: the refund that was given up for it.
    """

    change_id: int
    order_id: int
    reason: str
    approver_id: int | None = None
    instead_of_id: int | None = None


@dataclass(frozen=True, slots=True)
class StoredRefund:
    """A refund as it stands. reason: why money goes back, whatever way it takes in the end."""

    refund_id: int
    payment_id: int
    method: PaymentMethod
    amount_minor: int
    state: RefundState
    made_by_id: int | None = None
    ended_by_id: int | None = None
    reason: str = ""

    @property
    def part(self) -> RefundPart:
        """Return what goes back by it."""
        return RefundPart(self.payment_id, self.method, self.amount_minor)

    @property
    def told(self) -> list[object]:
        """Return what an audit entry says of it."""
        return [self.refund_id, self.payment_id, self.method.value, self.amount_minor, self.state.value]


def load_payments(session: Session, order_id: int) -> tuple[PaidIn, ...]:
    """Return the money that came in for an order with what is left of each, the last one first."""
    rows = session.execute(
        select(Payment.id, Payment.method, (Payment.amount_minor - Payment.refunded_minor).label("left_minor"))
        .where(Payment.order_id == order_id, Payment.state == CAPTURED)
        .order_by(Payment.id.desc())
    )
    return tuple(PaidIn(row.id, PaymentMethod(row.method), row.left_minor) for row in rows)


def make_refunds(
    session: Session,
    actor: Actor,
    origin: RefundOrigin,
    parts: Sequence[RefundPart],
    *,
    paid: bool,
    reference: str = "",
) -> tuple[StoredRefund, ...]:
    """Reserve each part on its payment and write its refund, paid at once or due.

    reference: of the card terminal, kept where a card gets its money back. Raises RefundRefused where less is left of a
    payment.
    """
    for part in sorted(parts, key=lambda part: part.payment_id):
        _reserve(session, part)
    return tuple(
        _insert(session, actor, origin, part, turn, paid=paid, reference=reference)
        for turn, part in enumerate(parts, 1)
    )


def load_refunds_made(session: Session, change_id: int) -> tuple[StoredRefund, ...]:
    """Return the refunds that a change made, in the order in which it made them."""
    rows = session.execute(_stored().where(Refund.made_by_id == change_id).order_by(Refund.id))
    return tuple(_read(row) for row in rows)


def load_refund(session: Session, refund_id: int) -> StoredRefund | None:
    """Return a refund as it stands, or None."""
    row = session.execute(_stored().where(Refund.id == refund_id)).one_or_none()
    return None if row is None else _read(row)


def load_refund_paid(session: Session, change_id: int) -> StoredRefund | None:
    """Return the refund that a change paid out, or None."""
    paid = Refund.ended_by_id == change_id, Refund.state == RefundState.PAID
    row = session.execute(_stored().where(*paid)).one_or_none()
    return None if row is None else _read(row)


def pay_refund(session: Session, refund: StoredRefund, change_id: int, reference: str) -> StoredRefund:
    """Write down that a refund was paid; the change tells where and by whom.

    Raises RefundRefused unless it is still to be paid.
    """
    _end(
        session,
        refund,
        {
            "state": RefundState.PAID,
            "ended_by_id": change_id,
            "reference": reference if refund.method.rule.needs_reference else "",
            "paid_at": utc_now(),
        },
    )
    return replace(refund, state=RefundState.PAID)


def give_up_refund(session: Session, refund: StoredRefund, change_id: int) -> StoredRefund:
    """Give a refund up: its payment has its amount again, once. Raises RefundRefused unless it is still to be paid."""
    returned = session.execute(
        update(Payment)
        .where(Payment.id == refund.payment_id, Payment.refunded_minor >= refund.amount_minor)
        .values(refunded_minor=Payment.refunded_minor - refund.amount_minor)
    )
    if matched_rows(returned) != 1:
        raise _not_payable()
    _end(session, refund, {"state": RefundState.GIVEN_UP, "ended_by_id": change_id})
    return replace(refund, state=RefundState.GIVEN_UP)


def _reserve(session: Session, part: RefundPart) -> None:
    """Take a part from what is left of its payment: the matched rows decide."""
    reserved = session.execute(
        update(Payment)
        .where(
            Payment.id == part.payment_id,
            Payment.state == CAPTURED,
            Payment.refunded_minor + part.amount_minor <= Payment.amount_minor,
        )
        .values(refunded_minor=Payment.refunded_minor + part.amount_minor)
    )
    if matched_rows(reserved) != 1:
        raise RefundRefused(
            say("Less is left of what was paid than is to go back."),
            advice=say("Nothing was done. Look at the order once more."),
        )


def _insert(
    session: Session, actor: Actor, origin: RefundOrigin, part: RefundPart, turn: int, *, paid: bool, reference: str
) -> StoredRefund:
    state = RefundState.PAID if paid else RefundState.DUE
    ended_by = origin.change_id if paid else None
    refund_id = insert_row(
        session,
        Refund,
        # A change is made once, and so is each of its refunds.
        request_id=f"{origin.change_id}:{turn}",
        order_id=origin.order_id,
        payment_id=part.payment_id,
        method=part.method,
        state=state,
        amount_minor=part.amount_minor,
        reason=origin.reason,
        reference=reference if paid and part.method.rule.needs_reference else "",
        made_by_id=origin.change_id,
        ended_by_id=ended_by,
        instead_of_id=origin.instead_of_id,
        paid_at=utc_now() if paid else None,
        till_id=actor.till_id,
        staff_id=actor.staff_id,
        approver_id=origin.approver_id,
        created_at=utc_now(),
    )
    return StoredRefund(
        refund_id, part.payment_id, part.method, part.amount_minor, state, origin.change_id, ended_by, origin.reason
    )


def _end(session: Session, refund: StoredRefund, values: dict[str, object]) -> None:
    ended = session.execute(
        update(Refund).where(Refund.id == refund.refund_id, Refund.state.in_(_PAYABLE)).values(**values)
    )
    if matched_rows(ended) != 1:
        raise _not_payable()


def _not_payable() -> RefundRefused:
    return RefundRefused(
        say("This refund is not due any more."), advice=say("Somebody paid it or gave it up. Look at the list again.")
    )


def _stored() -> Select[int, int, str, int, str, int | None, int | None, str]:
    return select(
        Refund.id,
        Refund.payment_id,
        Refund.method,
        Refund.amount_minor,
        Refund.state,
        Refund.made_by_id,
        Refund.ended_by_id,
        Refund.reason,
    )


def _read(row: Row[int, int, str, int, str, int | None, int | None, str]) -> StoredRefund:
    return StoredRefund(
        row.id,
        row.payment_id,
        PaymentMethod(row.method),
        row.amount_minor,
        RefundState(row.state),
        row.made_by_id,
        row.ended_by_id,
        row.reason,
    )
