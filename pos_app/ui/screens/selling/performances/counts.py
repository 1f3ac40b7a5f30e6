"""How the seats of a performance stand, in words: for who wants to know more than how many are left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos_app.ui.words.lists import listed
from pos_app.ui.words.sentences import spoken_count

if TYPE_CHECKING:
    from pos_app.domain.season.offers import PerformanceSummary


def counts_words(one: PerformanceSummary) -> str:
    """Return what the seats are: "412 sold, 6 in baskets, 14 reserved, 2 offered"; "" while nobody has counted."""
    left = one.left
    if left is None:
        return ""
    told = (
        (left.free, spoken_count("{count} free", "{count} free", left.free)),
        (left.sold, spoken_count("{count} sold", "{count} sold", left.sold)),
        (left.held, spoken_count("{count} in a basket", "{count} in baskets", left.held)),
        (left.reserved, spoken_count("{count} reserved", "{count} reserved", left.reserved)),
        (left.offered, spoken_count("{count} offered", "{count} offered", left.offered)),
        (
            left.first_call,
            spoken_count("{count} for the waiting list", "{count} for the waiting list", left.first_call),
        ),
        (left.house, spoken_count("{count} house seat", "{count} house seats", left.house)),
        (left.blocked, spoken_count("{count} blocked", "{count} blocked", left.blocked)),
    )
    return listed(words for count, words in told if count)
