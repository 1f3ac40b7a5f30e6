"""Baskets whose window was cut off: which a till still holds, and what became of one: sold, held, free, or gone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from pos_app.db.clock import seconds_until, utc_now
from pos_app.db.models import Hold, Order, OrderLine, PriceCategory, Seat
from pos_app.domain.errors import NotFound
from pos_app.domain.orders.changes import LineState
from pos_app.domain.seats import SeatKey
from pos_app.domain.selling.holds import by_performance, read_places
from pos_app.domain.sentences import say
from pos_app.services.season.offers import load_offer
from pos_app.services.seats.claims import INVENTORY, open_to_all, owned_by, these_seats
from pos_app.services.seats.places import NAMED, places_of
from pos_app.services.selling.holds import answer, find_hold
from pos_app.services.selling.sales import find_sale

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sqlalchemy.orm import Session

    from pos_app.domain.season.offers import PerformanceOffer
    from pos_app.domain.seats import Place
    from pos_app.domain.selling.holds import PlacedHold
    from pos_app.domain.selling.sales import Sale
    from pos_app.services.selling.holds import HoldRow


@dataclass(frozen=True, slots=True)
class FoundSeat:
    """A seat that was in the basket. position: its place within its row."""

    seat: SeatKey
    place: Place
    category_id: int
    category: str
    position: int


@dataclass(frozen=True, slots=True)
class FoundBasket:
    """A basket as the server knows it.

    sale: it is sold; is_void: and was taken back since. reserved: it is reserved, under the number of this order. hold:
    it is running still, with the seats that it truly holds (kept). free: seats that it no longer holds and anybody may
    take; gone: those that nobody may. given_back: its hold was released, and did not just run out. offers: by
    performance.
    """

    sale: Sale | None
    is_void: bool
    hold: PlacedHold | None
    kept: tuple[FoundSeat, ...]
    free: tuple[FoundSeat, ...]
    gone: tuple[FoundSeat, ...]
    given_back: bool
    offers: Mapping[int, PerformanceOffer]
    reserved: str = ""


@dataclass(frozen=True, slots=True)
class LeftOverHold:
    """A basket that a till still holds, though its window was closed on it. places: the first few, by name.

    seconds_left: by the server's clock.
    """

    basket_key: str
    seats: int
    places: tuple[str, ...]
    seconds_left: float


def look_at_basket(session: Session, basket_key: str, noted: Sequence[SeatKey]) -> FoundBasket:
    """Return what became of a basket; a sale that is still committing is waited for. noted: its seats by the till.

    A basket whose hold was never made counts as one whose time is over. Raises NotFound where nothing is known of it.
    """
    hold = find_hold(session, basket_key, lock=True)
    if hold is not None and (sold := _sold(session, hold)) is not None:
        return sold
    seats = _seats(session, {*noted, *(read_places(hold.places) if hold is not None else ())})
    if not seats:
        raise NotFound(say("This box office does not know the basket."), advice=say("Choose the seats again."))
    held = _held(session, hold) if hold is not None else set()
    free = _free(session, seats)
    return FoundBasket(
        sale=None,
        is_void=False,
        hold=answer(hold, sorted(held)) if hold is not None and held else None,
        kept=tuple(one for one in seats if one.seat in held),
        free=tuple(one for one in seats if one.seat not in held and one.seat in free),
        gone=tuple(one for one in seats if one.seat not in held and one.seat not in free),
        given_back=hold is not None and hold.closed_as == "released",
        offers=_offers(session, seats),
    )


def list_left_over_holds(session: Session, till_id: int) -> tuple[LeftOverHold, ...]:
    """Return the running baskets of a till, those of its windows at work among them: the till's notes tell which."""
    rows = session.execute(
        select(Hold.id, Hold.basket_key, Hold.places, seconds_until(Hold.expires_at).label("left")).where(
            Hold.till_id == till_id, Hold.closed_at.is_(None), Hold.expires_at > utc_now()
        )
    ).all()
    found: list[LeftOverHold] = []
    for row in rows:
        held = [
            seat
            for performance, ids in by_performance(read_places(row.places))
            for seat in sorted(owned_by(session, row.id, performance, ids))
        ]
        if held:
            places = places_of(session, held[:NAMED])
            named = tuple(places[seat].spoken() for seat in held[:NAMED] if seat in places)
            found.append(LeftOverHold(row.basket_key, len(held), named, float(row.left)))
    return tuple(found)


def _sold(session: Session, hold: HoldRow) -> FoundBasket | None:
    order = session.execute(
        select(Order.id, Order.request_id, Order.number)
        .where(Order.hold_id == hold.id)
        .order_by(Order.id.desc())
        .limit(1)
    ).one_or_none()
    if order is None:
        return None
    sale = find_sale(session, order.request_id)
    if sale is None:
        return FoundBasket(
            None,
            is_void=False,
            hold=None,
            kept=(),
            free=(),
            gone=(),
            given_back=False,
            offers={},
            reserved=order.number,
        )
    live = select(OrderLine.id).where(OrderLine.order_id == order.id, OrderLine.state == LineState.LIVE).limit(1)
    is_void = session.execute(live).first() is None
    return FoundBasket(sale, is_void, None, (), (), (), given_back=False, offers={})


def _held(session: Session, hold: HoldRow) -> set[SeatKey]:
    """Return the seats that a basket holds now; none once its time is over."""
    if hold.closed_as is not None or hold.seconds_left <= 0:
        return set()
    return {
        SeatKey(performance, seat)
        for performance, ids in by_performance(read_places(hold.places))
        for seat in owned_by(session, hold.id, performance, ids)
    }


def _free(session: Session, seats: Iterable[FoundSeat]) -> set[SeatKey]:
    return {
        SeatKey(performance, seat)
        for performance, ids in by_performance(one.seat for one in seats)
        for seat in session.execute(
            select(INVENTORY.c.seat_id).where(these_seats(performance, ids), open_to_all())
        ).scalars()
    }


def _seats(session: Session, seats: Iterable[SeatKey]) -> tuple[FoundSeat, ...]:
    wanted = sorted(seats)
    ids = sorted({seat.seat_id for seat in wanted})
    places = places_of(session, ids)
    rows = session.execute(
        select(Seat.id, Seat.category_id, PriceCategory.name, Seat.position)
        .join(PriceCategory, PriceCategory.id == Seat.category_id)
        .where(Seat.id.in_(ids))
    )
    categories = {row.id: (row.category_id, row.name, row.position) for row in rows}
    return tuple(
        FoundSeat(seat, places[seat.seat_id], *categories[seat.seat_id])
        for seat in wanted
        if seat.seat_id in places and seat.seat_id in categories
    )


def _offers(session: Session, seats: Iterable[FoundSeat]) -> dict[int, PerformanceOffer]:
    """Return the offers; a performance that was deleted meanwhile has none."""
    offers: dict[int, PerformanceOffer] = {}
    for performance in sorted({one.seat.performance_id for one in seats}):
        try:
            offers[performance] = load_offer(session, performance)
        except NotFound:
            continue
    return offers
