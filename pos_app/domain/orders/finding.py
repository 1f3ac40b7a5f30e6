"""What is looked for among all orders of the house, and what is listed of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pos_app.domain.customers.contact import looks_like_phone, phone_key
from pos_app.domain.searching import LONGEST_WORD, WordKind, alone_and_joined, words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, datetime

    from pos_app.domain.orders.standing import OrderStanding
    from pos_app.domain.selling.performance_seats import PerformanceSeats
    from pos_app.domain.selling.sales import PaymentMethod

LONGEST_TEXT: Final = 80
"""Characters of what is typed that are looked at, but for a code that was scanned."""

_WHOLE_PHONE: Final = 9
_SURE_END: Final = 8
"""Last digits by which two whole phone numbers are the same, with a country's code before them or with a nought."""


@dataclass(frozen=True, slots=True)
class OrderQuery:
    """What is looked for; all that is told has to fit, and what is empty or None fits every order.

    text: as it was typed: an order number or its beginning, words of name, note, e-mail address, digits of a phone
    number, a place, the short code of a ticket. Any text at all may be given. performance_id: one with a line of this
    order, whatever became of it. till_id, staff_id: where and by whom it was sold. day_from, day_until: days of the
    house's clock on which it was sold, both included. waiting: only what is paid and waits at the window.
    """

    text: str = ""
    performance_id: int | None = None
    standing: OrderStanding | None = None
    till_id: int | None = None
    staff_id: int | None = None
    day_from: date | None = None
    day_until: date | None = None
    waiting: bool = False

    @property
    def is_filtered(self) -> bool:
        """Tell whether anything but a text is asked for."""
        return self != OrderQuery(self.text)


@dataclass(frozen=True, slots=True)
class OrderCursor:
    """Where a page ends and the next one begins; good for the same query only."""

    order_id: int


@dataclass(frozen=True, slots=True)
class OrderRow:
    """An order in a list. created_at: UTC; time_zone: of its venue. Amounts in minor units of the currency.

    title: of all its performances. performances: what it is for, the places that it has now (of an order that was
    taken back, those that it had). tickets: how many these are. total_minor: as it was sold. method: how it was paid
    first; None: not yet. waits: tickets of it wait at the window for their first print.
    """

    order_id: int
    number: str
    created_at: datetime
    time_zone: str
    title: str
    performances: tuple[PerformanceSeats, ...]
    tickets: int
    total_minor: int
    currency: str
    standing: OrderStanding
    customer_name: str
    till_name: str
    staff_name: str
    method: PaymentMethod | None
    waits: bool = False


@dataclass(frozen=True, slots=True)
class OrdersPage:
    """A part of what was found, the newest first. next: where it goes on; None: that was all.

    So that a page comes quickly whatever is asked for, it may hold fewer orders than were asked for, even none, while
    there is a next one: older orders are still to be looked at. looked_back_to: how far this page has looked, UTC; None
    where it is full, or the last one.
    """

    rows: tuple[OrderRow, ...] = ()
    next: OrderCursor | None = None
    looked_back_to: datetime | None = None


@dataclass(frozen=True, slots=True)
class WaitingOrder:
    """A paid order whose tickets of one performance wait at the window for their first print.

    performance: which one, with the places that wait. name: the customer's, "" where nobody was named.
    """

    order_id: int
    number: str
    name: str
    note: str
    performance: PerformanceSeats
    tickets: int
    created_at: datetime


@dataclass(frozen=True, slots=True)
class OrderTexts:
    """What an order is found by, as it is stored. performances: each that it has, or had, a place of."""

    order_id: int
    performances: tuple[int, ...] = ()
    name: str = ""
    note: str = ""
    email: str = ""
    phone: str = ""

    def words(self) -> frozenset[tuple[WordKind, str, int]]:
        """Return under which words it is found: of which kind, and for guests at which performance (else 0)."""
        of_name = words_of(self.name) if self.name else ()
        found = {(WordKind.GUEST, word, one) for word in of_name for one in self.performances}
        texts = (text for text in (self.note, self.email) if text)
        digits = phone_key(self.phone) if self.phone else ""
        for word in (*of_name, *(word for text in texts for word in words_of(text)), digits[:LONGEST_WORD]):
            if word:
                found.add((WordKind.ORDER, word, 0))
        if digits:
            found.add((WordKind.PHONE, digits[::-1][:LONGEST_WORD], 0))
        return frozenset(found)


@dataclass(frozen=True, slots=True)
class Begun:
    """A word of an order has to begin in one of these ways."""

    ways: tuple[tuple[WordKind, str], ...]


def begun_words(words: Sequence[str]) -> tuple[Begun, ...]:
    """Return what each typed word asks for, by itself or put together with the one beside it."""
    return tuple(
        Begun(tuple((WordKind.ORDER, way) for way in dict.fromkeys(alone_and_joined(words, at))))
        for at in range(len(words))
    )


def sparest(asked: Sequence[Begun]) -> tuple[Begun, ...]:
    """Return as little as says the same: without ways that begin as others do, and without what others ask for anyhow.

    "anna e anna e" asks for "anna" and for "e": whoever types ten thousand letters is mostly asking for a few words.
    """
    spare = dict.fromkeys(Begun(tuple(way for way in one.ways if not _is_in(way, one.ways, but=way))) for one in asked)
    kept = list(spare)
    for one in spare:
        if any(other != one and all(_is_in(way, one.ways) for way in other.ways) for other in kept):
            kept.remove(one)
    return tuple(kept)


def _is_in(way: tuple[WordKind, str], ways: Iterable[tuple[WordKind, str]], but: object = None) -> bool:
    """Tell whether each word that begins this way begins in one of these ways, too."""
    return any(way[0] == kind and way[1].startswith(start) for kind, start in ways if (kind, start) != but)


def begun_phone(typed: str) -> Begun | None:
    """Return which phone numbers are meant by digits, typed in any way; None where it is none, or not enough of one.

    Of a whole number the last digits are compared, of less the first ones or the last ones.
    """
    if not looks_like_phone(typed):
        return None
    digits = phone_key(typed)
    end = digits[::-1][: _SURE_END if len(digits) >= _WHOLE_PHONE else LONGEST_WORD]
    return Begun(((WordKind.PHONE, end), (WordKind.ORDER, digits)))
