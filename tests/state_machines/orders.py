"""What the services promise about an order after its sale, in plain lists: lines, money in, money out. No SQL.

A line gives back what it brought, whatever a ticket costs by then; money goes back as it came in, the last first.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from pos_app.domain.seats import SeatKey

LIVE: Final = "live"
RESERVED: Final = "reserved"
TAKING: Final = frozenset({"due", "pending", "failed", "paid"})
"""Refunds that take something of their payment."""


@dataclass
class Line:
    """A seat of an order and its ticket. brought: what it cost; saved: what a code took off before.

    issue: how often it was printed; entries: how often its guest came in. is_paid: it has, or had, a ticket.
    """

    seat: SeatKey
    kind: str
    brought: int = 0
    saved: int = 0
    state: str = LIVE
    issue: int = 1
    inside: bool = False
    entries: int = 0
    is_paid: bool = True


@dataclass
class Fee:
    """A fee. line: the number of the line that it was charged for; None: the order's."""

    minor: int
    line: int | None
    state: str = LIVE


@dataclass
class Payment:
    """Money in."""

    method: str
    minor: int


@dataclass
class Refund:
    """Money out. payment: the number of the payment that it takes from."""

    payment: int
    minor: int
    method: str
    state: str


@dataclass(frozen=True)
class Told:
    """How an order stands: in one word, and by its lines, fees, payments and refunds.

    customer: the request that made whose it is. lines: seat, state and what each brought; fees: the line of each, state
    and amount; payments: method, amount and what refunds take of it; refunds: the payment of each, method, state and
    amount.
    """

    name: str
    customer: str
    standing: str
    lines: list[tuple[SeatKey, str, int]]
    fees: list[tuple[int | None, str, int]]
    payments: list[tuple[str, int, int]]
    refunds: list[tuple[int, str, str, int]]


@dataclass
class Order:
    """A sale or a reservation, and what became of it. total: as it was told first. answers: by request.

    begun_as: a sale, or reserve. customer: the request that made whose it is; "" nobody's. release_in: seconds until
    what is still reserved of it is given back; open_in, open_at: the basket in which it was opened for paying last, and
    at which till.
    """

    basket: str
    lines: list[Line]
    total: int
    code: str
    fees: list[Fee] = field(default_factory=list)
    payments: list[Payment] = field(default_factory=list)
    refunds: list[Refund] = field(default_factory=list)
    age: int = 0
    begun_as: str = "sale"
    name: str = ""
    customer: str = ""
    release_in: int = 0
    open_in: str = ""
    open_at: int = 0
    answers: dict[str, Any] = field(default_factory=dict)

    @property
    def live(self) -> list[int]:
        """The numbers of the lines that stand."""
        return [number for number, line in enumerate(self.lines) if line.state == LIVE]

    @property
    def reserved(self) -> list[int]:
        """The numbers of the lines that are reserved, and not paid."""
        return [number for number, line in enumerate(self.lines) if line.state == RESERVED]

    @property
    def standing(self) -> str:
        """Say in one word what became of the order."""
        states = [line.state for line in self.lines]
        if RESERVED in states:
            return "reserved"
        if LIVE in states:
            if "returned" in states:
                return "part_refunded"
            return "exchanged" if "exchanged" in states else "paid"
        if "returned" in states:
            return "refunded"
        return "released" if "released" in states and "void" not in states else "void"

    @property
    def told(self) -> Told:
        """How it stands."""
        return Told(
            self.name,
            self.customer,
            self.standing,
            [(line.seat, line.state, line.brought) for line in self.lines],
            [(fee.line, fee.state, fee.minor) for fee in self.fees],
            [(one.method, one.minor, self.taken_of(number)) for number, one in enumerate(self.payments)],
            [(one.payment, one.method, one.state, one.minor) for one in self.refunds],
        )

    def left_of(self, payment: int) -> int:
        """Return what may still be given back of a payment."""
        return self.payments[payment].minor - self.taken_of(payment)

    def taken_of(self, payment: int) -> int:
        """Return what refunds take of a payment."""
        return sum(one.minor for one in self.refunds if one.payment == payment and one.state in TAKING)

    @property
    def uses_code(self) -> bool:
        """Tell whether its promo code takes something off a line that stands, or is reserved."""
        return bool(self.code) and any(self.lines[line].saved for line in (*self.live, *self.reserved))

    def worth(self, lines: Iterable[int], fees: Iterable[int]) -> int:
        """Return what lines and fees brought together."""
        return sum(self.lines[line].brought for line in lines) + sum(self.fees[fee].minor for fee in fees)

    def give_back(self, minor: int, *, paid: bool | None) -> list[tuple[str, int]]:
        """Give money back to each payment, the last one first, up to what is left of it; return the parts.

        paid: None for at once, unless a card gets some of it: nobody has asked its terminal.
        """
        parts: list[tuple[int, int]] = []
        for number in reversed(range(len(self.payments))):
            part = min(minor, self.left_of(number))
            if part:
                parts.append((number, part))
                minor -= part
        assert not minor, "more is given back than came in"
        ways = [self.payments[number].method for number, _ in parts]
        state = "paid" if paid or (paid is None and "card" not in ways) else "due"
        self.refunds += [Refund(number, part, way, state) for (number, part), way in zip(parts, ways, strict=True)]
        return [(way, part) for (_, part), way in zip(parts, ways, strict=True)]

    def end(self, lines: Collection[int], fees: Collection[int], state: str) -> None:
        """End lines and fees."""
        for line in lines:
            self.lines[line].state = state
            self.lines[line].inside = False
        for fee in fees:
            self.fees[fee].state = state

    def fees_of(self, lines: Collection[int | None], state: str = LIVE) -> list[int]:
        """Return the fees that stand and were charged for these lines; None: for the order. state: else such as are."""
        return [number for number, fee in enumerate(self.fees) if fee.state == state and fee.line in lines]

    def require_balance(self) -> None:
        """What came in and did not go out is what its lines are worth."""
        came_in = sum(payment.minor for payment in self.payments)
        went_out = sum(self.taken_of(number) for number in range(len(self.payments)))
        fees = sum(fee.minor for fee in self.fees if fee.state == LIVE)
        assert came_in - went_out == self.worth(self.live, ()) + fees
