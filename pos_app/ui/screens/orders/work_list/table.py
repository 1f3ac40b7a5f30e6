"""The orders of a work list, and which of them are looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from pos_app.domain.codes import grouped
from pos_app.domain.orders.work_lists import WorkState
from pos_app.domain.seats import tell_places
from pos_app.ui.records.table.columns import Column
from pos_app.ui.records.table.view import RecordTable
from pos_app.ui.screens.orders.work_list.words import moved_words, short_failure_words, state_words
from pos_app.ui.words.amounts import shown_amount
from pos_app.ui.words.sentences import spoken, spoken_count

if TYPE_CHECKING:
    from pos_app.domain.orders.work_lists import WorkOrder

ALL, LEFT, FAILED, DONE = "all", "left", "failed", "done"
_ORDER_OF_STATES = {state: at for at, state in enumerate((WorkState.FAILED, WorkState.OPEN, *WorkState))}


def orders_table() -> RecordTable:
    """Return the table; several orders can be chosen in it."""
    columns: tuple[Column[WorkOrder], ...] = (
        Column("order", _tr("Order"), lambda one: grouped(one.number), width=124, strong=True),
        Column("customer", _tr("Customer"), lambda one: one.customer_name, width=140, roomy=220),
        Column(
            "places",
            _tr("Places"),
            lambda one: spoken(tell_places(one.places)),
            lambda one: len(one.places),
            lower=lambda one: spoken_count("{count} ticket", "{count} tickets", len(one.places)),
            width=260,
            roomy=600,
        ),
        Column(
            "paid",
            _tr("Paid"),
            lambda one: shown_amount(one.paid_minor, one.currency),
            lambda one: one.paid_minor,
            width=100,
            right=True,
        ),
        Column(
            "state",
            _tr("What became of it"),
            lambda one: state_words(one.state)[0],
            lambda one: _ORDER_OF_STATES[one.state],
            lower=lambda one: moved_words(one.moved_to) or short_failure_words(one.failure),
            tone=lambda one: state_words(one.state)[1],
        ),
    )
    return RecordTable(
        "work_list",
        columns,
        key=lambda one: one.order_id,
        search=lambda one: (one.number, one.customer_name, spoken(tell_places(one.places))),
        is_faded=lambda one: one.state.is_final,
        many=True,
    )


def is_looked_at(order: WorkOrder, which: str) -> bool:
    """Tell whether an order is one of those that are looked at: ALL, LEFT, FAILED or DONE."""
    match which:
        case "left":
            return order.state.is_left
        case "failed":
            return order.state is WorkState.FAILED
        case "done":
            return not order.state.is_left
        case _:
            return True


def _tr(words: str) -> str:
    return QCoreApplication.translate("WorkListTable", words)
