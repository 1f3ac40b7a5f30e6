"""Marks of a customer: those in use are ticked, others are typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QLineEdit, QWidget

from pos_app.domain.customers.records import LONGEST_MARK, USUAL_MARKS, clean_marks
from pos_app.domain.errors import InvalidInput
from pos_app.domain.searching import Searched, typed_words
from pos_app.domain.sentences import say
from pos_app.domain.texts import name_key
from pos_app.ui.customers.words import mark_words
from pos_app.ui.look.icons import icon
from pos_app.ui.records.fields.base import FieldEditor
from pos_app.ui.widgets.boxes import column
from pos_app.ui.widgets.buttons import Button
from pos_app.ui.widgets.labels import set_look
from pos_app.ui.widgets.line_bounds import bound_line
from pos_app.ui.widgets.wrapping_row import WrappingRow
from pos_app.ui.words.lists import listed
from pos_app.ui.words.sentences import spoken_error

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_OFFERED: Final = 8
"""So many that are not chosen are offered at once; what is typed narrows them."""
_MOST_TYPED: Final = 400


class MarkButton(Button):
    """A mark that is chosen or not: a tick stands before one that is. Signals: clicked()."""

    def __init__(self, mark: str) -> None:
        super().__init__(mark_words(mark))
        self.mark = mark
        self.setCheckable(True)
        self.setProperty("variant", "segment")
        self.setIconSize(QSize(16, 16))
        self.setAccessibleName(mark_words(mark))
        self.toggled.connect(self._show)

    def _show(self, chosen: bool) -> None:  # noqa: FBT001 - Qt's signal
        self.setIcon(icon("check", role="accent", checked_role="accent") if chosen else QIcon())


class MarksField(FieldEditor):
    """A line for a new mark, and ticks below it; its value is a tuple of marks, what stands in the line among them.

    Signals: see FieldEditor.
    """

    def __init__(self) -> None:
        super().__init__()
        self._used: tuple[str, ...] = ()
        self._chosen: tuple[str, ...] = ()
        self.line = QLineEdit(placeholderText=self.tr("Another one, then Enter"))
        bound_line(self.line, _MOST_TYPED)
        self.line.textEdited.connect(self._on_typed)
        self.line.returnPressed.connect(self._on_enter)
        self._box = QWidget()
        self._row = WrappingRow(inside=self._box, spacing=6)
        column(self.line, self._box, inside=self, spacing=6)
        self.setFocusProxy(self.line)
        self._offer()

    @property
    def buttons(self) -> tuple[MarkButton, ...]:
        """Return what can be ticked, chosen ones first."""
        return tuple(self._row.itemAt(at).widget() for at in range(self._row.count()))  # type: ignore[union-attr,misc]

    def offer(self, used: Sequence[str]) -> None:
        """Offer the marks that the house uses, and behind them those that are usual in a house."""
        own = () if tuple(used) == USUAL_MARKS else tuple(used)
        if self._used != own:
            self._used = own
            self._offer()

    def value(self) -> object:
        """Return the marks. Raises InvalidInput for one that is too long."""
        typed = list(self._typed_marks())
        if any(len(mark) > LONGEST_MARK for mark in typed):
            raise InvalidInput(say("A mark has {longest} letters at the most.", longest=LONGEST_MARK))
        return clean_marks((*self._chosen, *typed))

    def show_value(self, value: object) -> None:
        """Choose these marks."""
        self._chosen = tuple(str(mark) for mark in value) if isinstance(value, tuple) else ()
        self.line.clear()
        self._offer()

    def typed(self) -> object:
        """Return what is chosen, and what is typed."""
        return frozenset(self._chosen), self.line.text().strip()

    def overlong(self) -> str:
        """Say that a mark is too long."""
        try:
            self.value()
        except InvalidInput as error:
            return spoken_error(error)
        return ""

    def words_of(self, value: object) -> str:
        """Name the marks."""
        return listed(mark_words(str(mark)) for mark in value) if isinstance(value, tuple) else ""

    def show_wrong(self, wrong: bool) -> None:  # noqa: FBT001 - see FieldEditor
        """Draw the frame of the line red, or not."""
        set_look(self.line, "wrong", "true" if wrong else "false")

    def set_name(self, name: str) -> None:
        """Name the line for screen readers."""
        self.line.setAccessibleName(name)

    @property
    def _known(self) -> tuple[str, ...]:
        """What is offered: the marks in use, then those that are usual."""
        used = {name_key(mark) for mark in self._used}
        return *self._used, *(mark for mark in USUAL_MARKS if name_key(mark) not in used)

    def _typed_marks(self) -> Iterator[str]:
        return (mark.strip() for mark in self.line.text().split(",") if mark.strip())

    def _offer(self) -> None:
        while (item := self._row.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        keys = {name_key(mark) for mark in self._chosen}
        words = typed_words(self.line.text())
        others = [mark for mark in self._known if name_key(mark) not in keys]
        fitting = [mark for mark in others if not words or Searched.of(mark_words(mark)).fits(words)][:_OFFERED]
        before: QWidget = self.line
        for mark in (*self._chosen, *fitting):
            button = MarkButton(mark)
            button.setChecked(name_key(mark) in keys)
            button.clicked.connect(lambda _checked=False, button=button: self._on_ticked(button))
            self._row.addWidget(button)
            QWidget.setTabOrder(before, button)
            before = button
            button.show()
        self._box.setVisible(bool(self._chosen or fitting))
        self._box.updateGeometry()

    def _on_ticked(self, button: MarkButton) -> None:
        """Keep the button where it is: the hand is there, and the keyboard."""
        others = tuple(mark for mark in self._chosen if name_key(mark) != name_key(button.mark))
        self._chosen = (*others, button.mark) if button.isChecked() else others
        self.edited.emit()

    def _on_typed(self) -> None:
        self._offer()
        self.edited.emit()

    def _on_enter(self) -> None:
        typed = tuple(self._typed_marks())
        if typed and not self.overlong():
            known = {name_key(mark_words(mark)): mark for mark in self._known}
            self._chosen = clean_marks((*self._chosen, *(known.get(name_key(mark), mark) for mark in typed)))
            self.line.clear()
            self._offer()
            self.edited.emit()
