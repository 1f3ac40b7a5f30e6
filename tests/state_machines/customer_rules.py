"""The steps of a walk by which customers are made, chosen for baskets, merged and erased."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from pos_app.domain.customers.records import CustomerDraft
from pos_app.services.customers.merging import merge_customers
from pos_app.services.customers.privacy.erasing import erase_customer
from pos_app.services.customers.records import add_customer
from tests.state_machines.refund_rules import REPEAT
from tests.state_machines.reservation_rules import ReservationRules
from tests.state_machines.ticket_rules import PICK


def _has_customers(walker: ReservationRules) -> bool:
    return bool(walker.model.people)


class CustomerRules(ReservationRules):
    """All that may happen to who buys."""

    @rule(basket=st.integers(0, 2), repeat=REPEAT)
    def make_a_customer(self, basket: int, *, repeat: bool) -> None:
        """Make one at the counter, for the basket there; somebody who was asked twice is one."""
        request = self.fresh("customer")
        name = f"Bohumila {request}"
        asked = (self.till(basket), CustomerDraft(name))
        for _ in range(1 + repeat):
            self.compare(
                "customer",
                lambda: self.model.add_customer(request, name),
                lambda: self.transact(add_customer, *asked, request_id=request).name,
            )
        self.chosen[basket] = request

    @precondition(_has_customers)
    @rule(basket=st.integers(0, 2), pick=PICK)
    def choose_a_customer(self, basket: int, pick: int) -> None:
        """Choose one for a basket, or nobody."""
        self.chosen[basket] = self.pick_customer(pick) if pick < 5 else ""

    @precondition(_has_customers)
    @rule(pick=PICK, other=PICK, repeat=REPEAT)
    def merge(self, pick: int, other: int, *, repeat: bool) -> None:
        kept, gone = self.pick_customer(pick), self.pick_customer(other)
        ids = (self.customer_id(kept), self.customer_id(gone))
        request = self.fresh("merge")
        for _ in range(1 + repeat):
            self.compare(
                "merge",
                lambda: self.model.merge(kept, gone),
                lambda: self.transact(merge_customers, self.stage.small.manager, *ids, request_id=request).name,
            )

    @precondition(_has_customers)
    @rule(pick=PICK, repeat=REPEAT)
    def erase(self, pick: int, *, repeat: bool) -> None:
        person, request = self.pick_customer(pick), self.fresh("erase")
        asked = (self.stage.small.manager, self.customer_id(person))
        for _ in range(1 + repeat):
            self.compare(
                "erase",
                lambda: self.model.erase(person),
                lambda: len(self.transact(erase_customer, *asked, request_id=request).order_numbers),
            )

    def pick_customer(self, pick: int) -> str:
        """Return a customer, by whichever number, most of the time one who is known still."""
        known = [person for person, one in self.model.people.items() if not one.erased]
        people = known if known and pick % 3 else list(self.model.people)
        return people[pick % len(people)]
