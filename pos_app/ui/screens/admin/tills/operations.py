"""Where tills come from and go to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos_app.domain.tills.kinds import TillKind
from pos_app.domain.tills.records import TillDraft
from pos_app.services.tills.records import archive_till, list_tills, restore_till, save_till

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtCore import QObject

    from pos_app.domain.tills.records import TillRecord
    from pos_app.ui.background import Reply
    from pos_app.ui.office import Office


class TillOperations:
    """A RecordSource of tills."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def read_all(self, owner: QObject) -> Reply[tuple[TillRecord, ...]]:
        """Read all tills, those put away too."""
        return self._office.read_latest(owner, "tills", list_tills)

    def save(self, owner: QObject, before: TillRecord | None, values: Mapping[str, object]) -> Reply[TillRecord]:
        """Save the values of the form. Raises ValueError for a new one: a till is made by its first start."""
        if before is None:
            raise ValueError("a till is made by its own computer")
        wanted = TillDraft(
            name=str(values["name"]),
            kind=TillKind(str(values["kind"])),
            drawer=str(values["drawer"]),
            paper=str(values["paper"]),
            ticket_queue=str(values["ticket_queue"]),
            door_lock_minutes=int(str(values["door_lock_minutes"])),
        )
        return self._office.write(owner, save_till, before, wanted)

    def archive(self, owner: QObject, record: TillRecord) -> Reply[TillRecord]:
        """Put a till away."""
        return self._office.write(owner, archive_till, record.till_id)

    def restore(self, owner: QObject, record: TillRecord) -> Reply[TillRecord]:
        """Take a till back."""
        return self._office.write(owner, restore_till, record.till_id)
