"""How a customer is found: by words of name and address, by digits of the phone, by number."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pos_app.domain.customers.contact import phone_key
from pos_app.domain.searching import LONGEST_WORD, WordKind, words_of
from pos_app.domain.texts import name_key

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class CustomerTexts:
    """What a customer is found by, as it is stored."""

    customer_id: int
    name: str = ""
    email: str = ""
    phone: str = ""
    marks: tuple[str, ...] = ()

    def words(self) -> frozenset[tuple[WordKind, str]]:
        """Return under which words the customer is found; a phone number by its first digits and by its last ones."""
        found = {(WordKind.CUSTOMER, word) for text in (self.name, self.email) if text for word in words_of(text)}
        if digits := phone_key(self.phone):
            found.add((WordKind.CUSTOMER, digits[:LONGEST_WORD]))
            found.add((WordKind.CUSTOMER_PHONE, digits[::-1][:LONGEST_WORD]))
        found |= {(WordKind.CUSTOMER_MARK, mark_word(mark)) for mark in self.marks}
        return frozenset(found)


def mark_word(mark: str) -> str:
    """Return a mark as those who have it are found by it."""
    return name_key(mark)[:LONGEST_WORD]


@dataclass(frozen=True, slots=True)
class CustomerRow:
    """A customer in a list, and where one is offered. orders: how many carry the customer; None: not counted.

    former_id: the number under which it was found, where that is one that was merged into this customer. verified:
    whether a code showed that the e-mail address is the customer's.
    """

    customer_id: int
    name: str
    email: str = ""
    phone: str = ""
    marks: tuple[str, ...] = ()
    archived: bool = False
    orders: int | None = None
    last_order_at: datetime | None = None
    former_id: int | None = None
    verified: bool = False


@dataclass(frozen=True, slots=True)
class CustomerQuery:
    """What is looked for. text: words, a part of an address, digits, or a number; "" finds those made last.

    mark: only who has it; archived: those put away as well.
    """

    text: str = ""
    mark: str = ""
    archived: bool = False


@dataclass(frozen=True, slots=True)
class CustomersPage:
    """A part of what was found: those that fit best first, else the newest. more: there are others; type more."""

    rows: tuple[CustomerRow, ...] = ()
    more: bool = False
