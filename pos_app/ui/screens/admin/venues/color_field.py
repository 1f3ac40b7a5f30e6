"""A field for the colour of a category."""

from __future__ import annotations

from typing import Final

from PySide6.QtGui import QColor
from PySide6.QtWidgets import QHBoxLayout

from pos_app.domain.errors import InvalidInput
from pos_app.domain.sentences import say
from pos_app.ui.records.fields.text_fields import TextField
from pos_app.ui.widgets.boxes import column, row
from pos_app.ui.widgets.buttons import Button

SWATCHES: Final = ("#4f7cff", "#13856e", "#e58bb1", "#45259b", "#b4510b", "#7bb8e8", "#77770f", "#a3316f")
_SIDE: Final = 36


class ColorField(TextField):
    """A CSS colour, typed or taken from a row of swatches. Signals: see FieldEditor."""

    def __init__(self) -> None:
        super().__init__(longest=32, placeholder=SWATCHES[0])
        swatches = row(*(self._swatch(color) for color in SWATCHES), 1, spacing=6)
        line = self.layout()
        if isinstance(line, QHBoxLayout):
            line.insertLayout(0, column(self.line, swatches, spacing=8), 1)

    def value(self) -> object:
        """Return the colour. Raises InvalidInput for a word that is none."""
        typed = str(super().value())
        if not QColor.isValidColorName(typed):
            raise InvalidInput(say("Type a colour, for example #4f7cff."))
        return typed

    def _swatch(self, color: str) -> Button:
        button = Button()
        size = f"min-width: {_SIDE}px; max-width: {_SIDE}px; min-height: {_SIDE}px; max-height: {_SIDE}px"
        button.setStyleSheet(f"background: {color}; border-radius: 8px; padding: 0; {size}")
        button.setAccessibleName(color)
        button.clicked.connect(lambda _checked=False: self._take(color))
        return button

    def _take(self, color: str) -> None:
        self.show_value(color)
        self.edited.emit()
