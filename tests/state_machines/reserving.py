"""What the services promise about reservations: what is reserved, until when, and who has it open for paying."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from pos_app.domain.errors import HoldExpired, NotFound, OrderChanged, PickUpElsewhere, PriceChanged, SeatsTaken
from tests.state_machines.ledger import Ledger
from tests.state_machines.model import Basket, Refused
from tests.state_machines.orders import LIVE, RESERVED, Fee, Line, Payment
from tests.state_machines.prices import AMOUNT_MINOR

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pos_app.domain.seats import SeatKey
    from tests.state_machines.orders import Order

RESERVED_SECONDS: Final = 1000
KEPT_SECONDS: Final = 2000
NAME: Final = "Anna Novak"


@dataclass
class Reserving(Ledger):
    """The house, its orders, and what is kept for those who have not paid. sale: the request that reserved an order."""

    def reserve(
        self, request: str, key: str, lines: Mapping[SeatKey, str], code: str, *, right_total: bool
    ) -> tuple[int, int]:
        """Return the total, and how many seats are reserved."""
        if request in self.orders:
            return self.orders[request].answers[request]  # type: ignore[no-any-return]  # what this returned before
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
        self.holder.update(dict.fromkeys(lines, ("reservation", request)))
        self._free(key, basket.places)
        basket.closed = "reserved"
        sold = self._sold(key, lines, total, code, "")
        order = self.orders[request] = replace(
            sold,
            lines=[replace(line, state=RESERVED, is_paid=False) for line in sold.lines],
            fees=[replace(fee, state=RESERVED) for fee in sold.fees],
            payments=[],
            begun_as="reserve",
            name=NAME,
            release_in=RESERVED_SECONDS,
        )
        return self._answered(order, request, (total, len(lines)))

    def open_pick_up(self, sale: str, key: str, at: int) -> tuple[int, int]:
        """Return how many seats can be paid, and what they cost with all fees, as it was told."""
        order = self._reservation(sale)
        basket = self.baskets.get(key) or Basket()
        basket.require_running()
        self._require_not_elsewhere(order, key)
        self.baskets[key] = basket
        order.open_in, order.open_at = key, at
        order.release_in = max(order.release_in, basket.seconds - basket.age)
        return len(order.reserved), order.worth(order.reserved, self._fees_with(order, order.reserved))

    def leave(self, sale: str, key: str) -> None:
        """Close what a basket has open, unpaid."""
        self._close(self.orders[sale], key, "released")

    def pick_up(
        self, sale: str, request: str, key: str, lines: Sequence[int], *, now: bool, right_total: bool, method: str
    ) -> tuple[int, int]:
        """Pay reserved lines; return what, and how many tickets there are. now: by today's prices.

        Asked again, those that were printed anew since are left out: they are other papers.
        """
        order = self.orders[sale]
        if request in order.answers:
            total, paid = order.answers[request]
            return total, sum(order.lines[line].issue == 1 for line in paid)
        self._reservation(sale)
        self._require_not_elsewhere(order, key)
        self._require_reserved(order, lines)
        fees = self._fees_with(order, lines)
        total = self.price_of_now(sale, lines) if now else self.price_as_told(sale, lines)
        if not right_total:
            raise Refused(PriceChanged, number=total)
        paid = list(lines)
        if now:
            paid = self._replace(order, lines)
            fees = order.fees_of([None], RESERVED)
        else:
            for line in lines:
                order.lines[line].state, order.lines[line].is_paid = LIVE, True
        for fee in fees:
            order.fees[fee].state = LIVE
        self.holder.update({order.lines[line].seat: ("sold", sale) for line in lines})
        order.payments.append(Payment(method, total))
        self._close_when_empty(order)
        self._close(order, key, "picked_up")
        self._answered(order, request, (total, paid))
        return total, len(paid)

    def price_as_told(self, sale: str, lines: Sequence[int]) -> int:
        """Return what reserved lines cost as it was told, with their fees."""
        order = self.orders[sale]
        return order.worth(lines, self._fees_with(order, lines))

    def price_of_now(self, sale: str, lines: Sequence[int]) -> int:
        """Return what reserved lines cost by today's prices; the fee of the order is as it was told."""
        order = self.orders[sale]
        new = self._lines_of_now(order, lines)
        of_order = [fee for fee in self._fees_with(order, lines) if order.fees[fee].line is None]
        fees = sum(self.prices.fee(line.seat, line.brought) for line in new)
        return sum(line.brought for line in new) + fees + order.worth((), of_order)

    def _lines_of_now(self, order: Order, lines: Sequence[int]) -> list[Line]:
        told = [order.lines[line] for line in sorted(lines, key=lambda line: order.lines[line].seat)]
        stay = [line for line in (*order.live, *order.reserved) if line not in lines]
        prices = [self.prices.price(line.seat, line.kind) for line in told]
        left = AMOUNT_MINOR - sum(order.lines[line].saved for line in stay)
        saved = self.prices.saved(prices, order.code if order.uses_code else "", left)
        return [
            Line(line.seat, line.kind, price - less, less)
            for line, price, less in zip(told, prices, saved, strict=True)
        ]

    def _replace(self, order: Order, lines: Sequence[int]) -> list[int]:
        """Let lines by today's prices, with their fees, take the place of those that were told; return which."""
        new = self._lines_of_now(order, lines)
        order.end(lines, order.fees_of(lines, RESERVED), "released")
        first = len(order.lines)
        order.lines += new
        fees = [Fee(self.prices.fee(line.seat, line.brought), first + turn) for turn, line in enumerate(new)]
        order.fees += [fee for fee in fees if fee.minor]
        return list(range(first, len(order.lines)))

    def keep_longer(self, sale: str, request: str, *, stale: bool) -> int:
        """Return how many seats are reserved."""
        order = self.orders[sale]
        if request not in order.answers:
            self._require_fresh(sale, stale=stale)
            left = self.baskets[order.open_in] if self._is_open(order) else Basket(age=0, seconds=0)
            order.release_in = max(KEPT_SECONDS, left.seconds - left.age)
            self._answered(order, request, None)
        return len(order.reserved)

    def give_up_seats(self, sale: str, request: str, lines: Sequence[int], at: int, *, stale: bool) -> int:
        """Give reserved seats back; return how many are left."""
        order = self.orders[sale]
        if request not in order.answers:
            self._require_fresh(sale, stale=stale)
            if self._is_open(order) and order.open_at != at:
                raise Refused(PickUpElsewhere)
            self._require_reserved(order, lines)
            self._give_back(order, lines, self._fees_with(order, lines, all_of_it=set(lines) == set(order.reserved)))
            self._answered(order, request, None)
        return len(order.reserved)

    def give_back_for_house(self, sale: str, request: str, lines: list[int], reserved: list[int]) -> None:
        """Refund lines with their fees, that of the order with its last tickets, and give reserved ones up."""
        order = self.orders[sale]
        if request in order.answers:
            return
        if reserved and self._is_open(order):
            raise Refused(PickUpElsewhere)
        if lines:
            fees = order.fees_of([*lines, None] if lines == order.live else lines)
            self.refund(sale, request, lines, fees, pay_now=False, stale=False)
        if reserved:
            all_of_it = reserved == order.reserved
            self._give_back(order, reserved, self._fees_with(order, reserved, all_of_it=all_of_it))
        self._answered(order, request, None)

    def release_reservations(self) -> tuple[int, int]:
        """Return how many reservations were over, and how many seats they give back."""
        due = [
            order
            for order in self.orders.values()
            if order.reserved and order.release_in < 0 and not self._is_open(order)
        ]
        seats = 0
        for order in due:
            lines = order.reserved
            seats += len(lines)
            self._give_back(order, lines, self._fees_with(order, lines))
        return len(due), seats

    def _give_back(self, order: Order, lines: Sequence[int], fees: Sequence[int]) -> None:
        self._came_free([order.lines[line].seat for line in lines])
        order.end(lines, fees, "released")
        self._close_when_empty(order)

    @staticmethod
    def _fees_with(order: Order, lines: Sequence[int], *, all_of_it: bool = True) -> list[int]:
        """Return the reserved fees that go with lines; that of the order goes with the first payment, or the last."""
        return order.fees_of([*lines, None] if all_of_it else lines, RESERVED)

    def _reservation(self, sale: str) -> Order:
        order = self.orders[sale]
        if not order.reserved:
            raise Refused(OrderChanged)
        return order

    def _require_fresh(self, sale: str, *, stale: bool) -> None:
        if stale:
            raise Refused(OrderChanged)
        self._reservation(sale)

    @staticmethod
    def _require_reserved(order: Order, lines: Sequence[int]) -> None:
        if any(order.lines[line].state != RESERVED for line in lines):
            raise Refused(OrderChanged)

    def _is_open(self, order: Order) -> bool:
        """Tell whether a till has it open for paying, and its time there is not over."""
        return bool(order.open_in) and not self.baskets[order.open_in].is_over

    def _require_not_elsewhere(self, order: Order, key: str) -> None:
        if self._is_open(order) and order.open_in != key:
            raise Refused(PickUpElsewhere)

    def _close(self, order: Order, key: str, closed: str) -> None:
        if order.open_in == key:
            order.open_in = ""
        basket = self.baskets.get(key)
        if basket and not basket.closed:
            basket.closed = closed

    @staticmethod
    def _close_when_empty(order: Order) -> None:
        if not order.reserved:
            order.open_in = ""
