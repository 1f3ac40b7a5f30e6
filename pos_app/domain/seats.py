"""Seats as they are seen: kinds, states, and how a place is named."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum


class SeatKind(StrEnum):
    """What a seat is for."""

    SEAT = "seat"
    WHEELCHAIR = "wheelchair"
    COMPANION = "companion"
    RESTRICTED = "restricted"


class SeatState(StrEnum):
    """The state column of performance_seat."""

    FREE = "free"
    CLAIMED = "claimed"
    SOLD = "sold"


class ClaimKind(StrEnum):
    """Whose claim it is, while a seat is claimed."""

    BASKET = "basket"
    RESERVATION = "reservation"
    OFFER = "offer"
    HOUSE = "house"
    BLOCKED = "blocked"


class MapState(IntEnum):
    """What a till paints; small integers, so that a map of 60,000 seats is one byte a seat."""

    FREE = 0
    MINE = 1
    HELD = 2
    """Held by another basket, reserved or offered: somebody has it for the moment."""
    SOLD = 3
    HOUSE = 4
    BLOCKED = 5


@dataclass(frozen=True, slots=True, order=True)
class SeatKey:
    """One place of one performance; the primary key of performance_seat."""

    performance_id: int
    seat_id: int


@dataclass(frozen=True, slots=True)
class Place:
    """Where a seat is, in the house's own words. Parts that a house does not use are empty.

    zone: for general admission the name of the area, and neither row nor number.
    """

    zone: str
    row: str
    number: str
    kind: SeatKind = SeatKind.SEAT

    @property
    def is_unseen(self) -> bool:
        """Tell whether this is one of the places of an area that nobody sees."""
        return not (self.row or self.number)

    def spoken(self) -> str:
        """Return the place as one line: "Stalls centre, row G, seat 18"."""
        parts = [self.zone]
        if self.row:
            parts.append(f"row {self.row}")
        if self.number:
            parts.append(f"seat {self.number}")
        return ", ".join(part for part in parts if part)
