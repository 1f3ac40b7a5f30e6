"""What fifty other tills do meanwhile: seats are held and given back without end, by few processes."""

from __future__ import annotations

import random
import time
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Final
from uuid import uuid4

from pos_app.domain.errors import PosError
from pos_app.domain.seats import SeatKey
from pos_app.services.selling.holds import place_hold, release_seats

if TYPE_CHECKING:
    from tests.concurrency.till import Till

CHANGES_A_SECOND: Final = 20
MOST_SEATS: Final = 6


def keep_changing(
    till: Till, *, performance_id: int, first_seat_id: int, seats: int, till_ids: list[int], seconds: float, seed: int
) -> int:
    """Hold some seats as one of these tills, or give back what it holds, for so long; returns the number of changes."""
    dice = random.Random(seed)
    actors = [replace(till.actor, till_id=till_id) for till_id in till_ids]
    baskets: dict[int, str] = {}
    start = time.monotonic()
    changes = 0
    while (now := time.monotonic()) < start + seconds:
        actor = dice.choice(actors)
        # Seats may be gone: another of these tills was faster, as in life.
        with suppress(PosError):
            basket = baskets.pop(actor.till_id, None)
            if basket is not None:
                till.database.transact(release_seats, basket)
            else:
                at = first_seat_id + dice.randrange(seats - MOST_SEATS)
                wanted = [SeatKey(performance_id, at + more) for more in range(dice.randint(1, MOST_SEATS))]
                basket = uuid4().hex
                till.database.transact(place_hold, actor, basket, wanted, partial=True)
                baskets[actor.till_id] = basket
            changes += 1
        time.sleep(max(0.0, now + 1 / CHANGES_A_SECOND - time.monotonic()))
    return changes
