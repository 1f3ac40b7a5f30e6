"""Offers opened for paying: their seats become a basket's own claims, so that all that baskets do serves for them.

While a till has one open it cannot lapse; what the basket gives back goes back to the offer (services/waiting/baskets).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select, update

from pos_app.db.clock import seconds_until
from pos_app.db.models import Hold, Till, WaitingOffer
from pos_app.db.results import matched_rows
from pos_app.domain.errors import NotFound, OfferElsewhere, OfferOver
from pos_app.domain.roles import Permission
from pos_app.domain.selling.holds import by_performance, read_places, write_places
from pos_app.domain.sentences import say
from pos_app.domain.waiting.entries import OfferState
from pos_app.services.permissions import require
from pos_app.services.seats.offered import lock_offered, take_offered
from pos_app.services.selling.holds import answer, find_hold, make_hold, require_running
from pos_app.services.selling.on_sale import require_on_sale, require_same_currency
from pos_app.services.waiting.listing import read_offers

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from pos_app.domain.roles import Actor
    from pos_app.domain.selling.holds import PlacedHold
    from pos_app.domain.waiting.entries import Offer


@dataclass(frozen=True, slots=True)
class OpenedOffer:
    """An offer that a basket has open for paying now."""

    offer: Offer
    hold: PlacedHold


def open_offer(session: Session, actor: Actor, offer_id: int, basket_key: str) -> OpenedOffer:
    """Put the seats of an offer into a basket, which may hold others already. May be repeated.

    The basket's time does not begin anew; without a basket this makes one. Leaving it is giving its seats back.
    Raises OfferElsewhere (another till has it open), OfferOver (sold, withdrawn, or its time is over), HoldExpired,
    NotOnSale, OtherCurrency, NotPermitted, NotFound.
    """
    require(session, actor, Permission.WAITING)
    places = session.execute(select(WaitingOffer.places).where(WaitingOffer.id == offer_id)).scalar_one_or_none()
    if places is None:
        raise NotFound(say("This offer is not there."))
    seats = read_places(places)
    sold = {of: require_on_sale(session, actor, of, after_start=True) for of, _ in by_performance(seats)}
    hold = find_hold(session, basket_key, lock=True)
    if hold is None:
        hold = make_hold(session, actor, basket_key, seats, min(one.hold_seconds for one in sold.values()))
    require_running(hold)
    held = read_places(hold.places)
    require_same_currency(session, {seat.performance_id for seat in held}, sold)
    lock_offered(session, seats)
    before = _require_open(session, offer_id, hold.id)
    if take_offered(session, offer_id, hold.id, before, seats, hold.expires_at) != len(seats):
        raise _over()
    opened = session.execute(
        update(WaitingOffer)
        .where(WaitingOffer.id == offer_id, WaitingOffer.state == OfferState.OPEN)
        .values(pickup_hold_id=hold.id)
    )
    if matched_rows(opened) != 1:
        raise _over()
    now = sorted({*held, *seats})
    session.execute(update(Hold).where(Hold.id == hold.id).values(places=write_places(now), with_offers=True))
    (offer,) = read_offers(session, WaitingOffer.id == offer_id)
    return OpenedOffer(offer, answer(hold, now, taken=seats))


def _require_open(session: Session, offer_id: int, hold_id: int) -> int | None:
    """Return which other basket had it open until its time was over, behind the locks of its seats."""
    row = session.execute(
        select(
            WaitingOffer.state,
            WaitingOffer.pickup_hold_id,
            seconds_until(WaitingOffer.expires_at).label("left"),
            seconds_until(Hold.expires_at).label("held"),
            Till.name,
        )
        .outerjoin(Hold, Hold.id == WaitingOffer.pickup_hold_id)
        .outerjoin(Till, Till.id == Hold.till_id)
        .where(WaitingOffer.id == offer_id)
    ).one()
    if row.state != OfferState.OPEN:
        raise _over()
    if row.pickup_hold_id not in {None, hold_id} and row.held > 0:
        raise OfferElsewhere(
            say("This offer is open for paying at {till}.", till=row.name),
            till_name=row.name,
            advice=say("Let it be sold or closed there."),
        )
    if row.pickup_hold_id != hold_id and row.left <= 0:
        raise _over()
    return row.pickup_hold_id if row.pickup_hold_id != hold_id else None


def _over() -> OfferOver:
    return OfferOver(
        say("This offer is over: it was sold, taken back, or its time has run out."),
        advice=say("Look at the waiting list once more."),
    )
