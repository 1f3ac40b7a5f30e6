"""Seats that the house keeps out of sale, with a reason and, where it is known, the time when they come back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pos_app.domain.errors import PosError
from pos_app.domain.sentences import NOTHING, Sentence

if TYPE_CHECKING:
    from datetime import datetime

    from pos_app.domain.seats import ClaimKind, SeatKey

LONGEST_REASON: Final = 200
LONGEST_BEFORE_DOORS: Final = 7 * 24 * 60
"""Minutes."""
USUAL_BEFORE_DOORS: Final = 60
"""Minutes."""


@dataclass(frozen=True, slots=True)
class KeepDraft:
    """Why seats are kept back, and until when. kind: house or blocked.

    release_at: when they go on sale by themselves, UTC; or release_before_doors: so many minutes before the doors open
    (before the beginning, where no doors are set). Neither: until somebody releases them.
    """

    kind: ClaimKind
    reason: str
    release_at: datetime | None = None
    release_before_doors: int | None = None


@dataclass(frozen=True, slots=True)
class KeptRecord:
    """Seats kept back together. names: what they are called, joined. release_at: also where it follows the doors."""

    kept_id: int
    performance_id: int
    kind: ClaimKind
    reason: str
    seats: tuple[SeatKey, ...]
    names: str
    release_at: datetime | None
    release_before_doors: int | None
    by: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class KeptNote:
    """What a till says of a seat that is kept back. until: when it goes on sale by itself, UTC; None: not by itself.

    same_day: that is on the day of the performance, by the venue's clock.
    """

    reason: str
    until: datetime | None
    time_zone: str
    same_day: bool


@dataclass(frozen=True, slots=True)
class KeepChoice:
    """What is to be kept back. areas: by the id of each area of general admission, how many of its free places."""

    seat_ids: tuple[int, ...] = ()
    areas: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class KeepConflict:
    """A performance in which places cannot be kept back, and why, in a sentence."""

    performance_id: int
    starts_at: datetime
    time_zone: str
    problem: Sentence
    ends_at: datetime | None = None


class KeepRefused(PosError):
    """Places cannot be kept back on some performances; nothing was kept on any of them."""

    def __init__(self, message: Sentence, *, conflicts: tuple[KeepConflict, ...], advice: Sentence = NOTHING) -> None:
        super().__init__(message, advice=advice)
        self.conflicts = conflicts
