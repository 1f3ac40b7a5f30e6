"""Where the records of the section of ticket types come from and go to: the services of the box office."""

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

    from pos_app.domain.roles import Actor
    from pos_app.domain.season.ticket_types import TicketTypeRecord
    from pos_app.ui.background import Background, Reply


class BoundTicketTypes:
    """A RecordSource of ticket types for one person at one till."""

    def __init__(self, background: Background, actor: Actor) -> None:
        self._background = background
        self._actor = actor

    def read_all(self, owner: QObject) -> Reply[tuple[TicketTypeRecord, ...]]:
        """Read all ticket types, archived ones too."""
        return self._background.read_latest(owner, "ticket types", list_ticket_types, self._actor)

    def save(
        self, owner: QObject, before: TicketTypeRecord | None, values: Mapping[str, object]
    ) -> Reply[TicketTypeRecord]:
        """Save the values of the form."""
        draft = TicketTypeDraft(**cast("dict[str, Any]", dict(values)))
        if before is None:
            return self._background.write(owner, add_ticket_type, self._actor, draft)
        return self._background.write(owner, save_ticket_type, self._actor, before, draft)

    def archive(self, owner: QObject, record: TicketTypeRecord) -> Reply[TicketTypeRecord]:
        """Put a ticket type away."""
        return self._background.write(owner, archive_ticket_type, self._actor, record.ticket_type_id)

    def restore(self, owner: QObject, record: TicketTypeRecord) -> Reply[TicketTypeRecord]:
        """Bring a ticket type back."""
        return self._background.write(owner, restore_ticket_type, self._actor, record.ticket_type_id)
