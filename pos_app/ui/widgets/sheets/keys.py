"""All keys of the screen on one sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QScrollArea, QSizePolicy, QWidget

from pos_app.ui.widgets.labels import Chip, text_label
from pos_app.ui.widgets.sheets.base import Sheet
from pos_app.ui.widgets.told_keys import keys_in

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from pos_app.ui.widgets.told_keys import Rows

_WIDEST: Final = 1180
_COLUMN: Final = 350
_LEAST: Final = 480
_BESIDE: Final = 24
"""What stays free of the window at each side."""
_FEW: Final = 9
"""So many keys stand below each other before there is another column."""


def show_keys(asker: QWidget) -> KeysSheet:
    """Show the keys that work in the asker's window now."""
    sheet = KeysSheet(asker, keys_in(asker.window()))
    sheet.open()
    return sheet


class KeysSheet(Sheet):
    """Shows keys and what they do, in columns; scrolls where the window is too low. Enter and Esc close it.

    No signals of its own.
    """

    def __init__(self, parent: QWidget, rows: Rows) -> None:
        super().__init__(parent, "", width=_WIDEST)
        self.set_title(self.tr("Keys"))
        self.rows = rows
        self._inside = QWidget()
        self._grid = QGridLayout(self._inside)
        self._grid.setContentsMargins(0, 0, 10, 0)
        self._grid.setHorizontalSpacing(14)
        self._grid.setVerticalSpacing(9)
        self._fill()
        self.area = QScrollArea(widgetResizable=True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setWidget(self._inside)
        self.body.addWidget(self.area)
        self.close_button = self.add_button(self.tr("Close"), "Return", variant="primary")
        self.close_button.clicked.connect(self.close_sheet)

    def _fill(self) -> None:
        room = max(1, (min(_WIDEST, self.window().width()) - 2 * _BESIDE) // _COLUMN)
        columns = min(room, max(1, -(-len(self.rows) // _FEW)))
        self._wide = max(_LEAST, columns * _COLUMN + 2 * _BESIDE)
        each = -(-len(self.rows) // columns)
        for at, (key, words) in enumerate(self.rows):
            column = 2 * (at // each)
            said = text_label(words, wrap=True)
            said.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
            self._grid.addWidget(Chip(key, "accent"), at % each, column, Qt.AlignmentFlag.AlignRight)
            self._grid.addWidget(said, at % each, column + 1)
            self._grid.setColumnStretch(column + 1, 1)

    def _fit(self) -> None:
        """Take the room that the keys need, as far as the window has it."""
        self.panel.setFixedWidth(min(self._wide, self.width() - 2 * _BESIDE))
        layout = self.panel.layout()
        if layout is None:
            return
        margins, spacing = layout.contentsMargins(), layout.spacing()
        wide = self.panel.width() - margins.left() - margins.right() - 2
        needed = self._grid.heightForWidth(wide) if self._grid.hasHeightForWidth() else self._grid.sizeHint().height()
        self.area.setFixedHeight(0)
        around = layout.totalMinimumSize().height() + spacing
        self.area.setFixedHeight(max(0, min(needed, self.height() - 2 * _BESIDE - around)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep all keys within reach."""
        super().resizeEvent(event)
        self._fit()
