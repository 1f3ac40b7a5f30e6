"""Work lists in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from PySide6.QtCore import QCoreApplication

from pos_app.domain.codes import grouped
from pos_app.domain.orders.work_lists import WorkDeed, WorkKind, WorkState
from pos_app.ui.words.amounts import shown_sum
from pos_app.ui.words.evenings import shown_whole_when
from pos_app.ui.words.lists import following, side_by_side
from pos_app.ui.words.sentences import spoken, spoken_count

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pos_app.domain.orders.work_failures import WorkFailure
    from pos_app.domain.orders.work_lists import MovedTo, WorkCount, WorkListPage, WorkOrder


def state_words(state: WorkState) -> tuple[str, str]:
    """Say what became of an order, with the tone to say it in."""
    match state:
        case WorkState.OPEN:
            return _tr("To do"), "muted"
        case WorkState.REFUNDED:
            return _tr("Refunded"), "ok"
        case WorkState.MOVED:
            return _tr("Moved"), "ok"
        case WorkState.KEPT:
            return _tr("Kept"), "ok"
        case WorkState.BY_HAND:
            return _tr("Settled by hand"), "ok"
        case WorkState.FAILED:
            return _tr("Not possible"), "danger"
        case _:
            assert_never(state)


def kind_words(kind: WorkKind, *, cancelled: bool) -> str:
    """Say why there is work. cancelled: the performance is, now."""
    if cancelled:
        return _tr("Cancelled: what becomes of its orders")
    if kind is WorkKind.CANCELLED:
        return _tr("Reinstated: its tickets are good again")
    return _tr("Moved: what becomes of its orders")


def short_kind_words(kind: WorkKind, *, cancelled: bool) -> str:
    """Say why there is work, in a word."""
    if cancelled:
        return _tr("Cancelled")
    return _tr("Reinstated") if kind is WorkKind.CANCELLED else _tr("Moved")


def good_tickets_words(page: WorkListPage) -> str:
    """Warn of taking back tickets of a performance that is not cancelled any more; nothing where that is not so."""
    if not page.is_reinstated:
        return ""
    return _tr(
        "This performance is not cancelled any more. These tickets are good, and their guests expect to get in by them."
    )


def moved_words(to: MovedTo | None) -> str:
    """Say to where an order went."""
    return _tr("to {0}, {1}").format(to.title, shown_whole_when(to)) if to is not None else ""


def failure_words(failure: WorkFailure | None) -> str:
    """Say why an order could not be done, and what to do."""
    if failure is None:
        return ""
    told = following(spoken(failure.message), spoken(failure.advice))
    return told or _tr("It was refused ({0}).").format(failure.error)


def short_failure_words(failure: WorkFailure | None) -> str:
    """Say why an order could not be done, without what to do."""
    return (spoken(failure.message) or failure_words(failure)) if failure is not None else ""


def orders_words(orders: int) -> str:
    """Return "12 orders"."""
    return spoken_count("{count} order", "{count} orders", orders)


def what_words(orders: Sequence[WorkOrder]) -> str:
    """Say what orders hold: "3 orders, 7 tickets, 280.00"; of a single one, which it is."""
    if len(orders) == 1:
        return side_by_side(grouped(orders[0].number), orders[0].customer_name, held_words(orders))
    return side_by_side(orders_words(len(orders)), held_words(orders))


def held_words(orders: Sequence[WorkOrder]) -> str:
    """Say what orders hold, and not how many they are: "7 tickets, 280.00"."""
    tickets = sum(len(one.places) for one in orders)
    return side_by_side(
        spoken_count("{count} ticket", "{count} tickets", tickets),
        shown_sum((one.paid_minor, one.currency) for one in orders),
    )


def count_words(count: WorkCount) -> str:
    """Say how far a list is: "12 orders, 5 left, 2 not possible"."""
    left = spoken_count("{count} left", "{count} left", count.left) if count.left else _tr("all done")
    failed = spoken_count("{count} not possible", "{count} not possible", count.failed) if count.failed else ""
    return side_by_side(orders_words(count.orders), left, failed)


def deed_words(deed: WorkDeed, orders: int) -> str:
    """Return what is done to so many orders, as it stands on a button; with none, the deed alone."""
    if not orders:
        return {WorkDeed.REFUND: _tr("Refund"), WorkDeed.MOVE: _tr("Move"), WorkDeed.KEEP: _tr("Keep")}[deed]
    match deed:
        case WorkDeed.REFUND:
            return spoken_count("Refund {count} order", "Refund {count} orders", orders)
        case WorkDeed.MOVE:
            return spoken_count("Move {count} order", "Move {count} orders", orders)
        case WorkDeed.KEEP:
            return spoken_count("Keep {count} order", "Keep {count} orders", orders)
        case _:
            assert_never(deed)


def question_words(deed: WorkDeed, orders: Sequence[WorkOrder]) -> str:
    """Ask whether it is to be done to these orders; a single one is named, with its guest."""
    if len(orders) != 1:
        return _tr("{0}?").format(deed_words(deed, len(orders)))
    named, unnamed = {
        WorkDeed.REFUND: (_tr("Refund order {0} of {1}?"), _tr("Refund order {0}?")),
        WorkDeed.MOVE: (_tr("Move order {0} of {1}?"), _tr("Move order {0}?")),
        WorkDeed.KEEP: (_tr("Keep order {0} of {1}?"), _tr("Keep order {0}?")),
    }[deed]
    number, name = grouped(orders[0].number), orders[0].customer_name
    return named.format(number, name) if name else unnamed.format(number)


def done_words(deed: WorkDeed, done: int, failed: int) -> tuple[str, str]:
    """Say what a run did, and what to do about what it could not."""
    if not done:
        told = _tr("No order was done.")
    elif deed is WorkDeed.MOVE:
        told = spoken_count(
            "{count} order was moved. Its old tickets are void, and its new ones wait at the window.",
            "{count} orders were moved. Their old tickets are void, and their new ones wait at the window.",
            done,
        )
    else:
        told = spoken_count("{count} order is done.", "{count} orders are done.", done)
    if not failed:
        return told, ""
    return told, spoken_count(
        "{count} could not be done: its reason stands beside it. It can be tried again.",
        "{count} could not be done: their reasons stand beside them. They can be tried again.",
        failed,
    )


def _tr(words: str) -> str:
    return QCoreApplication.translate("WorkList", words)
