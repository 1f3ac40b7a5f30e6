"""Where ticket types come from and go to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from pos_app.domain.season.ticket_types import TicketTypeDraft
from pos_app.services.season.ticket_types import (
    add_ticket_type,
    archive_ticket_type,
    list_ticket_types,
    restore_ticket_type,
    save_ticket_type,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtCore import QObject

    from pos_app.domain.season.ticket_types import TicketTypeRecord
    from pos_app.ui.background import Reply
    from pos_app.ui.office import Office


class TicketTypeOperations:
    """A RecordSource of ticket types."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def read_all(self, owner: QObject) -> Reply[tuple[TicketTypeRecord, ...]]:
        """Read all ticket types, archived ones too."""
        return self._office.read_latest(owner, "ticket types", list_ticket_types)

    def save(
        self, owner: QObject, before: TicketTypeRecord | None, values: Mapping[str, object]
    ) -> Reply[TicketTypeRecord]:
        """Save the values of the form."""
        draft = TicketTypeDraft(**cast("dict[str, Any]", dict(values)))
        if before is None:
            return self._office.write(owner, add_ticket_type, draft)
        return self._office.write(owner, save_ticket_type, before, draft)

    def archive(self, owner: QObject, record: TicketTypeRecord) -> Reply[TicketTypeRecord]:
        """Put a ticket type away."""
        return self._office.write(owner, archive_ticket_type, record.ticket_type_id)

    def restore(self, owner: QObject, record: TicketTypeRecord) -> Reply[TicketTypeRecord]:
        """Bring a ticket type back."""
        return self._office.write(owner, restore_ticket_type, record.ticket_type_id)
