"""The refunds that wait to be paid, as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from pos_app.domain.codes import grouped
from pos_app.domain.orders.changes import RefundState
from pos_app.ui.records.table.columns import Column
from pos_app.ui.records.table.view import RecordTable
from pos_app.ui.words.amounts import shown_amount
from pos_app.ui.words.payments import payment_words
from pos_app.ui.words.standings import refund_words
from pos_app.ui.words.times import shown_dated_moment

if TYPE_CHECKING:
    from pos_app.domain.orders.refunds import RefundDue


def due_table() -> RecordTable:
    """Return an empty table of refunds due, the oldest first."""
    columns: tuple[Column[RefundDue], ...] = (
        Column(
            "since",
            _tr("Since"),
            lambda one: shown_dated_moment(one.created_at, one.time_zone),
            lambda one: one.created_at,
            width=180,
        ),
        Column("order", _tr("Order"), lambda one: grouped(one.number), width=124, strong=True),
        Column(
            "customer",
            _tr("Customer"),
            lambda one: one.customer_name or "\N{EN DASH}",
            lower=lambda one: one.reason,
        ),
        Column("method", _tr("By"), lambda one: payment_words(one.method).name, width=120),
        Column(
            "state",
            _tr("State"),
            lambda one: refund_words(one.state),
            tone=lambda one: "danger" if one.state is RefundState.FAILED else "muted",
            width=104,
        ),
        Column(
            "amount",
            _tr("Amount"),
            lambda one: shown_amount(one.amount_minor, one.currency),
            lambda one: one.amount_minor,
            width=110,
            right=True,
            strong=True,
        ),
    )
    return RecordTable(
        "refunds-due",
        columns,
        key=lambda one: one.refund_id,
        search=lambda one: (one.number, one.customer_name, one.reason),
        is_faded=lambda _one: False,
    )


def _tr(words: str) -> str:
    return QCoreApplication.translate("RefundsDue", words)
