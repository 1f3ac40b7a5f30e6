"""The steps of a walk by which money goes back."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from pos_app.domain.orders.refunds import GiveUp, PayOut, RefundRequest
from pos_app.domain.selling.sales import PaymentMethod, VoidRequest
from pos_app.services.orders.refunds.due import give_up, pay_out
from pos_app.services.orders.refunds.making import refund
from pos_app.services.orders.refunds.voids import void_order
from tests.small_house import allow
from tests.state_machines import stage as staging
from tests.state_machines.ticket_rules import PICK, TicketRules, has_orders, has_tickets

SOME = st.lists(PICK, min_size=1, max_size=3, unique=True)
REPEAT = st.sampled_from((False, False, True))
STALE = st.sampled_from((False, False, False, True))
REASON = "one of them is ill"
_WAYS = st.sampled_from((PaymentMethod.CASH, PaymentMethod.CARD))


def _has_refunds(walker: TicketRules) -> bool:
    return any(order.refunds for order in walker.model.orders.values())


class RefundRules(TicketRules):
    """All that may happen to the money of an order."""

    @precondition(has_orders)
    @rule(pick=PICK, repeat=REPEAT)
    def take_a_sale_back(self, pick: int, *, repeat: bool) -> None:
        self.take_back(self.pick_order(pick), repeat=repeat)

    def take_back(self, sale: str, *, repeat: bool) -> None:
        """Take this sale back."""
        request = self.pick_request(sale, "void", repeat=repeat)

        def real() -> object:
            asked = VoidRequest(request, self.order_id(sale), "wrong night", self.transact(allow, self.stage.small))
            return self.transact(void_order, self.stage.small.cashier, asked).refund_minor

        self.compare("void", lambda: self.model.void(sale, request), real)

    @precondition(has_orders)
    @rule(
        pick=PICK,
        at=SOME,
        fees=st.booleans(),
        pay_now=st.sampled_from((False, False, True)),
        repeat=REPEAT,
        stale=STALE,
    )
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
                used=tuple(ids[number] for number in lines),
            )
            done = self.transact(refund, self.stage.small.cashier, asked)
            return done.amount_minor, [(part.method.value, part.amount_minor) for part in done.parts], done.paid

        foreseen = (sale, request, lines, ticked)
        self.compare("refund", lambda: self.model.refund(*foreseen, pay_now=pay_now, stale=stale), real)

    @precondition(has_orders)
    @rule(pick=PICK, at=PICK, way=_WAYS, repeat=REPEAT, given_up=st.booleans())
    def settle_what_is_due(self, pick: int, at: int, way: PaymentMethod, *, repeat: bool, given_up: bool) -> None:
        """Give a way up for another one, and then pay out, by any way; where nothing is due, a ticket goes back."""
        if not any(one.state == "due" for order in self.model.orders.values() for one in order.refunds):
            # By an old picture of the order first.
            for stale in (True, False):
                self.refund(pick, [at], fees=True, pay_now=False, repeat=False, stale=stale)
        if not _has_refunds(self):
            return
        sale, number = self.pick_refund(pick, at)
        if given_up:
            was = self.model.orders[sale].refunds[number].method
            other = PaymentMethod.CARD if was == PaymentMethod.CASH else PaymentMethod.CASH
            number = self.give_up(sale, number, other if pick else way, repeat=repeat)
        request = self.pick_request(sale, "pay out", repeat=repeat)

        def real() -> object:
            refund_id = self.refund_ids(sale)[number]
            asked = PayOut(request, refund_id, way, "4711", self.allowed(), REASON)
            paid = self.transact(pay_out, self.stage.small.cashier, asked)
            return paid.amount_minor, paid.method.value

        self.compare("pay out", lambda: self.model.pay_out(sale, request, number, way), real)

    def give_up(self, sale: str, number: int, way: PaymentMethod, *, repeat: bool) -> int:
        """Return the number of the refund that is to be paid now."""
        request = self.pick_request(sale, "give up", repeat=repeat)
        before = len(self.model.orders[sale].refunds)

        def real() -> object:
            asked = GiveUp(request, self.refund_ids(sale)[number], REASON, way, self.allowed())
            made = self.transact(give_up, self.stage.small.cashier, asked)
            return self.refund_ids(sale).index(made)

        self.compare("give up", lambda: self.model.give_up(sale, request, number, way), real)
        return before if len(self.model.orders[sale].refunds) > before else number

    def buy(self, basket: int, numbers: list[int], kind: str, code: str) -> None:
        """Hold and sell at once: the machine does."""
        raise NotImplementedError

    @precondition(has_tickets)
    @rule(pick=PICK, at=PICK, old=st.sampled_from((0, 0, 1)), whole=st.booleans())
    def give_money_back_to_a_guest(self, pick: int, at: int, old: int, *, whole: bool) -> None:
        """Let a guest come in, and take the sale back, or refund the ticket."""
        if whole:
            self.buy(basket=0, code="", kind="adult", numbers=[pick, at])
        untouched = [sale for sale in self.model.orders if self.model.may_be_taken_back(sale)]
        if whole and untouched:
            sale = untouched[-1]
            self.scan_ticket(sale, at % len(self.model.orders[sale].lines), old, leaving=False)
            self.take_back(sale, repeat=False)
        else:
            self.scan(pick, at, old, leaving=False)
            self.refund(pick, [at], fees=True, pay_now=True, repeat=False, stale=False)

    def pick_refund(self, pick: int, at: int) -> tuple[str, int]:
        """Return an order that money was given back of, and the number of a refund; most of the time one is due."""
        made = [(sale, one) for sale, order in self.model.orders.items() for one in range(len(order.refunds))]
        due = [(sale, one) for sale, one in made if self.model.orders[sale].refunds[one].state == "due"]
        known = due if due and pick < 5 else made
        return known[at % len(known)]

    def refund_ids(self, sale: str) -> list[int]:
        """Return the refunds of an order in the order in which the model knows them."""
        return list(self.read(staging.read_refund_ids, sale))
