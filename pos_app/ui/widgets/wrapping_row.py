"""Widgets side by side that go on in the next line where there is no room."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget, QWidgetItem

if TYPE_CHECKING:
    from collections.abc import Iterator

_BETWEEN_LINES: Final = 6
_GIVES: Final = 4
"""Pixels of its padding that each gives before one goes on in the next line."""


class WrappingRow(QLayout):
    """Each as wide as it wants to be, in as many lines as that takes.

    grows: takes the room that is left in its line; it wants no more than `least` pixels to stay beside others.
    """

    def __init__(
        self,
        *widgets: QWidget,
        inside: QWidget | None = None,
        spacing: int = 8,
        grows: QWidget | None = None,
        least: int = 0,
    ) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        self._grows = grows
        self._least = least
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(spacing)
        if inside is not None:
            inside.setLayout(self)
        for widget in widgets:
            self.addWidget(widget)

    def insert_first(self, widget: QWidget) -> None:
        """Put a widget before the others."""
        self.addWidget(widget)
        self._items.insert(0, self._items.pop())
        self.invalidate()

    def addItem(self, item: QLayoutItem) -> None:
        """Take an item; Qt calls this for addWidget()."""
        self._items.append(item)

    def count(self) -> int:
        """Count the items."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """Return an item, None past the end."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Give an item away."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """It takes no more than it needs, unless one of them grows."""
        return Qt.Orientation.Horizontal if self._grows is not None else Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """The narrower, the more lines."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of so many lines."""
        _left, top, _right, bottom = self._margins()
        lines = list(self._lines(width))
        heights = sum(max(item.sizeHint().height() for item in line) for line in lines)
        return top + bottom + heights + _BETWEEN_LINES * max(0, len(lines) - 1)

    def sizeHint(self) -> QSize:
        """Room for all in one line."""
        shown = self._shown()
        left, top, right, bottom = self._margins()
        width = sum(map(self._wanted, shown)) + self.spacing() * max(0, len(shown) - 1)
        return QSize(left + width + right, top + max((item.sizeHint().height() for item in shown), default=0) + bottom)

    def minimumSize(self) -> QSize:
        """Room for the widest of them."""
        left, top, right, bottom = self._margins()
        widest = max(map(self._wanted, self._shown()), default=0)
        return QSize(left + widest + right, self.sizeHint().height() if widest else top + bottom)

    def setGeometry(self, rect: QRect) -> None:
        """Put each in its place."""
        super().setGeometry(rect)
        left, top, right, _bottom = self._margins()
        at = QPoint(rect.left() + left, rect.top() + top)
        room = rect.width() - left - right
        for line in self._lines(rect.width()):
            height = max(item.sizeHint().height() for item in line)
            spare = room - sum(map(self._wanted, line)) - self.spacing() * (len(line) - 1)
            x = at.x()
            for left_over, item in zip(range(len(line), 0, -1), line, strict=True):
                given = spare // left_over if spare < 0 else spare * self._is_growing(item)
                spare -= given
                width = min(self._wanted(item) + given, room)
                item.setGeometry(
                    QRect(x, at.y() + (height - item.sizeHint().height()) // 2, width, item.sizeHint().height())
                )
                x += width + self.spacing()
            at.setY(at.y() + height + _BETWEEN_LINES)

    def _lines(self, width: int) -> Iterator[list[QLayoutItem]]:
        left, _top, right, _bottom = self._margins()
        room, line, taken = width - left - right, list[QLayoutItem](), 0
        for item in self._shown():
            wanted = self._wanted(item)
            if line and taken + self.spacing() + wanted > room + _GIVES * (len(line) + 1):
                yield line
                line, taken = [], 0
            taken += wanted + (self.spacing() if line else 0)
            line.append(item)
        if line:
            yield line

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _is_growing(self, item: QLayoutItem) -> bool:
        return self._grows is not None and isinstance(item, QWidgetItem) and item.widget() is self._grows

    def _wanted(self, item: QLayoutItem) -> int:
        return self._least if self._is_growing(item) else item.sizeHint().width()

    def _margins(self) -> tuple[int, int, int, int]:
        sides = self.contentsMargins()
        return sides.left(), sides.top(), sides.right(), sides.bottom()
