"""The steps of a walk after a sale: refunds, exchanges and all else that may happen to an order and its tickets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from pos_app.documents.ticket_codes import TicketClaim, sign_ticket
from pos_app.domain.door.check_in import Scan
from pos_app.domain.orders.changes import ChangeKind
from pos_app.domain.orders.exchanges import DetailsRequest, ExchangeRequest, SwapRequest
from pos_app.domain.orders.refunds import GiveUp, PayOut, RefundRequest
from pos_app.domain.roles import Permission
from pos_app.domain.selling.sales import PaymentMethod, SaleLine, Tender, VoidRequest
from pos_app.services.door.check_in import check_in
from pos_app.services.orders.details import correct_details
from pos_app.services.orders.exchanges import exchange
from pos_app.services.orders.refunds import give_up, pay_out, refund, void_order
from pos_app.services.orders.reprints import reissue_tickets
from pos_app.services.orders.swaps import swap_places
from tests.small_house import SIGNING_KEY, allow
from tests.state_machines import stage as staging
from tests.state_machines.orders import LIVE
from tests.state_machines.walker import SeatWalker

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pos_app.domain.seats import SeatKey

PICK = st.integers(0, 5)
SOME = st.lists(PICK, min_size=1, max_size=3, unique=True)
REPEAT = st.sampled_from((False, False, True))
STALE = st.sampled_from((False, False, False, True))
WAYS = st.sampled_from((PaymentMethod.CASH, PaymentMethod.CARD))
PAYING = st.sampled_from(("adult", "child"))
REASON = "one of them is ill"


def has_orders(walker: SeatWalker) -> bool:
    """Tell whether anything was sold."""
    return bool(walker.model.orders)


def has_refunds(walker: SeatWalker) -> bool:
    """Tell whether anything was given back."""
    return any(order.refunds for order in walker.model.orders.values())


class OrderRules(SeatWalker):
    """All that may happen to an order, to the money that was paid for it, and to its tickets."""

    @precondition(has_orders)
    @rule(pick=PICK, repeat=REPEAT)
    def take_a_sale_back(self, pick: int, *, repeat: bool) -> None:
        sale = self.pick_order(pick)
        request = self.pick_request(sale, "void", repeat=repeat)

        def real() -> object:
            asked = VoidRequest(request, self.order_id(sale), "wrong night", self.transact(allow, self.stage.small))
            return self.transact(void_order, self.stage.small.cashier, asked).refund_minor

        self.compare("void", lambda: self.model.void(sale, request), real)

    @precondition(has_orders)
    @rule(pick=PICK, at=SOME, fees=st.booleans(), pay_now=st.booleans(), repeat=REPEAT, stale=STALE)
    def refund(self, pick: int, at: list[int], *, fees: bool, pay_now: bool, repeat: bool, stale: bool) -> None:
        """Refund tickets, with their fees or without; some of them may have been refunded before."""
        sale = self.pick_order(pick)
        order = self.model.orders[sale]
        lines = self.pick_lines(sale, at)
        ticked = [number for number in order.fees_of(lines) if fees]
        request = self.pick_request(sale, "refund", repeat=repeat)
        amount = order.worth(lines, ticked)

        def real() -> object:
            ids, fee_ids = self.line_ids(sale), self.line_ids(sale, "fee")
            asked = RefundRequest(
                request_id=request,
                order_id=self.order_id(sale),
                revision=self.seen(sale, stale=stale),
                line_ids=tuple(ids[number] for number in lines),
                fee_line_ids=tuple(fee_ids[number] for number in ticked),
                amount_minor=amount,
                reason=REASON,
                pay_now=pay_now,
                reference="4711",
                approval_id=self.allowed(),
            )
            done = self.transact(refund, self.stage.small.cashier, asked)
            return done.amount_minor, [(part.method.value, part.amount_minor) for part in done.parts], done.paid

        foreseen = (sale, request, lines, ticked)
        self.compare("refund", lambda: self.model.refund(*foreseen, pay_now=pay_now, stale=stale), real)

    @precondition(has_refunds)
    @rule(pick=PICK, at=PICK, way=WAYS, repeat=REPEAT)
    def pay_a_refund_out(self, pick: int, at: int, way: PaymentMethod, *, repeat: bool) -> None:
        sale, number = self.pick_refund(pick, at)
        request = self.pick_request(sale, "pay out", repeat=repeat)

        def real() -> object:
            refund_id = self.refund_ids(sale)[number]
            asked = PayOut(request, refund_id, way, "4711", self.allowed(), REASON)
            paid = self.transact(pay_out, self.stage.small.cashier, asked)
            return paid.amount_minor, paid.method.value

        self.compare("pay out", lambda: self.model.pay_out(sale, request, number, way), real)

    @precondition(has_refunds)
    @rule(pick=PICK, at=PICK, way=WAYS, repeat=REPEAT)
    def give_a_refund_up(self, pick: int, at: int, way: PaymentMethod, *, repeat: bool) -> None:
        sale, number = self.pick_refund(pick, at)
        request = self.pick_request(sale, "give up", repeat=repeat)

        def real() -> object:
            asked = GiveUp(request, self.refund_ids(sale)[number], REASON, way, self.allowed())
            made = self.transact(give_up, self.stage.small.cashier, asked)
            return self.refund_ids(sale).index(made)

        self.compare("give up", lambda: self.model.give_up(sale, request, number, way), real)

    @precondition(has_orders)
    @rule(pick=PICK, at=SOME, kinds=st.lists(PAYING, min_size=3, max_size=3), repeat=REPEAT, stale=STALE)
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
        kind=PAYING,
        stays=st.booleans(),
        contested=st.sampled_from((False, False, True)),
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
        seats = [self.stage.seat(number) for number in numbers[: len(lines)]]
        if stays:
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
            )
            return self.transact(exchange, small.cashier, asked).difference_minor

        foreseen = (sale, request, lines, wanted, key)
        self.compare(kind.value, lambda: self.model.exchange(*foreseen, stale=stale), real)

    @precondition(has_orders)
    @rule(pick=PICK, first=PICK, second=PICK, repeat=REPEAT)
    def swap_two_guests(self, pick: int, first: int, second: int, *, repeat: bool) -> None:
        sale = self.pick_order(pick)
        lines = self.pick_lines(sale, [first, second])
        if len(lines) < 2:
            return
        request = self.pick_request(sale, "swap", repeat=repeat)

        def real() -> object:
            ids = self.line_ids(sale)
            seen = self.seen(sale, stale=False)
            asked = SwapRequest(request, self.order_id(sale), seen, *(ids[number] for number in lines))
            self.transact(swap_places, self.stage.small.cashier, asked)

        self.compare("swap", lambda: self.model.swap(sale, request, *lines), real)

    @precondition(has_orders)
    @rule(pick=PICK, repeat=REPEAT, name=st.sampled_from(("Anna Novák", "Jan Kowalczyk", "")))
    def correct_the_name(self, pick: int, name: str, *, repeat: bool) -> None:
        sale = self.pick_order(pick)
        request = self.pick_request(sale, "details", repeat=repeat)

        def real() -> object:
            seen = self.seen(sale, stale=False)
            asked = DetailsRequest(request, self.order_id(sale), seen, name, "")
            self.transact(correct_details, self.stage.small.cashier, asked)

        self.compare("details", lambda: self.model.correct_details(sale, request, name), real)

    @precondition(has_orders)
    @rule(pick=PICK, at=PICK)
    def print_a_ticket_anew(self, pick: int, at: int) -> None:
        sale, number = self.pick_ticket(pick, at)

        def real() -> None:
            asked = (self.stage.small.cashier, [self.ticket_id(sale, number)])
            self.transact(reissue_tickets, *asked, request_id=self.fresh("reprint"), reason="paper jam")

        self.compare("reprint", lambda: self.model.reissue(sale, number), real)

    @precondition(has_orders)
    @rule(pick=PICK, at=PICK, old=st.sampled_from((0, 0, 1)), leaving=st.sampled_from((False, False, True)))
    def scan(self, pick: int, at: int, old: int, *, leaving: bool) -> None:
        """Show a print of a ticket at a gate, each time at another one: nobody is the same guest again."""
        sale, number = self.pick_ticket(pick, at)
        line = self.model.orders[sale].lines[number]
        issue = max(1, line.issue - old)

        def real() -> object:
            claim = TicketClaim(self.stage.small.key_id, line.seat.performance_id, self.ticket_id(sale, number), issue)
            text = sign_ticket(SIGNING_KEY, claim)
            asked = Scan(line.seat.performance_id, self.fresh("gate"), text, self.fresh("nonce"), leaving)
            told = self.transact(check_in, self.stage.small.steward, asked)
            return told.verdict.value, told.reason.value

        self.compare("scan", lambda: self.model.scan(sale, number, issue, leaving=leaving), real)

    @precondition(has_orders)
    @rule(pick=PICK)
    def let_a_sale_grow_old(self, pick: int) -> None:
        sale = self.pick_order(pick)
        self.transact(staging.make_order_older, sale, 700)
        self.model.orders[sale].age += 700

    @precondition(has_orders)
    @rule(pick=PICK, at=PICK, old=st.sampled_from((0, 0, 1)), whole=st.booleans())
    def give_money_back_to_a_guest(self, pick: int, at: int, old: int, *, whole: bool) -> None:
        """Let a guest come in, and take the sale back, or refund the ticket."""
        self.scan(pick, at, old, leaving=False)
        if whole:
            self.take_a_sale_back(pick, repeat=False)
        else:
            self.refund(pick, [at], fees=True, pay_now=True, repeat=False, stale=False)

    def pick_lines(self, sale: str, at: Sequence[int]) -> list[int]:
        """Return lines of an order by their numbers, most of the time such as stand."""
        order = self.model.orders[sale]
        known = order.live or range(len(order.lines))
        return sorted({known[one % len(known)] for one in at})

    def pick_refund(self, pick: int, at: int) -> tuple[str, int]:
        """Return an order that money was given back of, and the number of a refund."""
        known = [sale for sale, order in self.model.orders.items() if order.refunds]
        sale = known[pick % len(known)]
        return sale, at % len(self.model.orders[sale].refunds)

    def pick_request(self, sale: str, what: str, *, repeat: bool) -> str:
        """Return a new request, or one of this kind that was answered before."""
        known = [one for one in self.model.orders[sale].answers if one.startswith(f"{what} ")]
        return known[-1] if repeat and known else self.fresh(what)

    def allowed(self) -> int:
        """Let the manager allow it."""
        return int(self.transact(allow, self.stage.small, Permission.REFUND))

    def seen(self, sale: str, *, stale: bool) -> int:
        """Return the revision of an order as a till sees it; stale: as it was before."""
        revision: int = self.read(staging.read_revision, sale)
        return revision - stale

    def refund_ids(self, sale: str) -> list[int]:
        """Return the refunds of an order in the order in which the model knows them."""
        return list(self.read(staging.read_refund_ids, sale))
