"""The money of an order, and who did what when, as rows of words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from pos_app.domain.orders.changes import ChangeKind, LineKind, LineState, RefundState
from pos_app.ui.widgets.boxes import column
from pos_app.ui.widgets.labels import ElidedLabel, breakable, rule, text_label
from pos_app.ui.words.amounts import shown_amount
from pos_app.ui.words.lists import labelled, side_by_side
from pos_app.ui.words.payments import payment_words
from pos_app.ui.words.standings import change_words, line_words, refund_words
from pos_app.ui.words.times import shown_moment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pos_app.domain.orders.page import ChangeOnPage, OrderPage


def money_rows(order: OrderPage) -> Iterator[tuple[str, str]]:
    """Yield what was sold, came in, went back and is due: words, and an amount.

    A refund that was given up bears its amount in its words: another one has taken its place in the sum.
    """

    def amount(minor: int) -> str:
        return shown_amount(minor, order.currency)

    repriced = {change.change_id for change in order.history if change.kind is ChangeKind.PICK_UP}
    charged: dict[LineState, int] = {}
    kept: dict[LineState, int] = {}
    for line in order.lines:
        if line.kind is LineKind.FEE and line.ended_by_id not in repriced:
            fees = charged if order.resold_by(line) is None else kept
            fees[line.state] = fees.get(line.state, 0) + line.brought_minor
    for state, minor in charged.items():
        yield side_by_side(_tr("Booking fees"), line_words(state)), amount(minor)
    was_reserved = any(change.kind is ChangeKind.RESERVE for change in order.history)
    yield _tr("Total as it was told") if was_reserved else _tr("Total of the sale"), amount(order.total_minor)
    in_all = sum(paid.amount_minor for paid in order.payments)
    if was_reserved and (len(order.payments) > 1 or in_all not in {0, order.total_minor}):
        yield _tr("Paid in all"), amount(in_all)
    for paid in order.payments:
        moment = shown_moment(paid.made_at, order.time_zone)
        yield side_by_side(payment_words(paid.method).came_in, paid.reference, moment), amount(paid.amount_minor)
    # Behind what came in: it is no part of the sale, but what the house keeps of it.
    for state, minor in kept.items():
        yield side_by_side(_tr("Kept as commission on resale"), line_words(state)), amount(minor)
    for back in order.refunds:
        moment = shown_moment(back.paid_at or back.made_at, order.time_zone)
        way = side_by_side(payment_words(back.method).name, back.reference)
        if back.state is RefundState.GIVEN_UP:
            yield side_by_side(labelled(refund_words(back.state), amount(back.amount_minor)), way, moment), ""
        else:
            yield side_by_side(refund_words(back.state), way, moment), amount(-back.amount_minor)
    if order.owed_minor:
        yield _tr("Still to be paid"), amount(order.owed_minor)


class MoneyRows(QWidget):
    """The money of an order. No signals."""

    def __init__(self, order: OrderPage) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(3)
        grid.setColumnStretch(0, 1)
        for at, (words, amount) in enumerate(money_rows(order)):
            grid.addWidget(ElidedLabel(words, "muted"), at, 0)
            grid.addWidget(text_label(amount, "strong"), at, 1, Qt.AlignmentFlag.AlignRight)


class HistoryRows(QWidget):
    """Who did what when, the latest first. No signals."""

    def __init__(self, order: OrderPage) -> None:
        super().__init__()
        rows = column(inside=self, spacing=6)
        for change in order.history:
            what = side_by_side(
                change_words(change.kind, changes_tickets=change.changes_tickets), _moved(change, order.currency)
            )
            rows.addWidget(text_label(what, "strong", wrap=True))
            rows.addWidget(text_label(breakable(_who(change, order.time_zone)), "small", wrap=True))
            if change.reason:
                rows.addWidget(text_label(breakable(_tr("Reason: {0}").format(change.reason)), "small", wrap=True))
            rows.addWidget(rule())


def _moved(change: ChangeOnPage, currency: str) -> str:
    """Return the money of a change: what came in, and what goes back."""
    came = shown_amount(change.paid_minor, currency) if change.paid_minor else ""
    return side_by_side(came, shown_amount(-change.back_minor, currency) if change.back_minor else "")


def _who(change: ChangeOnPage, time_zone: str) -> str:
    by_other = change.approver_name not in {"", change.staff_name}
    allowed = _tr("allowed by {0}").format(change.approver_name) if by_other else ""
    # The oldest reprints were counted on their tickets only.
    nobody = _tr("By itself") if change.kind is ChangeKind.RELEASE else _tr("Not noted by whom")
    name = change.staff_name or nobody
    return side_by_side(shown_moment(change.made_at, time_zone), name, change.till_name, allowed)


def _tr(words: str) -> str:
    return QCoreApplication.translate("OrderFacts", words)
