"""What the section of events asks for; bound_services binds it to the real thing. `owner` is who wants the answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import datetime

    from PySide6.QtCore import QObject

    from pos_app.domain.season.events import Artwork, EventRecord
    from pos_app.domain.season.performances import (
        Cancellation,
        CommonChange,
        ListedPerformance,
        PerformanceRecord,
        PlaceCount,
        SetupChoices,
    )
    from pos_app.ui.records.kind import Answer

    Performances = Answer[Sequence[PerformanceRecord]]


class EventServices(Protocol):
    """A RecordSource of events, and their pictures."""

    def read_all(self, owner: QObject) -> Answer[Sequence[EventRecord]]:
        """Read all events, archived ones too."""
        ...

    def save(self, owner: QObject, before: EventRecord | None, values: Mapping[str, object]) -> Answer[EventRecord]:
        """Save the values of the form; a new event with its picture."""
        ...

    def archive(self, owner: QObject, record: EventRecord) -> Answer[EventRecord]:
        """Put an event away."""
        ...

    def restore(self, owner: QObject, record: EventRecord) -> Answer[EventRecord]:
        """Bring an event back."""
        ...

    def artwork(self, owner: QObject, event_id: int) -> Answer[Artwork | None]:
        """Read the picture of an event."""
        ...

    def read_file(self, owner: QObject, path: str) -> Answer[Artwork]:
        """Make a picture of a file."""
        ...

    def set_artwork(self, owner: QObject, event_id: int, artwork: Artwork | None) -> Answer[EventRecord]:
        """Give an event another picture, or none."""
        ...


class PerformanceServices(Protocol):
    """A RecordSource of performances, and what else can be done with one or several."""

    def choices(self, owner: QObject) -> Answer[SetupChoices]:
        """Read what performances can be set up from."""
        ...

    def read_all(self, owner: QObject) -> Answer[Sequence[ListedPerformance]]:
        """Read all performances, past and archived ones too."""
        ...

    def count(self, owner: QObject, ids: Collection[int]) -> Answer[Sequence[PlaceCount]]:
        """Count the places of some performances."""
        ...

    def open(self, owner: QObject, performance_id: int) -> Answer[PerformanceRecord]:
        """Read one performance with its places counted."""
        ...

    def save(
        self, owner: QObject, before: ListedPerformance | None, values: Mapping[str, object]
    ) -> Answer[PerformanceRecord]:
        """Save the values of the form."""
        ...

    def archive(self, owner: QObject, record: ListedPerformance) -> Answer[PerformanceRecord]:
        """Put a performance away."""
        ...

    def restore(self, owner: QObject, record: ListedPerformance) -> Answer[PerformanceRecord]:
        """Bring a performance back."""
        ...

    def repeat(self, owner: QObject, performance_id: int, starts: Sequence[datetime]) -> Performances:
        """Make the same performance again at these times."""
        ...

    def cancellations(self, owner: QObject, ids: Collection[int]) -> Answer[Sequence[Cancellation]]:
        """Read what cancelling these would meet."""
        ...

    def cancel(self, owner: QObject, ids: Collection[int], reason: str) -> Performances:
        """Cancel these."""
        ...

    def reinstate(self, owner: QObject, ids: Collection[int]) -> Performances:
        """Take cancellations back."""
        ...

    def change_all(self, owner: QObject, records: Sequence[ListedPerformance], change: CommonChange) -> Performances:
        """Make one change on several."""
        ...

    def put_back(
        self, owner: QObject, now: Sequence[PerformanceRecord], before: Sequence[ListedPerformance]
    ) -> Performances:
        """Save again what several were before a change."""
        ...

    def archive_all(self, owner: QObject, ids: Collection[int]) -> Performances:
        """Put several away."""
        ...

    def restore_all(self, owner: QObject, ids: Collection[int]) -> Performances:
        """Bring several back."""
        ...

    def export_orders(self, owner: QObject, ids: Collection[int]) -> Answer[bytes]:
        """Return the orders that a cancellation concerns as CSV."""
        ...

    def write_file(self, owner: QObject, path: str, content: bytes) -> Answer[object]:
        """Write a file; the answer's value is not looked at."""
        ...
