"""Write a seating plan to a file that other programs read."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from pos_app.domain.venues.pretix.writer import write_plan
from pos_app.ui.words.messages import Level, Message, message_for

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from pos_app.domain.venues.plan_draft import PlanDraft
    from pos_app.ui.screens.admin.venues.services import VenueServices


class Exporting(QObject):
    """Works for the page of plans.

    Signals: said(Message): what became of it.
    """

    said = Signal(object)

    def __init__(self, page: QWidget, services: VenueServices) -> None:
        super().__init__(page)
        self._services = services

    def export(self, draft: PlanDraft, path: str) -> None:
        """Write a plan; what became of it is said."""
        self._services.compute(self, write_plan, draft).then(partial(self._write, path), self._on_failed)

    def _write(self, path: str, content: bytes) -> None:
        words = self.tr("The plan was exported.")
        self._services.write_file(self, path, content).then(
            lambda _done: self.said.emit(Message(words, path, Level.OK)), self._on_failed
        )

    def _on_failed(self, error: Exception) -> None:
        if isinstance(error, OSError):
            words = self.tr("The file could not be written: {0}.").format(error.strerror or str(error))
            self.said.emit(Message(words, self.tr("Choose another place."), Level.WARNING))
        else:
            self.said.emit(message_for(error))
