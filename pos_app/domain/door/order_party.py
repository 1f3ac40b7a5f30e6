"""Guests of one order who come together: one ticket is scanned, and the others come in with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pos_app.domain.door.check_in import ScanResult
    from pos_app.domain.seats import Place

MOST_OTHERS: Final = 40
"""So many tickets are listed, and come in, at once."""


@dataclass(frozen=True, slots=True)
class PartyTicket:
    """A good ticket whose guest is not inside."""

    ticket_id: int
    place: Place
    ticket_type: str


@dataclass(frozen=True, slots=True)
class OrderParty:
    """The other tickets of the order that a guest was let in by, for the same performance.

    others: those that are good and not inside, without the scanned one, by seat; more: so many are not listed.
    inside: so many guests of the order are inside, the one who was scanned among them.
    """

    check_in_id: int
    order_number: str = ""
    customer_name: str = ""
    others: tuple[PartyTicket, ...] = ()
    more: int = 0
    inside: int = 0


@dataclass(frozen=True, slots=True)
class PartyScan:
    """Lets the guests of these tickets in, beside the one who was let in by check_in_id.

    request_id: client-made, so a repeat is harmless.
    """

    check_in_id: int
    gate: str
    ticket_ids: tuple[int, ...]
    request_id: str


@dataclass(frozen=True, slots=True)
class PartyResult:
    """Who came in, and who did not, and why; in the order that was asked for. Each can be taken back by itself."""

    admitted: tuple[ScanResult, ...]
    refused: tuple[ScanResult, ...]
