"""The steps of a walk that concern single tickets: prints, scans, and the time since they were sold."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from pos_app.documents.ticket_codes import TicketClaim, sign_ticket
from pos_app.domain.door.check_in import Scan
from pos_app.services.door.check_in import check_in
from pos_app.services.orders.reprints import reissue_tickets
from tests.small_house import SIGNING_KEY
from tests.state_machines import stage as staging
from tests.state_machines.walker import SeatWalker

PICK = st.integers(0, 5)


def has_orders(walker: SeatWalker) -> bool:
    """Tell whether anything was sold, or reserved."""
    return bool(walker.model.orders)


def has_tickets(walker: SeatWalker) -> bool:
    """Tell whether anything was paid, whatever has become of it."""
    return any(line.is_paid for order in walker.model.orders.values() for line in order.lines)


class TicketRules(SeatWalker):
    """All that may happen to a ticket."""

    @precondition(has_tickets)
    @rule(pick=PICK, at=PICK)
    def print_a_ticket_anew(self, pick: int, at: int) -> None:
        sale, number = self.pick_ticket(pick, at)

        def real() -> None:
            asked = (self.stage.small.cashier, [self.ticket_id(sale, number)])
            self.transact(reissue_tickets, *asked, request_id=self.fresh("reprint"), reason="paper jam")

        self.compare("reprint", lambda: self.model.reissue(sale, number), real)

    @precondition(has_tickets)
    @rule(pick=PICK, at=PICK, old=st.sampled_from((0, 0, 1)), leaving=st.sampled_from((False, False, True)))
    def scan(self, pick: int, at: int, old: int, *, leaving: bool) -> None:
        """Show a print of a ticket at a gate, each time at another one: nobody is the same guest again."""
        sale, number = self.pick_ticket(pick, at)
        self.scan_ticket(sale, number, old, leaving=leaving)

    def scan_ticket(self, sale: str, number: int, old: int, *, leaving: bool) -> None:
        """Show a print of this ticket."""
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
