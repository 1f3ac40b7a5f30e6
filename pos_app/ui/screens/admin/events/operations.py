"""Where events come from and go to."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from pos_app.domain.season.events import EventDraft
from pos_app.services.season.events import add_event, archive_event, list_events, restore_event, save_event

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtCore import QObject

    from pos_app.domain.season.events import Artwork, EventRecord
    from pos_app.ui.background import Reply
    from pos_app.ui.office import Office


class EventOperations:
    """A RecordSource of events."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def read_all(self, owner: QObject) -> Reply[tuple[EventRecord, ...]]:
        """Read all events, archived ones too."""
        return self._office.read_latest(owner, "events", list_events)

    def save(self, owner: QObject, before: EventRecord | None, values: Mapping[str, object]) -> Reply[EventRecord]:
        """Save the values of the form; a new event with its picture."""
        draft = EventDraft(str(values["title"]), str(values["description"]), str(values["kind"]))
        if before is None:
            return self._office.write(owner, add_event, draft, cast("Artwork | None", values["artwork"]))
        return self._office.write(owner, save_event, before, draft)

    def archive(self, owner: QObject, record: EventRecord) -> Reply[EventRecord]:
        """Put an event away."""
        return self._office.write(owner, archive_event, record.event_id)

    def restore(self, owner: QObject, record: EventRecord) -> Reply[EventRecord]:
        """Bring an event back."""
        return self._office.write(owner, restore_event, record.event_id)
