"""What the services promise to who waits: the first party that fits is offered what comes free, once, until its time.

Which of the seats that fit a party it is offered is the services' choice: the model hears of it after each step, and
asks whether these were free, fit, and are offered to the right party.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from pos_app.domain.customers.records import CustomerRefused
from pos_app.domain.errors import NotFound, OfferElsewhere, OfferOver, WaitingRefused
from tests.state_machines.buyers import Buying
from tests.state_machines.model import FREE, Basket, Refused

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from pos_app.domain.seats import SeatKey

OFFER_SECONDS: Final = 7200
_STANDING: Final = ("waiting", "offered")


@dataclass
class Party:
    """An entry, by the request that made it. category: the only one that will do; "": any.

    seats: what was offered, once it was. age: of the offer in seconds; open_in: the basket that has it open for paying,
    or had it last. ended_as: what became of the offer.
    """

    performance: int
    customer: str
    size: int
    category: str
    together: bool
    state: str = "waiting"
    seats: frozenset[SeatKey] = frozenset()
    age: int = 0
    open_in: str = ""
    ended_as: str = ""

    @property
    def is_over(self) -> bool:
        return self.age >= OFFER_SECONDS


@dataclass
class Queueing(Buying):
    """The house, its orders, its customers, and who waits. queue: all parties of a performance, the next one first.

    rows: where a numbered seat is, as row and place; that of an area is in none.
    """

    rows: Mapping[int, tuple[int, int]] = field(default_factory=dict)
    parties: dict[str, Party] = field(default_factory=dict)
    queue: defaultdict[int, list[str]] = field(default_factory=lambda: defaultdict(list))
    lists: dict[int, str] = field(default_factory=dict)
    passes: set[int] = field(default_factory=set)
    """Performances of which seats came free in this step."""
    off: set[int] = field(default_factory=set)
    """Performances that are called off: nothing of them is offered."""

    def offers(self) -> dict[str, tuple[frozenset[SeatKey], str, str]]:
        """Return what each party was offered, what became of that, and the basket that has it open."""
        return {
            name: (party.seats, party.ended_as, "" if party.ended_as else party.open_in)
            for name, party in self.parties.items()
            if party.seats
        }

    def waiting(self) -> dict[str, tuple[str, str]]:
        """Return whose each entry is by now, and how it stands."""
        return {name: (self.who(party.customer), party.state) for name, party in self.parties.items()}

    def guards(self) -> dict[SeatKey, int]:
        """Return how each seat is guarded that is not sold."""
        return {
            seat: 1 if seat in self.guarded else 2 if self.lists.get(seat.performance_id) == "open" else 0
            for seat, (what, _) in self.holder.items()
            if what != "sold"
        }

    def open_list(self, performance: int) -> str:
        """Open a list; what is free stays on sale unless somebody waits."""
        if self.lists.get(performance) != "open":
            self.lists[performance] = "open"
            self.guarded |= {seat for seat in self.holder if seat.performance_id == performance}
            self.passes.add(performance)
        return "open"

    def close_list(self, performance: int) -> str:
        """Close a list: nobody waits any more, and what is offered stays offered until its time."""
        if performance not in self.lists:
            raise Refused(NotFound)
        if self.lists[performance] == "open":
            self.lists[performance] = "closed"
            stand = [one for one in self.parties.values() if one.performance == performance and not one.ended_as]
            offered = {seat for party in stand for seat in party.seats}
            self.guarded -= {seat for seat in self.guarded - offered if seat.performance_id == performance}
            for party in self.parties.values():
                if party.performance == performance and party.state == "waiting":
                    party.state = "closed"
        return "closed"

    def join(self, request: str, performance: int, customer: str, size: int, category: str, *, together: bool) -> int:
        """Put a party at the end; a list opens by itself where there was none and nothing is on sale."""
        if request in self.parties:
            return self.parties[request].size
        here = [seat for seat in self.holder if seat.performance_id == performance]
        if performance not in self.lists and any(self.may_take("", seat) for seat in here):
            raise Refused(WaitingRefused)
        now = self.who(customer)
        if self.people[now].erased:
            raise Refused(CustomerRefused)
        if self.lists.get(performance, "open") != "open":
            raise Refused(WaitingRefused)
        if any(self.who(one.customer) == now for one in self._standing(performance)):
            raise Refused(WaitingRefused)
        self.open_list(performance)
        self.parties[request] = Party(performance, customer, size, category, together)
        self.queue[performance].append(request)
        self.passes.add(performance)
        return size

    def leave_list(self, request: str) -> str:
        """Let a party wait no more; what it was offered goes to others."""
        party = self.parties[request]
        if party.state == "left":
            return party.state
        if party.state not in _STANDING:
            raise Refused(WaitingRefused)
        if party.state == "offered":
            if party.open_in:
                raise Refused(OfferElsewhere)
            self._came_free(self._offered(request))
            party.ended_as = "withdrawn"
        party.state = "left"
        return party.state

    def move_up(self, request: str) -> None:
        """Let a party that waits be the next one."""
        party = self.parties[request]
        if party.state != "waiting":
            raise Refused(WaitingRefused)
        self.queue[party.performance].remove(request)
        self.queue[party.performance].insert(0, request)
        self.passes.add(party.performance)

    def open_offer(self, request: str, key: str) -> list[SeatKey]:
        """Put what a party was offered into a basket; return what the basket holds then."""
        party = self.parties[request]
        basket = self.baskets.get(key) or Basket()
        basket.require_running()
        if party.ended_as:
            raise Refused(OfferOver)
        if party.open_in != key:
            if party.open_in and not self.baskets[party.open_in].is_over:
                raise Refused(OfferElsewhere)
            if party.is_over:
                raise Refused(OfferOver)
        self.baskets[key] = basket
        basket.places |= party.seats
        self.holder.update(dict.fromkeys(party.seats, ("basket", key)))
        party.open_in = key
        return sorted(basket.places)

    def lapse_offers(self) -> tuple[int, int]:
        """Return how many offers nobody took in time, and how many seats come free by that."""
        due = [name for name, party in self.parties.items() if self._is_due(party)]
        seats = 0
        for name in due:
            freed = self._offered(name)
            seats += len(freed)
            self._came_free(freed)
        for party in (self.parties[name] for name in due):
            party.ended_as = "lapsed" if party.state == "offered" else "withdrawn"
            party.state = "lapsed" if party.state == "offered" else party.state
        return len(due), seats

    def end_waiting(self, performance: int) -> tuple[int, int]:
        """End all waiting for a performance that is not given; return for how many parties, and how many offers."""
        here = [name for name, party in self.parties.items() if party.performance == performance]
        waited = [name for name in here if self.parties[name].state in _STANDING]
        offers = [name for name in here if self.parties[name].seats and not self.parties[name].ended_as]
        if self.lists.get(performance) == "open":
            self.close_list(performance)
        for name in offers:
            self._came_free(self._offered(name))
            self.guarded -= self.parties[name].seats
            self.parties[name].ended_as = "withdrawn"
        for name in waited:
            self.parties[name].state = "closed"
        gone = {name for name in offers if self.parties[name].state == "left"}
        return len({*waited, *gone}), len(offers)

    @staticmethod
    def _is_due(party: Party) -> bool:
        return bool(party.seats) and not party.ended_as and party.is_over and not party.open_in

    def serve(self, made: Mapping[str, frozenset[SeatKey]]) -> None:
        """Make the passes of this step. made: what the services offered in it, by the party; each is looked at."""
        left = dict(made)
        for performance in sorted(self.passes):
            free = {seat for seat, held in self.holder.items() if held == FREE and seat.performance_id == performance}
            if self.lists.get(performance) == "open":
                for name in self.queue[performance]:
                    party = self.parties[name]
                    if party.state != "waiting" or performance in self.off:
                        continue
                    chosen = left.pop(name, frozenset())
                    assert bool(chosen) == self._would_do(party, free), f"{name} was offered {sorted(chosen)}"
                    if chosen:
                        assert chosen <= free, f"{name} was offered what was not free: {sorted(chosen - free)}"
                        assert len(chosen) == party.size
                        assert self._would_do(party, chosen), f"{name} was offered what does not fit"
                        party.state, party.seats = "offered", chosen
                        self.holder.update(dict.fromkeys(chosen, ("offer", name)))
                        self.guarded |= chosen
                        free -= chosen
            self.guarded -= free
        assert not left, f"offered besides: {left}"
        self.passes.clear()

    def _would_do(self, party: Party, free: Collection[SeatKey]) -> bool:
        """Tell whether a party finds room: in any seats, or side by side, or in the area."""
        seats = [seat for seat in free if not party.category or self.prices.category[seat.seat_id] == party.category]
        if not party.together or len(seats) < party.size:
            return len(seats) >= party.size
        area = [seat for seat in seats if seat.seat_id not in self.rows]
        places = {self.rows[seat.seat_id] for seat in seats if seat.seat_id in self.rows}
        runs = (all((row, at + more) in places for more in range(party.size)) for row, at in places)
        return len(area) >= party.size or any(runs)

    def _free(self, key: str, seats: Iterable[SeatKey]) -> int:
        """Take seats out of a basket: those of an open offer go back to it, if none of it was taken for good."""
        opened = {name: party for name, party in self.parties.items() if party.open_in == key and not party.ended_as}
        spent = [name for name, party in opened.items() if any(self._is_taken(seat) for seat in party.seats)]
        freed = []
        for seat in self._owned(key, seats):
            offer = next((name for name, party in opened.items() if seat in party.seats and name not in spent), "")
            if offer:
                self.holder[seat] = ("offer", offer)
            else:
                freed.append(seat)
        for name in spent:
            freed += self._offered(name)
            party = opened[name]
            party.ended_as, party.state = "sold", "sold" if party.state == "offered" else party.state
        self._came_free(freed)
        for name, party in opened.items():
            if name not in spent and not any(self.holder[seat] == ("basket", key) for seat in party.seats):
                party.open_in = ""
        return len(freed)

    def _is_taken(self, seat: SeatKey) -> bool:
        return self.holder[seat][0] in {"sold", "reservation"}

    def _came_free(self, seats: Iterable[SeatKey]) -> None:
        for seat in seats:
            self.holder[seat] = FREE
            self.passes.add(seat.performance_id)
            if self.lists.get(seat.performance_id) == "open":
                self.guarded.add(seat)

    def _offered(self, name: str) -> list[SeatKey]:
        """Return the seats of an offer that no basket has."""
        return [seat for seat in sorted(self.parties[name].seats) if self.holder[seat] == ("offer", name)]

    def _standing(self, performance: int) -> list[Party]:
        return [one for one in self.parties.values() if one.performance == performance and one.state in _STANDING]

    def merge(self, kept: str, other: str) -> str:
        """Make two one; where both wait for one performance, the one behind waits no more."""
        before = (self.who(kept), self.who(other))
        both = [name for name in self._in_turn() if self.who(self.parties[name].customer) in before]
        done = super().merge(kept, other)
        if before[0] != before[1]:
            seen: set[int] = set()
            for party in (self.parties[name] for name in both):
                if party.performance in seen:
                    self._let_go(party, "left")
                seen.add(party.performance)
        return done

    def erase(self, customer: str) -> int:
        """Forget a person, who waits for nothing any more."""
        orders = super().erase(customer)
        for name in self._in_turn():
            if self.who(self.parties[name].customer) == self.who(customer):
                self._let_go(self.parties[name], "closed")
        return orders

    def _in_turn(self) -> list[str]:
        return [name for queue in self.queue.values() for name in queue if self.parties[name].state in _STANDING]

    @staticmethod
    def _let_go(party: Party, state: str) -> None:
        """Let a party wait no more; what it is offered is over, and housekeeping finds it."""
        party.state, party.age = state, max(party.age, OFFER_SECONDS)
