"""The orders that fit what is looked for, written to a file for a spreadsheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from pos_app.ui import save_file
from pos_app.ui.words.messages import message_for

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from pos_app.domain.orders.finding import OrderQuery
    from pos_app.ui.screens.orders.operations import OrderOperations


class Export(QObject):
    """Writes all that fits, further down than was scrolled, too. Signals: said(Message): what became of it."""

    said = Signal(object)

    def __init__(self, screen: QWidget, operations: OrderOperations) -> None:
        super().__init__(screen)
        self._screen = screen
        self._operations = operations

    def write(self, query: OrderQuery) -> None:
        """Ask where to, and write there."""
        path = save_file.ask_path(self._screen, self.tr("Export these orders"), "orders.csv", save_file.CSV)
        if path:
            self._operations.export(self, query).then(
                lambda content: self._write(path, content), lambda error: self.said.emit(message_for(error))
            )

    def _write(self, path: str, content: bytes) -> None:
        done = self.tr("The orders were exported.")
        save_file.write_file(self._screen, self._operations.background, path, lambda: content, done, self.said.emit)
