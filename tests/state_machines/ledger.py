"""What the services promise about orders after their sale: seats, tickets and money of each, in the model's lists."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, TypeVar

from pos_app.domain.errors import (
    ExchangeRefused,
    InvalidInput,
    NotFound,
    OrderChanged,
    RefundRefused,
    SeatsTaken,
    VoidRefused,
)
from tests.state_machines.model import Model, Refused
from tests.state_machines.orders import LIVE, Fee, Line, Payment, Refund
from tests.state_machines.prices import AMOUNT_MINOR

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from pos_app.domain.seats import SeatKey
    from tests.state_machines.orders import Order

A = TypeVar("A")

VOID_SECONDS: Final = 600
EXCHANGE_FEE_MINOR: Final = 100
"""For each ticket that goes to another seat."""


@dataclass
class Exchange:
    """What an exchange does. ended, fees: by their numbers; new_fees: of each new line; moved: to other seats."""

    ended: list[int]
    fees: list[int]
    new: list[Line]
    new_fees: list[int]
    moved: int


@dataclass
class Ledger(Model):
    """The house and its orders. sale: the request that sold an order; lines: by their numbers in it."""

    def may_be_taken_back(self, sale: str) -> bool:
        """Tell whether a sale is young, and nobody has changed anything of it."""
        order = self.orders[sale]
        states = {line.state for line in order.lines} | {fee.state for fee in order.fees}
        return states == {LIVE} and order.age <= VOID_SECONDS

    def void(self, sale: str, request: str) -> int:
        """Return what is given back."""
        order = self.orders[sale]
        if request in order.answers:
            return int(order.answers[request])
        if not self.may_be_taken_back(sale):
            raise Refused(VoidRefused)
        if any(line.inside for line in order.lines):
            raise Refused(VoidRefused)
        minor = order.total
        self._end(order, order.live, [number for number, fee in enumerate(order.fees) if fee.state == LIVE], "void")
        order.give_back(minor, paid=True)
        return self._answered(order, request, minor)

    def refund(
        self, sale: str, request: str, lines: Sequence[int], fees: Sequence[int], *, pay_now: bool, stale: bool
    ) -> tuple[int, list[tuple[str, int]], bool]:
        """Return what is given back, its parts, and whether they were paid."""
        order = self.orders[sale]
        if request in order.answers:
            return order.answers[request]  # type: ignore[no-any-return]  # what this returned before
        if stale:
            raise Refused(OrderChanged)
        if any(order.lines[line].state != LIVE for line in lines):
            raise Refused(RefundRefused)
        minor = order.worth(lines, fees)
        self._end(order, lines, fees, "returned")
        parts = order.give_back(minor, paid=pay_now)
        return self._answered(order, request, (minor, parts, pay_now or not parts))

    def pay_out(self, sale: str, request: str, number: int, method: str) -> tuple[int, str]:
        """Pay out what is due; another way gives it up for one by that way. Return how much, and the way."""
        order = self.orders[sale]
        if request not in order.answers:
            due = self._due(order, number)
            if due.method == method:
                due.state = "paid"
            else:
                due.state = "given_up"
                order.refunds.append(Refund(due.payment, due.minor, method, "paid"))
            self._answered(order, request, (due.minor, method))
        return order.answers[request]  # type: ignore[no-any-return]  # what was told then

    def give_up(self, sale: str, request: str, number: int, method: str) -> int:
        """Give a way up for another one; return the number of the refund that is due by that."""
        order = self.orders[sale]
        if request not in order.answers:
            due = self._due(order, number)
            if due.method == method:
                raise Refused(RefundRefused)
            due.state = "given_up"
            order.refunds.append(Refund(due.payment, due.minor, method, "due"))
            self._answered(order, request, len(order.refunds) - 1)
        return int(order.answers[request])

    @staticmethod
    def _due(order: Order, number: int) -> Refund:
        if order.refunds[number].state != "due":
            raise Refused(RefundRefused)
        return order.refunds[number]

    def plan(self, sale: str, lines: Sequence[int], wanted: Mapping[SeatKey, str]) -> Exchange:
        """Say what an exchange ends and makes. wanted: seats with ticket types; what stays as it is, is left out."""
        order = self.orders[sale]
        old = {order.lines[line].seat: line for line in lines}
        kept = {seat for seat, line in old.items() if wanted.get(seat) == order.lines[line].kind}
        ended = [line for seat, line in sorted(old.items()) if seat not in kept]
        seats = sorted(wanted.keys() - kept)
        prices = [self.prices.price(seat, wanted[seat]) for seat in seats]
        stay = [line for line in (*order.live, *order.reserved) if line not in ended]
        left = AMOUNT_MINOR - sum(order.lines[line].saved for line in stay)
        saved = self.prices.saved(prices, order.code if order.uses_code else "", left)
        new = [
            Line(seat, wanted[seat], price - less, less) for seat, price, less in zip(seats, prices, saved, strict=True)
        ]
        fees = [self.prices.fee(line.seat, line.brought) for line in new]
        moved = len(set(seats) - {order.lines[line].seat for line in ended})
        return Exchange(ended, order.fees_of(ended), new, fees, moved)

    def difference(self, sale: str, plan: Exchange) -> int:
        """Return what is paid for an exchange; below 0 it goes back."""
        cost = sum(line.brought for line in plan.new) + sum(plan.new_fees) + plan.moved * EXCHANGE_FEE_MINOR
        return cost - self.orders[sale].worth(plan.ended, plan.fees)

    def exchange(
        self, sale: str, request: str, lines: Sequence[int], wanted: Mapping[SeatKey, str], key: str, *, stale: bool
    ) -> int:
        """Give lines for others; return the difference."""
        order = self.orders[sale]
        if request in order.answers:
            return int(order.answers[request])
        if stale:
            raise Refused(OrderChanged)
        self._require_live(order, lines)
        plan = self.plan(sale, lines, wanted)
        if not plan.new:
            raise Refused(InvalidInput)
        own = {order.lines[line].seat for line in plan.ended}
        gone = [line.seat for line in plan.new if line.seat not in own and not self.may_take(key, line.seat)]
        if gone:
            raise Refused(SeatsTaken, gone)
        difference = self.difference(sale, plan)
        self._end(order, plan.ended, plan.fees, "exchanged", keep={line.seat for line in plan.new})
        first = len(order.lines)
        order.lines += plan.new
        order.fees += [Fee(fee, first + turn) for turn, fee in enumerate(plan.new_fees) if fee]
        order.fees += [Fee(EXCHANGE_FEE_MINOR, None)] * plan.moved
        self.holder.update({line.seat: ("sold", sale) for line in plan.new})
        if plan.moved:
            self._free(key, self.baskets[key].places)
            self.baskets[key].closed = "exchanged"
        if difference > 0:
            order.payments.append(Payment("cash", difference))
        else:
            order.give_back(-difference, paid=None)
        return self._answered(order, request, difference)

    def swap(self, sale: str, request: str, first: int, second: int) -> None:
        """Let two guests change places: what each paid goes with the guest."""
        order = self.orders[sale]
        if request in order.answers:
            return
        self._require_live(order, (first, second))
        guests = sorted((first, second), key=lambda number: order.lines[number].seat)
        one, other = (order.lines[number] for number in guests)
        if one.seat.performance_id != other.seat.performance_id or one.entries or other.entries:
            raise Refused(ExchangeRefused)
        fees = order.fees_of(guests)
        order.end(guests, fees, "exchanged")
        at = len(order.lines)
        order.lines += [
            replace(other, seat=one.seat, state=LIVE, issue=1),
            replace(one, seat=other.seat, state=LIVE, issue=1),
        ]
        # The fee of a ticket goes with the guest.
        order.fees += [
            Fee(order.fees[fee].minor, at + place)
            for guest, place in zip(guests, (1, 0), strict=True)
            for fee in fees
            if order.fees[fee].line == guest
        ]
        self._answered(order, request, None)

    def correct_details(self, sale: str, request: str, name: str) -> None:
        """Write another name, of nobody who is known; what stands there already is no change."""
        order = self.orders[sale]
        if request not in order.answers and (order.name, order.customer) != (name, ""):
            order.name, order.customer = name, ""
            self._answered(order, request, None)

    def reissue(self, sale: str, number: int) -> None:
        """Print a ticket anew."""
        order = self.orders[sale]
        if order.lines[number].state != LIVE:
            raise Refused(NotFound)
        order.lines[number].issue += 1

    def scan(self, sale: str, number: int, issue: int, *, leaving: bool) -> tuple[str, str]:
        """Return verdict and reason for a print of a ticket, each scan at another gate."""
        line = self.orders[sale].lines[number]
        if line.state != LIVE:
            return "refused", "canceled"
        if issue != line.issue:
            return "refused", "revoked"
        if leaving and not line.inside:
            return "refused", "not_inside"
        if not leaving and line.inside:
            return "already_used", "already_redeemed"
        line.inside = not leaving
        line.entries += not leaving
        return ("left", "") if leaving else ("admitted", "")

    @staticmethod
    def _require_live(order: Order, lines: Sequence[int]) -> None:
        if any(order.lines[line].state != LIVE for line in lines):
            raise Refused(OrderChanged)

    def _end(
        self, order: Order, lines: Sequence[int], fees: Sequence[int], state: str, *, keep: Collection[SeatKey] = ()
    ) -> None:
        """End lines; their seats are free but for those that somebody came in to, and those that are sold again."""
        ended = [order.lines[number] for number in lines]
        self._came_free([line.seat for line in ended if line.seat not in keep and not line.entries])
        order.end(lines, fees, state)

    def _answered(self, order: Order, request: str, answer: A) -> A:
        """Note what a request was told; whatever it was, the money is as it always is."""
        order.answers[request] = answer
        order.require_balance()
        return answer
