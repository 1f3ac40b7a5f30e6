"""Tickets taken off resale: because their holder wants them back, or because something else becomes of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from pos_app.db.models import Resale
from pos_app.domain.errors import NotFound, ResaleRefused
from pos_app.domain.orders.changes import ChangeKind
from pos_app.domain.orders.resale import ResaleDone, ResaleState
from pos_app.domain.roles import Permission
from pos_app.domain.seats import SeatKey
from pos_app.domain.sentences import say, say_in_turn
from pos_app.services.audit import record
from pos_app.services.house.settings import load_house_zone
from pos_app.services.letters.resale import tell_resale_ended
from pos_app.services.orders.ledger import claim_order, write_change
from pos_app.services.orders.ledger_seats import lock_seats
from pos_app.services.permissions import require
from pos_app.services.resale.ending import close_resales
from pos_app.services.seats.places import places_of
from pos_app.services.seats.returned import free_again, give_seats_back, tell_holder

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy.orm import Session

    from pos_app.domain.orders.resale import ResaleBackRequest
    from pos_app.domain.roles import Actor
    from pos_app.services.orders.ledger import OpenChange


def take_back_resale(session: Session, actor: Actor, request: ResaleBackRequest) -> ResaleDone:
    """Take tickets of an order off resale, as long as nobody holds their seats. May be repeated.

    Raises OrderChanged (a stale picture), ResaleRefused (somebody is buying one, or is offered it; one is not on resale
    any more), NotPermitted, NotFound.
    """
    order = claim_order(session, request.order_id, request_id=request.request_id, seen=request.revision)
    if order.done_id is not None:
        return _answer(session, order.number, order.done_id)
    require(session, actor, Permission.RESALE)
    wanted = set(request.line_ids)
    if not wanted or wanted != set(_open(session, order.order_id, wanted)):
        raise ResaleRefused(
            say("Not all that is chosen is on resale any more."),
            advice=say("Nothing was done. Look at the order as it is now, then decide."),
        )
    change = write_change(session, actor, order, ChangeKind.RESALE_BACK, request_id=request.request_id)
    seats = take_off_resale(session, change, wanted)
    tell_resale_ended(session, order.order_id, change.change_id, sorted(wanted))
    record(
        session,
        actor,
        "resale_ended",
        order=order.number,
        change=change.change_id,
        state=ResaleState.TAKEN_BACK,
        lines=sorted(wanted),
        seats=[[seat.performance_id, seat.seat_id] for seat in seats],
    )
    places = places_of(session, [seat.seat_id for seat in seats])
    return ResaleDone(order.number, change.change_id, tuple(places[seat.seat_id] for seat in seats), is_on=False)


def take_off_resale(session: Session, change: OpenChange, line_ids: Collection[int]) -> list[SeatKey]:
    """Let those of the lines that are on resale be sold as they were before, so that a change may end them.

    Behind the order's lock; it locks their seats. Returns which seats they are. Raises ResaleRefused where somebody
    holds one.
    """
    found = _open(session, change.order_id, line_ids)
    if not found:
        return []
    lines = {seat: line_id for line_id, (_, seat) in found.items()}
    lock_seats(session, set(lines))
    given = give_seats_back(session, lines)
    _require_none(session, set(lines) - given)
    close_resales(session, [resale_id for resale_id, _ in found.values()], ResaleState.TAKEN_BACK, change.change_id)
    return sorted(given)


def require_not_wanted(session: Session, order_id: int, line_ids: Collection[int]) -> None:
    """Raise ResaleRefused where one of the lines is on resale and somebody holds its seat.

    A plain read, for who asks before the money moves; take_off_resale() decides by its write.
    """
    seats = {seat for _, seat in _open(session, order_id, line_ids).values()}
    _require_none(session, seats - free_again(session, seats))


def _require_none(session: Session, held: Collection[SeatKey]) -> None:
    if not held:
        return
    zone = load_house_zone(session)
    raise ResaleRefused(
        say_in_turn(*(tell_holder(session, seat, zone) for seat in sorted(held))),
        advice=say("Nothing was done. Wait until it is sold or given back, then look at the order again."),
    )


def _open(session: Session, order_id: int, line_ids: Collection[int]) -> dict[int, tuple[int, SeatKey]]:
    """Return the resales of lines that are open, with their seats, by the lines."""
    rows = session.execute(
        select(Resale.id, Resale.order_line_id, Resale.performance_id, Resale.seat_id).where(
            Resale.open_line_id.in_(sorted(line_ids)), Resale.order_id == order_id
        )
    )
    return {row.order_line_id: (row.id, SeatKey(row.performance_id, row.seat_id)) for row in rows}


def _answer(session: Session, number: str, change_id: int) -> ResaleDone:
    seats = session.scalars(
        select(Resale.seat_id).where(Resale.ended_by_id == change_id).order_by(Resale.performance_id, Resale.seat_id)
    ).all()
    if not seats:
        raise NotFound(say("This request did something else."), advice=say("Ask once more."))
    places = places_of(session, seats)
    return ResaleDone(number, change_id, tuple(places[seat] for seat in seats), is_on=False)
