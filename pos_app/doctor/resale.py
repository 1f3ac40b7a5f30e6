"""Tickets on resale: the seat knows its holder while it waits for a buyer, and a seller is owed what was told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import and_, case, func, or_, select
from sqlalchemy.orm import aliased

from pos_app.db.models import Order, OrderChange, OrderLine, PerformanceSeat, Refund, Resale
from pos_app.doctor.findings import Finding, Rule
from pos_app.doctor.names import order_words, state_word
from pos_app.domain.orders.changes import ChangeKind, LineKind, LineState
from pos_app.domain.seats import ClaimKind, SeatState
from pos_app.domain.sentences import NOTHING, Money, say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import Session

    from pos_app.doctor.names import Names
    from pos_app.domain.sentences import Sentence

_OPEN: Final = "open"
_RESOLD: Final = "resold"
_STATES: Final = (_OPEN, _RESOLD, "taken_back", "came_in", "unsold")
_NOT_OF_GUESTS: Final = (ClaimKind.RESERVATION, ClaimKind.HOUSE, ClaimKind.BLOCKED)


def judge_resale(session: Session, names: Names) -> Iterator[Finding]:
    """Compare what is on resale with the inventory and with the lines of its holders, both ways."""
    seat, resale, line = PerformanceSeat, Resale, OrderLine
    rows = session.execute(
        select(
            resale.id,
            resale.state,
            resale.open_line_id,
            resale.order_line_id,
            resale.commission_minor,
            resale.closed_at,
            case((resale.order_id == line.order_id, 1), else_=0).label("own_line"),
            case(
                (and_(resale.performance_id == line.performance_id, resale.seat_id == line.seat_id), 1), else_=0
            ).label("own_place"),
            line.kind,
            line.state.label("line_state"),
            (line.price_minor - line.discount_minor).label("paid_minor"),
            seat.state.label("seat_state"),
            seat.prior_order_line_id,
            OrderChange.kind.label("made_as"),
        )
        .outerjoin(line, line.id == resale.order_line_id)
        .outerjoin(seat, and_(seat.performance_id == resale.performance_id, seat.seat_id == resale.seat_id))
        .outerjoin(OrderChange, and_(OrderChange.id == resale.made_by_id, OrderChange.order_id == resale.order_id))
        .order_by(resale.id)
    )
    for row in rows:
        for told in _wrong(row):
            yield Finding(Rule.RESALE, told, _named(row.id))
    held = session.execute(
        select(seat.performance_id, seat.seat_id, seat.state, seat.claim_kind, resale.id, seat.prior_order_line_id)
        .outerjoin(resale, resale.open_line_id == seat.prior_order_line_id)
        .where(
            seat.prior_order_line_id.is_not(None),
            or_(
                resale.id.is_(None),
                seat.state == SeatState.SOLD,
                seat.claim_kind.in_(_NOT_OF_GUESTS),
                resale.performance_id != seat.performance_id,
                resale.seat_id != seat.seat_id,
            ),
        )
        .order_by(seat.performance_id, seat.seat_id)
    ).all()
    names.learn_seats(row.seat_id for row in held)
    for row in held:
        if row.state == SeatState.SOLD:
            told = say("it is sold, and its holder before is still told to have it")
        elif row.claim_kind in _NOT_OF_GUESTS:
            told = say("it is on resale, and kept for somebody else")
        else:
            told = say("order line {line} gave it back, and nothing says so", line=str(row.prior_order_line_id))
        yield Finding(Rule.RESALE, told, names.place(row.performance_id, row.seat_id))


def _wrong(row: Any) -> Iterator[Sentence]:
    is_open = row.state == _OPEN
    if row.state not in _STATES:
        yield say("nobody knows what became of it")
    if is_open == (row.closed_at is not None) or row.open_line_id != (row.order_line_id if is_open else None):
        yield say("it is {state}, and says something else besides", state=state_word(row.state))
    if row.made_as != ChangeKind.RESALE:
        yield say("no change of its order gave the ticket back")
    if row.kind is None:
        return
    if row.kind != LineKind.SEAT or not row.own_line or not row.own_place:
        yield say("order line {line} is another order's, or of another place", line=str(row.order_line_id))
    if not 0 <= row.commission_minor <= row.paid_minor:
        yield say("the house keeps more of it than was paid")
    if is_open and row.line_state != LineState.LIVE:
        yield say("it is on resale, and its order line is {state}", state=state_word(row.line_state))
    if is_open and row.prior_order_line_id != row.order_line_id:
        yield say("it is on resale, and its seat does not know it")


def judge_resold(session: Session, _names: Names) -> Iterator[Finding]:
    """Ask each line that was resold for its end, its commission, and what its holder is owed."""
    resale, line = Resale, OrderLine
    fee = aliased(OrderLine)
    commissions = (
        select(fee.for_line_id, fee.made_by_id, func.sum(fee.price_minor).label("kept"))
        .where(fee.kind == LineKind.FEE)
        .group_by(fee.for_line_id, fee.made_by_id)
        .subquery()
    )
    rows = session.execute(
        select(
            resale.id,
            resale.ended_by_id,
            resale.commission_minor,
            line.state,
            line.ended_by_id.label("line_ended_by_id"),
            (line.price_minor - line.discount_minor).label("paid_minor"),
            OrderChange.kind,
            Order.number,
            Order.currency,
            func.coalesce(commissions.c.kept, 0).label("kept"),
        )
        .join(line, line.id == resale.order_line_id)
        .join(Order, Order.id == resale.order_id)
        .outerjoin(OrderChange, and_(OrderChange.id == resale.ended_by_id, OrderChange.order_id == resale.order_id))
        .outerjoin(
            commissions,
            and_(commissions.c.for_line_id == line.id, commissions.c.made_by_id == resale.ended_by_id),
        )
        .where(or_(resale.state == _RESOLD, OrderChange.kind == ChangeKind.RESOLD))
        .order_by(resale.id)
    ).all()
    owed: dict[int, int] = {}
    of_change: dict[int, Any] = {}
    for row in rows:
        if told := _wrong_end(row):
            yield Finding(Rule.RESALE, told, _named(row.id))
        elif row.ended_by_id is not None:
            owed[row.ended_by_id] = owed.get(row.ended_by_id, 0) + int(row.paid_minor) - row.commission_minor
            of_change[row.ended_by_id] = row
    yield from _owed_otherwise(session, owed, of_change)


def _wrong_end(row: Any) -> Sentence:
    if row.kind != ChangeKind.RESOLD:
        return say("it is resold, and no change of its order says so")
    if row.line_ended_by_id != row.ended_by_id or row.state != LineState.RETURNED:
        return say("it is resold, and its order line is {state}", state=state_word(row.state))
    if int(row.kept) != row.commission_minor:
        told, kept = Money(row.commission_minor, row.currency), Money(int(row.kept), row.currency)
        return say("{told} of commission were told, {kept} were kept", told=told, kept=kept)
    return NOTHING


def _owed_otherwise(session: Session, owed: dict[int, int], of_change: dict[int, Any]) -> Iterator[Finding]:
    """Compare what goes back by each change with what was told. A refund that takes another's place is not one more."""
    back = (
        select(Refund.made_by_id, func.sum(Refund.amount_minor).label("amount"))
        .join(OrderChange, OrderChange.id == Refund.made_by_id)
        .where(OrderChange.kind == ChangeKind.RESOLD, Refund.instead_of_id.is_(None))
        .group_by(Refund.made_by_id)
    )
    amounts = {row.made_by_id: int(row.amount) for row in session.execute(back)}
    for change_id, amount in sorted(owed.items()):
        if amounts.get(change_id, 0) != amount:
            row = of_change[change_id]
            told = say(
                "{owed} are owed for what was resold, {back} go back",
                owed=Money(amount, row.currency),
                back=Money(amounts.get(change_id, 0), row.currency),
            )
            yield Finding(Rule.RESALE, told, order_words(row.number))


def _named(resale_id: int) -> Sentence:
    return say("Resale {number}", number=str(resale_id))
