"""The steps of a walk by which seats are reserved, picked up, kept longer, given up, and given back in time."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from pos_app.domain.orders.reservations import GiveUpRequest, KeepLongerRequest, PickUpRequest, ReserveRequest
from pos_app.domain.roles import Permission
from pos_app.domain.selling.sales import PaymentMethod, SaleLine
from pos_app.services.orders.reservations.keeping import give_up_seats, keep_longer
from pos_app.services.orders.reservations.making import reserve
from pos_app.services.orders.reservations.opening import leave_pick_up, open_pick_up
from pos_app.services.orders.reservations.picking_up import pick_up
from pos_app.services.orders.reservations.releasing import release_reservations
from pos_app.services.server_time import load_server_time
from tests.small_house import allow
from tests.state_machines import stage as staging
from tests.state_machines.prices import CODES
from tests.state_machines.refund_rules import REASON, REPEAT, SOME, STALE
from tests.state_machines.reserving import KEPT_SECONDS, NAME, RESERVED_SECONDS
from tests.state_machines.ticket_rules import PICK
from tests.state_machines.walker import tender_of
from tests.state_machines.work_list_rules import WorkListRules

if TYPE_CHECKING:
    from pos_app.domain.roles import Actor
    from pos_app.domain.seats import SeatKey

_BASKETS: Final = st.integers(0, 2)
_KINDS: Final = st.lists(st.sampled_from(("adult", "adult", "child")), min_size=1, max_size=3)
_NUMBERS: Final = st.lists(st.integers(0, 2 * staging.SEATS - 1), min_size=1, max_size=4, unique=True)
_CODES: Final = st.sampled_from(CODES[:-1])
_SELDOM: Final = st.sampled_from((False, False, False, True))
_RISE_MINOR: Final = 300


def has_reservations(walker: WorkListRules) -> bool:
    """Tell whether anything was reserved, whatever has become of it."""
    return any(order.begun_as == "reserve" for order in walker.model.orders.values())


class ReservationRules(WorkListRules):
    """All that may happen to what is kept for those who have not paid."""

    @rule(
        basket=_BASKETS,
        numbers=_NUMBERS,
        kinds=_KINDS,
        code=st.sampled_from(CODES[:-1]),
        wrong_total=_SELDOM,
        old=_SELDOM,
    )
    def reserve(
        self, basket: int, numbers: list[int], kinds: list[str], code: str, *, wrong_total: bool, old: bool
    ) -> None:
        """Hold seats, and keep them under a name; old: or what the till believes to hold."""
        if not old:
            self.generation[basket] += 1
            self.hold_for_exchange(basket, self.free_seats(numbers))
        self.reserve_the_basket(basket, kinds, code, wrong_total=wrong_total)

    def reserve_the_basket(self, basket: int, kinds: list[str], code: str, *, wrong_total: bool) -> None:
        """Reserve what the till believes to hold."""
        seats = self.believed(basket) or [self.stage.seat(0)]
        lines = {seat: kinds[at % len(kinds)] for at, seat in enumerate(seats)}
        self.ask_to_reserve(self.fresh("reserve"), basket, lines, code, right_total=not wrong_total)

    def ask_to_reserve(
        self, request: str, basket: int, lines: dict[SeatKey, str], code: str, *, right_total: bool
    ) -> None:
        key, small = self.key(basket), self.stage.small
        types = {"adult": small.adult_id, "child": small.child_id}
        total = (self.model.prices.total(lines, code) or 0) + (not right_total)
        asked = tuple(SaleLine(seat, types[kind]) for seat, kind in lines.items())

        def real() -> object:
            until = self.read(load_server_time) + timedelta(seconds=RESERVED_SECONDS)
            wish = ReserveRequest(
                request, key, asked, total, NAME, release_at=until, promo_code=code,
                customer_id=self.customer_id(whose) if whose else None,
            )  # fmt: skip
            made = self.transact(reserve, self.till(basket), wish)
            return made.total_minor, made.seats

        foreseen = (request, key, lines, code)
        whose = self.chosen[basket]
        self.compare("reserve", lambda: self.model.reserve(*foreseen, right_total=right_total, customer=whose), real)

    @precondition(has_reservations)
    @rule(pick=PICK, at=st.integers(0, 1), again=REPEAT, contested=st.booleans(), left=st.booleans())
    def open_a_reservation(self, pick: int, at: int, *, again: bool, contested: bool, left: bool) -> None:
        """Open it for paying, or once more where it is open; contested: another till comes; left: it is not paid."""
        sale = self.pick_reservation(pick)
        self.open(sale, at, again=again)
        if contested:
            self.open(sale, 1 - at, again=False)
        if left:
            self.leave(sale)

    def open(self, sale: str, at: int, *, again: bool) -> str:
        """Return the basket in which it is open then, if it is."""
        order = self.model.orders[sale]
        again = again and bool(order.open_in)
        key, at = (order.open_in, order.open_at) if again else (self.fresh("pick-up"), at)

        def real() -> object:
            opened = self.transact(open_pick_up, self.at(at), self.order_id(sale), key)
            assert opened.hold.seats == tuple(sorted(order.lines[line].seat for line in order.reserved))
            return len(opened.hold.seats), sum(line.told_minor for line in opened.lines)

        self.compare("open", lambda: self.model.open_pick_up(sale, key, at), real)
        return key

    def leave(self, sale: str) -> None:
        order = self.model.orders[sale]
        key = order.open_in or "nothing"
        asked = (self.at(order.open_at), self.order_id(sale), key)
        self.compare("leave", lambda: self.model.leave(sale, key), lambda: self.transact(leave_pick_up, *asked))

    @precondition(has_reservations)
    @rule(
        pick=PICK, at=st.integers(0, 1), some=SOME, everything=st.booleans(), now=REPEAT, opened=st.booleans(),
        repeat=REPEAT, wrong_total=_SELDOM,
    )  # fmt: skip
    def pick_up(
        self, pick: int, at: int, some: list[int], *, everything: bool, now: bool, opened: bool, repeat: bool,
        wrong_total: bool,
    ) -> None:  # fmt: skip
        """Pay what is reserved, all of it or some seats; now: by other prices; opened: it is opened here before."""
        if now and not repeat:
            self.change_the_prices(dearer=not self.model.prices.rise)
        sale = self.pick_reservation(pick)
        order = self.model.orders[sale]
        key = self.open(sale, at, again=True) if opened else (order.open_in or "nothing")
        known = order.reserved or range(len(order.lines))
        lines = sorted(known if everything else {known[one % len(known)] for one in some})
        request = self.pick_request(sale, "pick up", repeat=repeat)
        total = self.model.price_of_now(sale, lines) if now else self.model.price_as_told(sale, lines)
        method = PaymentMethod.CARD if at else PaymentMethod.CASH

        def real() -> object:
            ids = self.line_ids(sale)
            till = self.at(at)
            allowed = (
                self.transact(allow, self.stage.small, Permission.PRICE_OF_NOW, till_id=till.till_id) if now else None
            )
            asked = PickUpRequest(
                request, self.order_id(sale), key, tuple(ids[line] for line in lines), total + wrong_total,
                tender_of(method, total + wrong_total), price_of_now=now, approval_id=allowed,
            )  # fmt: skip
            sold = self.transact(pick_up, till, asked)
            return sold.total_minor, len(sold.ticket_ids)

        foreseen = (sale, request, key, lines)
        self.compare(
            "pick up",
            lambda: self.model.pick_up(*foreseen, now=now, right_total=not wrong_total, method=method.value),
            real,
        )

    @rule(pick=PICK, repeat=REPEAT, stale=STALE)
    def keep_longer(self, pick: int, *, repeat: bool, stale: bool) -> None:
        """Keep one longer; where nothing is reserved any more, something is reserved before."""
        if not self.is_something_reserved([pick]):
            return
        sale = self.pick_reservation(pick)
        request = self.pick_request(sale, "keep", repeat=repeat)

        def real() -> object:
            until = self.read(load_server_time) + timedelta(seconds=KEPT_SECONDS)
            asked = KeepLongerRequest(request, self.order_id(sale), self.seen(sale, stale=stale), until, REASON)
            return self.transact(keep_longer, self.stage.small.cashier, asked).seats

        self.compare("keep", lambda: self.model.keep_longer(sale, request, stale=stale), real)

    @rule(pick=PICK, at=st.integers(0, 1), some=SOME, repeat=REPEAT, stale=STALE)
    def give_up_seats(self, pick: int, at: int, some: list[int], *, repeat: bool, stale: bool) -> None:
        """Give seats up before their time; where nothing is reserved any more, something is reserved before."""
        if not self.is_something_reserved(some):
            return
        sale = self.pick_reservation(pick)
        order = self.model.orders[sale]
        known = order.reserved or range(len(order.lines))
        lines = sorted({known[one % len(known)] for one in some})
        request = self.pick_request(sale, "give seats up", repeat=repeat)

        def real() -> object:
            ids = self.line_ids(sale)
            wanted = tuple(ids[line] for line in lines)
            asked = GiveUpRequest(request, self.order_id(sale), self.seen(sale, stale=stale), wanted, REASON)
            return self.transact(give_up_seats, self.at(at), asked).seats

        foreseen = (sale, request, lines, at)
        self.compare("give seats up", lambda: self.model.give_up_seats(*foreseen, stale=stale), real)

    @precondition(has_reservations)
    @rule(pick=PICK, often=st.integers(1, 4), swept=st.booleans())
    def let_a_reservation_wait(self, pick: int, often: int, *, swept: bool) -> None:
        """Let seven minutes pass for it, and for the basket in which it is open; swept: then housekeeping comes by."""
        sale = self.pick_reservation(pick)
        order = self.model.orders[sale]
        if order.reserved:
            self.transact(staging.make_reservation_older, sale, 420 * often)
            order.release_in -= 420 * often
            if order.open_in:
                self.model.baskets[order.open_in].age += 420 * often
        if swept:
            self.release_what_is_over()

    def release_what_is_over(self) -> None:
        """Let the housekeeping run."""

        def real() -> object:
            done = self.transact(release_reservations)
            return done.orders, done.seats

        self.compare("lapse", self.model.release_reservations, real)

    def change_the_prices(self, *, dearer: bool) -> None:
        self.model.prices.rise = _RISE_MINOR if dearer else 0
        staging.set_prices(self.stage, self.model.prices.rise)

    def is_something_reserved(self, numbers: list[int]) -> bool:
        """Reserve seats that are free, where nothing is reserved; tell whether something is or was, then."""
        if not any(order.reserved for order in self.model.orders.values()):
            self.reserve(0, numbers, ["adult"], "", wrong_total=False, old=False)
        return has_reservations(self)

    def at(self, number: int) -> Actor:
        """Return the cashier at the first till, or at the other one."""
        return self.till(2 * number)

    def pick_reservation(self, pick: int) -> str:
        """Return an order that was reserved, most of the time one of which something still is."""
        made = [sale for sale, order in self.model.orders.items() if order.begun_as == "reserve"]
        reserved = [sale for sale in made if self.model.orders[sale].reserved]
        known = reserved if reserved and pick < 5 else made
        return known[pick % len(known)]
