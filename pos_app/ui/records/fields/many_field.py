"""A field that chooses any number of many."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt

from pos_app.ui.records.fields.base import FieldEditor
from pos_app.ui.records.fields.choice_fields import Option
from pos_app.ui.records.fields.option_sheets import ChoosingSheet
from pos_app.ui.widgets.boxes import row
from pos_app.ui.widgets.buttons import text_button
from pos_app.ui.widgets.labels import set_tone, text_label
from pos_app.ui.words.amounts import shown_number
from pos_app.ui.words.lists import labelled, listed
from pos_app.ui.words.sentences import spoken_count

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_NAMED: Final = 3


class ManyField(FieldEditor):
    """Any of many, chosen in a sheet with a search; its value is a frozenset of keys. Signals: see FieldEditor.

    title: of the sheet. none: what an empty choice means ("All events"). offered: narrows the options each time the
    sheet opens, for example to what belongs to another field's choice; what is chosen is offered in any case.
    """

    def __init__(
        self,
        title: str,
        none: str,
        options: Sequence[Option] = (),
        offered: Callable[[Sequence[Option]], Sequence[Option]] = lambda options: options,
    ) -> None:
        super().__init__()
        self._title = title
        self._none = none
        self._options = tuple(options)
        self._offered = offered
        self._chosen: frozenset[object] = frozenset()
        self._summary = text_label(none, wrap=True)
        self.button = text_button(self.tr("Choose…"))
        self.button.clicked.connect(self.open_sheet)
        row((self._summary, 1), (self.button, 0, Qt.AlignmentFlag.AlignTop), inside=self, spacing=10)
        self.setFocusProxy(self.button)
        self._tell()

    def set_options(self, options: Sequence[Option]) -> None:
        """Offer other options; what is chosen stays chosen."""
        self._options = tuple(options)
        self._tell()

    def value(self) -> object:
        """Return the keys that are chosen."""
        return self._chosen

    def show_value(self, value: object) -> None:
        """Choose keys; those that are not offered (any more) stay chosen, and are said to be gone."""
        self._chosen = frozenset(value) if isinstance(value, frozenset | set | tuple | list) else frozenset()
        self._tell()

    def typed(self) -> object:
        """Return the keys that are chosen."""
        return self._chosen

    def words_of(self, value: object) -> str:
        """Name the first few of the keys, and count the others."""
        keys = value if isinstance(value, frozenset | set | tuple | list) else ()
        if not keys:
            return self._none
        known = [option.named() for option in self._options if option.key in keys]
        gone = len(keys) - len(known)
        parts = known[:_NAMED]
        if len(known) > _NAMED:
            parts.append(self.tr("{0} more").format(shown_number(len(known) - _NAMED)))
        if gone:
            words = spoken_count("{count} that is no longer there", "{count} that are no longer there", gone)
            parts.append(words)
        return listed(parts)

    def set_name(self, name: str) -> None:
        """Name the button for screen readers."""
        self.button.setAccessibleName(labelled(name, self._summary.text()))

    def open_sheet(self) -> ChoosingSheet:
        """Open the list to choose from."""
        offered = list(self._offered(self._options))
        kept = [option for option in self._options if option.key in self._chosen and option not in offered]
        gone = self._chosen - {option.key for option in self._options}
        lost = [Option(key, self.tr("No longer there ({0})").format(key)) for key in sorted(gone, key=str)]
        sheet = ChoosingSheet(self, self._title, self._none, [*offered, *kept, *lost], self._chosen)
        sheet.given.connect(self._on_given)
        sheet.open()
        return sheet

    def _tell(self) -> None:
        self._summary.setText(self.words_of(self._chosen))
        set_tone(self._summary, "" if self._chosen else "muted")

    def _on_given(self, keys: frozenset[object]) -> None:
        if keys != self._chosen:
            self._chosen = keys
            self._tell()
            self.edited.emit()
