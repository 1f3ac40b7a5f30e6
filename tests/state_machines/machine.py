"""The steps of a walk at random through the services."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule
from sqlalchemy import select

from pos_app.db.models import Order
from pos_app.documents.ticket_codes import TicketClaim, sign_ticket
from pos_app.domain.door.check_in import Scan
from pos_app.domain.selling.sales import VoidRequest
from pos_app.services.door.check_in import check_in
from pos_app.services.orders.reprints import reissue_tickets
from pos_app.services.orders.voids import void_order
from pos_app.services.selling.area_holds import set_places
from pos_app.services.selling.expiry import expire_holds
from pos_app.services.selling.holds import extend_hold, load_hold, place_hold, release_seats
from tests.small_house import SIGNING_KEY, allow
from tests.state_machines import stage as staging
from tests.state_machines.prices import CODES, PERCENT_CODE
from tests.state_machines.stage import CAPACITY, SEATS
from tests.state_machines.walker import SeatWalker

BASKETS = st.integers(0, 2)
NUMBERS = st.integers(0, 2 * SEATS - 1)
SOME_SEATS = st.lists(NUMBERS, min_size=1, max_size=4)
TYPES = st.sampled_from(("adult", "adult", "child", "complimentary"))
PICK = st.integers(0, 5)


class SeatMachine(SeatWalker):
    """All that may happen to the seats; rules that do several things make rare meetings frequent."""

    @rule(basket=BASKETS, numbers=SOME_SEATS, partial=st.booleans())
    def hold(self, basket: int, numbers: list[int], *, partial: bool) -> None:
        key, seats = self.key(basket), [self.stage.seat(number) for number in numbers]

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

    @precondition(lambda self: self.model.orders)
    @rule(pick=PICK, basket=BASKETS)
    def ask_again_for_a_sale_that_was_made(self, pick: int, basket: int) -> None:
        request = self.pick_order(pick)
        lines = dict.fromkeys(self.model.orders[request].tickets, "adult")
        self.ask_to_sell(request, basket, lines, "", right_total=True)

    @precondition(lambda self: self.model.orders)
    @rule(pick=PICK, repeat=st.booleans())
    def take_a_sale_back(self, pick: int, *, repeat: bool) -> None:
        sale = self.pick_order(pick)
        known = self.model.orders[sale].voided_by
        request = known if known and repeat else self.fresh("void")

        def real() -> object:
            order = self.read(lambda session: session.scalar(select(Order.id).where(Order.request_id == sale)))
            assert order is not None
            asked = VoidRequest(request, order, "wrong night", self.transact(allow, self.stage.small))
            return self.transact(void_order, self.stage.small.cashier, asked).refund_minor

        self.compare("void", lambda: self.model.void(sale, request), real)

    @precondition(lambda self: self.model.orders)
    @rule(pick=PICK, at=PICK)
    def print_a_ticket_anew(self, pick: int, at: int) -> None:
        sale, seat = self.pick_ticket(pick, at)

        def real() -> None:
            asked = (self.stage.small.cashier, [self.ticket_id(sale, seat)])
            self.transact(reissue_tickets, *asked, request_id=self.fresh("reprint"), reason="paper jam")

        self.compare("reprint", lambda: self.model.reissue(sale, seat), real)

    @precondition(lambda self: self.model.orders)
    @rule(pick=PICK, at=PICK, old=st.sampled_from((0, 0, 1)), leaving=st.sampled_from((False, False, True)))
    def scan(self, pick: int, at: int, old: int, *, leaving: bool) -> None:
        """Show a print of a ticket at a gate, each time at another one: nobody is the same guest again."""
        sale, seat = self.pick_ticket(pick, at)
        issue = max(1, self.model.orders[sale].tickets[seat].issue - old)

        def real() -> object:
            claim = TicketClaim(self.stage.small.key_id, seat.performance_id, self.ticket_id(sale, seat), issue)
            text = sign_ticket(SIGNING_KEY, claim)
            asked = Scan(seat.performance_id, self.fresh("gate"), text, self.fresh("nonce"), leaving)
            told = self.transact(check_in, self.stage.small.steward, asked)
            return told.verdict.value, told.reason.value

        self.compare("scan", lambda: self.model.scan(sale, seat, issue, leaving=leaving), real)

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

    @precondition(lambda self: self.model.orders)
    @rule(pick=PICK)
    def let_a_sale_grow_old(self, pick: int) -> None:
        sale = self.pick_order(pick)
        self.transact(staging.make_order_older, sale, 700)
        self.model.orders[sale].age += 700

    @rule(number=NUMBERS)
    def guard(self, number: int) -> None:
        seat = self.stage.seat(number)
        self.transact(staging.guard_seat, seat)
        self.model.guarded.add(seat)

    @rule(at=st.integers(0, 1), is_open=st.booleans())
    def open_or_close_the_waiting_list(self, at: int, *, is_open: bool) -> None:
        performance = self.stage.performances[at]
        self.transact(staging.open_waiting_list, performance, is_open)
        (self.model.waiting.add if is_open else self.model.waiting.discard)(performance)

    @rule(basket=BASKETS, numbers=SOME_SEATS, kind=TYPES, code=st.sampled_from((*CODES, PERCENT_CODE)))
    def buy(self, basket: int, numbers: list[int], kind: str, code: str) -> None:
        """Hold and sell at once, as most customers do."""
        self.generation[basket] += 1
        self.hold(basket, numbers, partial=True)
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

    @precondition(lambda self: self.model.orders)
    @rule(pick=PICK, at=PICK, old=st.sampled_from((0, 0, 1)))
    def take_a_sale_back_from_a_guest(self, pick: int, at: int, old: int) -> None:
        self.scan(pick, at, old, leaving=False)
        self.take_a_sale_back(pick, repeat=False)
