"""The grid of prices under the hands: typed, pasted and walked like a spreadsheet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QItemSelectionModel, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QApplication,
    QHeaderView,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from pos_app.ui.look.theme import current_theme, figures_font, theme_notifier
from pos_app.ui.screens.admin.prices.model import CHANGED_ROLE, WRONG_ROLE, PriceModel
from pos_app.ui.screens.admin.prices.typed_amounts import read_block
from pos_app.ui.widgets.line_bounds import bound_line, tell_beside, too_much_pasted

if TYPE_CHECKING:
    from pos_app.ui.records.table.columns import AnyIndex

_ROW: Final = 44
_SIDE: Final = 12
_NARROWEST: Final = 92
_FILL_DOWN: Final = QKeySequence("Ctrl+D")
_ENTER: Final = {Qt.Key.Key_Return, Qt.Key.Key_Enter}
_EMPTIES: Final = {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}
_STEPS: Final = {
    Qt.Key.Key_Return: (1, 0),
    Qt.Key.Key_Enter: (1, 0),
    Qt.Key.Key_Down: (1, 0),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Tab: (0, 1),
    Qt.Key.Key_Backtab: (0, -1),
}
"""Rows and columns to go on by, from a cell that is being typed into."""
_Hint = QAbstractItemDelegate.EndEditHint
_LONGEST_CELL: Final = 24
_MOST_PASTED: Final = 100_000
"""Letters: more than the largest grid holds."""


class PriceTable(QTableView):
    """A table of a PriceModel.

    Keys: typing replaces a cell, F2 changes it, Enter goes down, Tab to the right (out of the grid after the last
    cell), Delete empties, Ctrl+C and Ctrl+V copy and paste blocks, Ctrl+D fills down, Ctrl+Z takes back.
    Signals: typing(): a person began to type into a cell, or has ended; what is in the cells: see PriceModel.
    """

    typing = Signal()

    def __init__(self, model: PriceModel) -> None:
        super().__init__()
        self._model = model
        self._cell = (0, 0)
        self._had_keyboard = False
        self.setModel(model)
        model.modelAboutToBeReset.connect(self._on_resetting)
        model.modelReset.connect(self._on_reset)
        self.setItemDelegate(_PriceDelegate(self))
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
        )
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setShowGrid(False)
        self.setAccessibleName(self.tr("Prices, by category and ticket type"))
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setCornerButtonEnabled(False)
        across, down = self.horizontalHeader(), self.verticalHeader()
        across.setDefaultAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        across.setMinimumSectionSize(_NARROWEST)
        across.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        down.setDefaultSectionSize(_ROW)
        for header in (across, down):
            header.setHighlightSections(False)
        theme_notifier().changed.connect(self.viewport().update)

    @property
    def is_typing(self) -> bool:
        """Tell whether a cell is open, and holds something else than before."""
        line = self._open_line()
        at = self.currentIndex()
        return line is not None and at.isValid() and line.text().strip() != self._model.text_at(at.row(), at.column())

    def finish(self) -> None:
        """Take what is typed into the open cell."""
        if self._open_line() is not None:
            self.setFocus()

    def fill_down(self) -> None:
        """Copy the first of the chosen rows into the others; one cell takes what stands above it."""
        cells = self._chosen()
        if not cells:
            return
        top = min(row for row, _ in cells)
        if all(row == top for row, _ in cells):
            top -= 1
        if top >= 0:
            self._model.put({(row, column): self._model.text_at(top, column) for row, column in cells})

    def begin(self) -> None:
        """Take the keyboard, in the first cell unless one is chosen."""
        self.setFocus()
        if not self.currentIndex().isValid():
            self.setCurrentIndex(self._model.index(0, 0))

    def pause(self, paused: bool) -> None:  # noqa: FBT001 - one flag, named by the method
        """Take no keys for a while; afterwards the keyboard comes back, if it was here."""
        if paused:
            self._had_keyboard = self.hasFocus()
        self.setEnabled(not paused)
        if not paused and self._had_keyboard:
            self.setFocus()

    def step(self, down: int, right: int) -> bool:
        """Go to another cell; tells whether there is one."""
        at, model = self.currentIndex(), self._model
        row, column = at.row() + down, at.column() + right
        if right and not 0 <= column < model.columnCount():
            row, column = row + right, 0 if right > 0 else model.columnCount() - 1
        if not (0 <= row < model.rowCount() and 0 <= column < model.columnCount()):
            return False
        self.selectionModel().setCurrentIndex(
            model.index(row, column), QItemSelectionModel.SelectionFlag.ClearAndSelect
        )
        return True

    def _open_line(self) -> QLineEdit | None:
        line = QApplication.focusWidget()
        return line if isinstance(line, QLineEdit) and self.isAncestorOf(line) else None

    def _chosen(self) -> list[tuple[int, int]]:
        return sorted((index.row(), index.column()) for index in self.selectionModel().selectedIndexes())

    def _copy(self) -> None:
        cells = self._chosen()
        rows = sorted({row for row, _ in cells})
        lines = ["\t".join(self._model.text_at(row, column) for r, column in cells if r == row) for row in rows]
        QGuiApplication.clipboard().setText("\n".join(lines))

    def _paste(self) -> None:
        cells, text = self._chosen(), QGuiApplication.clipboard().text()
        if not cells:
            return
        block = read_block(text) if len(text) <= _MOST_PASTED else []
        if not block or any(len(cell) > _LONGEST_CELL for line in block for cell in line):
            tell_beside(self.viewport(), too_much_pasted())
            return
        if len(block) == 1 and len(block[0]) == 1:
            self._model.put(dict.fromkeys(cells, block[0][0]))
            return
        top, left = cells[0]
        self._model.put({(top + r, left + c): text for r, line in enumerate(block) for c, text in enumerate(line)})

    def _on_resetting(self) -> None:
        at = self.currentIndex()
        self._cell = (at.row(), at.column()) if at.isValid() else (0, 0)

    def _on_reset(self) -> None:
        # Where no cell is chosen, what is typed would be lost.
        row, column = self._cell
        if self._model.hasIndex(row, column):
            self.setCurrentIndex(self._model.index(row, column))
        elif self._model.hasIndex(0, 0):
            self.setCurrentIndex(self._model.index(0, 0))

    def closeEditor(self, editor: QWidget, hint: _Hint) -> None:
        """Tell that nothing is being typed any more."""
        super().closeEditor(editor, hint)
        self.typing.emit()

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: FBT001 - Qt's signature
        """Walk the cells with Tab, and leave the grid after the last one, or when it takes no keys."""
        # Qt asks for the next widget, too, when this one is disabled.
        walks = self.isEnabled() and self.step(0, 1 if forward else -1)
        return walks or super().focusNextPrevChild(forward)

    def event(self, event: QEvent) -> bool:
        """Keep the keys of the grid from the shortcuts of the screen."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._does(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do what a key does in a spreadsheet."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self._copy()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self._paste()
        elif event.matches(QKeySequence.StandardKey.Undo):
            self._model.undo()
        elif QKeySequence(event.keyCombination()) == _FILL_DOWN:
            self.fill_down()
        elif event.key() in _EMPTIES:
            self._model.put(dict.fromkeys(self._chosen(), ""))
        elif event.key() in _ENTER:
            self.step(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1, 0)
        elif event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier):
            # Another key of the screen: it would open the cell for typing.
            event.ignore()
        else:
            super().keyPressEvent(event)

    @staticmethod
    def _does(event: QKeyEvent) -> bool:
        keys = (QKeySequence.StandardKey.Copy, QKeySequence.StandardKey.Paste, QKeySequence.StandardKey.Undo)
        return any(event.matches(key) for key in keys) or QKeySequence(event.keyCombination()) == _FILL_DOWN


class _PriceDelegate(QStyledItemDelegate):
    """Paints a cell, and opens a line to type into. No signals of its own."""

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: AnyIndex) -> QWidget:
        """Make a line as large as the cell."""
        del option, index
        line = QLineEdit(parent)
        line.setFont(figures_font(14))
        line.setAlignment(Qt.AlignmentFlag.AlignRight)
        bound_line(line, _LONGEST_CELL)
        table = self.parent()
        if isinstance(table, PriceTable):
            line.textEdited.connect(table.typing)
        line.setStyleSheet("border-radius: 0; min-height: 0; padding: 0 10px;")
        return line

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """Go on from the cell that was typed into: Enter and the arrows up and down, Tab to the sides."""
        table = self.parent()
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and isinstance(editor, QWidget):
            step = _STEPS.get(Qt.Key(event.key()))
            if step is not None and isinstance(table, PriceTable):
                self.commitData.emit(editor)
                self.closeEditor.emit(editor, _Hint.NoHint)
                table.step(*step)
                return True
        return super().eventFilter(editor, event)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Paint the amount; a changed one stands out, a wrong one is red, and no amount is a dash."""
        theme, rect = current_theme(), option.rect
        text, wrong, changed = str(index.data() or ""), index.data(WRONG_ROLE), index.data(CHANGED_ROLE)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        ground = "danger_soft" if wrong else "accent_soft" if chosen else "warn_soft" if changed else "surface"
        painter.fillRect(rect, theme.color(ground))
        painter.setPen(theme.color("line"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.drawLine(rect.topRight(), rect.bottomRight())
        painter.setFont(figures_font(14))
        painter.setPen(theme.color("danger" if wrong else "text" if text else "faint"))
        side = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        shown = painter.fontMetrics().elidedText(
            text or "\u2013", Qt.TextElideMode.ElideRight, rect.width() - 2 * _SIDE
        )
        painter.drawText(rect.adjusted(_SIDE, 0, -_SIDE, 0), side, shown)
        if changed and not wrong:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("warn"))
            painter.drawEllipse(QRectF(rect.left() + 8, rect.center().y() - 2.5, 6, 6))
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.color("accent"), 2))
            painter.drawRect(rect.adjusted(1, 1, -1, -1))
        painter.restore()
