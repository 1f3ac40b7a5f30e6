"""What the tickets of the small house cost, reckoned once more and in the plainest way."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from tests.small_house import ADULT_MINOR, CHILD_MINOR, GALA_ORDER_FEE_MINOR, GALA_TICKET_FEE_MINOR

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from pos_app.domain.seats import SeatKey

PERCENT_CODE: Final = "FIFTEEN"
PERCENT: Final = 15
PERCENT_USES: Final = 1
"""This code is used up at once, until its sale is taken back."""
AMOUNT_CODE: Final = "FIVEOFF"
AMOUNT_MINOR: Final = 500
EACH_CODE: Final = "ONEEACH"
"""This code takes off as much, and each customer uses it once."""
CODES: Final = ("", PERCENT_CODE, AMOUNT_CODE, EACH_CODE, "NOSUCHCODE")

_MINOR: Final = {"adult": ADULT_MINOR, "child": CHILD_MINOR, "complimentary": {"A": 0, "B": 0}}


@dataclass
class PriceList:
    """category: of each seat id. gala_id: the performance with fees. rise: how much more what is not free costs now."""

    category: Mapping[int, str]
    gala_id: int
    rise: int = 0

    def total(self, lines: Mapping[SeatKey, str], code: str) -> int | None:
        """Return the total of seats and their ticket types, or None where the code is not for them."""
        prices = {seat: self.price(seat, kind) for seat, kind in lines.items()}
        full = sum(prices.values())
        if code not in CODES[:-1] or (code and not full):
            return None
        by_percent = sum((price * PERCENT + 50) // 100 for price in prices.values())
        saved = {
            "": 0,
            PERCENT_CODE: by_percent,
            EACH_CODE: by_percent,
            AMOUNT_CODE: min(AMOUNT_MINOR, full),
        }[code]
        # The cheapest ticket that costs anything costs more than the codes take off: what is paid keeps its fees.
        fees = sum(self.fee(seat, price) for seat, price in prices.items())
        return full - saved + fees + self.order_fee(lines, full)

    def price(self, seat: SeatKey, kind: str) -> int:
        """Return what a ticket costs before anything is taken off."""
        minor = _MINOR[kind][self.category[seat.seat_id]]
        return minor + self.rise if minor else 0

    @staticmethod
    def saved(prices: Sequence[int], code: str, left: int = AMOUNT_MINOR) -> list[int]:
        """Return what a code takes off each ticket; left: what it may still take off, where it is an amount."""
        if code in {PERCENT_CODE, EACH_CODE}:
            return [(price * PERCENT + 50) // 100 for price in prices]
        full = sum(prices)
        if code != AMOUNT_CODE or not full:
            return [0] * len(prices)
        off = min(left, full)
        shares = [Fraction(off * price, full) for price in prices]
        cuts = [int(share) for share in shares]
        # The rest goes to those of whose share most was cut off, to the dearest of them.
        most = sorted(range(len(prices)), key=lambda at: (cuts[at] - shares[at], -prices[at], at))
        for at in most[: off - sum(cuts)]:
            cuts[at] += 1
        return cuts

    def fee(self, seat: SeatKey, brought: int) -> int:
        """Return the fee of a ticket."""
        return GALA_TICKET_FEE_MINOR if seat.performance_id == self.gala_id and brought else 0

    def order_fee(self, seats: Iterable[SeatKey], full: int) -> int:
        """Return the fee of an order. full: what its tickets cost."""
        return GALA_ORDER_FEE_MINOR if full and any(seat.performance_id == self.gala_id for seat in seats) else 0

    @staticmethod
    def most_uses(code: str) -> float:
        """Return how often a code may be used."""
        return PERCENT_USES if code == PERCENT_CODE else float("inf")
