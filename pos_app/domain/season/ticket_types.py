"""Ticket types as a manager keeps them: who you are."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TicketTypeDraft:
    """What a manager decides. letter: the key that chooses it at the till. seat_kind: only for such seats, "" for all.

    complimentary: given away, and shown as such in the takings. sort: its place among the others, the usual one first.
    """

    name: str
    letter: str = ""
    seat_kind: str = ""
    complimentary: bool = False
    sort: int = 0


@dataclass(frozen=True, slots=True)
class TicketTypeRecord:
    """A ticket type. performances: on how many it has a price; archived: offered nowhere any more."""

    ticket_type_id: int
    name: str
    letter: str
    seat_kind: str
    complimentary: bool
    sort: int
    performances: int
    archived: bool
