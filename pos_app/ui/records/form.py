"""A form of a record: labelled fields, what is wrong beside each, and whether anything is unsaved."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QLabel, QScrollArea, QWidget

from pos_app.domain.editing import FieldRefused
from pos_app.domain.errors import InvalidAmount, InvalidInput
from pos_app.domain.sentences import say
from pos_app.ui.widgets.boxes import column, row
from pos_app.ui.widgets.labels import breakable, text_label
from pos_app.ui.words.sentences import spoken

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from PySide6.QtWidgets import QHBoxLayout

    from pos_app.domain.errors import PosError
    from pos_app.domain.sentences import Sentence
    from pos_app.ui.records.fields.base import Field, FieldEditor

_SIDE: Final = 18
_BELOW: Final = 8
"""Pixels around a sentence that is scrolled to."""


@dataclass(frozen=True, slots=True)
class _Row:
    field: Field
    box: QWidget
    wrong: QLabel
    heading: QLabel | None


class RecordForm(QScrollArea):
    """Fields below each other (half ones side by side); scrolls where there is no room. side: the margins at the sides.

    `inside` is what is scrolled.
    Signals: edited(): what it holds has changed, by a person or not.
    """

    edited = Signal()

    def __init__(self, fields: Sequence[Field], *, side: int = _SIDE) -> None:
        super().__init__()
        self._rows: dict[str, _Row] = {}
        self._clean: dict[str, object] = {}
        self._kept: dict[str, object] = {}
        self._hidden: set[str] = set()
        self.inside = QWidget()
        self._column = column(inside=self.inside, margins=(side, 4, side, 14), spacing=12)
        self._add_fields(fields)
        self._column.addStretch(1)
        self.setWidget(self.inside)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.show_values({})

    @property
    def names(self) -> tuple[str, ...]:
        """Return the names of the fields, from top to bottom."""
        return tuple(self._rows)

    @property
    def is_dirty(self) -> bool:
        """Tell whether a person changed anything since the values were shown."""
        return any(one.field.editor.typed() != self._clean[name] for name, one in self._rows.items())

    @property
    def whole_height(self) -> int:
        """Return the height in pixels at which nothing of it has to be scrolled to, in the width that it has."""
        layout = self._column
        layout.activate()
        wide = self.viewport().width()
        inside = layout.totalHeightForWidth(wide) if layout.hasHeightForWidth() else layout.totalSizeHint().height()
        return inside + 2 * self.frameWidth()

    def editor(self, name: str) -> FieldEditor:
        """Return the editor of a field. Raises KeyError for an unknown one."""
        return self._rows[name].field.editor

    def label(self, name: str) -> str:
        """Return the label of a field, the name itself for one that is not in the form."""
        return self._rows[name].field.label if name in self._rows else name.replace("_", " ").capitalize()

    def words_of(self, name: str, value: object) -> str:
        """Put a value of a field into words."""
        return self._rows[name].field.editor.words_of(value) if name in self._rows else str(value)

    def show_values(self, values: Mapping[str, object]) -> None:
        """Show a record's values; nothing is unsaved then."""
        self._kept = dict(values)
        for name, one in self._rows.items():
            one.field.editor.show_value(values.get(name))
        self._clean = {name: one.field.editor.typed() for name, one in self._rows.items()}
        self.show_problems({})
        self._on_edited()
        self.verticalScrollBar().setValue(0)

    def change_values(self, values: Mapping[str, object]) -> None:
        """Show other values for some fields, as if a person had typed them."""
        for name, value in values.items():
            if name in self._rows:
                self._rows[name].field.editor.show_value(value)
        self._on_edited()

    def values(self) -> dict[str, object]:
        """Return the value of each field. Raises FieldRefused with a sentence for each that cannot be read."""
        found: dict[str, object] = {}
        refused: dict[str, Sentence] = {}
        for name, one in self._rows.items():
            try:
                found[name] = one.field.editor.value()
            except (InvalidInput, InvalidAmount) as error:
                if name in self._hidden:
                    found[name] = self._kept.get(name)
                else:
                    refused[name] = _whole(error)
        if refused:
            raise FieldRefused(refused)
        return found

    def readable_values(self) -> dict[str, object]:
        """Return the values of the fields that can be read."""
        found = {}
        for name, one in self._rows.items():
            try:
                found[name] = one.field.editor.value()
            except (InvalidInput, InvalidAmount):
                continue
        return found

    def show_problems(self, problems: Mapping[str, str], *, stay: bool = False) -> tuple[str, ...]:
        """Write what is wrong below its field and go to the first; returns the sentences that have no field here.

        stay: a person is still typing, the keyboard stays where it is.
        """
        for name, one in self._rows.items():
            sentence = spoken(problems.get(name, ""))
            one.wrong.setText(breakable(sentence))
            one.wrong.setVisible(bool(sentence))
            one.field.editor.show_wrong(bool(sentence))
        first = next((one for name, one in self._rows.items() if problems.get(name)), None)
        if first is not None and not stay:
            first.field.editor.setFocus()
            first.field.editor.begin_anew()
            self._go_to(first)
            # The sentence has its room once the layout is made anew.
            QTimer.singleShot(0, self, lambda: self._go_to(first))
        return tuple(spoken(sentence) for name, sentence in problems.items() if name not in self._rows)

    def _go_to(self, row_: _Row) -> None:
        """Scroll to a field; where not all of it can be seen at once, to what is wrong with it."""
        self.ensureWidgetVisible(row_.box, 0, 0)
        self.ensureWidgetVisible(row_.wrong, 0, _BELOW)

    def problem(self, name: str) -> str:
        """Return what is said to be wrong with a field."""
        return self._rows[name].wrong.text()

    def set_open(self, is_open: bool) -> None:  # noqa: FBT001 - one flag, named by the method
        """Let a person change the fields, or not."""
        for one in self._rows.values():
            one.field.editor.set_open(is_open)

    def begin(self) -> None:
        """Go to the first field that is shown, as Tab would."""
        first = next((one for name, one in self._rows.items() if name not in self._hidden), None)
        if first is not None:
            first.field.editor.setFocus(Qt.FocusReason.TabFocusReason)

    def begin_anew(self) -> None:
        """Let each secret that nobody sees be typed anew; what can be read stays."""
        for one in self._rows.values():
            one.field.editor.begin_anew()

    def _add_fields(self, fields: Iterable[Field]) -> None:
        pair: QHBoxLayout | None = None
        for field in fields:
            heading = None
            if field.section:
                heading = text_label(field.section, "heading")
                heading.setContentsMargins(0, 8, 0, 0)
                self._column.addWidget(heading)
                pair = None
            made = self._rows[field.name] = self._row(field, heading)
            field.editor.edited.connect(lambda name=field.name: self._on_field_edited(name))
            if not field.half:
                self._column.addWidget(made.box)
                pair = None
            elif pair is None:
                pair = row((made.box, 1, Qt.AlignmentFlag.AlignTop), spacing=12)
                self._column.addLayout(pair)
            else:
                pair.addWidget(made.box, 1, Qt.AlignmentFlag.AlignTop)
                pair = None

    @staticmethod
    def _row(field: Field, heading: QLabel | None) -> _Row:
        box = QWidget()
        wrong = text_label("", "small", tone="danger", wrap=True)
        wrong.hide()
        label = (text_label(field.label, "strong"),) if field.label else ()
        hint = (text_label(field.hint, "small", wrap=True),) if field.hint else ()
        column(*label, field.editor, *hint, wrong, inside=box, spacing=4)
        field.editor.set_name(field.label)
        return _Row(field, box, wrong, heading)

    def _on_field_edited(self, name: str) -> None:
        one = self._rows[name]
        sentence = one.field.editor.overlong()
        one.wrong.setText(breakable(sentence))
        one.wrong.setVisible(bool(sentence))
        one.field.editor.show_wrong(bool(sentence))
        self._on_edited()

    def _on_edited(self) -> None:
        values = self.readable_values()
        self._hidden = {
            name for name, one in self._rows.items() if one.field.shown_if and not one.field.shown_if(values)
        }
        for name, one in self._rows.items():
            shown = name not in self._hidden
            one.box.setVisible(shown)
            if one.heading is not None:
                one.heading.setVisible(shown)
        self.edited.emit()


def _whole(error: PosError) -> Sentence:
    """Return what went wrong and what to do next, as the one sentence that stands beside a field."""
    if error.advice:
        return say("{problem} {advice}", problem=error.message, advice=error.advice)
    return say("{problem}", problem=error.message)
