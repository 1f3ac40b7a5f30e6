"""How wide the columns of a table of records are: as a person made them, else by the room that there is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QHeaderView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pos_app.ui.records.table.columns import Column

_SHARE: Final = 220
"""A column without a width of its own has so much before the others grow."""


class ColumnWidths(QObject):
    """Shares a wide window out: columns grow together to what they can use, those without a width have the rest.

    A column that a person made wider or narrower stays so. No signals.
    """

    def __init__(self, header: QHeaderView, columns: Sequence[Column[Any]]) -> None:
        super().__init__(header)
        self._header = header
        self._columns = tuple(columns)
        self._made: set[str] = set()
        self._is_sharing = False
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        for at, column in enumerate(self._columns):
            if column.width:
                header.resizeSection(at, column.width)
            else:
                header.setSectionResizeMode(at, QHeaderView.ResizeMode.Stretch)
        header.sectionResized.connect(self._on_resized)

    def made(self) -> str:
        """Return which columns a person made as wide as they are, to be remembered."""
        return ",".join(sorted(self._made))

    def take(self, made: str | None) -> None:
        """Take the widths that the header has now as made by a person, of these columns; None: of all unusual ones."""
        if made is None:
            wide = enumerate(self._columns)
            made = ",".join(one.key for at, one in wide if one.width not in {0, self._header.sectionSize(at)})
        self._made = {key for key in made.split(",") if key}

    def share(self, room: int) -> None:
        """Make the columns as wide as the room allows."""
        own = [at for at, column in enumerate(self._columns) if column.width and column.key not in self._made]
        spare = room - sum(self._least(at) for at in range(len(self._columns)))
        wanted = sum(self._columns[at].most - self._columns[at].width for at in own)
        part = min(1.0, max(0, spare) / wanted) if wanted else 0.0
        self._is_sharing = True
        try:
            for at in own:
                column = self._columns[at]
                self._header.resizeSection(at, column.width + int((column.most - column.width) * part))
        finally:
            self._is_sharing = False

    def _least(self, at: int) -> int:
        column = self._columns[at]
        return self._header.sectionSize(at) if column.key in self._made else column.width or _SHARE

    def _on_resized(self, at: int) -> None:
        if not self._is_sharing and self._columns[at].width:
            self._made.add(self._columns[at].key)
