"""What a tour reads in the windows: texts that no translation reaches, and words that are cut off.

It is of use in the pseudo-language only, in which each text of the catalogue stands in brackets.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QGroupBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTabBar,
    QTableView,
    QWidget,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from PySide6.QtCore import QAbstractItemModel

_ROWS_READ: Final = 40
_ROLES: Final = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.AccessibleTextRole,
    Qt.ItemDataRole.AccessibleDescriptionRole,
)
_WORD: Final = re.compile(r"[^\W\d_]{2,}")
_KEYS: Final = {"alt", "ctrl", "del", "down", "enter", "esc", "left", "return", "right", "shift", "space", "tab", "up"}


def texts_shown() -> Iterator[tuple[QWidget, str]]:
    """Yield each text of each widget that is on screen: words, tool tips, what screen readers say."""
    for window in QApplication.topLevelWidgets():
        if window.isVisible():
            yield window, window.windowTitle()
            for widget in (window, *window.findChildren(QWidget)):
                if widget.isVisible():
                    for text in _texts_of(widget):
                        yield widget, text


def _texts_of(widget: QWidget) -> Iterator[str]:
    yield from (widget.toolTip(), widget.accessibleName(), widget.accessibleDescription())
    match widget:
        case QLabel() | QAbstractButton():
            yield widget.text()
        case QLineEdit() | QPlainTextEdit():
            yield widget.placeholderText()
        case QGroupBox():
            yield widget.title()
        case QComboBox():
            yield from (widget.itemText(row) for row in range(min(widget.count(), _ROWS_READ)))
        case QTabBar():
            yield from (widget.tabText(at) for at in range(widget.count()))
        case QHeaderView():
            pass
        case QAbstractItemView():
            if (model := widget.model()) is not None:
                yield from _texts_of_model(model, headed=isinstance(widget, QTableView))
        case _:
            pass


def _texts_of_model(model: QAbstractItemModel, *, headed: bool) -> Iterator[str]:
    columns = model.columnCount(QModelIndex())
    if headed:
        yield from (_written(model.headerData(at, Qt.Orientation.Horizontal)) for at in range(columns))
    for row in range(min(model.rowCount(QModelIndex()), _ROWS_READ)):
        for at in range(columns):
            index = model.index(row, at)
            yield from (_written(model.data(index, role)) for role in _ROLES)


def _written(value: object) -> str:
    return value if isinstance(value, str) else ""


def outside_brackets(text: str) -> str:
    """Return what of a text stands in no bracket."""
    depth, rest = 0, []
    for letter in text:
        if letter == "[":
            depth += 1
        elif letter == "]" and depth:
            depth -= 1
            rest.append(" ")
        elif not depth:
            rest.append(letter)
    return "".join(rest)


def untranslated(text: str, data: Collection[str]) -> tuple[str, ...]:
    """Return the words of a text that stand in no bracket and are not data. data: words in lower case."""
    words = (word.casefold() for word in _WORD.findall(outside_brackets(text)))
    return tuple(word for word in words if word not in data and word not in _KEYS)


def is_cut(widget: QWidget) -> bool:
    """Tell whether a label or a button is too small for its words; what elides a name shows it in its tool tip."""
    if isinstance(widget, QLabel):
        return _is_label_cut(widget)
    if isinstance(widget, QAbstractButton) and widget.text():
        return widget.width() < widget.minimumSizeHint().width()
    return False


def _is_label_cut(label: QLabel) -> bool:
    text = label.text()
    if not text or (label.toolTip() and label.toolTip() != text and text.endswith("…")):
        return False
    room = label.contentsRect().size()
    if label.wordWrap():
        return label.heightForWidth(label.width()) > label.height() + 1
    lines = text.split("\n")
    metrics = label.fontMetrics()
    widest = max(metrics.horizontalAdvance(line) for line in lines)
    return widest > room.width() + 1 or metrics.height() * len(lines) > room.height() + 2
