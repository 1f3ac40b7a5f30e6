"""Orders become a ledger: changes, lines of fees, payments that know what went back, refunds with a life."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from pos_app.db.schema.steps import change_table, create_index, create_table, drop_columns, remake_table
from pos_app.db.types import BigId, UtcDateTime

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_PLACE = (
    "(kind = 'seat' AND performance_id IS NOT NULL AND seat_id IS NOT NULL AND category_id IS NOT NULL"
    " AND ticket_type_id IS NOT NULL) OR (kind <> 'seat' AND performance_id IS NULL AND seat_id IS NULL"
    " AND category_id IS NULL AND ticket_type_id IS NULL)"
)
_CHANGED = ("request_id", "order_id", "kind", "reason", "staff_id", "approval_id", "till_id", "shift_id", "created_at")


def _table(name: str, *columns: str) -> sa.TableClause:
    return sa.table(name, *map(sa.column, columns))


_CHANGE = _table("order_change", "id", *_CHANGED)
_ORDER = _table(
    "orders", "id", "request_id", "number", "state", "till_id", "staff_id", "hold_id", "created_at", "voided_at",
    "void_reason", "fee_minor",
)  # fmt: skip
_LINE = _table(
    "order_line", "id", "order_id", "kind", "for_line_id", "price_minor", "discount_minor", "fee_minor", "state",
    "made_by_id", "ended_by_id",
)  # fmt: skip
_TICKET = _table("ticket", "id", "order_line_id", "reissue_request_id", "reissue_reason", "issued_at", "printed_at")
_PAYMENT = _table("payment", "id", "order_id", "state", "refunded_minor", "made_by_id", "shift_id")
_REFUND = _table(
    "refund", "id", "request_id", "order_id", "payment_id", "state", "amount_minor", "till_id", "staff_id",
    "created_at", "made_by_id", "ended_by_id", "paid_at", "shift_id",
)  # fmt: skip
_APPROVAL = _table("approval", "id", "spent_on")


def upgrade() -> None:
    _make_room()
    columns = {column["name"] for column in sa.inspect(op.get_bind()).get_columns("orders")}
    if "state" in columns:
        _write_changes()
        _write_fees()
        _point_at_changes()
    # While these columns are there, they are what counts: what was filled before is filled anew.
    drop_columns("order_line", "fee_minor")
    _drop_states()


def _make_room() -> None:
    create_table(
        "order_change",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("request_id", sa.String(length=64), nullable=False),
        sa.Column("order_id", BigId, nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.String(length=500), server_default=sa.text("''"), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        sa.Column("approval_id", BigId, nullable=True),
        sa.Column("till_id", sa.Integer(), nullable=True),
        sa.Column("shift_id", BigId, nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name="fk_order_change_order_id"),
        sa.PrimaryKeyConstraint("id", name="pk_order_change"),
        sa.UniqueConstraint("request_id", name="uq_order_change_request_id"),
    )
    create_index("ix_order_change_order_id", "order_change", ["order_id"])
    change_table("orders", add=[sa.Column("revision", sa.Integer(), server_default="0", nullable=False)])
    change_table(
        "order_line",
        add=[
            sa.Column("kind", sa.String(length=20), server_default="seat", nullable=False),
            sa.Column("for_line_id", BigId, nullable=True),
            sa.Column("made_by_id", BigId, nullable=True),
            sa.Column("ended_by_id", BigId, nullable=True),
        ],
        checks={"ck_order_line_place": _PLACE},
        free=["performance_id", "seat_id", "category_id", "ticket_type_id"],
    )
    change_table(
        "payment",
        add=[
            sa.Column("refunded_minor", BigId, server_default="0", nullable=False),
            sa.Column("made_by_id", BigId, nullable=True),
        ],
        checks={"ck_payment_refunded": "refunded_minor >= 0 AND refunded_minor <= amount_minor"},
    )
    change_table(
        "refund",
        add=[
            sa.Column("reference", sa.String(length=200), server_default=sa.text("''"), nullable=False),
            sa.Column("made_by_id", BigId, nullable=True),
            sa.Column("ended_by_id", BigId, nullable=True),
            sa.Column("instead_of_id", BigId, nullable=True),
            sa.Column("paid_at", UtcDateTime(), nullable=True),
        ],
        point_at={"made_by_id": "order_change", "ended_by_id": "order_change", "instead_of_id": "refund"},
    )
    change_table("ticket", add=[sa.Column("printed_at", UtcDateTime(), nullable=True)])


def _write_changes() -> None:
    """Write a change for each sale, for each that was taken back, and for each ticket that was printed anew."""
    nothing: sa.ColumnElement[None] = sa.null()
    _insert_changes(
        sa.select(
            _ORDER.c.request_id,
            _ORDER.c.id,
            sa.case((_ORDER.c.hold_id.is_(None), "taken_over"), else_="sale"),
            sa.literal_column("''"),
            _ORDER.c.staff_id,
            nothing,
            _ORDER.c.till_id,
            sa.select(sa.func.min(_PAYMENT.c.shift_id)).where(_PAYMENT.c.order_id == _ORDER.c.id).scalar_subquery(),
            _ORDER.c.created_at,
        ).order_by(_ORDER.c.id),
        _ORDER.c.request_id,
    )
    _insert_changes(
        sa.select(
            _REFUND.c.request_id,
            _REFUND.c.order_id,
            sa.literal_column("'void'"),
            _ORDER.c.void_reason,
            _REFUND.c.staff_id,
            sa.select(sa.func.min(_APPROVAL.c.id))
            .where(_APPROVAL.c.spent_on == _REFUND.c.request_id)
            .scalar_subquery(),
            _REFUND.c.till_id,
            _REFUND.c.shift_id,
            _REFUND.c.created_at,
        )
        .join(_ORDER, _ORDER.c.id == _REFUND.c.order_id)
        .order_by(_REFUND.c.id),
        _REFUND.c.request_id,
    )
    _insert_changes(
        sa.select(
            _TICKET.c.reissue_request_id,
            _LINE.c.order_id,
            sa.literal_column("'reprint'"),
            _TICKET.c.reissue_reason,
            nothing,
            nothing,
            nothing,
            nothing,
            _TICKET.c.issued_at,
        )
        .join(_LINE, _LINE.c.id == _TICKET.c.order_line_id)
        .where(_TICKET.c.reissue_request_id.is_not(None))
        .order_by(_TICKET.c.id),
        _TICKET.c.reissue_request_id,
    )


def _insert_changes(rows: sa.Select[tuple[object, ...]], request_id: sa.ColumnElement[object]) -> None:
    there = sa.select(_CHANGE.c.id).where(_CHANGE.c.request_id == request_id).exists()
    op.execute(sa.insert(_CHANGE).from_select(list(_CHANGED), rows.where(~there)))


def _write_fees() -> None:
    """Write a line for the fee of each ticket, and one for what an order's fee is beyond those."""
    columns = {column["name"] for column in sa.inspect(op.get_bind()).get_columns("order_line")}
    if "fee_minor" not in columns:
        return
    fee = _LINE.alias("fee")
    names = ["order_id", "kind", "for_line_id", "price_minor", "discount_minor", "fee_minor", "state"]
    zero: sa.ColumnElement[int] = sa.literal_column("0")
    op.execute(sa.delete(_LINE).where(_LINE.c.kind == "fee"))
    op.execute(
        sa.insert(_LINE).from_select(
            names,
            sa.select(
                _LINE.c.order_id, sa.literal_column("'fee'"), _LINE.c.id, _LINE.c.fee_minor, zero, zero, _LINE.c.state
            )
            .where(_LINE.c.fee_minor > 0, _LINE.c.kind == "seat")
            .order_by(_LINE.c.id),
        )
    )
    of_lines = sa.select(fee.c.order_id, sa.func.sum(fee.c.fee_minor).label("fees")).group_by(fee.c.order_id).subquery()
    beyond = _ORDER.c.fee_minor - sa.func.coalesce(of_lines.c.fees, 0)
    op.execute(
        sa.insert(_LINE).from_select(
            names,
            sa.select(
                _ORDER.c.id,
                sa.literal_column("'fee'"),
                sa.null(),
                beyond,
                zero,
                zero,
                sa.case((_ORDER.c.state == "paid", "live"), else_=_ORDER.c.state),
            )
            .outerjoin(of_lines, of_lines.c.order_id == _ORDER.c.id)
            .where(beyond > 0)
            .order_by(_ORDER.c.id),
        )
    )


def _point_at_changes() -> None:
    """Let lines, payments and refunds name the changes that made and ended them; count what went back."""

    def change_of(order_id: sa.ColumnElement[int], *kinds: str) -> sa.ScalarSelect[int]:
        found = sa.select(sa.func.min(_CHANGE.c.id))
        return found.where(_CHANGE.c.order_id == order_id, _CHANGE.c.kind.in_(kinds)).scalar_subquery()

    voided = change_of(_LINE.c.order_id, "void")
    op.execute(
        sa.update(_LINE).values(
            made_by_id=change_of(_LINE.c.order_id, "sale", "taken_over"),
            ended_by_id=sa.case((_LINE.c.state == "void", voided), else_=None),
        )
    )
    of_refund = (
        sa.select(sa.func.min(_CHANGE.c.id)).where(_CHANGE.c.request_id == _REFUND.c.request_id).scalar_subquery()
    )
    op.execute(
        sa.update(_REFUND).values(
            state="paid", made_by_id=of_refund, ended_by_id=of_refund, paid_at=_REFUND.c.created_at
        )
    )
    back = sa.select(sa.func.coalesce(sa.func.sum(_REFUND.c.amount_minor), 0))
    op.execute(
        sa.update(_PAYMENT).values(
            state=sa.case((_PAYMENT.c.state == "settled", "captured"), else_=_PAYMENT.c.state),
            made_by_id=change_of(_PAYMENT.c.order_id, "sale", "taken_over"),
            refunded_minor=back.where(_REFUND.c.payment_id == _PAYMENT.c.id).scalar_subquery(),
        )
    )
    op.execute(sa.update(_TICKET).where(_TICKET.c.printed_at.is_(None)).values(printed_at=_TICKET.c.issued_at))


def _drop_states() -> None:
    """Drop what lines and changes tell now."""
    bind = op.get_bind()
    if bind.dialect.name == "sqlite":
        remake_table("orders", drop=("voided_at", "void_reason", "void_approver_id", "state"))
        return
    there = {column["name"] for column in sa.inspect(bind).get_columns("orders")}
    if "void_approver_id" in there:
        keys = [
            key["name"]
            for key in sa.inspect(bind).get_foreign_keys("orders")
            if key["constrained_columns"] == ["void_approver_id"]
        ]
        dropped = [f"DROP FOREIGN KEY `{key}`" for key in keys]
        dropped += [f"DROP COLUMN `{name}`" for name in ("voided_at", "void_reason", "void_approver_id", "state")]
        op.execute(f"ALTER TABLE `orders` {', '.join(dropped)}")
