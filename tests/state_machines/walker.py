"""What the machine walks on: a stage with its model, each answer compared with what the model says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis.stateful import RuleBasedStateMachine
from sqlalchemy import select

from pos_app.db.models import Customer, Order, OrderLine, Ticket
from pos_app.doctor import format_findings, judge_database
from pos_app.domain.errors import PosError
from pos_app.domain.roles import Permission
from pos_app.domain.seats import SeatKey
from pos_app.domain.selling.gifts import Gift, GiftReason
from pos_app.domain.selling.sales import PaymentMethod, SaleLine, SaleRequest, Tender
from pos_app.services.selling.sales import sell
from tests.areas import count_areas
from tests.small_house import allow
from tests.state_machines import stage as staging
from tests.state_machines.buyers import NAME_AS_TYPED
from tests.state_machines.lengths import EXAMPLES
from tests.state_machines.letters import wrong_letters
from tests.state_machines.model import Refused
from tests.state_machines.queues import new_offers
from tests.state_machines.stage import CAPACITY, SEATS, differences, dress, foreseen, read_standing

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pos_app.domain.roles import Actor
    from tests.state_machines.stage import Stage


class SeatWalker(RuleBasedStateMachine):
    """Two tills with three baskets; a basket that is closed stays for a while, as a till that does not know."""

    def __init__(self, stage: Stage) -> None:
        super().__init__()
        self.stage = stage
        self.model = dress(stage)
        self.generation = [0, 0, 0]
        self.chosen = ["", "", ""]
        self.count = 0

    def teardown(self) -> None:
        """Ask the judge, who trusts no service, and count the places of the area once more."""
        self.require_sound("the end")
        for performance in self.stage.performances:
            (count,) = self.read(count_areas, performance)
            places = self.stage.places_of_area(performance)
            free = sum(self.model.may_take("nobody", seat) for seat in places)
            sold = sum(self.model.holder[seat][0] == "sold" for seat in places)
            assert (count.capacity, count.free, count.sold) == (CAPACITY, free, sold)

    def require_sound(self, after: str) -> None:
        """Ask the judge; after: what, for the failure."""
        findings = self.read(judge_database)
        assert findings == (), f"after {after}: {format_findings(findings)}"

    def compare(self, deed: str, foresee: Callable[[], object], real: Callable[[], object]) -> None:
        """Ask the model, then the services, and hear the same."""
        wanted = outcome(foresee)
        told = outcome(real)
        self.model.serve(self.read(new_offers, self.model.offers().keys()))
        self.stage.seen[f"{deed}: {told[1].__name__ if told[0] == 'refused' else told[0]}"] += 1
        assert told == wanted, f"{deed}: {told}, foreseen was {wanted}"
        stands, wanted_now = self.read(read_standing, self.stage.performances), foreseen(self.model)
        assert stands == wanted_now, f"after {deed}: {differences(stands, wanted_now)}"
        # After each step: who is erased later, or an order taken off, says nothing any more of what was told.
        assert (wrong := self.read(wrong_letters)) == [], f"after {deed}: {wrong}"
        if EXAMPLES is not None:
            # In long runs the judge, who takes his time, is asked after each step; else at the end of each walk.
            self.require_sound(deed)

    def ask_to_sell(
        self, request: str, basket: int, lines: dict[SeatKey, str], code: str, *, right_total: bool
    ) -> None:
        key, small = self.key(basket), self.stage.small
        types = {"adult": small.adult_id, "child": small.child_id, "complimentary": small.complimentary_id}
        total = (self.model.prices.total(lines, code) or 0) + (not right_total)
        method = PaymentMethod.CARD if basket else PaymentMethod.CASH
        tender = tender_of(method, total) if total else Tender(PaymentMethod.FREE, 0)
        asked = tuple(SaleLine(seat, types[kind]) for seat, kind in lines.items())

        def real() -> object:
            gives = "complimentary" in lines.values()
            till_id = self.till(basket).till_id
            allowed = self.transact(allow, small, Permission.GIVE_AWAY, till_id=till_id) if gives else None
            gift = Gift(GiftReason.STAFF, "Staff", allowed)
            who = self.customer_of(basket)
            wish = SaleRequest(request, key, asked, total, tender, promo_code=code, gift=gift, **who)
            return self.transact(sell, self.till(basket), wish).total_minor

        self.compare(
            "sell",
            lambda: self.model.sell(
                request,
                key,
                lines,
                code,
                right_total=right_total,
                method=method.value,
                customer=self.chosen[basket],
            ),
            real,
        )

    def customer_of(self, basket: int) -> dict[str, Any]:
        """Return what a request says of the customer who was chosen for a basket."""
        chosen = self.chosen[basket]
        return {"customer_id": self.customer_id(chosen), "customer_name": NAME_AS_TYPED} if chosen else {}

    def customer_id(self, person: str) -> int:
        query = select(Customer.id).where(Customer.request_id == person)
        return int(self.read(lambda session: session.execute(query).scalar_one()))

    def transact(self, service: Any, *args: Any, **kwargs: Any) -> Any:
        return self.stage.database.transact(service, *args, **kwargs)

    def read(self, service: Any, *args: Any) -> Any:
        return self.stage.database.read(service, *args)

    def make_older(self, key: str, seconds: int) -> None:
        self.transact(staging.make_basket_older, key, seconds)
        self.model.baskets[key].age += seconds

    def key(self, basket: int) -> str:
        return f"basket {basket}, number {self.generation[basket]}"

    def till(self, basket: int) -> Actor:
        cashier = self.stage.small.cashier
        return cashier if basket < 2 else self.stage.small.elsewhere(cashier)

    def believed(self, basket: int) -> list[SeatKey]:
        """Return what the till thinks that its basket holds; somebody may have taken it long ago."""
        known = self.model.baskets.get(self.key(basket))
        return sorted(known.places) if known else []

    def fresh(self, what: str) -> str:
        self.count += 1
        return f"{what} {self.count}"

    def pick_order(self, pick: int) -> str:
        """Return an order, most of the time one of which something stands."""
        standing = [sale for sale, order in self.model.orders.items() if order.live]
        known = standing if standing and pick < 5 else list(self.model.orders)
        return known[pick % len(known)]

    def free_seats(self, numbers: Sequence[int]) -> list[SeatKey]:
        """Return seats in play that anybody may take, while there are such; else any."""
        seats = [self.stage.seat(number) for number in range(2 * SEATS)]
        free = [seat for seat in seats if self.model.may_take("nobody", seat)]
        return sorted({(free or seats)[number % len(free or seats)] for number in numbers})

    def order_id(self, sale: str) -> int:
        query = select(Order.id).where(Order.request_id == sale)
        return int(self.read(lambda session: session.execute(query).scalar_one()))

    def line_ids(self, sale: str, kind: str = "seat") -> list[int]:
        """Return the lines of an order in the order in which the model knows them."""
        query = (
            select(OrderLine.id)
            .join(Order, Order.id == OrderLine.order_id)
            .where(Order.request_id == sale, OrderLine.kind == kind)
            .order_by(OrderLine.id)
        )
        return list(self.read(lambda session: session.scalars(query).all()))

    def pick_ticket(self, pick: int, at: int) -> tuple[str, int]:
        """Return an order and the number of one of its lines that have a ticket, which may be void."""
        sold = {
            sale: numbers
            for sale, order in self.model.orders.items()
            if (numbers := [number for number, line in enumerate(order.lines) if line.is_paid])
        }
        sale = self.pick_order(pick)
        if sale not in sold:
            sale = next(iter(sold))
        return sale, sold[sale][at % len(sold[sale])]

    def pick_lines(self, sale: str, at: Sequence[int]) -> list[int]:
        """Return lines of an order by their numbers, most of the time such as stand."""
        order = self.model.orders[sale]
        known = order.live or range(len(order.lines))
        return sorted({known[one % len(known)] for one in at})

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

    def ticket_id(self, sale: str, number: int) -> int:
        query = select(Ticket.id).where(Ticket.order_line_id == self.line_ids(sale)[number])
        return int(self.read(lambda session: session.execute(query).scalar_one()))


def tender_of(method: PaymentMethod, total: int) -> Tender:
    """Return how an amount is paid."""
    return Tender(method, total, total) if method is PaymentMethod.CASH else Tender(method, total, reference="4711")


def outcome(ask: Callable[[], object]) -> tuple[Any, ...]:
    """Return ("done", the answer), or ("refused", which error, the seats that it names, the number that it tells)."""
    try:
        return "done", ask()
    except Refused as refusal:
        return "refused", *refusal.told
    except PosError as error:
        seats = tuple(SeatKey(*seat) for seat in sorted(getattr(error, "seats", ())))
        number = getattr(error, "left", getattr(error, "total_minor", None))
        return "refused", type(error), seats, number
