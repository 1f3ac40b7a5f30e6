"""What is looked at before a basket becomes a sale; the sale itself and the question before the money share it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import bindparam, select

from pos_app.db.base import table_of
from pos_app.db.models import Hold
from pos_app.domain.card_numbers import refuse_card_number
from pos_app.domain.errors import HoldExpired, InvalidInput, NotFound, PriceChanged
from pos_app.domain.selling.holds import read_places
from pos_app.domain.sentences import Money, say
from pos_app.services.selling.on_sale import require_terms
from pos_app.services.selling.pricing import price_basket

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from pos_app.domain.roles import Actor
    from pos_app.domain.selling.sales import SaleRequest
    from pos_app.services.selling.holds import HoldRow
    from pos_app.services.selling.pricing import LookedAt, PricedBasket, Whose

_HOLD = table_of(Hold)

# Built once, as in holds.py.
_WHO_HOLDS = select(_HOLD.c.staff_id).where(_HOLD.c.id == bindparam("of_hold"))


def require_storable(request: SaleRequest) -> None:
    """Raise InvalidInput for a request that can never be sold, whatever is stored."""
    if not request.lines:
        raise InvalidInput(say("The basket is empty."), advice=say("Choose a seat on the map."))
    if len({line.seat for line in request.lines}) != len(request.lines):
        raise InvalidInput(say("A seat stands in this basket twice."), advice=say("Remove one of the two lines."))
    refuse_card_number(request.tender.reference, "reference")
    refuse_card_number(request.customer_name, "customer_name")
    refuse_card_number(request.note, "note")


def price_for_sale(
    session: Session,
    actor: Actor,
    request: SaleRequest,
    hold: HoldRow | None,
    whose: Whose | None,
    looked_at: LookedAt | None = None,
) -> tuple[HoldRow, PricedBasket]:
    """Return the hold and the basket by the prices of now, once they may be sold for the total that was told.

    whose, looked_at: see price_basket.
    Raises PriceChanged, NotOnSale, SaleAfterStart, NotPermitted, NotFound, HoldExpired (sold already), and what
    price_basket raises.
    """
    terms = {
        performance: require_terms(
            session,
            actor,
            performance,
            after_start=request.after_start,
            may_finish=lambda: _is_under_way(session, actor, hold),
            held_since=_held_since(request, hold, performance),
        )
        for performance in sorted({line.seat.performance_id for line in request.lines})
    }
    if hold is None:
        raise NotFound(say("This basket holds no seats."), advice=say("Choose the seats again."))
    if hold.closed_as == "sold":
        raise HoldExpired(say("This basket is sold already."), advice=say("Look among the last orders."))
    if hold.closed_as == "reserved":
        raise HoldExpired(say("This basket is reserved already."), advice=say("Look among the reservations."))
    basket = price_basket(session, request.lines, request.promo_code, whose=whose, terms=terms, looked_at=looked_at)
    if basket.totals.total_minor != request.total_minor:
        raise PriceChanged(
            say(
                "The price has changed: the total was {before} and is now {total}.",
                before=Money(request.total_minor, basket.currency),
                total=Money(basket.totals.total_minor, basket.currency),
            ),
            total_minor=basket.totals.total_minor,
            advice=say("Tell the customer, then take the payment."),
        )
    return hold, basket


def _held_since(request: SaleRequest, hold: HoldRow | None, performance_id: int) -> datetime | None:
    """Return when the hold was made under which all seats of a performance stand still; None: no longer, or not all."""
    if hold is None or not _is_running(hold):
        return None
    seats = {line.seat for line in request.lines if line.seat.performance_id == performance_id}
    return hold.created_at if seats <= set(read_places(hold.places)) else None


def _is_running(hold: HoldRow) -> bool:
    return hold.closed_as is None and hold.seconds_left > 0


def _is_under_way(session: Session, actor: Actor, hold: HoldRow | None) -> bool:
    """Tell whether the seats were taken by this very person, and are held still."""
    if hold is None or not _is_running(hold):
        return False
    holder: int = session.connection().execute(_WHO_HOLDS, {"of_hold": hold.id}).scalar_one()
    return holder == actor.staff_id
