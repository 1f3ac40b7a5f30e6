"""What a person may ask of a house: all that it knows of them, and to be forgotten."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from pos_app.domain.customers.mentions import Mentions
    from pos_app.domain.customers.records import CustomerRecord
    from pos_app.domain.sentences import Fact, Sentence


@dataclass(frozen=True, slots=True)
class KnownTable:
    """One kind of thing that is known. key: its name in a file for machines; title: for people.

    columns: the name in a file for machines, and for people. rows: in the order of the columns; None: nothing. Times in
    UTC.
    """

    key: str
    title: Sentence
    columns: tuple[tuple[str, Sentence], ...]
    rows: tuple[tuple[Fact | None, ...], ...]


@dataclass(frozen=True, slots=True)
class KnownOfCustomer:
    """All that is known of a customer. house: who knows it; collected_at: when, UTC; time_zone: of the house."""

    customer_id: int
    name: str
    house: str
    collected_at: datetime
    time_zone: str
    tables: tuple[KnownTable, ...]


@dataclass(frozen=True, slots=True)
class ErasurePreview:
    """What an erasure would do. erased: what is blanked, kept: what stays and why, each a sentence to be shown.

    orders: how many stay as bookings without a name. old_entries: entries of the audit that were written before free
    text stood beside them, and may name the person: they stay as they are, for the chain would not verify otherwise.
    """

    customer: CustomerRecord
    orders: int
    old_entries: int
    erased: tuple[Sentence, ...]
    kept: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class ErasedCustomer:
    """Who was erased. customer_ids: the number, and those that were merged into it.

    order_numbers: whose printed tickets may lie on computers; mentions: by what notes that lie there are recognised,
    empty where it was erased before.
    """

    customer_id: int
    customer_ids: tuple[int, ...]
    order_numbers: tuple[str, ...]
    mentions: Mentions


@dataclass(frozen=True, slots=True)
class Forgotten:
    """All who were erased, by their numbers, and the numbers of their orders."""

    customer_ids: tuple[int, ...]
    order_numbers: tuple[str, ...]
