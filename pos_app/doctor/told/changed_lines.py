"""Places after the sale: what a change made and what it ended is told by its entry in the audit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select
from sqlalchemy.orm import aliased

from pos_app.db.models import Order, OrderChange, OrderLine
from pos_app.doctor.findings import Finding, Rule
from pos_app.doctor.names import order_words
from pos_app.doctor.told.trade import is_void
from pos_app.domain.orders.changes import ENDED_BY, ChangeKind
from pos_app.domain.sentences import Money, say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Row
    from sqlalchemy.orm import Session

    from pos_app.doctor.names import Names
    from pos_app.doctor.told.trail import Trail
    from pos_app.domain.sentences import Sentence

_AT_ONCE: Final = 2000
_LINE: Final = aliased(OrderLine)
"""Not the lines by which an order is void: these are looked at beside it."""
_ENDING: Final = [kind.value for kind in ENDED_BY]
_MAKING: Final = [kind.value for kind in ENDED_BY if kind not in {ChangeKind.VOID, ChangeKind.REFUND}]
_WHOSE: Final = say("Ask who has the ticket of this place, and change the password of the database.")


def judge_told_lines(session: Session, _names: Names, trail: Trail) -> Iterator[Finding]:
    """Compare the lines that changes made and ended with the entries of these changes.

    Orders that were taken back before entries told of lines are let pass, and those that were taken back without a
    word: that is told of the order.
    """
    if trail.opened is None:
        return
    older = {str(number) for number in trail.noted("void_orders")} | trail.untold_voids
    for row in session.execute(_lines(_LINE.ended_by_id, _ENDING), execution_options={"yield_per": _AT_ONCE}):
        is_told = row.id in trail.ended or row.number in older or (row.is_void and row.number not in trail.voids)
        if not is_told:
            yield _finding(row, say("its line {line} ended, and no entry of the audit tells why", line=str(row.id)))
    for row in session.execute(_lines(_LINE.made_by_id, _MAKING), execution_options={"yield_per": _AT_ONCE}):
        told = trail.made.get(row.id)
        if told is None:
            yield _finding(row, say("no entry of the audit tells how it got its line {line}", line=str(row.id)))
        elif told[:2] != (row.performance_id, row.seat_id):
            yield _finding(row, say("its line {line} is for another place than the audit tells", line=str(row.id)))
        elif told[2] != row.brought:
            yield _finding(
                row,
                say(
                    "its line {line} cost {now}; by the audit {told}",
                    line=str(row.id),
                    now=Money(row.brought, row.currency),
                    told=Money(told[2], row.currency),
                ),
            )


def _lines(change: Any, kinds: list[str]) -> Any:
    """Return the lines with a change of these kinds. change: the column that names it."""
    lines: Any = (
        select(
            _LINE.id,
            _LINE.performance_id,
            _LINE.seat_id,
            (_LINE.price_minor - _LINE.discount_minor).label("brought"),
            Order.number,
            Order.currency,
            is_void().label("is_void"),
        )
        .join(OrderChange, OrderChange.id == change)
        .join(Order, Order.id == _LINE.order_id)
        .where(OrderChange.kind.in_(kinds))
        .order_by(_LINE.id)
    )
    return lines


def _finding(row: Row[Any], told: Sentence) -> Finding:
    return Finding(Rule.TOLD_TRADE, told, order_words(row.number), _WHOSE)
