"""What a tour reads in the windows: every text that a person is given, and the words for which there is no room."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QGroupBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QTabBar,
    QTableView,
    QTextEdit,
    QToolButton,
    QWidget,
)

from pos_app.ui.widgets.key_button import KeyButton
from pos_app.ui.widgets.labels import ElidedLabel, FittedLabel

if TYPE_CHECKING:
    from collections.abc import Iterator

_ROWS_READ: Final = 60
"""What stands in the rows of a long list is of one kind."""
_ROLES: Final = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.AccessibleTextRole,
    Qt.ItemDataRole.AccessibleDescriptionRole,
)
_PADDING: Final = 8
"""Pixels at the sides of its words that a button can do without."""
_ROUNDING: Final = 1
"""Pixels; widths of letters are fractions."""


def widgets_shown() -> Iterator[QWidget]:
    """Yield each widget that is on screen, windows first."""
    for window in QApplication.topLevelWidgets():
        if window.isVisible():
            yield window
            yield from (widget for widget in window.findChildren(QWidget) if widget.isVisible())


def texts_of(widget: QWidget) -> Iterator[str]:
    """Yield each text of a widget: words, tool tips, what screen readers say; not what a person typed into it."""
    yield from (widget.toolTip(), widget.accessibleName(), widget.accessibleDescription())
    if widget.isWindow():
        yield widget.windowTitle()
    yield words_on(widget)
    match widget:
        case QLineEdit():
            yield widget.placeholderText()
        case QPlainTextEdit() | QTextEdit():
            # A letter speaks the language of its reader, and not that of the window.
            is_ours = widget.isReadOnly() and not widget.property("quotes")
            yield from (widget.placeholderText(), widget.toPlainText() if is_ours else "")
        case QAbstractSpinBox():
            yield widget.specialValueText()
        case QGroupBox():
            yield widget.title()
        case QComboBox():
            yield from (widget.itemText(row) for row in range(min(widget.count(), _ROWS_READ)))
        case QTabBar():
            yield from (text for at in range(widget.count()) for text in (widget.tabText(at), widget.tabToolTip(at)))
        case QMenu():
            yield from (text for action in widget.actions() for text in (action.text(), action.toolTip()))
        case QAbstractItemView() if not isinstance(widget, QHeaderView):
            yield from _texts_of_items(widget)
        case _:
            pass


def _texts_of_items(view: QAbstractItemView) -> Iterator[str]:
    model = view.model()
    headed = isinstance(view, QTableView)
    # A list has one column and says so to Qt alone.
    columns = model.columnCount(QModelIndex()) if headed else 1
    if headed:
        headings = (model.headerData(at, Qt.Orientation.Horizontal, role) for at in range(columns) for role in _ROLES)
        yield from map(_written, headings)
    for row in range(min(model.rowCount(QModelIndex()), _ROWS_READ)):
        for at in range(columns):
            index = model.index(row, at)
            yield from (_written(model.data(index, role)) for role in _ROLES)


def _written(value: object) -> str:
    return value if isinstance(value, str) else ""


def words_on(widget: QWidget) -> str:
    """Return the words that are to be seen on a label or a button."""
    match widget:
        case ElidedLabel() | KeyButton():
            return widget.words
        case FittedLabel():
            return widget.text
        case QLabel() | QAbstractButton():
            return widget.text()
        case _:
            return ""


def is_cut(widget: QWidget) -> bool:
    """Tell whether a label or a button is too small for its words.

    A label that elides on purpose shows the whole in its tool tip.
    """
    words = words_on(widget)
    match widget:
        case KeyButton():
            return widget.is_cut()
        case QToolButton() if widget.toolButtonStyle() is Qt.ToolButtonStyle.ToolButtonIconOnly:
            return False
        case QAbstractButton():
            return bool(words) and not _elides(words, words, widget) and _is_button_cut(widget)
        case QLabel():
            return bool(words) and not _elides(widget.text(), words, widget) and _is_label_cut(widget, words)
        case _:
            return False


def _elides(shown: str, words: str, widget: QWidget) -> bool:
    """Tell whether words are shortened on purpose, and told whole in the tool tip."""
    return (shown != words or shown.endswith("…")) and len(widget.toolTip()) >= len(shown)


def _is_button_cut(button: QAbstractButton) -> bool:
    return button.width() + _PADDING < button.sizeHint().width()


def _is_label_cut(label: QLabel, words: str) -> bool:
    if label.wordWrap():
        return label.heightForWidth(label.width()) > label.height() + _ROUNDING
    room = label.contentsRect().size()
    lines = words.split("\n")
    metrics = label.fontMetrics()
    widest = max(metrics.horizontalAdvance(line) for line in lines)
    return widest > room.width() + _ROUNDING or metrics.height() * len(lines) > room.height() + 2
