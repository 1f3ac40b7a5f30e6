"""A season that is on sale elsewhere, on its way into this house: what would be taken over, and what cannot be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pos_app.domain.season_file import LineProblem


@dataclass(frozen=True, slots=True)
class MatchedPerformance:
    """A performance of the file. performance_id: the one of this house (None: a manager must choose). lines: of it."""

    name: str
    performance_id: int | None
    shown: str
    lines: int


@dataclass(frozen=True, slots=True)
class TakeoverPreview:
    """What taking over would do. problems: what must be mended first, all of it; nothing is taken over before.

    paid_minor: by currency, what was paid elsewhere.
    """

    performances: tuple[MatchedPerformance, ...]
    sold: int
    reserved: int
    orders: int
    paid_minor: tuple[tuple[str, int], ...]
    problems: tuple[LineProblem, ...]
    warnings: tuple[LineProblem, ...]


@dataclass(frozen=True, slots=True)
class TakenOver:
    """What was taken over."""

    sold: int
    reserved: int
    orders: int
