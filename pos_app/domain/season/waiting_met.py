"""Who is met by what becomes of a performance besides its orders: who waits for it, and tickets on resale."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class WaitingMet:
    """parties: on the waiting list, those with an offer too. offers: that are open. resales: tickets on resale."""

    parties: int = 0
    offers: int = 0
    resales: int = 0

    @property
    def is_any(self) -> bool:
        """Tell whether anybody is met."""
        return bool(self.parties or self.offers or self.resales)


NOBODY_WAITS: Final = WaitingMet()
