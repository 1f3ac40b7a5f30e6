"""Other seats for some of a basket, in one step: whoever looks at it meanwhile sees the old ones or the new ones."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pos_app.domain.errors import HoldExpired
from pos_app.domain.sentences import say
from pos_app.services.selling.holds import place_hold, release_seats

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from pos_app.domain.roles import Actor
    from pos_app.domain.seats import SeatKey
    from pos_app.domain.selling.holds import PlacedHold


def swap_seats(
    session: Session,
    actor: Actor,
    basket_key: str,
    new: Sequence[SeatKey],
    old: Sequence[SeatKey],
    *,
    after_start: bool = False,
) -> PlacedHold:
    """Hold the new seats for a basket and give the old ones back, both or neither. May be repeated.

    Raises what place_hold raises; the basket is as it was then.
    """
    placed = place_hold(session, actor, basket_key, new, after_start=after_start)
    left = release_seats(session, basket_key, old)
    if left is None:
        raise HoldExpired(say("The time of this basket is over."), advice=say("Choose the seats again."))
    return replace(left, taken=placed.taken)
