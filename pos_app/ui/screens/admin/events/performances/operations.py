"""Where performances come from and go to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos_app.services.season.performance_records import list_season
from pos_app.services.season.performances import (
    add_performance,
    archive_performance,
    restore_performance,
    save_performance,
)
from pos_app.ui.screens.admin.events.performances.values import performance_draft

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtCore import QObject

    from pos_app.domain.season.performances import ListedPerformance, PerformanceRecord
    from pos_app.ui.background import Reply
    from pos_app.ui.office import Office


class PerformanceOperations:
    """A RecordSource of performances."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def read_all(self, owner: QObject) -> Reply[tuple[ListedPerformance, ...]]:
        """Read all performances, past and archived ones too."""
        return self._office.read_latest(owner, "season", list_season)

    def save(
        self, owner: QObject, before: ListedPerformance | None, values: Mapping[str, object]
    ) -> Reply[PerformanceRecord]:
        """Save the values of the form."""
        draft = performance_draft(values)
        if before is None:
            return self._office.write(owner, add_performance, draft)
        return self._office.write(owner, save_performance, before, draft)

    def archive(self, owner: QObject, record: ListedPerformance) -> Reply[PerformanceRecord]:
        """Put a performance away."""
        return self._office.write(owner, archive_performance, record.performance_id)

    def restore(self, owner: QObject, record: ListedPerformance) -> Reply[PerformanceRecord]:
        """Bring a performance back."""
        return self._office.write(owner, restore_performance, record.performance_id)
