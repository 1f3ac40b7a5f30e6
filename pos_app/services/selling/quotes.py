"""Asking before the money moves whether a basket sells now for the total that the customer is told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pos_app.domain.errors import SeatsTaken
from pos_app.domain.sentences import say
from pos_app.services.house.settings import load_house_settings
from pos_app.services.promo_codes.redeeming import look_up_promo_codes
from pos_app.services.resale.reselling import require_outside
from pos_app.services.season.offers import load_offer
from pos_app.services.seats.claims import not_takeable
from pos_app.services.seats.places import tell_gone
from pos_app.services.selling.buyers import look_at_buyer
from pos_app.services.selling.checking import price_for_sale, require_storable
from pos_app.services.selling.gifts import require_gift_allowed
from pos_app.services.selling.holds import find_hold
from pos_app.services.selling.pricing import look_at_seats

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from pos_app.domain.house.settings import HouseSettings
    from pos_app.domain.promo_codes.rules import PromoRule
    from pos_app.domain.roles import Actor
    from pos_app.domain.season.offers import PerformanceOffer
    from pos_app.domain.selling.sales import SaleRequest


_NOTHING_SOLD: Final = say("Nothing was sold. Remove them from the basket, or choose others.")


@dataclass(frozen=True, slots=True)
class BasketNews:
    """Prices of the performances of a basket, and its promo codes as they are now. checked_at: the server's time."""

    offers: tuple[PerformanceOffer, ...]
    rules: tuple[PromoRule, ...] = ()
    checked_at: datetime | None = None


def confirm_basket(session: Session, actor: Actor, request: SaleRequest) -> HouseSettings:
    """Look whether a request would sell now, and sell nothing; the tender in it is not judged.

    Returns what the house has decided on taking money. Raises what sell raises, for the same reasons: whoever is told
    here is told before the money moves.
    """
    require_storable(request)
    found = find_hold(session, request.basket_key, lock=False)
    request, whose, _ = look_at_buyer(session, request)
    looked_at = look_at_seats(session, request.lines)
    hold, basket = price_for_sale(session, actor, request, found, whose, looked_at)
    require_gift_allowed(session, actor, basket, request.gift, request_id=request.request_id, spend=False)
    if request.promo_code:
        look_up_promo_codes(session, request.promo_code, request.customer_id)
    by_performance: dict[int, list[int]] = {}
    for line in request.lines:
        by_performance.setdefault(line.seat.performance_id, []).append(line.seat.seat_id)
    gone = [
        seat
        for performance_id, seat_ids in by_performance.items()
        for seat in not_takeable(session, hold.id, performance_id, seat_ids)
    ]
    if gone:
        raise SeatsTaken(
            tell_gone(session, gone),
            seats=tuple((seat.performance_id, seat.seat_id) for seat in gone),
            advice=_NOTHING_SOLD,
        )
    returned = {seat: seller.line_id for seat, seller in looked_at.sellers.items()}
    require_outside(session, returned, _NOTHING_SOLD)
    return load_house_settings(session)


def load_basket_news(
    session: Session, performance_ids: Sequence[int], promo_code: str, customer_id: int | None
) -> BasketNews:
    """Return the prices and codes of a basket as they are now. Raises NotFound, PromoCodeRefused."""
    offers = tuple(load_offer(session, performance_id) for performance_id in performance_ids)
    if not promo_code:
        return BasketNews(offers)
    rules, now = look_up_promo_codes(session, promo_code, customer_id)
    return BasketNews(offers, rules, now)
