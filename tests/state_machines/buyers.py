"""What the services promise about customers: who each order is for by now, and how much of an evening one may have."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from pos_app.domain.customers.records import CustomerRefused
from pos_app.domain.errors import PromoCodeRefused
from tests.state_machines.model import Refused
from tests.state_machines.prices import EACH_CODE
from tests.state_machines.reserving import Reserving

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from pos_app.domain.seats import SeatKey

NAME_AS_TYPED: Final = "Milada Zelená"
"""The name on an order for a customer, whoever it is."""
MOST_EACH: Final = 5
"""So many tickets of one evening has one customer at the most."""


@dataclass
class Person:
    """A customer. merged: the request that made whose number this is by now."""

    name: str
    merged: str = ""
    erased: bool = False


@dataclass
class Buying(Reserving):
    """The house, its orders, and its customers, each by the request that made it."""

    people: dict[str, Person] = field(default_factory=dict)
    buyer: str | None = ""
    """Whose the basket is that is being sold; "" nobody's; None: of one that was erased: then no code is limited."""

    def who(self, person: str) -> str:
        """Return who a number is by now."""
        while self.people[person].merged:
            person = self.people[person].merged
        return person

    def sell(
        self,
        request: str,
        key: str,
        lines: Mapping[SeatKey, str],
        code: str,
        *,
        right_total: bool,
        method: str,
        customer: str = "",
    ) -> int:
        """Return the total. customer: as the till knows it."""
        if request in self.orders:
            return self.orders[request].total
        self.buyer = self._claim(customer, lines)
        total = super().sell(request, key, lines, code, right_total=right_total, method=method)
        order = self.orders[request]
        if self.buyer:
            order.customer, order.name = self.buyer, NAME_AS_TYPED
        return total

    def reserve(
        self,
        request: str,
        key: str,
        lines: Mapping[SeatKey, str],
        code: str,
        *,
        right_total: bool,
        customer: str = "",
    ) -> tuple[int, int]:
        """Return the total, and how many seats are reserved."""
        if request in self.orders:
            return super().reserve(request, key, lines, code, right_total=right_total)
        self.buyer = self._claim(customer, lines)
        if self.buyer is None:
            raise Refused(CustomerRefused)
        told = super().reserve(request, key, lines, code, right_total=right_total)
        self.orders[request].customer = self.buyer
        return told

    def _claim(self, customer: str, seats: Iterable[SeatKey]) -> str | None:
        """Return who a customer is by now, once so many seats more are allowed; None: it was erased."""
        if not customer:
            return ""
        now = self.who(customer)
        if self.people[now].erased:
            return None
        self._require_left(now, Counter(seat.performance_id for seat in seats))
        return now

    def _require_left(self, customer: str, more: Mapping[int, int]) -> None:
        has = Counter(
            order.lines[number].seat.performance_id
            for order in self.orders.values()
            if order.customer == customer
            for number in (*order.live, *order.reserved)
        )
        if any(count > 0 and has[performance] + count > MOST_EACH for performance, count in more.items()):
            raise Refused(CustomerRefused)

    def price(self, lines: Mapping[SeatKey, str], code: str) -> int:
        """Price a basket; a code that each customer has once needs one."""
        if code == EACH_CODE and self.buyer == "":
            raise Refused(PromoCodeRefused)
        return super().price(lines, code)

    def redeem(self, code: str) -> None:
        """Count a use: of a code that each customer has once, unless this one has used it."""
        used = any(
            order.customer == self.buyer and order.code == code and order.uses_code for order in self.orders.values()
        )
        if code == EACH_CODE and self.buyer and used:
            raise Refused(PromoCodeRefused)

    def exchange(
        self, sale: str, request: str, lines: Sequence[int], wanted: Mapping[SeatKey, str], key: str, *, stale: bool
    ) -> int:
        """Give lines for others; return the difference."""
        order = self.orders[sale]
        if request not in order.answers and not stale and order.customer:
            self._require_live(order, lines)
            plan = self.plan(sale, lines, wanted)
            more = Counter(line.seat.performance_id for line in plan.new)
            more.subtract(order.lines[line].seat.performance_id for line in plan.ended)
            if plan.new:
                self._require_left(order.customer, more)
        return super().exchange(sale, request, lines, wanted, key, stale=stale)

    def add_customer(self, request: str, name: str) -> str:
        """Make a customer; return its name."""
        self.people[request] = Person(name)
        return name

    def merge(self, kept: str, other: str) -> str:
        """Make two one; return the name of who is kept."""
        if kept == other:
            raise Refused(CustomerRefused)
        if self.people[other].merged and self.who(other) == self.who(kept):
            return self.people[self.who(kept)].name
        if any(self.people[one].merged or self.people[one].erased for one in (kept, other)):
            raise Refused(CustomerRefused)
        for person in self.people.values():
            if person.merged == other:
                person.merged = kept
        self.people[other].merged = kept
        for order in self.orders.values():
            if order.customer == other:
                order.customer = kept
        return self.people[kept].name

    def erase(self, customer: str) -> int:
        """Forget a person; return how many orders there are of it."""
        now = self.who(customer)
        own = [order for order in self.orders.values() if order.customer == now]
        owed = any(refund.state in {"due", "pending", "failed"} for order in own for refund in order.refunds)
        if owed or any(order.reserved for order in own):
            raise Refused(CustomerRefused)
        for order in own:
            order.name = ""
        for name, person in self.people.items():
            if self.who(name) == now:
                person.erased, person.name = True, ""
        return len(own)

    def told(self) -> dict[str, tuple[str, str, bool]]:
        """Return how each customer stands: its name, who it is by now, and whether it was erased."""
        return {request: (one.name, one.merged, one.erased) for request, one in self.people.items()}
