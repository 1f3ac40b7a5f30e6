"""Fields that choose one of a few, and a field that is on or off."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from pos_app.ui.records.fields.base import FieldEditor
from pos_app.ui.widgets.boxes import column, row
from pos_app.ui.widgets.buttons import SegmentedButtons
from pos_app.ui.widgets.check_box import CheckBox
from pos_app.ui.widgets.combo_box import ComboBox
from pos_app.ui.widgets.labels import set_look, text_label
from pos_app.ui.words.lists import side_by_side

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QMouseEvent
    from PySide6.QtWidgets import QLabel


@dataclass(frozen=True, slots=True)
class Option:
    """Something to choose. key: its value. detail: smaller words that tell it from others of the same name."""

    key: object
    words: str
    detail: str = ""

    def named(self) -> str:
        """Return the words with what tells it apart."""
        return side_by_side(self.words, self.detail)


class ChoiceField(FieldEditor):
    """One of a list that folds out; its value is the key of an option. Signals: see FieldEditor."""

    def __init__(self, options: Sequence[Option] = ()) -> None:
        super().__init__()
        self.box = ComboBox()
        self.box.setMinimumContentsLength(8)
        self.box.setSizeAdjustPolicy(ComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.box.activated.connect(self._on_activated)
        self._options: tuple[Option, ...] = ()
        column(self.box, inside=self)
        self.setFocusProxy(self.box)
        self.set_options(options)

    def set_options(self, options: Sequence[Option]) -> None:
        """Offer other options; what is chosen stays chosen."""
        chosen = self.value()
        self._options = tuple(options)
        self.box.clear()
        self.box.addItems([option.named() for option in self._options])
        self.show_value(chosen)

    def value(self) -> object:
        """Return the key that is chosen, None for none."""
        at = self.box.currentIndex()
        return self._options[at].key if 0 <= at < len(self._options) else None

    def show_value(self, value: object) -> None:
        """Choose by key; one that is not offered (any more) is offered as it is."""
        at = next((at for at, option in enumerate(self._options) if option.key == value), -1)
        if at < 0 and value is not None:
            self._options = (*self._options, Option(value, self.words_of(value)))
            self.box.addItem(self.words_of(value))
            at = len(self._options) - 1
        self.box.setCurrentIndex(at)

    def typed(self) -> object:
        """Return the key that is chosen."""
        return self.value()

    def words_of(self, value: object) -> str:
        """Return the words of an option."""
        return _words_of(self._options, value)

    def set_name(self, name: str) -> None:
        """Name the list for screen readers."""
        self.box.setAccessibleName(name)

    def _on_activated(self, _at: int) -> None:
        self.edited.emit()


class SwitchField(FieldEditor):
    """One of two to four, side by side; its value is the key of an option, a str. Signals: see FieldEditor."""

    def __init__(self, options: Sequence[Option]) -> None:
        super().__init__()
        self._options = tuple(options)
        self.buttons = SegmentedButtons([(str(option.key), option.words) for option in options])
        self.buttons.chosen.connect(self._on_chosen)
        column(self.buttons, inside=self)
        self.setFocusProxy(self.buttons)

    def value(self) -> object:
        """Return the key that is down."""
        return next(option.key for option in self._options if str(option.key) == self.buttons.current)

    def show_value(self, value: object) -> None:
        """Press a button by its key; None presses the first."""
        self.buttons.choose(str(self._options[0].key if value is None else value))

    def typed(self) -> object:
        """Return the key that is down."""
        return self.buttons.current

    def words_of(self, value: object) -> str:
        """Return the words of an option."""
        return _words_of(self._options, value)

    def _on_chosen(self, _key: str) -> None:
        self.edited.emit()


class CheckField(FieldEditor):
    """On or off, with the words beside the box; its value is a bool. Signals: see FieldEditor."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self.box = CheckBox()
        self.box.setAccessibleName(words)
        self.box.clicked.connect(self._on_clicked)
        label: QLabel = text_label(words, wrap=True)
        row(self.box, (label, 1), inside=self, spacing=6)
        self.setMinimumHeight(36)
        self.setFocusProxy(self.box)

    def value(self) -> object:
        """Tell whether it is ticked."""
        return self.box.isChecked()

    def show_value(self, value: object) -> None:
        """Tick it or not."""
        self.box.setChecked(bool(value))

    def typed(self) -> object:
        """Tell whether it is ticked."""
        return self.box.isChecked()

    def words_of(self, value: object) -> str:
        """Say yes or no."""
        return QCoreApplication.translate("Fields", "Yes") if value else QCoreApplication.translate("Fields", "No")

    def show_wrong(self, wrong: bool) -> None:  # noqa: FBT001 - see FieldEditor
        """Mark the words, or not."""
        set_look(self, "wrong", "true" if wrong else "false")

    def set_name(self, name: str) -> None:
        """It has words of its own."""

    def _on_clicked(self) -> None:
        self.edited.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take clicks on the words, too."""
        event.accept()
        self.box.click()


def _words_of(options: Sequence[Option], value: object) -> str:
    found = next((option.named() for option in options if option.key == value), None)
    if found is None:
        return "" if value is None else QCoreApplication.translate("Fields", "no longer there ({0})").format(value)
    return found
