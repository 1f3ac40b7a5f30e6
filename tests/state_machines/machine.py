"""The steps of a walk at random through the services."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from pos_app.services.selling.area_holds import set_places
from pos_app.services.selling.expiry import expire_holds
from pos_app.services.selling.holds import extend_hold, load_hold, place_hold, release_seats
from tests.state_machines.prices import CODES, PERCENT_CODE
from tests.state_machines.stage import CAPACITY, SEATS
from tests.state_machines.ticket_rules import PICK, has_orders
from tests.state_machines.waiting_rules import WaitingRules

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pos_app.domain.seats import SeatKey

BASKETS = st.integers(0, 2)
NUMBERS = st.integers(0, 2 * SEATS - 1)
SOME_SEATS = st.lists(NUMBERS, min_size=1, max_size=4)
TYPES = st.sampled_from(("adult", "adult", "child", "complimentary"))


class SeatMachine(WaitingRules):
    """All that may happen to the seats; rules that do several things make rare meetings frequent."""

    @rule(basket=BASKETS, numbers=SOME_SEATS, partial=st.booleans())
    def hold(self, basket: int, numbers: list[int], *, partial: bool) -> None:
        self.hold_seats(basket, [self.stage.seat(number) for number in numbers], partial=partial)

    def hold_seats(self, basket: int, seats: Sequence[SeatKey], *, partial: bool) -> None:
        key = self.key(basket)

        def real() -> object:
            held = self.transact(place_hold, self.till(basket), key, seats, partial=partial)
            return list(held.seats), list(held.taken), list(held.refused)

        self.compare("hold", lambda: self.model.hold(key, seats, partial=partial), real)

    @rule(basket=BASKETS, at=st.integers(0, 1), total=st.integers(0, CAPACITY + 1))
    def take_places_of_the_area(self, basket: int, at: int, total: int) -> None:
        key, performance = self.key(basket), self.stage.performances[at]

        def real() -> object:
            asked = (self.till(basket), key, performance, self.stage.area_id, total)
            held = self.transact(set_places, *asked)
            return held and list(held.seats)

        area = self.stage.places_of_area(performance)
        self.compare("area", lambda: self.model.set_places(key, area, total), real)

    @precondition(lambda self: self.model.baskets)
    @rule(basket=BASKETS)
    def look_into_the_basket(self, basket: int) -> None:
        key = self.key(basket)
        self.compare("load", lambda: self.model.load(key), lambda: list(self.read(load_hold, key).seats))

    @precondition(lambda self: self.model.baskets)
    @rule(basket=BASKETS, pick=PICK, everything=st.booleans())
    def release(self, basket: int, pick: int, *, everything: bool) -> None:
        key = self.key(basket)
        seats = None if everything else self.believed(basket)[: pick + 1] or [self.stage.seat(pick)]

        def real() -> object:
            left = self.transact(release_seats, key, seats)
            return left and list(left.seats)

        self.compare("release", lambda: self.model.release(key, seats), real)

    @precondition(lambda self: self.model.baskets)
    @rule(basket=BASKETS, repeat=st.booleans())
    def extend(self, basket: int, *, repeat: bool) -> None:
        key = self.key(basket)
        known = self.model.baskets.get(key)
        request = known.extended_by if known and repeat and known.extended_by else self.fresh("extend")
        if known and not known.age:
            # Of a basket that was made this very moment there is nothing to win.
            self.make_older(key, 10)

        def real() -> object:
            asked = (self.till(basket), key)
            return list(self.transact(extend_hold, *asked, request_id=request, reason="a long queue").seats)

        self.compare("extend", lambda: self.model.extend(key, request), real)

    @precondition(lambda self: self.model.baskets)
    @rule(
        basket=BASKETS,
        types=st.lists(TYPES, min_size=1, max_size=4),
        code=st.sampled_from(CODES),
        stray=st.none() | st.none() | NUMBERS,
        wrong_total=st.sampled_from((False, False, False, True)),
    )
    def sell(self, basket: int, types: list[str], code: str, stray: int | None, *, wrong_total: bool) -> None:
        """Sell what the till believes to hold, or a part of it; sometimes a seat that it never held (stray)."""
        seats = self.believed(basket) if stray is None else [*self.believed(basket)[:2], self.stage.seat(stray)]
        seats = sorted(set(seats or [self.stage.seat(0)]))
        lines = {seat: types[at % len(types)] for at, seat in enumerate(seats)}
        self.ask_to_sell(self.fresh("sale"), basket, lines, code, right_total=not wrong_total)

    @precondition(lambda self: self.model.baskets)
    @rule(basket=BASKETS, code=st.sampled_from(CODES))
    def sell_a_part(self, basket: int, code: str) -> None:
        seats = self.believed(basket)[:1] or [self.stage.seat(1)]
        self.ask_to_sell(self.fresh("sale"), basket, dict.fromkeys(seats, "adult"), code, right_total=True)

    @precondition(lambda self: any(basket.is_over for basket in self.model.baskets.values()))
    @rule()
    def sweep(self) -> None:
        """Let the housekeeping run; without this rule baskets lapse all the same."""

        def real() -> object:
            done = self.transact(expire_holds)
            return done.holds, done.seats

        self.compare("expire", self.model.expire, real)

    @precondition(lambda self: self.model.baskets)
    @rule(basket=BASKETS, often=st.integers(1, 3))
    def let_time_pass(self, basket: int, often: int) -> None:
        """Seven minutes, once or more: never within half a minute of a basket's end, as the walk itself takes time."""
        if (key := self.key(basket)) in self.model.baskets:
            self.make_older(key, 420 * often)

    @precondition(lambda self: any(one.closed or one.is_over for one in self.model.baskets.values()))
    @rule(basket=BASKETS)
    def begin_a_new_basket(self, basket: int) -> None:
        self.generation[basket] += 1

    def hold_for_exchange(self, basket: int, seats: Sequence[SeatKey]) -> None:
        """Hold seats; who has them already keeps them."""
        self.hold_seats(basket, seats, partial=False)

    @precondition(has_orders)
    @rule(pick=PICK, basket=BASKETS)
    def ask_again_for_a_sale_that_was_made(self, pick: int, basket: int) -> None:
        request = self.pick_order(pick)
        lines = dict.fromkeys((line.seat for line in self.model.orders[request].lines), "adult")
        ask = self.ask_to_sell if self.model.orders[request].begun_as == "sale" else self.ask_to_reserve
        ask(request, basket, lines, "", right_total=True)

    @rule(basket=BASKETS, numbers=SOME_SEATS, kind=TYPES, code=st.sampled_from((*CODES, PERCENT_CODE)))
    def buy(self, basket: int, numbers: list[int], kind: str, code: str) -> None:
        """Hold and sell at once, as most customers do."""
        self.generation[basket] += 1
        self.hold_seats(basket, self.free_seats(numbers), partial=True)
        self.look_into_the_basket(basket)
        self.sell(basket, [kind], code, None, wrong_total=False)

    @rule(first=BASKETS, second=BASKETS, number=NUMBERS, sold=st.booleans(), swept=st.booleans())
    def contest(self, first: int, second: int, number: int, *, sold: bool, swept: bool) -> None:
        """Let a basket lapse, and another take its seat; then the first customer comes back after all."""
        self.generation[first] += 1
        self.hold(first, [number], partial=False)
        self.let_time_pass(first, 3)
        late = self.generation[first]
        self.generation[second] += 1
        self.hold(second, [number], partial=False)
        if sold:
            self.sell(second, ["adult"], "", None, wrong_total=False)
        if swept:
            self.sweep()
        if first != second:
            self.generation[first] = late
            self.sell(first, ["adult"], "", None, wrong_total=False)
