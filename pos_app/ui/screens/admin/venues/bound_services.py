"""The questions of the section of venues, answered by the services of the box office."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from pos_app.domain.local_times import place_zones
from pos_app.domain.venues.records import VenueDraft
from pos_app.services.venues.plan_catalogue import list_plans, open_plan, preview_move
from pos_app.services.venues.plan_store import add_plan, move_performances, preview_change, save_plan
from pos_app.services.venues.plans import archive_plan, rename_plan, restore_plan
from pos_app.services.venues.records import archive_venue, list_venues, restore_venue, save_venue

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from PySide6.QtCore import QObject

    from pos_app.domain.roles import Actor
    from pos_app.domain.venues.plan_draft import PlanDraft
    from pos_app.domain.venues.plan_records import OpenPlan, PerformanceMove, PlanChange, PlanRecord, SavedPlan
    from pos_app.domain.venues.records import VenueRecord
    from pos_app.ui.background import Background, Reply

P = ParamSpec("P")
R = TypeVar("R")


class BoundVenues:
    """Answers for one person at one till; see VenueServices."""

    def __init__(self, background: Background, actor: Actor) -> None:
        self._background = background
        self._actor = actor

    def read_all(self, owner: QObject) -> Reply[tuple[VenueRecord, ...]]:
        """Read all venues."""
        return self._background.read_latest(owner, "venues", list_venues, self._actor)

    def time_zones(self, owner: QObject) -> Reply[tuple[str, ...]]:
        """Read the names of all time zones."""
        return self._background.compute(owner, place_zones)

    def save(self, owner: QObject, before: VenueRecord | None, values: Mapping[str, object]) -> Reply[VenueRecord]:
        """Save the values of the form."""
        wanted = VenueDraft(*(str(values[name] or "") for name in ("name", "address", "time_zone", "currency")))
        return self._background.write(owner, save_venue, self._actor, before, wanted)

    def archive(self, owner: QObject, record: VenueRecord) -> Reply[VenueRecord]:
        """Put a venue away."""
        return self._background.write(owner, archive_venue, self._actor, record.venue_id)

    def restore(self, owner: QObject, record: VenueRecord) -> Reply[VenueRecord]:
        """Bring a venue back."""
        return self._background.write(owner, restore_venue, self._actor, record.venue_id)

    def plans(self, owner: QObject, venue_id: int) -> Reply[tuple[PlanRecord, ...]]:
        """Read all versions of all plans of a venue."""
        return self._background.read_latest(owner, "plans", list_plans, self._actor, venue_id)

    def open_plan(self, owner: QObject, plan_id: int) -> Reply[OpenPlan]:
        """Read a plan with all that is drawn in it."""
        return self._background.read_latest(owner, "open plan", open_plan, self._actor, plan_id)

    def add_plan(
        self, owner: QObject, venue_id: int, draft: PlanDraft, on_progress: Callable[[float], None]
    ) -> Reply[OpenPlan]:
        """Store a new plan."""
        return self._background.write(owner, add_plan, self._actor, venue_id, draft, on_progress)

    def rename_plan(self, owner: QObject, before: PlanRecord, name: str) -> Reply[PlanRecord]:
        """Call a plan otherwise."""
        return self._background.write(owner, rename_plan, self._actor, before, name)

    def archive_plan(self, owner: QObject, record: PlanRecord) -> Reply[PlanRecord]:
        """Put a plan away."""
        return self._background.write(owner, archive_plan, self._actor, record.plan_id)

    def restore_plan(self, owner: QObject, record: PlanRecord) -> Reply[PlanRecord]:
        """Bring a plan back."""
        return self._background.write(owner, restore_plan, self._actor, record.plan_id)

    def preview_change(self, owner: QObject, before: OpenPlan, wanted: PlanDraft) -> Reply[PlanChange]:
        """Ask what saving a changed plan would do."""
        return self._background.read(owner, preview_change, self._actor, before, wanted)

    def save_plan(
        self,
        owner: QObject,
        before: OpenPlan,
        wanted: PlanDraft,
        move: Collection[int],
        on_progress: Callable[[float], None],
    ) -> Reply[SavedPlan]:
        """Save a changed plan."""
        return self._background.write(owner, save_plan, self._actor, before, wanted, move=move, on_progress=on_progress)

    def preview_move(self, owner: QObject, from_plan: int, to_plan: int) -> Reply[tuple[PerformanceMove, ...]]:
        """Ask what is in the way of the performances of a plan."""
        return self._background.read(owner, preview_move, self._actor, from_plan, to_plan)

    def move_performances(
        self, owner: QObject, performance_ids: Collection[int], plan_id: int
    ) -> Reply[tuple[int, ...]]:
        """Take performances over to a plan."""
        return self._background.write(owner, move_performances, self._actor, performance_ids, plan_id)

    def write_file(self, owner: QObject, path: str, content: bytes) -> Reply[int]:
        """Write a file."""
        return self._background.outside(owner, Path(path).write_bytes, content)

    def compute(self, owner: QObject, function: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> Reply[R]:
        """Compute something that takes its time, or read a file."""
        return self._background.compute(owner, function, *args, **kwargs)
