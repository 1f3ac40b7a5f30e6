"""Pick one of many."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from pos_app.ui.widgets.labels import text_label
from pos_app.ui.widgets.search_field import SearchField
from pos_app.ui.widgets.sheets.base import Sheet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QWidget

    from pos_app.ui.records.fields.choice_fields import Option

_LIST_HEIGHT: Final = 380
_ROW_HEIGHT: Final = 40


class PickSheet(Sheet):
    """A list with a search above it; Enter or a double click picks, Esc picks none.

    nothing: what is said when there is nothing to pick from. Signals: picked(object): the key of an option.
    """

    picked = Signal(object)

    def __init__(self, parent: QWidget, title: str, options: Sequence[Option], *, yes: str, nothing: str) -> None:
        super().__init__(parent, title, width=620)
        self._options = tuple(options)
        self._looked_for = ""
        self.search = SearchField(self.tr("Search"), key="")
        self.search.searched.connect(self._on_searched)
        self.search.left.connect(self.cancel)
        self.list = QListWidget()
        self.list.setFixedHeight(_LIST_HEIGHT)
        self.list.setAccessibleName(title)
        self.list.setUniformItemSizes(True)
        self.list.setProperty("role", "ticks")
        for option in self._options:
            QListWidgetItem(option.named(), self.list).setSizeHint(QSize(0, _ROW_HEIGHT))
        self.list.itemDoubleClicked.connect(self._on_yes)
        self._nothing = text_label(nothing, "muted", wrap=True)
        for widget in (self.search, self.list, self._nothing):
            self.body.addWidget(widget)
        self.yes = self.add_button(yes, "Return", variant="primary")
        self.no = self.add_button(self.tr("Cancel"), "Esc")
        self.yes.clicked.connect(self._on_yes)
        self.no.clicked.connect(self.cancel)
        self.search.setVisible(bool(options))
        self.list.setVisible(bool(options))
        self._nothing.setVisible(not options)
        self._go_to_first()

    def open(self) -> None:
        """Show it with the cursor in the search."""
        super().open()
        self.search.setFocus()

    def _shown(self) -> list[int]:
        return [at for at in range(self.list.count()) if not self.list.item(at).isHidden()]

    def _go_to_first(self) -> None:
        shown = self._shown()
        self.list.setCurrentRow(shown[0] if shown else -1)
        self.yes.setEnabled(bool(shown))

    def _on_searched(self, words: str) -> None:
        self._looked_for = words
        needles = words.casefold().split()
        for at, option in enumerate(self._options):
            hay = option.named().casefold()
            self.list.item(at).setHidden(not all(needle in hay for needle in needles))
        self._go_to_first()

    def _on_yes(self) -> None:
        if self.search.text().strip() != self._looked_for:
            # The search waits a moment before it looks, and Enter came first.
            self._on_searched(self.search.text().strip())
        at = self.list.currentRow()
        if at >= 0:
            self.close_sheet()
            self.picked.emit(self._options[at].key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk the list with the arrows, wherever the cursor is."""
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
        shown = self._shown()
        if not step or not shown:
            super().keyPressEvent(event)
            return
        now = shown.index(self.list.currentRow()) if self.list.currentRow() in shown else 0
        self.list.setCurrentRow(shown[min(max(0, now + step), len(shown) - 1)])
