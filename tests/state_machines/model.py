"""What the services promise about seats, as a plain dictionary: it predicts every answer and every refusal.

What becomes of an order after its sale stands in ledger.py.

No SQL, no clock: a basket has an age, and the machine makes it older in the database and here alike.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from pos_app.domain.errors import (
    HoldExpired,
    HoldNotExtendable,
    NotFound,
    PriceChanged,
    PromoCodeRefused,
    SeatsTaken,
    TooFewPlaces,
)
from tests.state_machines.orders import Fee, Line, Order, Payment

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from pos_app.domain.errors import PosError
    from pos_app.domain.seats import SeatKey
    from tests.state_machines.prices import PriceList

HOLD_SECONDS: Final = 900
CAP_SECONDS: Final = 1800
FREE: Final = ("free", "")


class Refused(Exception):
    """A refusal that is foreseen: which error, the seats that it names, the number that it tells."""

    def __init__(self, kind: type[PosError], seats: Iterable[SeatKey] = (), number: int | None = None) -> None:
        super().__init__(kind.__name__)
        self.told = (kind, tuple(sorted(seats)), number)


@dataclass
class Basket:
    """A hold. closed: "" while it is open, else released, expired, sold, reserved or picked_up."""

    places: frozenset[SeatKey] = frozenset()
    age: int = 0
    seconds: int = HOLD_SECONDS
    extended_by: str = ""
    closed: str = ""

    @property
    def is_over(self) -> bool:
        return self.age >= self.seconds

    def require_running(self) -> None:
        if self.closed or self.is_over:
            raise Refused(HoldExpired)


@dataclass
class Model:
    """The house. holder: (free, ""), (basket, its key), (sold, the request), (reservation, the request),
    (house, "") or (blocked, ""). guarded: seats of which a waiting list has first call."""

    prices: PriceList
    holder: dict[SeatKey, tuple[str, str]]
    guarded: set[SeatKey] = field(default_factory=set)
    baskets: dict[str, Basket] = field(default_factory=dict)
    orders: dict[str, Order] = field(default_factory=dict)

    def may_take(self, key: str, seat: SeatKey) -> bool:
        what, who = self.holder[seat]
        if (what, who) == ("basket", key):
            return True
        lapsed = what == "basket" and self.baskets[who].is_over
        return seat not in self.guarded and (what == "free" or lapsed)

    def uses(self, code: str) -> int:
        return sum(order.code == code and order.uses_code for order in self.orders.values())

    def hold(
        self, key: str, seats: Sequence[SeatKey], *, partial: bool = False
    ) -> tuple[list[SeatKey], list[SeatKey], list[SeatKey]]:
        """Return what the basket holds now, what this took, and what it could not have."""
        if key in self.baskets:
            self.baskets[key].require_running()
        asked = set(seats)
        gone = {seat for seat in asked if not self.may_take(key, seat)}
        if gone and (not partial or gone == asked):
            raise Refused(SeatsTaken, gone)
        basket = self.baskets.setdefault(key, Basket())
        for seat in asked - gone:
            self.holder[seat] = ("basket", key)
        basket.places |= asked - gone
        return sorted(basket.places), sorted(asked - gone), sorted(gone)

    def set_places(self, key: str, area: Sequence[SeatKey], total: int) -> list[SeatKey] | None:
        """Let a basket hold so many places of an area: the lowest free ones are taken, the highest given back."""
        basket = self.baskets.get(key)
        mine = sorted(basket.places.intersection(area)) if basket else []
        if total < len(mine):
            return self.release(key, mine[total:])
        if basket:
            basket.require_running()
        if total == len(mine):
            return sorted(basket.places) if basket else None
        free = [seat for seat in area if self.holder[seat] != ("basket", key) and self.may_take(key, seat)]
        if len(free) < total - len(mine):
            raise Refused(TooFewPlaces, number=len(free))
        return self.hold(key, free[: total - len(mine)])[0]

    def load(self, key: str) -> list[SeatKey]:
        if key not in self.baskets:
            raise Refused(NotFound)
        self.baskets[key].require_running()
        return self._owned(key, self.baskets[key].places)

    def release(self, key: str, seats: Sequence[SeatKey] | None) -> list[SeatKey] | None:
        basket = self.baskets.get(key)
        if basket is None or basket.closed:
            return None
        given = basket.places if seats is None else frozenset(seats)
        self._free(key, given)
        left = basket.places - given
        if left:
            basket.places = left
            return sorted(left)
        basket.closed = "released"
        return None

    def extend(self, key: str, request: str) -> list[SeatKey]:
        basket = self.baskets.get(key)
        if basket is None:
            raise Refused(NotFound)
        basket.require_running()
        if basket.extended_by != request:
            if basket.extended_by:
                raise Refused(HoldNotExtendable)
            basket.extended_by = request
            basket.seconds = min(CAP_SECONDS, basket.age + HOLD_SECONDS)
        return sorted(basket.places)

    def sell(
        self, request: str, key: str, lines: Mapping[SeatKey, str], code: str, *, right_total: bool, method: str
    ) -> int:
        """Return the total. method: by which it is paid, unless it costs nothing."""
        if request in self.orders:
            return self.orders[request].total
        basket = self.baskets.get(key)
        if basket is None:
            raise Refused(NotFound)
        if basket.closed in {"sold", "reserved"}:
            raise Refused(HoldExpired)
        total = self.price(lines, code)
        if not right_total:
            raise Refused(PriceChanged, number=total)
        gone = [seat for seat in lines if not self.may_take(key, seat)]
        if gone:
            raise Refused(SeatsTaken, gone)
        self.redeem(code)
        for seat in lines:
            self.holder[seat] = ("sold", request)
        self._free(key, basket.places)
        basket.closed = "sold"
        self.orders[request] = self._sold(key, lines, total, code, method)
        return total

    def _sold(self, key: str, kinds: Mapping[SeatKey, str], total: int, code: str, method: str) -> Order:
        """Return a new order: the lines of its seats, its fee, and the fees of its tickets."""
        prices = [self.prices.price(seat, kinds[seat]) for seat in sorted(kinds)]
        saved = self.prices.saved(prices, code)
        lines = [
            Line(seat, kinds[seat], price - less, less)
            for seat, price, less in zip(sorted(kinds), prices, saved, strict=True)
        ]
        of_order = Fee(self.prices.order_fee(kinds, sum(prices)), None)
        fees = [Fee(self.prices.fee(line.seat, line.brought), number) for number, line in enumerate(lines)]
        paid = Payment(method if total else "free", total)
        order = Order(key, lines, total, code, [fee for fee in (of_order, *fees) if fee.minor], [paid])
        order.require_balance()
        return order

    def price(self, lines: Mapping[SeatKey, str], code: str) -> int:
        total = self.prices.total(lines, code)
        if total is None or self.uses(code) >= self.prices.most_uses(code):
            raise Refused(PromoCodeRefused)
        return total

    def redeem(self, code: str) -> None:
        """Count a use of a code. Raises Refused where it cannot be used once more; see price for what is looked at."""

    def expire(self) -> tuple[int, int]:
        """Return how many baskets were closed, and how many seats given back."""
        due = [key for key, basket in self.baskets.items() if basket.is_over and not basket.closed]
        seats = sum(self._free(key, self.baskets[key].places) for key in due)
        for key in due:
            self.baskets[key].closed = "expired"
        return len(due), seats

    def _owned(self, key: str, seats: Iterable[SeatKey]) -> list[SeatKey]:
        return sorted(seat for seat in seats if self.holder[seat] == ("basket", key))

    def _free(self, key: str, seats: Iterable[SeatKey]) -> int:
        owned = self._owned(key, seats)
        self._came_free(owned)
        return len(owned)

    def _came_free(self, seats: Iterable[SeatKey]) -> None:
        self.holder.update(dict.fromkeys(seats, FREE))
