"""What the section of venues asks for; bound_services binds it to the real thing."""

from __future__ import annotations

from typing import TYPE_CHECKING, ParamSpec, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from PySide6.QtCore import QObject

    from pos_app.domain.venues.plan_draft import PlanDraft
    from pos_app.domain.venues.plan_records import OpenPlan, PerformanceMove, PlanChange, PlanRecord, SavedPlan
    from pos_app.domain.venues.records import VenueRecord
    from pos_app.ui.records.kind import Answer

P = ParamSpec("P")
R = TypeVar("R")


class VenueServices(Protocol):
    """A RecordSource of venues, and their plans; `owner` is who wants the answer.

    on_progress is told the share that is written (0 to 1), on another thread.
    """

    def read_all(self, owner: QObject) -> Answer[Sequence[VenueRecord]]:
        """Read all venues, archived ones too."""
        ...

    def time_zones(self, owner: QObject) -> Answer[Sequence[str]]:
        """Read the names of all time zones."""
        ...

    def save(self, owner: QObject, before: VenueRecord | None, values: Mapping[str, object]) -> Answer[VenueRecord]:
        """Save the values of the form."""
        ...

    def archive(self, owner: QObject, record: VenueRecord) -> Answer[VenueRecord]:
        """Put a venue away."""
        ...

    def restore(self, owner: QObject, record: VenueRecord) -> Answer[VenueRecord]:
        """Bring a venue back."""
        ...

    def plans(self, owner: QObject, venue_id: int) -> Answer[Sequence[PlanRecord]]:
        """Read all versions of all plans of a venue."""
        ...

    def open_plan(self, owner: QObject, plan_id: int) -> Answer[OpenPlan]:
        """Read a plan with all that is drawn in it; only the newest answer counts."""
        ...

    def add_plan(
        self, owner: QObject, venue_id: int, draft: PlanDraft, on_progress: Callable[[float], None]
    ) -> Answer[OpenPlan]:
        """Store a new plan."""
        ...

    def rename_plan(self, owner: QObject, before: PlanRecord, name: str) -> Answer[PlanRecord]:
        """Call a plan otherwise, with all its versions."""
        ...

    def archive_plan(self, owner: QObject, record: PlanRecord) -> Answer[PlanRecord]:
        """Put a plan away, with all its versions."""
        ...

    def restore_plan(self, owner: QObject, record: PlanRecord) -> Answer[PlanRecord]:
        """Bring a plan back, with all its versions."""
        ...

    def preview_change(self, owner: QObject, before: OpenPlan, wanted: PlanDraft) -> Answer[PlanChange]:
        """Ask what saving a changed plan would do."""
        ...

    def save_plan(
        self,
        owner: QObject,
        before: OpenPlan,
        wanted: PlanDraft,
        move: Collection[int],
        on_progress: Callable[[float], None],
    ) -> Answer[SavedPlan]:
        """Save a changed plan. move: the performances that go over to a new version."""
        ...

    def preview_move(self, owner: QObject, from_plan: int, to_plan: int) -> Answer[Sequence[PerformanceMove]]:
        """Ask what is in the way of the performances of a plan, were they to go over to another."""
        ...

    def move_performances(
        self, owner: QObject, performance_ids: Collection[int], plan_id: int
    ) -> Answer[Sequence[int]]:
        """Take performances over to a plan; the answer is those that were moved."""
        ...

    def write_file(self, owner: QObject, path: str, content: bytes) -> Answer[object]:
        """Write a file; the answer's value is not looked at."""
        ...

    def compute(self, owner: QObject, function: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> Answer[R]:
        """Compute something that takes its time, or read a file, away from the window."""
        ...
