"""What the stories of refunds have in common: asking for one as a till does, and what stands afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

from sqlalchemy import select, update

from pos_app.db.models import Order, OrderLine, Payment, Refund
from pos_app.domain.orders.changes import LineKind, LineState
from pos_app.domain.orders.refunds import RefundAsk, RefundRequest
from pos_app.domain.roles import Permission
from pos_app.services.house.settings import load_house_settings, save_house_settings
from pos_app.services.orders.refunds.making import preview_refund, refund
from tests.small_house import allow

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from pos_app.domain.orders.refunds import RefundDone, RefundPreview
    from pos_app.domain.roles import Actor
    from pos_app.domain.selling.sales import PaymentMethod, Sale
    from tests.houses import OpenHouse


def live_lines(house: OpenHouse, sale: Sale, kind: LineKind = LineKind.SEAT) -> tuple[int, ...]:
    """Return the lines of an order that stand, in the order in which they were made."""
    lines = select(OrderLine.id).where(
        OrderLine.order_id == sale.order_id, OrderLine.kind == kind, OrderLine.state == LineState.LIVE
    )
    return house.database.read(lambda session: tuple(session.scalars(lines.order_by(OrderLine.id))))


def look(
    house: OpenHouse,
    sale: Sale,
    lines: tuple[int, ...],
    *,
    fees: tuple[int, ...] = (),
    way: PaymentMethod | None = None,
    actor: Actor | None = None,
) -> RefundPreview:
    """Tell what the refund of lines would do. actor: who asks, the cashier where nobody is named."""
    asked = RefundAsk(sale.order_id, lines, fees, way)
    return house.database.read(preview_refund, actor or house.small.cashier, asked)


def ask(
    house: OpenHouse,
    sale: Sale,
    lines: tuple[int, ...],
    *,
    fees: tuple[int, ...] = (),
    way: PaymentMethod | None = None,
    allowed: bool = True,
    **more: Any,
) -> RefundRequest:
    """Ask for the refund of lines as the preview tells it. allowed: a manager has allowed it."""
    told = look(house, sale, lines, fees=fees, way=way)
    values: dict[str, Any] = {
        "request_id": uuid4().hex,
        "order_id": sale.order_id,
        "revision": told.revision,
        "line_ids": lines,
        "fee_line_ids": fees,
        "amount_minor": told.amount_minor,
        "reason": "is ill",
        "way": way,
        "used": told.used,
        "approval_id": house.database.transact(allow, house.small, Permission.REFUND) if allowed else None,
    }
    return RefundRequest(**values | more)


def give_back(
    house: OpenHouse, sale: Sale, lines: tuple[int, ...], *, actor: Actor | None = None, **more: Any
) -> RefundDone:
    """Refund lines at the first till."""
    return house.database.transact(refund, actor or house.small.cashier, ask(house, sale, lines, **more))


def set_limit(house: OpenHouse, minor: int) -> None:
    """Let cashiers give back so much without a manager."""

    def decide(session: Session) -> None:
        before = load_house_settings(session)
        values = {name: getattr(before, name) for name in before.__slots__}
        save_house_settings(
            session, house.small.manager, before, type(before)(**values | {"refund_limit_minor": minor})
        )

    house.database.transact(decide)


def refunds_of(house: OpenHouse, sale: Sale) -> list[tuple[str, str, int]]:
    """Return how each refund of an order goes back, what became of it, and how much it is."""
    made = select(Refund.method, Refund.state, Refund.amount_minor).where(Refund.order_id == sale.order_id)
    return house.database.read(
        lambda session: [(row.method, row.state, row.amount_minor) for row in session.execute(made.order_by(Refund.id))]
    )


def left_of_payments(house: OpenHouse, sale: Sale) -> list[int]:
    """Return what is left of each payment of an order."""
    left = select(Payment.amount_minor - Payment.refunded_minor).where(Payment.order_id == sale.order_id)
    return house.database.read(lambda session: list(session.scalars(left.order_by(Payment.id))))


def pay_in_two(house: OpenHouse, sale: Sale, card_minor: int) -> None:
    """Let so much of what was paid in cash have been paid by card, after it."""

    def split(session: Session) -> None:
        paid = session.scalars(select(Payment).where(Payment.order_id == sale.order_id)).one()
        session.add(
            Payment(
                request_id=uuid4().hex,
                order_id=paid.order_id,
                method="card",
                amount_minor=card_minor,
                reference="4711",
                made_by_id=paid.made_by_id,
                till_id=paid.till_id,
                created_at=paid.created_at,
            )
        )
        paid.amount_minor -= card_minor

    house.database.transact(split)


def paid_elsewhere(house: OpenHouse, sale: Sale) -> None:
    """Let an order have been paid before this house took its season over."""
    change = update(Payment).where(Payment.order_id == sale.order_id).values(method="elsewhere")
    house.database.transact(lambda session: session.execute(change))


def revision_of(house: OpenHouse, sale: Sale) -> int:
    """Return how often an order was changed."""
    return house.database.read(lambda session: session.get_one(Order, sale.order_id)).revision
