"""What the section of venues asks of the box office."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos_app.domain.venues.records import VenueDraft
from pos_app.services.venues.plan_catalogue import list_plans, open_plan, preview_move
from pos_app.services.venues.plan_store import add_plan, move_performances, preview_change, save_plan
from pos_app.services.venues.plans import archive_plan, rename_plan, restore_plan
from pos_app.services.venues.records import archive_venue, list_venues, restore_venue, save_venue

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from PySide6.QtCore import QObject

    from pos_app.domain.venues.plan_draft import PlanDraft
    from pos_app.domain.venues.plan_records import OpenPlan, PerformanceMove, PlanChange, PlanRecord, SavedPlan
    from pos_app.domain.venues.records import VenueRecord
    from pos_app.ui.background import Reply
    from pos_app.ui.office import Office


class VenueOperations:
    """A RecordSource of venues, and their plans; `owner` is who wants the answer.

    `background` computes what takes its time, and reads and writes files. on_progress is told the share that is
    written (0 to 1), on another thread.
    """

    def __init__(self, office: Office) -> None:
        self._office = office
        self.background = office.background

    def read_all(self, owner: QObject) -> Reply[tuple[VenueRecord, ...]]:
        """Read all venues, archived ones too."""
        return self._office.read_latest(owner, "venues", list_venues)

    def save(self, owner: QObject, before: VenueRecord | None, values: Mapping[str, object]) -> Reply[VenueRecord]:
        """Save the values of the form."""
        wanted = VenueDraft(*(str(values[name] or "") for name in ("name", "address", "time_zone", "currency")))
        return self._office.write(owner, save_venue, before, wanted)

    def archive(self, owner: QObject, record: VenueRecord) -> Reply[VenueRecord]:
        """Put a venue away."""
        return self._office.write(owner, archive_venue, record.venue_id)

    def restore(self, owner: QObject, record: VenueRecord) -> Reply[VenueRecord]:
        """Bring a venue back."""
        return self._office.write(owner, restore_venue, record.venue_id)

    def plans(self, owner: QObject, venue_id: int) -> Reply[tuple[PlanRecord, ...]]:
        """Read all versions of all plans of a venue."""
        return self._office.read_latest(owner, "plans", list_plans, venue_id)

    def open_plan(self, owner: QObject, plan_id: int) -> Reply[OpenPlan]:
        """Read a plan with all that is drawn in it; only the newest answer counts."""
        return self._office.read_latest(owner, "open plan", open_plan, plan_id)

    def add_plan(
        self, owner: QObject, venue_id: int, draft: PlanDraft, on_progress: Callable[[float], None]
    ) -> Reply[OpenPlan]:
        """Store a new plan."""
        return self._office.write(owner, add_plan, venue_id, draft, on_progress)

    def rename_plan(self, owner: QObject, before: PlanRecord, name: str) -> Reply[PlanRecord]:
        """Call a plan otherwise, with all its versions."""
        return self._office.write(owner, rename_plan, before, name)

    def archive_plan(self, owner: QObject, record: PlanRecord) -> Reply[PlanRecord]:
        """Put a plan away, with all its versions."""
        return self._office.write(owner, archive_plan, record.plan_id)

    def restore_plan(self, owner: QObject, record: PlanRecord) -> Reply[PlanRecord]:
        """Bring a plan back, with all its versions."""
        return self._office.write(owner, restore_plan, record.plan_id)

    def preview_change(self, owner: QObject, before: OpenPlan, wanted: PlanDraft) -> Reply[PlanChange]:
        """Ask what saving a changed plan would do."""
        return self._office.read(owner, preview_change, before, wanted)

    def save_plan(
        self,
        owner: QObject,
        before: OpenPlan,
        wanted: PlanDraft,
        move: Collection[int],
        on_progress: Callable[[float], None],
    ) -> Reply[SavedPlan]:
        """Save a changed plan. move: the performances that go over to a new version."""
        return self._office.write(owner, save_plan, before, wanted, move=move, on_progress=on_progress)

    def preview_move(self, owner: QObject, from_plan: int, to_plan: int) -> Reply[tuple[PerformanceMove, ...]]:
        """Ask what is in the way of the performances of a plan, were they to go over to another."""
        return self._office.read(owner, preview_move, from_plan, to_plan)

    def move_performances(
        self, owner: QObject, performance_ids: Collection[int], plan_id: int
    ) -> Reply[tuple[int, ...]]:
        """Take performances over to a plan; the answer is those that were moved."""
        return self._office.write(owner, move_performances, performance_ids, plan_id)
