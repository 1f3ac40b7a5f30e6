"""A person's hands: they press buttons by the words on them, fill forms field by field, and choose files."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Final, TypeVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QLineEdit,
    QScrollArea,
    QTableView,
    QWidget,
)

from pos_app.domain.sentences import say
from pos_app.tour.stage import fail
from pos_app.ui.records.fields.choice_fields import ChoiceField, SwitchField
from pos_app.ui.records.fields.moment_field import MomentField
from pos_app.ui.records.fields.text_fields import TextAreaField, TextField
from pos_app.ui.records.form import RecordForm
from pos_app.ui.records.table.model import CELL_ROLE
from pos_app.ui.widgets.key_button import KeyButton
from pos_app.ui.widgets.sheets.base import Sheet
from pos_app.ui.words.sentences import spoken

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from PySide6.QtWidgets import QMainWindow

    from pos_app.tour.stage import Stage
    from pos_app.ui.records.fields.base import FieldEditor
    from pos_app.ui.records.fields.option_sheets import ChoosingSheet

W = TypeVar("W", bound=QWidget)

_LEFT: Final = Qt.MouseButton.LeftButton
_PLAIN: Final = Qt.KeyboardModifier.NoModifier
_LOOK_MS: Final = 20
_TRIES: Final = 50


class Hands:
    """Does what a person does, in the sheet that lies on top, or else in the window."""

    def __init__(self, stage: Stage, window: QMainWindow) -> None:
        self._stage = stage
        self._window = window

    @property
    def place(self) -> QWidget:
        """Return the sheet on top, or the window when there is none."""
        sheets = [sheet for sheet in self._window.findChildren(Sheet) if sheet.is_open and sheet.isVisible()]
        return sheets[-1] if sheets else self._window

    def find(self, kind: type[W]) -> W:
        """Wait until a widget of a kind can be seen, and return it. Raises TourFailed when none comes."""

        def seen() -> W | None:
            return next((one for one in self.place.findChildren(kind) if one.isVisible()), None)

        self._stage.wait_for(f"a {kind.__name__} is to be seen", lambda: seen() is not None)
        found = seen()
        if found is None:
            fail(f"the {kind.__name__} went away by itself")
        return found

    def wait_for_sheet(self, kind: type[W]) -> W:
        """Wait until a sheet of a kind lies on top, and return it."""
        self._stage.wait_for(f"the {kind.__name__} is open", lambda: isinstance(self.place, kind))
        sheet = self.place
        if not isinstance(sheet, kind):
            fail(f"the {kind.__name__} went away by itself")
        return sheet

    def wait_for_no_sheet(self) -> None:
        """Wait until every sheet has gone."""
        self._stage.wait_for("the sheet is closed", lambda: self.place is self._window)

    def press(self, words: str, inside: QWidget | None = None) -> None:
        """Click the button with these words, once it can be clicked; inside: where there are several."""
        self._stage.wait_for(f"“{words}” can be pressed", lambda: self._button(words, inside) is not None)
        button = self._button(words, inside)
        if button is not None:
            self.click(button)

    def click(self, widget: QWidget) -> None:
        """Click a widget in the middle; scrolls to it first."""
        self._show(widget)
        QTest.mouseClick(widget, _LEFT, _PLAIN, widget.rect().center())

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = _PLAIN) -> None:
        """Press a key where the keyboard is."""
        self._take_keyboard()
        QTest.keyClick(self._typed_into, key, modifiers)

    def type(self, words: str) -> None:
        """Type where the keyboard is; it may move on after the first letter, as into a cell that opens."""
        self._take_keyboard()
        for letter in words:
            QTest.keyClicks(self._typed_into, letter)

    @property
    def _typed_into(self) -> QWidget:
        """What has the keyboard; a sheet that was closed has it no more."""
        focused = QApplication.focusWidget()
        return self.place if focused is None or not focused.isVisible() else focused

    def _take_keyboard(self) -> None:
        """Have the window in front, as it is when a person types: keys go nowhere else."""
        if QApplication.focusWidget() is None:
            self._window.activateWindow()
            self._stage.wait_for("the window has the keyboard", lambda: QApplication.activeWindow() is not None)

    def leave_sheet(self) -> None:
        """Press Esc, and leave everything as it was."""
        self.key(Qt.Key.Key_Escape)
        self.wait_for_no_sheet()

    def write(self, line: QWidget, words: str) -> None:
        """Type words into a field in the place of what stands there."""
        self._stage.typed.append(words)
        self.click(line)
        QTest.keyClick(line, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClick(line, Qt.Key.Key_Delete)
        QTest.keyClicks(line, words)

    def fill(self, **values: object) -> None:
        """Fill fields of the form that can be seen, by their names: str, datetime on the venue's clock."""
        form = self.find(RecordForm)
        for name, value in values.items():
            self.fill_field(form.editor(name), value)

    def fill_field(self, editor: FieldEditor, value: object) -> None:
        """Fill one field as a person does it; choices are given by their words."""
        self._show(editor)
        if isinstance(editor, TextField):
            self.write(editor.line, str(value))
        elif isinstance(editor, TextAreaField):
            self.write(editor.area.viewport(), "")
            QTest.keyClicks(editor.area, str(value))
        elif isinstance(editor, SwitchField):
            self._press_in(editor, str(value))
        elif isinstance(editor, ChoiceField):
            self.choose(editor, str(value))
        elif isinstance(editor, MomentField) and isinstance(value, datetime):
            self._set_moment(editor, value)
        else:
            fail(f"nobody knows how to fill a {type(editor).__name__}")

    def choose(self, editor: ChoiceField, words: str) -> None:
        """Walk a list that folds out until these words are chosen."""
        box = editor.box
        box.setFocus()
        QTest.keyClick(box, Qt.Key.Key_Home)
        for _ in range(box.count()):
            if words in box.currentText():
                return
            QTest.keyClick(box, Qt.Key.Key_Down)
        fail(f"“{words}” is not among the choices")

    def choose_value(self, editor: ChoiceField, value: object) -> None:
        """Walk a list that folds out until a value is chosen, whatever it is called in the language on screen."""
        self._show(editor)
        editor.box.setFocus()
        QTest.keyClick(editor.box, Qt.Key.Key_Home)
        for _ in range(editor.box.count()):
            if editor.value() == value:
                return
            QTest.keyClick(editor.box, Qt.Key.Key_Down)
        fail(f"“{value}” is not among the choices")

    def choose_row(self, table: QTableView, words: str) -> None:
        """Click the first row of a table in which these words stand."""
        self._click_row(table, self._row(table, words))

    def choose_first(self, table: QTableView) -> None:
        """Click the first row of a table."""
        self._stage.wait_for("the table has a row", table.model().rowCount)
        self._click_row(table, 0)

    def tick(self, sheet: ChoosingSheet, row: int) -> None:
        """Click a line of a sheet to choose from."""
        item = sheet.list.item(row)
        sheet.list.scrollToItem(item)
        QTest.mouseClick(sheet.list.viewport(), _LEFT, _PLAIN, sheet.list.visualItemRect(item).center())

    def choose_file(self, words: str, path: Path) -> None:
        """Press a button that asks for a file, type its name into the question, and press Enter."""
        # The question keeps the hands from going on until it is answered, so a timer answers it.
        answer = _FileAnswer(self._window, path)
        answer.start()
        self.press(words)
        answer.stop()
        answer.deleteLater()
        self._window.activateWindow()

    def save(self) -> None:
        """Press Ctrl+S, and wait until the form holds nothing unsaved."""
        form = self.find(RecordForm)
        QTest.keyClick(self._window, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
        self._stage.wait_for(
            f"it is saved ({'; '.join(filter(None, map(form.problem, form.names)))})", lambda: not form.is_dirty
        )

    @staticmethod
    def _click_row(table: QTableView, at: int) -> None:
        index = table.model().index(at, 0)
        table.scrollTo(index)
        QTest.mouseClick(table.viewport(), _LEFT, _PLAIN, table.visualRect(index).center())

    def _button(self, words: str, inside: QWidget | None) -> QAbstractButton | None:
        found = _buttons(inside or self.place, words)
        return next((one for one in found if one.isVisible() and one.isEnabled()), None)

    def _press_in(self, widget: QWidget, words: str) -> None:
        button = next(iter(_buttons(widget, words)), None)
        if button is None:
            fail(f"there is no “{words}”")
        self.click(button)

    def _row(self, table: QTableView, words: str) -> int:
        model = table.model()

        def cells(row: int) -> Iterable[str]:
            for column in range(model.columnCount()):
                cell = model.index(row, column).data(CELL_ROLE)
                yield f"{cell.upper}\n{cell.lower}"

        def found() -> int | None:
            rows = range(model.rowCount())
            return next((row for row in rows if any(words in cell for cell in cells(row))), None)

        self._stage.wait_for(f"“{words}” is in the table", lambda: found() is not None)
        return found() or 0

    def _set_moment(self, editor: MomentField, wall: datetime) -> None:
        if editor.wanted.isVisible() and not editor.wanted.isChecked():
            self.click(editor.wanted)
        for part, words in ((editor.date, f"{wall:%Y-%m-%d}"), (editor.time, f"{wall:%H:%M}")):
            part.setFocus()
            part.setSelectedSection(part.sectionAt(0))
            QTest.keyClicks(part, words)

    @staticmethod
    def _show(widget: QWidget) -> None:
        above = widget.parentWidget()
        while above is not None:
            if isinstance(above, QScrollArea):
                above.ensureWidgetVisible(widget)
            above = above.parentWidget()


def _buttons(place: QWidget, words: str) -> Iterable[QAbstractButton]:
    """Return the buttons with these words; a key may be printed behind them."""
    for button in place.findChildren(QAbstractButton):
        written = button.words if isinstance(button, KeyButton) else button.text().strip()
        if {written, button.accessibleName()} & {words, spoken(say(words))}:
            yield button


class _FileAnswer(QTimer):
    """Types a file's name into the question for one and presses its button; in vain, it closes the question."""

    def __init__(self, parent: QWidget, path: Path) -> None:
        super().__init__(parent, interval=_LOOK_MS)
        self._path = path
        self._tries = 0
        self.timeout.connect(self._on_look)

    def _on_look(self) -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, QDialog):
            return
        self._tries += 1
        line = dialog.findChild(QLineEdit, "fileNameEdit")
        box = dialog.findChild(QDialogButtonBox)
        if self._tries > _TRIES:
            dialog.reject()
        elif isinstance(dialog, QFileDialog) and line is not None and box is not None:
            # Typed letter by letter, a list of names would open over the button.
            line.setText(str(self._path))
            accept = next(one for one in box.buttons() if box.buttonRole(one) is QDialogButtonBox.ButtonRole.AcceptRole)
            QTest.mouseClick(accept, _LEFT)
