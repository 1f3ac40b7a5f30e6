"""What the services promise about orders after their sale: seats, tickets and money of each, in the model's lists."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from pos_app.domain.errors import InvalidInput, NotFound, OrderChanged, RefundRefused, SeatsTaken, VoidRefused
from tests.state_machines.model import FREE, Model, Refused
from tests.state_machines.orders import LIVE, Fee, Line, Payment

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from pos_app.domain.seats import SeatKey
    from tests.state_machines.orders import Order

VOID_SECONDS: Final = 600
EXCHANGE_FEE_MINOR: Final = 100
"""For each ticket that goes to another seat."""


@dataclass
class Ledger(Model):
    """The house and its orders. sale: the request that sold an order; lines: by their numbers in it."""

    def void(self, sale: str, request: str) -> int:
        """Return what is given back."""
        order = self.orders[sale]
        if request in order.answers:
            return int(order.answers[request])
        if order.standing != "paid" or order.age > VOID_SECONDS:
            raise Refused(VoidRefused)
        if any(line.inside for line in order.lines):
            raise Refused(VoidRefused)
        minor = order.total
        self._end(order, order.live, [number for number, fee in enumerate(order.fees) if fee.state == LIVE], "void")
        order.give_back(minor, paid=True)
        return self._answered(order, request, minor)

    def refund(
        self, sale: str, request: str, lines: Sequence[int], fees: Sequence[int], *, pay_now: bool
    ) -> tuple[int, list[tuple[str, int]], bool]:
        """Return what is given back, its parts, and whether they were paid."""
        order = self.orders[sale]
        if request in order.answers:
            return order.answers[request]  # type: ignore[no-any-return]  # what this returned before
        self._require_live(order, lines, fees)
        minor = order.worth(lines, fees)
        self._end(order, lines, fees, "returned")
        parts = order.give_back(minor, paid=pay_now)
        return self._answered(order, request, (minor, parts, pay_now))

    def pay_out(self, sale: str, request: str, number: int, method: str) -> int:
        """Pay out what is due; return how much."""
        order = self.orders[sale]
        due = order.refunds[number]
        if request in order.answers:
            return int(order.answers[request])
        if due.state != "due":
            raise Refused(RefundRefused)
        due.state = "paid"
        due.method = method
        return self._answered(order, request, due.minor)

    def give_up(self, sale: str, request: str, number: int, method: str) -> int:
        """Give a way up for another one; return how much is due by that."""
        order = self.orders[sale]
        due = order.refunds[number]
        if request in order.answers:
            return int(order.answers[request])
        if due.state != "due":
            raise Refused(RefundRefused)
        due.state = "given_up"
        order.refunds.append(type(due)(due.payment, due.minor, method, "due"))
        return self._answered(order, request, due.minor)

    def exchange(
        self, sale: str, request: str, ended: Sequence[int], new: Sequence[Line], key: str | None, *, stale: bool
    ) -> int:
        """Give lines for others; return the difference: above 0 it is paid. new: what they brought may be unknown."""
        order = self.orders[sale]
        if request in order.answers:
            return int(order.answers[request])
        if stale:
            raise Refused(OrderChanged)
        self._require_live(order, ended, ())
        old = {order.lines[line].seat: line for line in ended}
        kept = {line.seat for line in new if line.seat in old and order.lines[old[line.seat]].kind == line.kind}
        if len(kept) == len(new):
            raise Refused(InvalidInput)
        ended, new = [old[seat] for seat in sorted(old) if seat not in kept], [one for one in new if one.seat not in kept]
        gone = [line.seat for line in new if line.seat not in old and not self.may_take(key or "", line.seat)]
        if gone:
            raise Refused(SeatsTaken, gone)
        return self._answered(order, request, self._exchange(order, sale, ended, new, key))

    def _exchange(self, order: Order, sale: str, ended: Sequence[int], new: Sequence[Line], key: str | None) -> int:
        fees = order.fees_of(ended)
        worth = order.worth(ended, fees)
        old = {order.lines[line].seat for line in ended}
        self._end(order, ended, fees, "exchanged", keep={line.seat for line in new})
        cost = 0
        for line in sorted(new, key=lambda line: line.seat):
            order.lines.append(line)
            self.holder[line.seat] = ("sold", sale)
            foreseen = self.prices.line(line.seat, line.kind, order.code if order.code_used else "")
            line.brought = line.brought if foreseen is None else foreseen
            fee = self.prices.fee(line.seat, line.brought)
            order.fees += [Fee(fee, len(order.lines) - 1)] if fee else []
            cost += line.brought + fee
        moved = len({line.seat for line in new} - old)
        order.fees += [Fee(EXCHANGE_FEE_MINOR, None)] * moved
        difference = cost + moved * EXCHANGE_FEE_MINOR - worth
        if moved and key is not None:
            self._free(key, self.baskets[key].places)
            self.baskets[key].closed = "exchanged"
        if difference > 0:
            order.payments.append(Payment("cash", difference))
        else:
            order.give_back(-difference, paid=True)
        return difference

    def swap(self, sale: str, request: str, first: int, second: int) -> None:
        """Let two guests change places: what each paid goes with the guest."""
        order = self.orders[sale]
        if request in order.answers:
            return
        self._require_live(order, (first, second), ())
        one, other = order.lines[first], order.lines[second]
        for fee in order.fees:
            if fee.state == LIVE and fee.line in {first, second}:
                raise NotImplementedError
        order.end((first, second), (), "exchanged")
        order.lines += [Line(other.seat, one.kind, one.brought), Line(one.seat, other.kind, other.brought)]
        self._answered(order, request, None)

    def correct_details(self, sale: str, request: str) -> int:
        """Write another name; return how often the order was changed."""
        order = self.orders[sale]
        if request in order.answers:
            return int(order.answers[request])
        return self._answered(order, request, order.changes + 1)

    def reissue(self, sale: str, number: int) -> None:
        """Print a ticket anew."""
        order = self.orders[sale]
        if order.lines[number].state != LIVE:
            raise Refused(NotFound)
        order.lines[number].issue += 1
        order.changes += 1

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

    def _require_live(self, order: Order, lines: Sequence[int], fees: Sequence[int]) -> None:
        gone = any(order.lines[line].state != LIVE for line in lines)
        if gone or any(order.fees[fee].state != LIVE for fee in fees):
            raise Refused(OrderChanged)

    def _end(
        self, order: Order, lines: Sequence[int], fees: Sequence[int], state: str, *, keep: Collection[SeatKey] = ()
    ) -> None:
        """End lines; their seats are free but for those that somebody came in to, and those that are sold again."""
        for number in lines:
            line = order.lines[number]
            if line.seat in keep or line.entries:
                continue
            self.holder[line.seat] = FREE
            self.guarded.discard(line.seat)
            if line.seat.performance_id in self.waiting:
                self.guarded.add(line.seat)
        order.end(lines, fees, state)

    def _answered(self, order: Order, request: str, answer: Any) -> Any:
        """Note what a request was told; each change is counted once."""
        order.answers[request] = answer
        order.changes += 1
        order.require_balance()
        return answer
