"""Ask what becomes of changes that nobody saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from pos_app.ui.widgets.labels import text_label
from pos_app.ui.widgets.sheets.base import Sheet
from pos_app.ui.words.lists import following

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget


class LeaveSheet(Sheet):
    """Save (Enter), discard, or stay (Esc); names what is unsaved.

    Signals: save_chosen(), discard_chosen(); cancelled() of Sheet for staying.
    """

    save_chosen = Signal()
    discard_chosen = Signal()

    def __init__(self, parent: QWidget, title: str, unsaved: Sequence[str]) -> None:
        super().__init__(parent, title, width=520)
        self.setAccessibleDescription(following(*unsaved))
        for line in unsaved:
            self.body.addWidget(text_label(f"•  {line}", wrap=True))
        self.save = self.add_button(self.tr("Save"), "Return", variant="primary")
        self.stay = self.add_button(self.tr("Stay here"), "Esc")
        self.discard = self.add_button(self.tr("Discard"), "Ctrl+D")
        self.save.clicked.connect(self._on_save)
        self.stay.clicked.connect(self.cancel)
        self.discard.clicked.connect(self._on_discard)

    def _on_save(self) -> None:
        self.close_sheet()
        self.save_chosen.emit()

    def _on_discard(self) -> None:
        self.close_sheet()
        self.discard_chosen.emit()
