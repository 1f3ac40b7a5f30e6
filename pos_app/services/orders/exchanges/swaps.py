"""Two guests of one order change places: no money, and both get new tickets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from pos_app.db.models import Event, Performance, Seat, TicketType
from pos_app.domain.errors import ExchangeRefused, InvalidInput, NotOnSale
from pos_app.domain.orders.changes import ChangeKind
from pos_app.domain.roles import Permission
from pos_app.domain.sentences import say
from pos_app.services.audit import record
from pos_app.services.orders.exchanges.making import exchange_done
from pos_app.services.orders.exchanges.rows import (
    NewLine,
    chosen_lines,
    insert_new_lines,
    lines_told,
    load_live_lines,
)
from pos_app.services.orders.ledger import all_waiting, claim_order, end_lines, write_change
from pos_app.services.orders.ledger_seats import lock_seats, repoint
from pos_app.services.orders.letters.changes import tell_exchanged
from pos_app.services.orders.resale.taking_back import take_off_resale
from pos_app.services.permissions import require
from pos_app.services.selling.sale_rows import insert_tickets

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from pos_app.domain.orders.exchanges import ExchangeDone, SeatLine, SwapRequest
    from pos_app.domain.roles import Actor


def swap_places(session: Session, actor: Actor, request: SwapRequest) -> ExchangeDone:
    """Let two guests of one order change places; prices, ticket types and fees go with the guests. May be repeated.

    Raises OrderChanged, ExchangeRefused (not of one performance, a ticket type that is not for the other place, a
    ticket that was used), ResaleRefused (somebody is buying one), NotOnSale (cancelled), NotPermitted,
    InvalidInput, NotFound.
    """
    if request.first_line_id == request.second_line_id:
        raise InvalidInput(say("Two tickets change places."), advice=say("Choose the other one."))
    order = claim_order(session, request.order_id, request_id=request.request_id, seen=request.revision)
    if order.done_id is not None:
        return exchange_done(session, order.done_id, order.order_id, order.number, order.currency)
    require(session, actor, Permission.EXCHANGE)
    chosen = {request.first_line_id, request.second_line_id}
    one, other = chosen_lines(load_live_lines(session, order.order_id), chosen)
    _require_swappable(session, one, other)
    change = write_change(session, actor, order, ChangeKind.SWAP, request_id=request.request_id)
    lock_seats(session, {one.seat, other.seat})
    take_off_resale(session, change, chosen)
    ended = end_lines(session, change, (*one.ending(), *other.ending()))
    if any(line.is_used for line in ended):
        raise ExchangeRefused(
            say("Somebody came in with one of these tickets."),
            advice=say("Guests who are inside change by themselves."),
        )
    lines = insert_new_lines(session, change, (_at(one, other), _at(other, one)))
    repoint(session, {line.seat: (line.line_id, lines[line.seat]) for line in (one, other)})
    tickets = insert_tickets(session, lines, waiting=all_waiting(ended))
    tell_exchanged(session, actor, change, tickets)
    record(
        session,
        actor,
        "swap",
        order=change.number,
        change=change.change_id,
        paid=[],
        refunds=[],
        ended=[line.line_id for line in ended],
        made=lines_told(session, change),
    )
    return exchange_done(session, change.change_id, change.order_id, change.number, change.currency)


def _at(guest: SeatLine, place: SeatLine) -> NewLine:
    """Return a guest's line at another's place."""
    return NewLine(
        place.seat,
        place.category_id,
        guest.ticket_type_id,
        guest.price_minor,
        guest.discount_minor,
        tuple(amount for _, amount in guest.fees),
        guest.shares,
    )


def _require_swappable(session: Session, one: SeatLine, other: SeatLine) -> None:
    if one.seat.performance_id != other.seat.performance_id:
        raise ExchangeRefused(
            say("Two guests change places within one performance."), advice=say("Exchange their tickets instead.")
        )
    performance = session.execute(
        select(Performance.state, Event.title)
        .join(Event, Event.id == Performance.event_id)
        .where(Performance.id == one.seat.performance_id)
    ).one()
    if performance.state == "cancelled":
        raise NotOnSale(say("“{title}” is cancelled.", title=performance.title))
    places = {one.seat.seat_id: other.ticket_type_id, other.seat.seat_id: one.ticket_type_id}
    kinds = {row.id: row.kind for row in session.execute(select(Seat.id, Seat.kind).where(Seat.id.in_(list(places))))}
    for row in session.execute(
        select(TicketType.id, TicketType.name, TicketType.seat_kind).where(
            TicketType.id.in_(set(places.values())), TicketType.seat_kind.is_not(None)
        )
    ):
        if any(row.seat_kind and of == row.id and kinds[seat] != row.seat_kind for seat, of in places.items()):
            raise ExchangeRefused(
                say("“{type}” is not for the other place.", type=row.name),
                advice=say("Exchange the tickets, with another ticket type."),
            )
