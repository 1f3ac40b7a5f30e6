"""The trail: all that the audit tells of a house, read once.

A house is asked for entries from the moment on at which its books were opened (action "books_opened": what stood there
then is noted in it). Without that entry nothing here is judged, for much may be older than the forms of today.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from pos_app.doctor.findings import Finding, Rule
from pos_app.domain.sentences import Sentence, say

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
    from datetime import datetime

_JOBS: Final = "jobs"
_NOTED: Final = (
    "kept", "kept_without", "keys", "last_kept", "last_order", "members", "performances", "prices", "prints",
    "promo_codes", "void_orders",
)  # fmt: skip
"""What the entry tells with which the books are opened."""
_NUMBERS: Final = ("kept_without", "last_kept", "last_order")
_DECIDED: Final = frozenset(
    {"kept_back_changed", "kept_back_expired", "kept_back_released", "performances_moved", "plan_changed",
     "plan_version_added", "prices_changed", "seats_kept_back"}
)  # fmt: skip
_ENDED: Final = frozenset({"paid", "given_up"})
"""What a refund is for good."""
_SUBJECTS: Final = ("performance_", "promo_", "staff_", "till_key_")
_MALFORMED: Final = (AttributeError, IndexError, KeyError, OverflowError, TypeError, ValueError)
"""What an entry raises that the program did not write."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry, with what it tells (its text, read)."""

    entry_id: int
    chain: str
    seq: int
    at: datetime
    action: str
    told: Mapping[str, Any]

    @property
    def subject(self) -> Sentence:
        """Return how the entry is named."""
        return say("Audit chain {chain}, entry {entry}", chain=self.chain, entry=str(self.seq))


@dataclass(frozen=True, slots=True)
class Sold:
    """What the entry of a sale tells. total_minor, method: None where it is too old to tell."""

    chain: str
    seq: int
    total_minor: int | None
    method: str | None


@dataclass(frozen=True, slots=True)
class ToldPayment:
    """Money that came in after the sale, as an entry tells."""

    order: str
    method: str
    minor: int


@dataclass(frozen=True, slots=True)
class ToldRefund:
    """A refund as the last entry on it tells."""

    order: str
    payment_id: int
    method: str
    minor: int
    state: str


@dataclass(slots=True)
class Trail:
    """What the audit tells. sales, voids (minor units given back, None: not told): by the number of the order.

    reservations: the orders that began as one, as sales; nothing was paid with them.

    payments (those that came in after the sale), refunds: by their ids. ended: the lines that changes ended; made:
    those that changes made, each with performance, seat (None for a fee) and what it cost. untold_voids: the orders
    whose entries are too old to name their refunds. opened: the entry with which the books were opened, the first one.
    decisions: what managers decided since then, in the order in which it was written down; reprints: how often a ticket
    was printed anew since then.
    """

    opened: Entry | None = None
    sales: dict[str, Sold] = field(default_factory=dict)
    reservations: dict[str, Sold] = field(default_factory=dict)
    voids: dict[str, int | None] = field(default_factory=dict)
    untold_voids: set[str] = field(default_factory=set)
    payments: dict[int, ToldPayment] = field(default_factory=dict)
    refunds: dict[int, ToldRefund] = field(default_factory=dict)
    ended: set[int] = field(default_factory=set)
    made: dict[int, tuple[int | None, int | None, int]] = field(default_factory=dict)
    _decisions: list[Entry] = field(default_factory=list)
    _reprints: list[tuple[int, list[int]]] = field(default_factory=list)

    def add(self, entry: Entry) -> bool:
        """Take an entry in; entries of a chain come in its order. False: the program did not write it."""
        try:
            self._add(entry)
        except _MALFORMED:
            return False
        return True

    def _add(self, entry: Entry) -> None:
        told = entry.told
        if "order" in told and entry.action != "sale":
            self._add_money(str(told["order"]), entry)
            self._add_lines(entry)
        match entry.action:
            case "sale":
                self.sales[str(told["order"])] = Sold(
                    entry.chain, entry.seq, _whole(told.get("total_minor")), _text(told.get("method"))
                )
            case "reserved":
                self.reservations[str(told["order"])] = Sold(entry.chain, entry.seq, int(told["total_minor"]), None)
            case "season_taken_over":
                self._add_taken(entry)
            case "void":
                self.voids[str(told["order"])] = _whole(told.get("refund_minor"))
                if "refunds" not in told:
                    self.untold_voids.add(str(told["order"]))
            case "reprint":
                self._reprints.append((entry.entry_id, [int(one) for one in told["tickets"]]))
            case "books_opened":
                if self.opened is None and entry.chain == _JOBS:
                    _require_whole(told)
                    self.opened = entry
            case action if action in _DECIDED or action.startswith(_SUBJECTS):
                self._decisions.append(entry)

    def _add_taken(self, entry: Entry) -> None:
        """Take in what was sold, and what was reserved, in another box office."""
        for number, total in entry.told.get("unpaid", ()):
            self.reservations[str(number)] = Sold(entry.chain, entry.seq, int(total), None)
        for number, total, method in entry.told.get("taken", ()):
            self.sales[str(number)] = Sold(entry.chain, entry.seq, int(total), str(method))

    def _add_money(self, order: str, entry: Entry) -> None:
        """Take in what came and went after a sale. Of a refund, what ends it counts, whichever chain is read first."""
        for payment, method, minor in entry.told.get("paid", ()):
            self.payments[int(payment)] = ToldPayment(order, str(method), int(minor))
        for refund, payment, method, minor, state in entry.told.get("refunds", ()):
            before = self.refunds.get(int(refund))
            if before is None or before.state not in _ENDED:
                self.refunds[int(refund)] = ToldRefund(order, int(payment), str(method), int(minor), str(state))

    def _add_lines(self, entry: Entry) -> None:
        self.ended |= {int(line) for line in entry.told.get("ended", ())}
        for line, performance, seat, minor in entry.told.get("made", ()):
            self.made[int(line)] = (_whole(performance), _whole(seat), int(minor))

    def noted(self, name: str) -> Any:
        """Return what was noted of something when the books were opened. Only where they were."""
        return () if self.opened is None else self.opened.told[name]

    def reprints(self) -> Counter[int]:
        """Return how often each ticket was printed anew since the books were opened."""
        first = self.opened.entry_id if self.opened is not None else 0
        return Counter(ticket for entry_id, some in self._reprints if entry_id > first for ticket in some)

    def orders(self) -> tuple[Sequence[Entry], ...]:
        """Return the decisions in each order in which they may have been taken.

        Numbers of entries follow each other on one server, times while its clock is not set back.
        """
        opened = self.opened
        since = [] if opened is None else [one for one in self._decisions if one.entry_id > opened.entry_id]
        by_number = sorted(since, key=lambda one: one.entry_id)
        by_time = sorted(since, key=lambda one: (one.at, one.entry_id))
        return (by_number,) if by_number == by_time else (by_number, by_time)


Found: TypeAlias = "dict[Hashable, Finding]"


def agreed(trail: Trail, look: Callable[[Sequence[Entry]], Found]) -> Iterator[Finding]:
    """Yield what is wrong whichever order of the decisions is the true one. look: finds it, by any key."""
    if trail.opened is None:
        return
    first, *others = [look(entries) for entries in trail.orders()]
    yield from (finding for key, finding in first.items() if all(key in other for other in others))


def replay(trail: Trail, entries: Sequence[Entry], begin: Callable[[], None], step: Callable[[Entry], None]) -> Found:
    """Take one entry after the other into account; return those that the program cannot have written.

    begin: takes into account what was noted when the books were opened.
    """
    strange: Found = {}
    try:
        begin()
    except _MALFORMED:
        if trail.opened is not None:
            strange[trail.opened.entry_id] = strange_entry(trail.opened)
    for entry in entries:
        try:
            step(entry)
        except _MALFORMED:
            strange[entry.entry_id] = strange_entry(entry)
    return strange


def _require_whole(told: Mapping[str, Any]) -> None:
    """Raise one of _MALFORMED where not all is noted that is asked for later."""
    for name in _NOTED:
        int(told[name]) if name in _NUMBERS else list(told[name])
    for ticket, count in told["prints"]:
        int(ticket), int(count)


def _text(value: Any) -> str | None:
    return None if value is None else str(value)


def _whole(value: Any) -> int | None:
    return None if value is None else int(value)


def strange_entry(entry: Entry) -> Finding:
    """Return the finding of an entry that the program cannot have written."""
    return Finding(
        Rule.AUDIT,
        say("its text is not one that Foyer writes: “{action}”", action=entry.action[:40]),
        entry.subject,
        advice=say("Ask who has the password of the database, and change it."),
    )
