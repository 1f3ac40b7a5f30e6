"""Venues as a manager keeps them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class VenueDraft:
    """What a manager decides about a venue. time_zone: IANA name; currency: ISO 4217."""

    name: str
    address: str
    time_zone: str
    currency: str


@dataclass(frozen=True, slots=True)
class VenueRecord:
    """A venue. plans: the current ones, not counting old versions; sold: whether anything was ever sold there."""

    venue_id: int
    name: str
    address: str
    time_zone: str
    currency: str
    plans: int
    upcoming: int
    sold: bool
    archived: bool
