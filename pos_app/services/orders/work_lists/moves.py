"""Moving an order's guests to another performance, because the house called theirs off: nobody pays, or gets back.

New lines cost what the old ones did, with their fees and with what promo codes took off; only the seats are others.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from pos_app.db.models import Performance, Seat, SeatingPlan, Venue
from pos_app.domain.errors import HoldExpired, OtherCurrency, SeatsTaken
from pos_app.domain.orders.changes import ChangeKind
from pos_app.domain.selling.holds import read_places
from pos_app.domain.sentences import say
from pos_app.services.audit import record
from pos_app.services.orders.exchanges.plan import ExchangePlan
from pos_app.services.orders.exchanges.rows import (
    NewLine,
    chosen_lines,
    insert_new_lines,
    lines_told,
    load_live_lines,
)
from pos_app.services.orders.exchanges.seats import move_seats, spend_hold
from pos_app.services.orders.ledger import claim_order, end_lines, write_change
from pos_app.services.orders.ledger_seats import lock_seats
from pos_app.services.orders.letters.changes import tell_moved
from pos_app.services.orders.resale.taking_back import take_off_resale
from pos_app.services.search_words import add_words
from pos_app.services.seats.returned import returned_among, tell_returned
from pos_app.services.selling.holds import find_hold
from pos_app.services.selling.sale_rows import insert_tickets
from pos_app.services.staff.approvals import told_of
from pos_app.services.waiting.serving import begin_passes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

    from pos_app.domain.orders.exchanges import SeatLine
    from pos_app.domain.roles import Actor
    from pos_app.domain.seats import SeatKey
    from pos_app.services.staff.approvals import Approved

_ADVICE: Final = say("Nothing was moved. Try again.")


@dataclass(frozen=True, slots=True)
class Move:
    """A move. seats: the new one of each seat line that ends; basket_key: of the hold on them. reason: as stored."""

    request_id: str
    order_id: int
    seats: Mapping[int, SeatKey]
    basket_key: str
    reason: str


def move_guests(session: Session, actor: Actor, move: Move, approved: Approved) -> int:
    """End the lines, make the same ones on the new seats, and return the change. May be repeated.

    The new tickets wait at the window for their first print. Raises OrderChanged (a ticket is not valid any more),
    OtherCurrency, SeatsTaken, HoldExpired, NotFound.
    """
    order = claim_order(session, move.order_id, request_id=move.request_id, seen=None)
    if order.done_id is not None:
        return order.done_id
    hold = find_hold(session, move.basket_key, lock=True)
    if hold is None or not set(move.seats.values()) <= set(read_places(hold.places)):
        raise HoldExpired(say("The new seats are not held any more."), advice=_ADVICE)
    _require_currency(session, move, order.currency)
    ended = chosen_lines(load_live_lines(session, move.order_id), tuple(move.seats))
    new = tuple(_new_line(session, line, move.seats[line.line_id]) for line in ended)
    plan = ExchangePlan(ended, new, tuple(line.seat for line in new), 0, 0, order.currency, (), ())
    change = write_change(
        session,
        actor,
        order,
        ChangeKind.MOVE,
        request_id=move.request_id,
        reason=move.reason,
        approval_id=approved.approval_id,
    )
    lock_seats(session, {line.seat for line in ended} | {line.seat for line in new})
    take_off_resale(session, change, [line.line_id for line in ended])
    if onto := returned_among(session, plan.taken):
        raise SeatsTaken(
            tell_returned(session, onto),
            seats=tuple((seat.performance_id, seat.seat_id) for seat in onto),
            advice=say("Nothing was moved. Move to another performance, or refund it."),
        )
    spend_hold(session, hold, plan.taken, move.order_id)
    listed = begin_passes(session, {line.seat.performance_id for line in ended})
    gone = end_lines(session, change, plan.ending)
    lines = insert_new_lines(session, change, new)
    move_seats(session, plan, lines, gone, hold, _ADVICE, listed, {})
    tickets = insert_tickets(session, lines, waiting=True)
    add_words(session, move.order_id)
    tell_moved(session, actor, change, tickets, ended[0].seat.performance_id)
    record(
        session,
        actor,
        "moved",
        order=change.number,
        change=change.change_id,
        currency=change.currency,
        paid=[],
        refunds=[],
        ended=[line.line_id for line in gone],
        made=lines_told(session, change),
        **told_of(approved),
    )
    return change.change_id


def _require_currency(session: Session, move: Move, currency: str) -> None:
    """What was paid in one currency is worth nothing in another one."""
    performances = sorted({seat.performance_id for seat in move.seats.values()})
    other = session.execute(
        select(Venue.currency)
        .join(SeatingPlan, SeatingPlan.venue_id == Venue.id)
        .join(Performance, Performance.plan_id == SeatingPlan.id)
        .where(Performance.id.in_(performances), Venue.currency != currency)
        .limit(1)
    ).scalar_one_or_none()
    if other is not None:
        raise OtherCurrency(
            say("The order was paid in {currency}, and these seats are in {other}.", currency=currency, other=other),
            advice=say("Refund it, and sell the seats as an order of their own."),
        )


def _new_line(session: Session, line: SeatLine, seat: SeatKey) -> NewLine:
    """Return what a guest's line is on another seat: all of it but the place."""
    category_id = session.execute(select(Seat.category_id).where(Seat.id == seat.seat_id)).scalar_one()
    fees = tuple(amount for _, amount in line.fees)
    return NewLine(seat, category_id, line.ticket_type_id, line.price_minor, line.discount_minor, fees, line.shares)
