"""Seats that the house keeps out of sale, with a reason and, where it is known, the time when they come back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from datetime import datetime

    from pos_app.domain.seats import ClaimKind, SeatKey

LONGEST_REASON: Final = 200
LONGEST_BEFORE_DOORS: Final = 7 * 24 * 60
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
