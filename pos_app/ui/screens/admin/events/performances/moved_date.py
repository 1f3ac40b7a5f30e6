"""A performance with sold tickets is saved on another date: what becomes of its orders is offered next."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from pos_app.domain.season.performances import PerformanceRecord
from pos_app.ui.words.sentences import spoken_count

if TYPE_CHECKING:
    from collections.abc import Callable

    from pos_app.ui.records.page import RecordPage
    from pos_app.ui.screens.admin.events.performances.changes import PerformanceChanges


def follow_saving(page: RecordPage, changes: PerformanceChanges) -> Callable[[], None]:
    """Return what to do once the performance in the form is saved; it is looked at now as it was before."""
    before = page.record

    def saved() -> None:
        stored = page.record
        if before is None or not isinstance(stored, PerformanceRecord) or not changes.offers_orders:
            return
        same = stored.performance_id == before.performance_id
        if not same or stored.starts_at == before.starts_at or stored.cancelled or not stored.sold:
            return
        told = spoken_count(
            "{count} ticket was sold for the date before. It is good as it is.",
            "{count} tickets were sold for the date before. They are good as they are.",
            stored.sold,
        )
        done = page.banner.message
        words = QCoreApplication.translate("PerformanceChanges", "Work list…")
        with_undo = replace(done, advice=told, undo=done.action, on_undo=done.on_action)
        changes.said.emit(replace(with_undo, action=words, on_action=changes.orders_asked.emit))

    return saved
