"""The steps of a walk by which customers are made, chosen for baskets, merged and erased."""

from __future__ import annotations

from typing import Final

from hypothesis import strategies as st
from hypothesis.stateful import rule

from pos_app.domain.customers.records import CustomerDraft
from pos_app.services.customers.merging import merge_customers
from pos_app.services.customers.privacy.erasing import erase_customer
from pos_app.services.customers.records import add_customer
from tests.state_machines.refund_rules import REPEAT
from tests.state_machines.reservation_rules import ReservationRules
from tests.state_machines.ticket_rules import PICK

_MOST: Final = 4


class CustomerRules(ReservationRules):
    """All that may happen to who buys."""

    @rule(basket=st.integers(0, 2), pick=PICK, repeat=REPEAT)
    def serve_a_customer(self, basket: int, pick: int, *, repeat: bool) -> None:
        """Let a basket be somebody's, or nobody's; who is not known yet is made a customer at the counter."""
        known = len(self.model.people)
        if known < _MOST and (pick % 2 or not known):
            self.chosen[basket] = self.make_a_customer(basket, repeat=repeat)
        else:
            self.chosen[basket] = self.pick_customer(pick) if pick < 5 else ""

    def make_a_customer(self, basket: int, *, repeat: bool) -> str:
        """Return the request; somebody who was asked for twice is one."""
        request = self.fresh("customer")
        name = f"Bohumila {request}"
        asked = (self.till(basket), CustomerDraft(name, f"{request.replace(' ', '.')}@example.org"))
        for _ in range(1 + repeat):
            self.compare(
                "customer",
                lambda: self.model.add_customer(request, name),
                lambda: self.transact(add_customer, *asked, request_id=request).name,
            )
        return request

    @rule(pick=PICK, other=PICK, repeat=REPEAT, erased=REPEAT)
    def merge_or_erase(self, pick: int, other: int, *, repeat: bool, erased: bool) -> None:
        """Do either in the office, once or twice; there are two customers at least."""
        while len(self.model.people) < 2:
            self.make_a_customer(0, repeat=False)
        kept, gone = self.pick_customer(pick), self.pick_customer(other)
        kept_id, gone_id = self.customer_id(kept), self.customer_id(gone)
        boss, request = self.stage.small.manager, self.fresh("office")
        for _ in range(1 + repeat):
            if erased:
                self.compare(
                    "erase",
                    lambda: self.model.erase(gone),
                    lambda: len(self.transact(erase_customer, boss, gone_id, request_id=request).order_numbers),
                )
            else:
                self.compare(
                    "merge",
                    lambda: self.model.merge(kept, gone),
                    lambda: self.transact(merge_customers, boss, kept_id, gone_id, request_id=request).name,
                )

    def pick_customer(self, pick: int) -> str:
        """Return a customer, by whichever number, most of the time one who is known still."""
        known = [person for person, one in self.model.people.items() if not one.erased]
        people = known if known and pick % 3 else list(self.model.people)
        return people[pick % len(people)]
