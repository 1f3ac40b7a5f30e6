"""The questions of the section of events, answered by the services of the box office."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

from pos_app.flows.take_artwork import read_artwork
from pos_app.services.season.cancellations import export_affected_orders, load_cancellations
from pos_app.services.season.dates import repeat_performance
from pos_app.services.season.events import (
    add_event,
    archive_event,
    list_events,
    load_artwork,
    restore_event,
    save_event,
    set_artwork,
)
from pos_app.services.season.performance_records import count_places, list_season, load_setup_choices, open_performance
from pos_app.services.season.performances import (
    add_performance,
    archive_performance,
    draft_of,
    restore_performance,
    save_performance,
)
from pos_app.services.season.several import (
    archive_performances,
    cancel_performances,
    change_performances,
    reinstate_performances,
    restore_performances,
    save_performances,
)
from pos_app.ui.screens.admin.events.values import event_draft, performance_draft

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import datetime

    from PySide6.QtCore import QObject

    from pos_app.domain.roles import Actor
    from pos_app.domain.season.events import Artwork, EventRecord
    from pos_app.domain.season.performances import (
        Cancellation,
        CommonChange,
        ListedPerformance,
        PerformanceRecord,
        PlaceCount,
        SetupChoices,
    )
    from pos_app.ui.background import Background, Reply

    Performances = Reply[tuple[PerformanceRecord, ...]]


class BoundEvents:
    """Answers for one person at one till; see EventServices."""

    def __init__(self, background: Background, actor: Actor) -> None:
        self._background = background
        self._actor = actor

    def read_all(self, owner: QObject) -> Reply[tuple[EventRecord, ...]]:
        """Read all events."""
        return self._background.read_latest(owner, "events", list_events, self._actor)

    def save(self, owner: QObject, before: EventRecord | None, values: Mapping[str, object]) -> Reply[EventRecord]:
        """Save the values of the form."""
        draft = event_draft(values)
        if before is None:
            artwork = cast("Artwork | None", values["artwork"])
            return self._background.write(owner, add_event, self._actor, draft, artwork)
        return self._background.write(owner, save_event, self._actor, before, draft)

    def archive(self, owner: QObject, record: EventRecord) -> Reply[EventRecord]:
        """Put an event away."""
        return self._background.write(owner, archive_event, self._actor, record.event_id)

    def restore(self, owner: QObject, record: EventRecord) -> Reply[EventRecord]:
        """Bring an event back."""
        return self._background.write(owner, restore_event, self._actor, record.event_id)

    def artwork(self, owner: QObject, event_id: int) -> Reply[Artwork | None]:
        """Read the picture of an event; an answer that is no longer the one asked for is dropped."""
        return self._background.read_latest(owner, "artwork", load_artwork, event_id)

    def read_file(self, owner: QObject, path: str) -> Reply[Artwork]:
        """Make a picture of a file; it may lie on a slow network."""
        return self._background.outside(owner, read_artwork, path)

    def set_artwork(self, owner: QObject, event_id: int, artwork: Artwork | None) -> Reply[EventRecord]:
        """Give an event another picture, or none."""
        return self._background.write(owner, set_artwork, self._actor, event_id, artwork)


class BoundPerformances:
    """Answers for one person at one till; see PerformanceServices."""

    def __init__(self, background: Background, actor: Actor) -> None:
        self._background = background
        self._actor = actor

    def choices(self, owner: QObject) -> Reply[SetupChoices]:
        """Read what performances can be set up from."""
        return self._background.read_latest(owner, "setup choices", load_setup_choices, self._actor)

    def read_all(self, owner: QObject) -> Reply[tuple[ListedPerformance, ...]]:
        """Read all performances."""
        return self._background.read_latest(owner, "season", list_season, self._actor)

    def count(self, owner: QObject, ids: Collection[int]) -> Reply[tuple[PlaceCount, ...]]:
        """Count the places of some performances."""
        return self._background.read(owner, count_places, self._actor, tuple(ids))

    def open(self, owner: QObject, performance_id: int) -> Reply[PerformanceRecord]:
        """Read one performance; an answer that is no longer the one asked for is dropped."""
        return self._background.read_latest(owner, "performance", open_performance, self._actor, performance_id)

    def save(
        self, owner: QObject, before: ListedPerformance | None, values: Mapping[str, object]
    ) -> Reply[PerformanceRecord]:
        """Save the values of the form."""
        draft = performance_draft(values)
        if before is None:
            return self._background.write(owner, add_performance, self._actor, draft)
        return self._background.write(owner, save_performance, self._actor, before, draft)

    def archive(self, owner: QObject, record: ListedPerformance) -> Reply[PerformanceRecord]:
        """Put a performance away."""
        return self._background.write(owner, archive_performance, self._actor, record.performance_id)

    def restore(self, owner: QObject, record: ListedPerformance) -> Reply[PerformanceRecord]:
        """Bring a performance back."""
        return self._background.write(owner, restore_performance, self._actor, record.performance_id)

    def repeat(self, owner: QObject, performance_id: int, starts: Sequence[datetime]) -> Performances:
        """Make the same performance again at these times."""
        return self._background.write(owner, repeat_performance, self._actor, performance_id, tuple(starts))

    def cancellations(self, owner: QObject, ids: Collection[int]) -> Reply[tuple[Cancellation, ...]]:
        """Read what cancelling these would meet."""
        return self._background.read_latest(owner, "cancellations", load_cancellations, self._actor, tuple(ids))

    def cancel(self, owner: QObject, ids: Collection[int], reason: str) -> Performances:
        """Cancel these."""
        return self._background.write(owner, cancel_performances, self._actor, tuple(ids), reason)

    def reinstate(self, owner: QObject, ids: Collection[int]) -> Performances:
        """Take cancellations back."""
        return self._background.write(owner, reinstate_performances, self._actor, tuple(ids))

    def change_all(self, owner: QObject, records: Sequence[ListedPerformance], change: CommonChange) -> Performances:
        """Make one change on several."""
        return self._background.write(owner, change_performances, self._actor, tuple(records), change)

    def put_back(
        self, owner: QObject, now: Sequence[PerformanceRecord], before: Sequence[ListedPerformance]
    ) -> Performances:
        """Save again what several were before a change."""
        drafts = {one.performance_id: draft_of(one) for one in before}
        pairs = [(one, drafts[one.performance_id]) for one in now]
        return self._background.write(owner, save_performances, self._actor, pairs)

    def archive_all(self, owner: QObject, ids: Collection[int]) -> Performances:
        """Put several away."""
        return self._background.write(owner, archive_performances, self._actor, tuple(ids))

    def restore_all(self, owner: QObject, ids: Collection[int]) -> Performances:
        """Bring several back."""
        return self._background.write(owner, restore_performances, self._actor, tuple(ids))

    def export_orders(self, owner: QObject, ids: Collection[int]) -> Reply[bytes]:
        """Return the orders that a cancellation concerns as CSV."""
        return self._background.write(owner, export_affected_orders, self._actor, tuple(ids))

    def write_file(self, owner: QObject, path: str, content: bytes) -> Reply[int]:
        """Write a file."""
        return self._background.outside(owner, Path(path).write_bytes, content)
