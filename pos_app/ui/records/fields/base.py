"""A field of a form: how a value is shown, typed and read back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


class FieldEditor(QWidget):
    """What every kind of field does. The kinds are in text_fields, number_fields, choice_fields, moment_field ...

    Signals: edited(): a person changed what it holds.
    """

    edited = Signal()

    def value(self) -> object:
        """Return what it holds. Raises InvalidInput or InvalidAmount when that cannot be read as a value."""
        raise NotImplementedError

    def show_value(self, value: object) -> None:
        """Show a value without saying so."""
        raise NotImplementedError

    def typed(self) -> object:
        """Return what was typed or chosen, readable or not: two of the same are no change."""
        raise NotImplementedError

    def overlong(self) -> str:
        """Say that more was typed or pasted than fits, which is worth knowing before saving; "" while all of it does.

        `value` refuses it then: nothing is cut off where nobody sees it.
        """
        return ""

    def words_of(self, value: object) -> str:
        """Put a value into words, for telling two apart."""
        return "" if value is None else str(value)

    def show_wrong(self, wrong: bool) -> None:  # noqa: FBT001 - one flag, named by the method
        """Mark it as wrong, or no longer."""

    def begin_anew(self) -> None:
        """Let the next letter take the place of what nobody sees; what can be read stays to be mended."""

    def set_name(self, name: str) -> None:
        """Tell screen readers what it is for."""
        self.setAccessibleName(name)

    def set_open(self, is_open: bool) -> None:  # noqa: FBT001 - one flag, named by the method
        """Let a person change it, or not."""
        self.setEnabled(is_open)


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a form, in its place.

    name: that of the record's and the draft's field. hint: a line below. section: a heading above it, where one
    begins. half: shares its row with the next field, where that is half as well. shown_if: by the values that can be
    read, tells whether it is shown at all; a field that is not shown keeps its value.
    """

    name: str
    label: str
    editor: FieldEditor
    hint: str = ""
    section: str = ""
    half: bool = False
    shown_if: Callable[[Mapping[str, object]], bool] | None = None
