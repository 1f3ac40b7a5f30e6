"""The steps of a walk by which people wait for a performance, are offered seats, and take them or not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from pos_app.domain.waiting.entries import JoinRequest
from pos_app.services.selling.offers import open_offer
from pos_app.services.waiting.joining import join, leave, move_up
from pos_app.services.waiting.lists import close_list, open_list
from pos_app.services.waiting.offers import lapse_offers
from tests.state_machines import queues
from tests.state_machines.customer_rules import CustomerRules
from tests.state_machines.queueing import OFFER_SECONDS
from tests.state_machines.refund_rules import REASON, REPEAT
from tests.state_machines.ticket_rules import PICK

if TYPE_CHECKING:
    from pos_app.domain.seats import SeatKey

_AT: Final = st.integers(0, 1)
_BASKETS: Final = st.integers(0, 2)
_SIZES: Final = st.sampled_from((1, 1, 2, 3))
_CATEGORIES: Final = st.sampled_from(("", "", "A", "B"))
_OFTEN: Final = st.sampled_from((False, True, True))
_MINUTES: Final = OFFER_SECONDS // 60


def has_parties(walker: WaitingRules) -> bool:
    """Tell whether anybody waits, or has waited."""
    return bool(walker.model.parties)


def has_offers(walker: WaitingRules) -> bool:
    """Tell whether anybody was offered anything."""
    return bool(walker.model.offers())


class WaitingRules(CustomerRules):
    """All that may happen to who waits."""

    @rule(at=_AT, is_open=_OFTEN)
    def open_or_close_the_list(self, at: int, *, is_open: bool) -> None:
        performance, boss = self.stage.performances[at], self.stage.small.manager
        if is_open:
            self.compare(
                "open list",
                lambda: self.model.open_list(performance),
                lambda: self.transact(open_list, boss, self.fresh("list"), performance, offer_minutes=_MINUTES).state,
            )
        else:
            self.compare(
                "close list",
                lambda: self.model.close_list(performance),
                lambda: self.transact(close_list, boss, self.fresh("list"), performance, REASON).state,
            )

    @rule(at=_AT, pick=PICK, size=_SIZES, category=_CATEGORIES, together=_OFTEN, repeat=REPEAT)
    def join(self, at: int, pick: int, size: int, category: str, *, together: bool, repeat: bool) -> None:
        """Let a party wait; a customer is made if there is none."""
        if not self.model.people:
            self.make_a_customer(0, repeat=False)
        self.join_as(self.pick_customer(pick), at, size, category, together=together, repeat=repeat)

    def join_as(self, who: str, at: int, size: int, category: str, *, together: bool, repeat: bool) -> None:
        """Let a customer wait."""
        small, performance, request = self.stage.small, self.stage.performances[at], self.fresh("party")
        categories = {"": (), "A": (small.category_a_id,), "B": (small.category_b_id,)}[category]
        asked = JoinRequest(request, performance, self.customer_id(who), size, categories, together=together)
        for _ in range(1 + repeat):
            self.compare(
                "join",
                lambda: self.model.join(request, performance, who, size, category, together=together),
                lambda: self.transact(join, small.cashier, asked).seats,
            )

    @rule(at=_AT, basket=_BASKETS, size=_SIZES, category=_CATEGORIES, together=_OFTEN)
    def sell_out_and_join(self, at: int, basket: int, size: int, category: str, *, together: bool) -> None:
        """Sell whatever is on sale of a performance, if little is left; then let everybody who is known wait."""
        performance = self.stage.performances[at]
        self.generation[basket] += 1
        self.chosen[basket] = ""
        if left := self.on_sale(performance):
            self.hold_for_exchange(basket, left)
        lines = dict.fromkeys(self.believed(basket), "adult")
        if lines:
            self.ask_to_sell(self.fresh("sale"), basket, lines, "", right_total=True)
        self.join(at, 1, size, category, together=together, repeat=False)

    def on_sale(self, performance: int) -> list[SeatKey]:
        """Return what anybody may take of a performance."""
        return sorted(
            seat
            for seat in self.model.holder
            if seat.performance_id == performance and self.model.may_take("nobody", seat)
        )

    @precondition(has_parties)
    @rule(pick=PICK, repeat=REPEAT)
    def leave_the_list(self, pick: int, *, repeat: bool) -> None:
        request = self.pick_party(pick, "waiting" if pick % 2 else "offered")
        for _ in range(1 + repeat):
            entry, revision = self.read(queues.read_entry, request)
            asked = (self.stage.small.cashier, self.fresh("leave"), entry, revision)
            self.compare(
                "leave list",
                lambda: self.model.leave_list(request),
                lambda: self.transact(leave, *asked).state,  # noqa: B023 - of this turn
            )

    @precondition(has_parties)
    @rule(pick=PICK)
    def move_a_party_up(self, pick: int) -> None:
        request = self.pick_party(pick, "waiting")
        entry, revision = self.read(queues.read_entry, request)
        asked = (self.stage.small.manager, self.fresh("up"), entry, revision, REASON)

        def real() -> None:
            self.transact(move_up, *asked)

        self.compare("move up", lambda: self.model.move_up(request), real)

    @precondition(has_offers)
    @rule(pick=PICK, basket=_BASKETS, new=_OFTEN, contested=_OFTEN, sold=st.integers(0, 3))
    def take_an_offer(self, pick: int, basket: int, sold: int, *, new: bool, contested: bool) -> None:
        """Open an offer at a till; contested: then at another one. sold: 1 all of it, 2 a part, else not yet."""
        request = self.pick_party(pick, "offered")
        self.open_it(request, basket, new=new)
        if contested:
            self.open_it(request, (basket + 1) % 3, new=True)
        seats = self.believed(basket)
        if sold in {1, 2} and seats:
            lines = dict.fromkeys(seats[:sold] if sold == 2 else seats, "adult")
            self.ask_to_sell(self.fresh("sale"), basket, lines, "", right_total=True)

    def open_it(self, request: str, basket: int, *, new: bool) -> None:
        """Open an offer in a basket, or in a new one."""
        if new:
            self.generation[basket] += 1
        key = self.key(basket)

        def real() -> object:
            offer_id = self.read(queues.read_offer_id, request)
            return list(self.transact(open_offer, self.till(basket), offer_id, key).hold.seats)

        self.compare("open offer", lambda: self.model.open_offer(request, key), real)

    @precondition(has_offers)
    @rule(pick=PICK, over=_OFTEN, swept=_OFTEN)
    def let_an_offer_wait(self, pick: int, *, over: bool, swept: bool) -> None:
        """Let an hour pass for an offer, or its time; swept: then housekeeping comes by."""
        request = self.pick_party(pick, "offered")
        party = self.model.parties[request]
        if party.seats and not party.ended_as:
            seconds = OFFER_SECONDS + 600 if over else 3600
            self.transact(queues.make_offer_older, request, seconds)
            party.age += seconds
        if swept:
            self.lapse_what_is_over()

    def lapse_what_is_over(self) -> None:
        """Let the housekeeping run."""

        def real() -> object:
            done = self.transact(lapse_offers)
            return done.offers, done.seats

        self.compare("lapse offers", self.model.lapse_offers, real)

    def pick_party(self, pick: int, state: str) -> str:
        """Return a party, most of the time one that stands so."""
        standing = [name for name, party in self.model.parties.items() if party.state == state]
        offered = [name for name, party in self.model.parties.items() if party.seats]
        known = (
            standing if standing and pick < 5 else offered if state == "offered" and offered else [*self.model.parties]
        )
        return known[pick % len(known)]
