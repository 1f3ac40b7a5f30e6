"""Exchanging an order's seats and ticket types: what is asked, what it costs, what comes of it. Minor units."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pos_app.domain.errors import ExchangeRefused, InvalidInput, PaymentRefused
from pos_app.domain.orders.changes import ChangeKind
from pos_app.domain.payments.giving_back import tell_back
from pos_app.domain.sentences import Money, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pos_app.domain.payments.giving_back import RefundPart
    from pos_app.domain.seats import SeatKey
    from pos_app.domain.selling.sales import SaleLine, Tender
    from pos_app.domain.sentences import Sentence


@dataclass(frozen=True, slots=True)
class ExchangeAsk:
    """What would be exchanged: seat lines of an order, against as many new ones.

    new: seats of the basket, or of the lines that end. basket_key: of the hold on the new seats; None where every new
    seat is the order's own.
    """

    order_id: int
    ended: tuple[int, ...]
    new: tuple[SaleLine, ...]
    basket_key: str | None = None


@dataclass(frozen=True, slots=True)
class ExchangePreview:
    """What an exchange would cost, and what it would take.

    old_minor: what the ended lines brought, with the fees of their tickets; new_minor: what the new ones cost, with
    theirs; fee_minor: for exchanging. difference_minor: above 0 the customer pays it, below it goes back, as in parts.
    why: what a manager would allow, and what else the customer is told. promo_kept: no promo code of the order is lost.
    used: the lines whose tickets somebody came in with.
    """

    revision: int
    old_minor: int
    new_minor: int
    fee_minor: int
    difference_minor: int
    currency: str
    parts: tuple[RefundPart, ...] = ()
    needs_approval: bool = False
    why: tuple[Sentence, ...] = ()
    promo_kept: bool = True
    used: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class ExchangeRequest:
    """One exchange as the till asks for it; see ExchangeAsk.

    revision: of the order as it was seen. difference_minor: what the customer was told. tender: where the customer pays
    it. reason: needed where money goes back. kind: EXCHANGE, or CORRECTION where only ticket types change.
    after_start: the cashier has said that a performance has begun. reference: of the card terminal, where a card gets
    its money back; without one that is left due. used: lines whose tickets were told to have been used.
    """

    request_id: str
    order_id: int
    revision: int | None
    ended: tuple[int, ...]
    new: tuple[SaleLine, ...]
    basket_key: str | None
    difference_minor: int
    tender: Tender | None
    reason: str
    approval_id: int | None = None
    kind: ChangeKind = ChangeKind.EXCHANGE
    after_start: bool = False
    reference: str = ""
    used: tuple[int, ...] = ()

    @property
    def ask(self) -> ExchangeAsk:
        """Return the part that a preview is asked with."""
        return ExchangeAsk(self.order_id, self.ended, self.new, self.basket_key)


@dataclass(frozen=True, slots=True)
class ExchangeDone:
    """An exchange that was made; the same for each repeat of its request.

    ticket_ids: the new ones. difference_minor: above 0 it was paid, below it goes back, as in parts. change_minor: of
    the cash that was handed over. paid: nothing of what goes back is still due. waits: the new tickets are printed when
    they are picked up, as the old ones would have been.
    """

    number: str
    change_id: int
    ticket_ids: tuple[int, ...]
    difference_minor: int
    currency: str
    change_minor: int = 0
    parts: tuple[RefundPart, ...] = ()
    paid: bool = True
    waits: bool = False

    @property
    def sentence(self) -> Sentence:
        """Return what the customer is told of the money."""
        if self.difference_minor > 0:
            paid = Money(self.difference_minor, self.currency)
            if self.change_minor:
                return say("{money} paid, {change} change.", money=paid, change=Money(self.change_minor, self.currency))
            return say("{money} paid.", money=paid)
        if not self.parts:
            return say("There is nothing to pay, and nothing to give back.")
        return tell_back(self.parts, self.currency, paid=self.paid)


@dataclass(frozen=True, slots=True)
class SwapRequest:
    """Two guests of one order change places. first_line_id, second_line_id: their seat lines."""

    request_id: str
    order_id: int
    revision: int | None
    first_line_id: int
    second_line_id: int


@dataclass(frozen=True, slots=True)
class DetailsRequest:
    """Another name of the customer, or another note, "" for none. customer_id: whose it is; None: a plain name's."""

    request_id: str
    order_id: int
    revision: int | None
    customer_name: str
    note: str
    customer_id: int | None = None


@dataclass(frozen=True, slots=True)
class SeatLine:
    """A seat line of an order that is live.

    fees: of its ticket, line and amount of each. shares: what each use of a promo code took off, with the use's id.
    """

    line_id: int
    seat: SeatKey
    category_id: int
    ticket_type_id: int
    event_id: int
    price_minor: int
    discount_minor: int
    fees: tuple[tuple[int, int], ...] = ()
    complimentary: bool = False
    shares: tuple[tuple[int, int], ...] = ()

    @property
    def brought_minor(self) -> int:
        """What the place brought, without fees."""
        return self.price_minor - self.discount_minor

    @property
    def fee_minor(self) -> int:
        """What the fees of its ticket brought."""
        return sum(amount for _, amount in self.fees)

    def ending(self) -> tuple[int, ...]:
        """Return the lines that end with it: its own, and those of its fees."""
        return self.line_id, *(line for line, _ in self.fees)


def require_sound(ask: ExchangeAsk, kind: ChangeKind) -> None:
    """Raise InvalidInput for an exchange that can never be made, whatever is stored."""
    if kind not in {ChangeKind.EXCHANGE, ChangeKind.CORRECTION}:
        raise InvalidInput(say("This is no exchange."))
    if not ask.ended:
        raise InvalidInput(say("No ticket was chosen."), advice=say("Choose the tickets to be exchanged."))
    if len(set(ask.ended)) != len(ask.ended) or len({line.seat for line in ask.new}) != len(ask.new):
        raise InvalidInput(say("A ticket or a seat stands in this exchange twice."), advice=say("Choose them again."))
    if len(ask.new) != len(ask.ended):
        raise InvalidInput(
            say("There must be as many new seats as tickets that are given back."),
            advice=say("Sell more seats as an order of their own, and give single tickets back by a refund."),
        )


def only_changed(
    ended: Sequence[SeatLine], new: Sequence[SaleLine]
) -> tuple[tuple[SeatLine, ...], tuple[SaleLine, ...]]:
    """Leave out the tickets that would stay as they are; both in the order of their seats.

    Raises InvalidInput where nothing is left.
    """
    wanted = {line.seat: line.ticket_type_id for line in new}
    kept = {line.seat for line in ended if wanted.get(line.seat) == line.ticket_type_id}
    if len(kept) == len(new):
        raise InvalidInput(say("Nothing would change."), advice=say("Choose another seat, or another ticket type."))
    return (
        tuple(sorted((line for line in ended if line.seat not in kept), key=lambda line: line.seat)),
        tuple(sorted((line for line in new if line.seat not in kept), key=lambda line: line.seat)),
    )


def require_own_seats(ended: Sequence[SeatLine], new: Sequence[SaleLine]) -> None:
    """Raise ExchangeRefused where a correction, which moves nobody, would move somebody."""
    if {line.seat for line in ended} != {line.seat for line in new}:
        raise ExchangeRefused(
            say("A correction changes the ticket type and leaves the seat."), advice=say("Exchange the seats instead.")
        )


def moved(ended: Sequence[SeatLine], new: Sequence[SaleLine]) -> int:
    """Return how many new seats are none of those given up: for each of them the fee of an exchange is taken."""
    return len({line.seat for line in new} - {line.seat for line in ended})


def newly_given(ended: Sequence[SeatLine], given: Sequence[bool]) -> bool:
    """Tell whether more tickets are given away than were before. given: of each new line, whether it is."""
    return sum(given) > sum(line.complimentary for line in ended)


def require_tender(tender: Tender | None, difference_minor: int) -> None:
    """Raise PaymentRefused unless exactly the difference is paid, by a way in which a counter takes money."""
    if difference_minor <= 0:
        if tender is not None and tender.amount_minor:
            raise PaymentRefused(say("There is nothing to pay."), advice=say("Give the money back."))
        return
    if tender is None:
        raise PaymentRefused(say("The difference is not paid."), advice=say("Choose cash or card."))
    if not (tender.method.rule.gives_change or tender.method.rule.needs_reference):
        raise PaymentRefused(say("There is something to pay."), advice=say("Choose cash or card."))
    tender.require_sound(difference_minor)
