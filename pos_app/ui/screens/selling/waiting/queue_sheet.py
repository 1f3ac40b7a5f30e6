"""Who waits for a performance, as a cashier looks it up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal

from pos_app.ui.waiting.queue import WaitingQueue
from pos_app.ui.widgets.sheets.base import Sheet

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from pos_app.ui.waiting.source import WaitingSource

_WIDTH: Final = 1180
_HEIGHT: Final = 520


class QueueSheet(Sheet):
    """The queue over the sell screen: looked at; a party that calls can be taken off.

    Signals: letters_wanted(int, str): see WaitingQueue; the sheet is closed then.
    """

    letters_wanted = Signal(int, str)

    def __init__(self, parent: QWidget, source: WaitingSource, performance_id: int, title: str) -> None:
        super().__init__(parent, title, width=_WIDTH)
        self._performance_id = performance_id
        self.queue = WaitingQueue(source, decides=False)
        self.queue.letters_wanted.connect(self._on_letters)
        self.queue.left.connect(self.cancel)
        self.body.addWidget(self.queue)
        self.let_give_way(self.queue, _HEIGHT)
        self.no = self.add_button(self.tr("Close"), "Esc")
        self.no.clicked.connect(self.cancel)

    def open(self) -> None:
        """Show it with the cursor in the search."""
        super().open()
        self.queue.search.setFocus()
        self.queue.show_performance_id(self._performance_id)

    def _on_letters(self, customer_id: int, name: str) -> None:
        self.close_sheet()
        self.letters_wanted.emit(customer_id, name)
