"""What a use of a promo code took off each line, so that a refund knows whether it is over; an index of refunds due."""

from __future__ import annotations

from itertools import groupby
from typing import Any

import sqlalchemy as sa
from alembic import op

from pos_app.db.schema.steps import create_index, create_table
from pos_app.db.types import BigId

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

_USE = sa.table("promo_redemption", *map(sa.column, ("id", "order_id", "saved_minor")))
_LINE = sa.table("order_line", *map(sa.column, ("id", "order_id", "kind", "discount_minor")))
_SHARE = sa.table("promo_share", *map(sa.column, ("redemption_id", "order_line_id", "saved_minor")))
_REDUCED = sa.and_(_LINE.c.kind == "seat", _LINE.c.discount_minor > 0)


def upgrade() -> None:
    create_table(
        "promo_share",
        sa.Column("redemption_id", BigId, autoincrement=False, nullable=False),
        sa.Column("order_line_id", BigId, autoincrement=False, nullable=False),
        sa.Column("saved_minor", BigId, nullable=False),
        sa.ForeignKeyConstraint(["redemption_id"], ["promo_redemption.id"], name=op.f("fk_promo_share_redemption_id")),
        sa.ForeignKeyConstraint(["order_line_id"], ["order_line.id"], name=op.f("fk_promo_share_order_line_id")),
        sa.PrimaryKeyConstraint("redemption_id", "order_line_id", name=op.f("pk_promo_share")),
    )
    create_index("ix_refund_state", "refund", ["state"])
    # Committed together with the note of this revision.
    op.execute(sa.delete(_SHARE))
    _share_single_uses()
    _share_joint_uses()


def _uses_of_orders() -> sa.Subquery:
    return sa.select(_USE.c.order_id, sa.func.count().label("uses")).group_by(_USE.c.order_id).subquery()


def _share_single_uses() -> None:
    """What was taken off an order with one code was taken off by that code."""
    of = _uses_of_orders()
    op.execute(
        sa.insert(_SHARE).from_select(
            [column.name for column in _SHARE.c],
            sa.select(_USE.c.id, _LINE.c.id, _LINE.c.discount_minor)
            .join(of, sa.and_(of.c.order_id == _USE.c.order_id, of.c.uses == 1))
            .join(_LINE, sa.and_(_LINE.c.order_id == _USE.c.order_id, _REDUCED)),
        )
    )


def _share_joint_uses() -> None:
    """Which of several codes took what off a line is not known: as much of it as each took off the order.

    The shares of a line add up to what was taken off it.
    """
    of, bind = _uses_of_orders(), op.get_bind()
    several = sa.and_(of.c.order_id == _USE.c.order_id, of.c.uses > 1)
    uses = bind.execute(
        sa.select(_USE.c.order_id, _USE.c.id, _USE.c.saved_minor)
        .join(of, several)
        .where(_USE.c.saved_minor > 0)
        .order_by(_USE.c.order_id, _USE.c.id)
    ).all()
    for order_id, found in groupby(uses, key=lambda use: use.order_id):
        own = list(found)
        lines = bind.execute(
            sa.select(_LINE.c.id, _LINE.c.discount_minor).where(_LINE.c.order_id == order_id, _REDUCED)
        ).all()
        rows = [row for line in lines for row in _shares(line.id, line.discount_minor, own)]
        if rows:
            op.execute(sa.insert(_SHARE).values(rows))


def _shares(line_id: int, discount_minor: int, uses: list[Any]) -> list[dict[str, int]]:
    total, left, rows = sum(use.saved_minor for use in uses), discount_minor, []
    for use in uses:
        share = left if use is uses[-1] else discount_minor * use.saved_minor // total
        left -= share
        rows.append({"redemption_id": use.id, "order_line_id": line_id, "saved_minor": share})
    return rows
