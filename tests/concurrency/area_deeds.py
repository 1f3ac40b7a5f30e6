"""What the tills that fight for an area do."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING
from uuid import uuid4

from pos_app.domain.errors import TooFewPlaces
from pos_app.services.selling.area_holds import set_places
from pos_app.services.selling.sales import sell
from tests.concurrency.deeds import sale_request

if TYPE_CHECKING:
    from tests.concurrency.till import Till


def empty_area(
    till: Till, *, performance_id: int, area_id: int, adult_id: int, seed: int
) -> dict[str, int | list[int] | list[list[int]]]:
    """Sell places of an area to party after party until none is left; tell what was sold, and each refusal.

    A refusal is told as the number that was asked for and the number that was said to be left.
    """
    dice = random.Random(seed)
    sold: list[int] = []
    refusals: list[list[int]] = []
    sum_minor = 0
    party = dice.randint(1, 8)
    while party:
        basket_key = uuid4().hex
        asked = (till.actor, basket_key, performance_id, area_id)
        try:
            held = till.transact(set_places, *asked, party)
        except TooFewPlaces as few:
            refusals.append([party, few.left])
            party = min(few.left, party - 1)
            continue
        if dice.random() < 0.3:
            held = till.transact(set_places, *asked, dice.randrange(party))
        if held is not None:
            request = sale_request(till, basket_key, held.seats, adult_id)
            sum_minor += till.transact(sell, till.actor, request).total_minor
            sold += [seat.seat_id for seat in held.seats]
        party = dice.randint(1, 8)
    return {"sold": sold, "refusals": refusals, "sum_minor": sum_minor}
