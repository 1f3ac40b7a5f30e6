"""The steps of a walk by which an order has other seats, other ticket types or another name."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from pos_app.domain.orders.changes import ChangeKind
from pos_app.domain.orders.exchanges import DetailsRequest, ExchangeRequest, SwapRequest
from pos_app.domain.selling.sales import PaymentMethod, SaleLine, Tender
from pos_app.services.orders.details import correct_details
from pos_app.services.orders.exchanges.making import exchange
from pos_app.services.orders.exchanges.swaps import swap_places
from tests.state_machines import stage as staging
from tests.state_machines.refund_rules import REASON, REPEAT, SOME, STALE, RefundRules
from tests.state_machines.ticket_rules import PICK, has_orders

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pos_app.domain.seats import SeatKey

_KINDS = st.sampled_from(("adult", "child"))


class ExchangeRules(RefundRules):
    """All that may happen to the seats of an order."""

    @precondition(has_orders)
    @rule(pick=PICK, at=SOME, kinds=st.lists(_KINDS, min_size=3, max_size=3), repeat=REPEAT, stale=STALE)
    def correct_ticket_types(self, pick: int, at: list[int], kinds: list[str], *, repeat: bool, stale: bool) -> None:
        sale = self.pick_order(pick)
        lines = self.pick_lines(sale, at)
        wanted = {self.model.orders[sale].lines[line].seat: kind for line, kind in zip(lines, kinds, strict=False)}
        if len(wanted) == len(lines):
            self.ask_to_exchange(sale, lines, wanted, "", ChangeKind.CORRECTION, repeat=repeat, stale=stale)

    @precondition(has_orders)
    @rule(
        pick=PICK,
        at=SOME,
        numbers=st.lists(st.integers(0, 2 * staging.SEATS - 1), min_size=3, max_size=3, unique=True),
        kind=_KINDS,
        stays=st.booleans(),
        contested=st.booleans(),
        stale=STALE,
    )
    def exchange(
        self, pick: int, at: list[int], numbers: list[int], kind: str, *, stays: bool, contested: bool, stale: bool
    ) -> None:
        """Hold other seats and give tickets for them; stays: the first guest has another ticket type only.

        contested: the basket lapses, and another one takes the seats.
        """
        sale = self.pick_order(pick)
        lines = self.pick_lines(sale, at)
        own = [self.model.orders[sale].lines[line].seat for line in lines]
        seats = self.free_seats(numbers)[: len(lines)]
        if stays and seats:
            seats[0] = own[0]
        self.generation[0] += 1
        key = self.key(0)
        wanted = [seat for seat in seats if seat not in own]
        if wanted:
            self.hold_for_exchange(0, wanted)
            if contested and key in self.model.baskets:
                self.make_older(key, 1260)
                self.generation[1] += 1
                self.hold_for_exchange(1, wanted[:1])
        if len(set(seats)) == len(lines) == len(set(own)) and (not wanted or key in self.model.baskets):
            self.ask_to_exchange(
                sale, lines, dict.fromkeys(seats, kind), key if wanted else "", ChangeKind.EXCHANGE, stale=stale
            )

    @precondition(has_orders)
    @rule(pick=PICK, at=PICK, number=st.integers(0, 2 * staging.SEATS - 1), kind=_KINDS)
    def lose_the_seat_of_an_exchange(self, pick: int, at: int, number: int, kind: str) -> None:
        """Exchange a ticket for a seat that another basket has taken meanwhile."""
        self.exchange(pick, [at], [number], kind, stays=False, contested=True, stale=False)

    def hold_for_exchange(self, basket: int, seats: Sequence[SeatKey]) -> None:
        """Hold seats in a new basket; who has them already keeps them."""
        raise NotImplementedError

    def ask_to_exchange(
        self,
        sale: str,
        lines: list[int],
        wanted: dict[SeatKey, str],
        key: str,
        kind: ChangeKind,
        *,
        stale: bool,
        repeat: bool = False,
    ) -> None:
        request = self.pick_request(sale, kind, repeat=repeat)
        owed = self.model.difference(sale, self.model.plan(sale, lines, wanted))

        def real() -> object:
            small, ids = self.stage.small, self.line_ids(sale)
            types = {"adult": small.adult_id, "child": small.child_id}
            asked = ExchangeRequest(
                request_id=request,
                order_id=self.order_id(sale),
                revision=self.seen(sale, stale=stale),
                ended=tuple(ids[number] for number in lines),
                new=tuple(SaleLine(seat, types[of]) for seat, of in wanted.items()),
                basket_key=key or None,
                difference_minor=owed,
                tender=Tender(PaymentMethod.CASH, owed, owed) if owed > 0 else None,
                reason=REASON,
                approval_id=self.allowed(),
                kind=kind,
                used=tuple(ids[number] for number in lines),
            )
            return self.transact(exchange, small.cashier, asked).difference_minor

        foreseen = (sale, request, lines, wanted, key)
        self.compare(kind.value, lambda: self.model.exchange(*foreseen, stale=stale), real)

    @precondition(has_orders)
    @rule(pick=PICK, at=PICK, repeat=REPEAT, name=st.sampled_from(("Anna Novák", "Jan Kowalczyk", "")))
    def correct_the_name(self, pick: int, at: int, name: str, *, repeat: bool) -> None:
        """Write another name on an order; two of its guests change places by the way."""
        sale = self.pick_order(pick)
        request = self.pick_request(sale, "details", repeat=repeat)

        def real() -> None:
            seen = self.seen(sale, stale=False)
            asked = DetailsRequest(request, self.order_id(sale), seen, name, "")
            self.transact(correct_details, self.stage.small.cashier, asked)

        self.compare("details", lambda: self.model.correct_details(sale, request, name), real)
        pairs = [(sale, *pair) for sale, order in self.model.orders.items() for pair in pairwise(order.live)]
        side_by_side = [pair for pair in pairs if self.may_swap(*pair)]
        known = side_by_side if pick else pairs
        if known:
            self.swap_two_guests(*known[at % len(known)], repeat=repeat)

    def may_swap(self, sale: str, first: int, second: int) -> bool:
        """Tell whether two guests are of one evening, and both of them still to come."""
        one, other = (self.model.orders[sale].lines[line] for line in (first, second))
        return one.seat.performance_id == other.seat.performance_id and not (one.entries or other.entries)

    def swap_two_guests(self, sale: str, first: int, second: int, *, repeat: bool) -> None:
        """Let two guests change places."""
        lines = first, second
        request = self.pick_request(sale, "swap", repeat=repeat)

        def real() -> None:
            ids = self.line_ids(sale)
            seen = self.seen(sale, stale=False)
            asked = SwapRequest(request, self.order_id(sale), seen, *(ids[number] for number in lines))
            self.transact(swap_places, self.stage.small.cashier, asked)

        self.compare("swap", lambda: self.model.swap(sale, request, *lines), real)
