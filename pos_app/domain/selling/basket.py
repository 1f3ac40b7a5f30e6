"""The sale being made at a till: its seats, who will sit there, and what it comes to. Amounts in minor units."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from pos_app.domain.codes import new_request_id
from pos_app.domain.errors import PromoCodeRefused
from pos_app.domain.promo_codes.combining import joined, require_customer, saved_together, savings_of_each
from pos_app.domain.promo_codes.rules import PromoLine
from pos_app.domain.selling.basket_lines import BasketLine, by_evening, group_lines, usual_type
from pos_app.domain.selling.gifts import is_gift
from pos_app.domain.selling.one_currency import require_one_currency
from pos_app.domain.selling.sales import SaleLine, Totals, add_up, ticket_fee
from pos_app.domain.sentences import say_list

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from pos_app.domain.customers.finding import CustomerRow
    from pos_app.domain.promo_codes.rules import PromoRule
    from pos_app.domain.season.offers import PerformanceOffer
    from pos_app.domain.seats import Place, SeatKey
    from pos_app.domain.selling.basket_lines import LineGroup, PerformanceGroup
    from pos_app.domain.selling.performance_seats import PerformanceSeats
    from pos_app.domain.sentences import Sentence


@dataclass(frozen=True, slots=True)
class AppliedPromo:
    """The promo codes that were taken. checked_at: the server's time then; the selling service looks again."""

    rules: tuple[PromoRule, ...]
    checked_at: datetime

    @property
    def code(self) -> str:
        """The codes as one text."""
        return joined(self.rules)

    @property
    def takes_more(self) -> bool:
        """Tell whether another code may stand beside them."""
        return all(rule.combinable for rule in self.rules)


@dataclass(slots=True)
class Basket:
    """Lines in the order of their choosing, under the key that the hold is found by.

    The key is made anew with each basket; offers are those of the performances of its seats. customer_name and note go
    with the order, both optional. collect: nothing is printed now, the customer picks the tickets up at the window.
    customer_id: whose name that is, where it is a customer's; customer: what is told of that person, None also where
    only the number is known.
    """

    key: str = field(default_factory=new_request_id)
    lines: list[BasketLine] = field(default_factory=list)
    offers: dict[int, PerformanceOffer] = field(default_factory=dict)
    promo: AppliedPromo | None = None
    customer_name: str = ""
    note: str = ""
    collect: bool = False
    customer_id: int | None = None
    customer: CustomerRow | None = None
    _held: set[SeatKey] = field(default_factory=set, repr=False)

    @property
    def seats(self) -> tuple[SeatKey, ...]:
        """The seats in the basket."""
        return tuple(line.seat for line in self.lines)

    def places(self, seats: Iterable[SeatKey] | None = None) -> tuple[Place, ...]:
        """Return where these seats of the basket are, in its order; None: where all of them are."""
        wanted = None if seats is None else set(seats)
        return tuple(line.place for line in self.lines if wanted is None or line.seat in wanted)

    @property
    def currency(self) -> str:
        """The currency of the basket, "" while it is empty."""
        return next((self.offers[line.seat.performance_id].currency for line in self.lines), "")

    def holds(self, seat: SeatKey) -> bool:
        """Tell whether a seat is in the basket."""
        return seat in self._held

    def gifts(self) -> tuple[SeatKey, ...]:
        """Return the seats of the tickets that are given away."""
        return tuple(
            line.seat
            for line in self.lines
            if is_gift(complimentary=line.ticket_type.complimentary, price_minor=line.price_minor)
        )

    def add(
        self,
        offer: PerformanceOffer,
        seat: SeatKey,
        place: Place,
        category_id: int,
        category: str,
        *,
        position: int | None = None,
    ) -> None:
        """Put a seat in, with the usual ticket type of its kind. Harmless where it is in. position: see BasketLine.

        Raises ValueError when nothing is offered for it, OtherCurrency when the basket is paid in another one.
        """
        if self.holds(seat):
            return
        self.require_currency(offer)
        choices = offer.types_for(category_id, place.kind)
        if not choices:
            raise ValueError("nothing is offered for this seat")
        usual = usual_type(choices, place)
        self.offers[offer.performance_id] = offer
        self._held.add(seat)
        self.lines.append(
            BasketLine(
                seat,
                place,
                category_id,
                category,
                offer.title,
                usual,
                choices,
                offer.prices[category_id, usual.ticket_type_id],
                position,
            )
        )

    def put_back(self, line: BasketLine, offer: PerformanceOffer) -> None:
        """Put a line in as it was before it was taken out. Harmless where its seat is in.

        Raises OtherCurrency as require_currency does.
        """
        if not self.holds(line.seat):
            self.require_currency(offer)
            self.offers[offer.performance_id] = offer
            self._held.add(line.seat)
            self.lines.append(line)

    def require_currency(self, offer: PerformanceOffer) -> None:
        """Raise OtherCurrency where seats of this performance cannot be paid with what is in the basket."""
        require_one_currency(offer.title, offer.currency, self.currency)

    def remove(self, seats: Iterable[SeatKey]) -> None:
        """Take seats out."""
        gone = set(seats)
        self._held -= gone
        self.lines = [line for line in self.lines if line.seat not in gone]

    def name_customer(self, name: str, customer: CustomerRow | None) -> None:
        """Say whose it is: a customer's, whose name is the order's then, or nobody's that is known, by a plain name."""
        self.customer, self.customer_id = customer, None if customer is None else customer.customer_id
        self.customer_name = name if customer is None else customer.name

    def change_type(self, seat: SeatKey, ticket_type_id: int) -> None:
        """Change who will sit on a seat; the price follows. Ignored where it is not offered."""
        for at, line in enumerate(self.lines):
            if line.seat != seat:
                continue
            chosen = next((kind for kind in line.choices if kind.ticket_type_id == ticket_type_id), None)
            if chosen is not None:
                price = self.offers[seat.performance_id].prices[line.category_id, ticket_type_id]
                self.lines[at] = replace(line, ticket_type=chosen, price_minor=price)

    def change_types(self, types: Mapping[SeatKey, int]) -> None:
        """Change who will sit on several seats, as change_type does."""
        for seat, ticket_type_id in types.items():
            self.change_type(seat, ticket_type_id)

    def reprice(self, offer: PerformanceOffer) -> None:
        """Take the prices of a performance as they are now; lines whose type is no longer offered get the usual one."""
        self.offers[offer.performance_id] = offer
        for at, line in enumerate(self.lines):
            if line.seat.performance_id != offer.performance_id:
                continue
            choices = offer.types_for(line.category_id, line.place.kind)
            if not choices:
                continue
            same = next(
                (kind for kind in choices if kind.ticket_type_id == line.ticket_type.ticket_type_id), choices[0]
            )
            price = offer.prices[line.category_id, same.ticket_type_id]
            self.lines[at] = replace(line, ticket_type=same, choices=choices, price_minor=price)

    def apply_promo(self, rules: Sequence[PromoRule], now: datetime) -> None:
        """Take promo codes beside those taken before; now: the server's time.

        Raises PromoCodeRefused, and the basket stays as it is.
        """
        together = (*(self.promo.rules if self.promo is not None else ()), *rules)
        require_customer(together, self.customer_id)
        savings_of_each(together, self._promo_lines(), now, self.currency)
        self.promo = AppliedPromo(together, now)

    def drop_promo(self) -> None:
        """Go on without a code."""
        self.promo = None

    def discounts(self) -> tuple[int, ...]:
        """Return what the codes take off each line; nothing where they do not apply (see promo_problem)."""
        if self.promo is not None and self.lines:
            try:
                return saved_together(self._savings_of_each(self.promo), len(self.lines))
            except PromoCodeRefused:
                pass
        return (0,) * len(self.lines)

    def saved_by_code(self) -> tuple[int, ...]:
        """Return what each of the codes takes off in all; nothing where they do not apply."""
        if self.promo is None or not self.lines or self.promo_problem() is not None:
            return ()
        return tuple(sum(cuts) for cuts in self._savings_of_each(self.promo))

    def promo_problem(self) -> PromoCodeRefused | None:
        """Return why the codes that were taken do not apply to the basket as it is now."""
        if self.promo is None or not self.lines:
            return None
        try:
            self._savings_of_each(self.promo)
        except PromoCodeRefused as refusal:
            return refusal
        return None

    def promo_code(self) -> str:
        """Return the codes that the selling service is to take, as one text, "" for none."""
        return self.promo.code if self.promo is not None and self.promo_problem() is None else ""

    def _savings_of_each(self, promo: AppliedPromo) -> tuple[tuple[int, ...], ...]:
        require_customer(promo.rules, self.customer_id)
        return savings_of_each(promo.rules, self._promo_lines(), promo.checked_at, self.currency)

    def _promo_lines(self) -> list[PromoLine]:
        return [
            PromoLine(
                self.offers[line.seat.performance_id].event_id,
                line.seat.performance_id,
                line.category_id,
                line.ticket_type.ticket_type_id,
                line.price_minor,
            )
            for line in self.lines
        ]

    def totals(self) -> Totals:
        """Add the basket up, as the selling service will."""
        offers = {line.seat.performance_id: self.offers[line.seat.performance_id] for line in self.lines}
        cuts = self.discounts()
        return add_up(
            ((line.price_minor, cut) for line, cut in zip(self.lines, cuts, strict=True)),
            (
                ticket_fee(offers[line.seat.performance_id].ticket_fee_minor, line.price_minor - cut)
                for line, cut in zip(self.lines, cuts, strict=True)
            ),
            (offer.order_fee_minor for offer in offers.values()),
        )

    def groups(self) -> tuple[LineGroup, ...]:
        """Return the lines as they are told (see group_lines)."""
        return group_lines(self.lines, self.discounts())

    def performances(self) -> tuple[PerformanceGroup, ...]:
        """Return the lines as they are told, performance by performance."""
        return by_evening(self.offers, self.groups())

    def seats_by_performance(self) -> tuple[PerformanceSeats, ...]:
        """Return which evenings it is for, and the places of each."""
        return tuple(one.seats() for one in self.performances())

    def sale_lines(self) -> tuple[SaleLine, ...]:
        """Return the lines as the selling service takes them."""
        return tuple(SaleLine(line.seat, line.ticket_type.ticket_type_id) for line in self.lines)

    def named(self) -> Sentence:
        """Name the places in one line, for a message."""
        return say_list(*(group.spoken() for group in self.groups()))
