"""How long an offer stands, and until when offers are made at all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pos_app.domain.season.evenings import comes_and_goes
from pos_app.domain.waiting.entries import SHORTEST_OFFER_MINUTES

if TYPE_CHECKING:
    from datetime import datetime

LAST_OFFER_SECONDS: Final = 15 * 60
"""With less time left before the end of the sale nothing is offered: what is free is on sale."""
_PART_OF_WHAT_IS_LEFT: Final = 3


def sale_ends(starts_at: datetime, ends_at: datetime | None, off_sale_at: datetime | None) -> datetime:
    """Return when nothing of a performance is sold any more, as offers see it (UTC): none stands longer."""
    if off_sale_at is not None:
        return off_sale_at if ends_at is None else min(off_sale_at, ends_at)
    return ends_at if ends_at is not None and comes_and_goes(starts_at, ends_at) else starts_at


def offer_seconds(offer_minutes: int, seconds_left: float) -> int | None:
    """Return how long an offer stands that is made now; None: it is too late for one.

    offer_minutes: at the most. seconds_left: until the end of the sale. Near it an offer stands for a third of what is
    left, so that two others can still be asked; ten minutes it stands always.
    """
    if seconds_left < LAST_OFFER_SECONDS:
        return None
    part = max(seconds_left / _PART_OF_WHAT_IS_LEFT, SHORTEST_OFFER_MINUTES * 60)
    return int(min(offer_minutes * 60, part, seconds_left))
