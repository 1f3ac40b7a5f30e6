"""The customer of a basket: who it is by now, and whether it may have so much."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from pos_app.services.customers.buying import (
    Reached,
    find_buyer,
    lock_customer,
    reached_by,
    require_tickets_left,
)
from pos_app.services.house.settings import load_house_settings
from pos_app.services.selling.pricing import Whose

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from pos_app.domain.selling.sales import SaleRequest


class Buyer(NamedTuple):
    """Whose a sale is. request: as it was made, for who the customer is now.

    whose: by whom promo codes are limited; None: they are not, for the customer was erased while it paid. reached: what
    the order is found by besides.
    """

    request: SaleRequest
    whose: Whose | None
    reached: Reached = Reached()


def claim_buyer(session: Session, request: SaleRequest) -> Buyer:
    """Write the customer's row and count its tickets. Nothing is asked where the sale is nobody's.

    One that was erased meanwhile loses no sale whose money is taken: it is sold without a person, and nothing that was
    typed of one is kept. Raises CustomerRefused (it has as many tickets as one may have).
    """
    if request.customer_id is None:
        return Buyer(request, Whose(None))
    customer_id = lock_customer(session, request.customer_id)
    if customer_id is None:
        return Buyer(replace(request, customer_id=None, customer_name="", note=""), None)
    _require_tickets_left(session, customer_id, request)
    return Buyer(replace(request, customer_id=customer_id), Whose(customer_id), reached_by(session, customer_id))


def look_at_buyer(session: Session, request: SaleRequest) -> Buyer:
    """As claim_buyer, before the money and without a lock. Raises CustomerRefused, also where it was erased."""
    if request.customer_id is None:
        return Buyer(request, Whose(None))
    customer_id = find_buyer(session, request.customer_id)
    _require_tickets_left(session, customer_id, request)
    return Buyer(replace(request, customer_id=customer_id), Whose(customer_id))


def _require_tickets_left(session: Session, customer_id: int, request: SaleRequest) -> None:
    house = load_house_settings(session)
    counts = Counter(line.seat.performance_id for line in request.lines)
    require_tickets_left(session, customer_id, counts, house.customer_tickets, verified=house.customer_tickets_verified)
