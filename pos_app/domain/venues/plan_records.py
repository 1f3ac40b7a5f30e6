"""Seating plans as a manager keeps them: versions, what a change would do, and what stands in its way."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from pos_app.domain.errors import PosError
from pos_app.domain.sentences import NOTHING, Sentence, say, say_count

if TYPE_CHECKING:
    from datetime import datetime

    from pos_app.domain.venues.plan_draft import PlanDraft


@dataclass(frozen=True, slots=True)
class PlanRecord:
    """One version of a plan. places: seats, and those of areas. performances: on this version, upcoming ones of them.

    sold: whether anything was ever sold on it. newest: whether there is no later version; only that one is changed.
    """

    plan_id: int
    venue_id: int
    name: str
    version: int
    revision: int
    places: int
    performances: int
    upcoming: int
    newest: bool
    archived: bool


@dataclass(frozen=True, slots=True)
class OpenPlan:
    """A stored plan with all that is drawn in it, to be edited and given back to save_plan as what it was before."""

    plan: PlanRecord
    draft: PlanDraft


class HindranceKind(StrEnum):
    """Why a performance cannot go over to a changed plan."""

    REMOVED = "removed"
    """A place is taken, and the changed plan has it no more."""
    RENAMED = "renamed"
    """A ticket is sold, and says another zone, row or seat than the changed plan."""
    AREA_FULL = "area_full"
    """An area has more places taken than it would have."""
    BASKET = "basket"
    """A till has places of this performance in its basket just now."""


@dataclass(frozen=True, slots=True)
class Hindrance:
    """One thing in the way. place: a seat, or the name of an area; "" for a basket.

    holder: who has it: "order ABCD-EFGH", "kept back by the house", the name of a till; "" for a full area.
    count: how many places are taken in an area, or lie in a basket.
    """

    kind: HindranceKind
    place: str
    holder: str
    count: int = 1

    def spoken(self) -> Sentence:
        """Return it as a part of a sentence."""
        match self.kind:
            case HindranceKind.REMOVED:
                return say("{place} ({holder}) would be gone", place=self.place, holder=self.holder)
            case HindranceKind.RENAMED:
                return say("{place} ({holder}) would be called otherwise", place=self.place, holder=self.holder)
            case HindranceKind.AREA_FULL:
                return say_count(
                    "{area} has {count} place taken", "{area} has {count} places taken", self.count, area=self.place
                )
            case HindranceKind.BASKET:
                return say_count(
                    "{till} is just selling a place",
                    "{till} is just selling {count} places",
                    self.count,
                    till=self.holder,
                )


@dataclass(frozen=True, slots=True)
class PerformanceMove:
    """A performance that a change touches.

    taken: places sold, reserved or kept back. unpriced: categories of the changed plan without any price on it, which
    nobody can sell before they have one.
    """

    performance_id: int
    title: str
    starts_at: datetime
    time_zone: str
    taken: int
    hindrances: tuple[Hindrance, ...]
    unpriced: tuple[str, ...]
    ends_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class PlanChange:
    """What saving a changed plan would do.

    new_version: whether it was sold on, so that it is stored beside the old one; then each of `performances` (the
    upcoming ones) may go over to it or stay. Otherwise it is changed where it is, for all of them.
    doubled: names of places that are there twice then, each once more than it should be.
    """

    new_version: bool
    added: int
    removed: int
    changed: int
    performances: tuple[PerformanceMove, ...]
    doubled: tuple[Sentence, ...] = ()


@dataclass(frozen=True, slots=True)
class SavedPlan:
    """What was stored, whether as a new version, and which performances went over to it."""

    opened: OpenPlan
    new_version: bool
    moved: tuple[int, ...]


class PlanInUse(PosError):
    """A change would take places away that somebody has; nothing was saved. moves: the performances concerned."""

    def __init__(self, message: Sentence, *, moves: tuple[PerformanceMove, ...], advice: Sentence = NOTHING) -> None:
        super().__init__(message, advice=advice)
        self.moves = moves


class PlanOutdated(PosError):
    """The performance stands on another plan, or another state of it, than the one this till shows."""
