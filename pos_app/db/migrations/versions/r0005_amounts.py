"""Amounts of 64 bits, percentages with a part, and the books of eight currencies counted as ISO 4217 does."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from alembic import op

from pos_app.db.schema.steps import add_column, widen_amounts

if TYPE_CHECKING:
    from collections.abc import Callable

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_WHOLE = ("BIF", "DJF", "GNF", "KMF", "RWF", "VUV")
"""Counted in hundredths before, in whole units now."""
_THOUSANDTHS = ("IQD", "LYD")
"""Counted in hundredths before, in thousandths now."""
_AMOUNTS = {
    "cash_movement": ("amount_minor",),
    "order_line": ("price_minor", "discount_minor", "fee_minor"),
    "orders": ("lines_minor", "fee_minor", "total_minor"),
    "payment": ("amount_minor", "tendered_minor"),
    "performance": ("ticket_fee_minor", "order_fee_minor"),
    "price": ("amount_minor",),
    "promo_code": ("value", "least_spend_minor"),
    "promo_redemption": ("saved_minor",),
    "refund": ("amount_minor",),
    "shift": ("float_minor", "expected_minor", "counted_minor"),
}


def upgrade() -> None:
    for table, columns in _AMOUNTS.items():
        widen_amounts(table, *columns)
    add_column("promo_code", sa.Column("hundredths", sa.SmallInteger(), server_default="0", nullable=False))
    # What follows is committed together with the note of this revision, so it is done once, whenever it was killed.
    _recount(_WHOLE, _in_hundreds)
    _recount(_THOUSANDTHS, lambda amount: amount * 10)


def _in_hundreds(amount: Any) -> Any:
    """Return how many hundreds an amount is, halves rounded up; the same for numbers and for columns."""
    return (amount + 50 - (amount + 50) % 100) / 100


def _recount(currencies: tuple[str, ...], count: Callable[[Any], Any]) -> None:
    """Count all amounts of some currencies in other units.

    What was counted in hundredths of these may have had some: lines are rounded, and their order is added up anew, so
    that a total is still the sum of its lines and what was paid for it. Shifts had no amounts before this revision.
    """
    bind = op.get_bind()
    _recount_usual_fees(currencies, count)
    tables = {name: sa.table(name, sa.column("currency")) for name in ("venue", "orders", "promo_code")}
    if not any(
        bind.execute(sa.select(sa.literal(1)).where(one.c.currency.in_(currencies)).select_from(one).limit(1)).first()
        for one in tables.values()
    ):
        return
    _recount_offers(currencies, count)
    _recount_orders(currencies, count)


def _recount_usual_fees(currencies: tuple[str, ...], count: Callable[[Any], Any]) -> None:
    bind = op.get_bind()
    setting = sa.table("setting", sa.column("name"), sa.column("value"))
    stored = bind.execute(sa.select(setting.c.value).where(setting.c.name == "house")).scalar()
    try:
        house = json.loads(stored or "{}")
    except ValueError:
        return
    if not isinstance(house, dict) or house.get("currency") not in currencies:
        return
    for name in ("ticket_fee_minor", "order_fee_minor"):
        if isinstance(house.get(name), int):
            house[name] = int(count(house[name]))
    document = json.dumps(house, ensure_ascii=False)
    op.execute(sa.update(setting).where(setting.c.name == "house").values(value=document))


def _recount_offers(currencies: tuple[str, ...], count: Callable[[Any], Any]) -> None:
    venue = sa.table("venue", sa.column("id"), sa.column("currency"))
    plan = sa.table("seating_plan", sa.column("id"), sa.column("venue_id"))
    performance = sa.table(
        "performance",
        sa.column("id"),
        sa.column("plan_id"),
        sa.column("ticket_fee_minor"),
        sa.column("order_fee_minor"),
    )
    price = sa.table("price", sa.column("performance_id"), sa.column("amount_minor"))
    promo_code = sa.table(
        "promo_code", sa.column("currency"), sa.column("kind"), sa.column("value"), sa.column("least_spend_minor")
    )
    plans = sa.select(plan.c.id).join_from(plan, venue, venue.c.id == plan.c.venue_id)
    plans = plans.where(venue.c.currency.in_(currencies))
    op.execute(
        sa.update(price)
        .where(price.c.performance_id.in_(sa.select(performance.c.id).where(performance.c.plan_id.in_(plans))))
        .values(amount_minor=count(price.c.amount_minor))
    )
    op.execute(
        sa.update(performance)
        .where(performance.c.plan_id.in_(plans))
        .values(
            ticket_fee_minor=count(performance.c.ticket_fee_minor),
            order_fee_minor=count(performance.c.order_fee_minor),
        )
    )
    of_these = promo_code.c.currency.in_(currencies)
    op.execute(sa.update(promo_code).where(of_these).values(least_spend_minor=count(promo_code.c.least_spend_minor)))
    op.execute(
        sa.update(promo_code).where(of_these, promo_code.c.kind == "amount").values(value=count(promo_code.c.value))
    )


def _recount_orders(currencies: tuple[str, ...], count: Callable[[Any], Any]) -> None:
    orders = sa.table("orders", *map(sa.column, ("id", "currency", *_AMOUNTS["orders"])))
    line = sa.table("order_line", *map(sa.column, ("order_id", *_AMOUNTS["order_line"])))
    payment = sa.table("payment", *map(sa.column, ("id", "order_id", *_AMOUNTS["payment"])))
    refund = sa.table("refund", *map(sa.column, ("order_id", "payment_id", "amount_minor")))
    redemption = sa.table("promo_redemption", sa.column("order_id"), sa.column("saved_minor"))
    of_these = orders.c.currency.in_(currencies)
    theirs = sa.select(orders.c.id).where(of_these)

    def total_of(column: sa.ColumnClause[Any]) -> sa.ScalarSelect[Any]:
        added = sa.select(sa.func.coalesce(sa.func.sum(column), 0)).where(line.c.order_id == orders.c.id)
        return added.correlate(orders).scalar_subquery()

    def change_orders(**values: Any) -> None:
        op.execute(sa.update(orders).where(of_these).values(**values))

    change_orders(fee_minor=orders.c.fee_minor - total_of(line.c.fee_minor))
    counted = {name: count(line.c[name]) for name in _AMOUNTS["order_line"]}
    op.execute(sa.update(line).where(line.c.order_id.in_(theirs)).values(**counted))
    change_orders(
        fee_minor=count(orders.c.fee_minor) + total_of(line.c.fee_minor), lines_minor=total_of(line.c.price_minor)
    )
    change_orders(total_minor=orders.c.lines_minor - total_of(line.c.discount_minor) + orders.c.fee_minor)
    due = sa.select(orders.c.total_minor).where(orders.c.id == payment.c.order_id).correlate(payment).scalar_subquery()
    paid = payment.c.order_id.in_(theirs)
    op.execute(sa.update(payment).where(paid).values(amount_minor=due, tendered_minor=count(payment.c.tendered_minor)))
    op.execute(
        sa.update(payment)
        .where(paid, payment.c.tendered_minor < payment.c.amount_minor)
        .values(tendered_minor=payment.c.amount_minor)
    )
    back = sa.select(payment.c.amount_minor).where(payment.c.id == refund.c.payment_id).correlate(refund)
    op.execute(sa.update(refund).where(refund.c.order_id.in_(theirs)).values(amount_minor=back.scalar_subquery()))
    op.execute(
        sa.update(redemption)
        .where(redemption.c.order_id.in_(theirs))
        .values(saved_minor=count(redemption.c.saved_minor))
    )
