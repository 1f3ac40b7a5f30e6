"""The waiting list of a performance, beside its prices and its kept seats."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos_app.ui.screens.admin.waiting.keys import waiting_keys
from pos_app.ui.waiting.queue import WaitingQueue
from pos_app.ui.waiting.source import WaitingSource
from pos_app.ui.widgets.told_keys import tell_keys

if TYPE_CHECKING:
    from collections.abc import Callable

    from pos_app.domain.season.performances import PerformanceRecord
    from pos_app.ui.office import Office


class WaitingPanel(WaitingQueue):
    """The queue as a manager has it. show_letters: of a customer, by number and name. Signals: see WaitingQueue."""

    def __init__(self, office: Office, show_letters: Callable[[int, str], object]) -> None:
        super().__init__(WaitingSource(office), decides=True)
        self.letters_wanted.connect(show_letters)
        tell_keys(self, waiting_keys)

    def show_performance(self, record: PerformanceRecord) -> None:
        """Show who waits for this performance."""
        self.show_performance_id(record.performance_id)
