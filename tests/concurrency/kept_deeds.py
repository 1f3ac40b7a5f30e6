"""What managers do to the same seats and prices at the same moment."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import uuid4

from pos_app.domain.editing import ChangedMeanwhile
from pos_app.domain.season.kept_seats import KeepChoice, KeepDraft, KeepRefused
from pos_app.domain.season.prices import PriceDraft
from pos_app.domain.seats import ClaimKind
from pos_app.services.season.kept_together import keep_together
from pos_app.services.season.prices import load_price_grid
from pos_app.services.season.prices_together import change_prices

if TYPE_CHECKING:
    from tests.concurrency.till import Till


def keep_seats(till: Till, *, performances: list[int], seats: list[int], reason: str) -> str:
    """Keep seats back on several performances."""
    wanted = KeepDraft(ClaimKind.HOUSE, reason)
    try:
        till.transact(keep_together, till.actor, uuid4().hex, performances, KeepChoice(tuple(seats)), wanted)
    except KeepRefused:
        return "refused"
    return reason


def raise_prices(till: Till, *, performances: list[int], by: int) -> str:
    """Raise all prices of performances, as they were read before the word."""
    grids = [till.database.read(load_price_grid, till.actor, performance) for performance in performances]
    till.say("ready")
    till.wait()
    amounts = {kind: amount + by for kind, amount in grids[0].amounts.items()}
    wanted = replace(PriceDraft(amounts, 0, 0), order_fee_minor=by)
    try:
        till.transact(change_prices, till.actor, grids, wanted)
    except ChangedMeanwhile:
        return "told"
    return str(by)
