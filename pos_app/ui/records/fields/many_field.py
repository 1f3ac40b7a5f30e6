"""A field that chooses any number of many."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem

from pos_app.ui.records.fields.choice_fields import Option
from pos_app.ui.records.fields.field import FieldEditor
from pos_app.ui.widgets.buttons import text_button
from pos_app.ui.widgets.labels import set_tone, text_label
from pos_app.ui.widgets.search_field import SearchField
from pos_app.ui.widgets.sheets.base import Sheet
from pos_app.ui.words.amounts import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QWidget

_NAMED: Final = 3
_LIST_HEIGHT: Final = 380
_ROW_HEIGHT: Final = 40


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
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(self._summary, 1)
        row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignTop)
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
            parts.append(self.tr("{0} more").format(len(known) - _NAMED))
        if gone:
            parts.append(counted(gone, self.tr("1 that is no longer there"), self.tr("{0} that are no longer there")))
        return ", ".join(parts)

    def set_name(self, name: str) -> None:
        """Name the button for screen readers."""
        self.button.setAccessibleName(f"{name}: {self._summary.text()}")

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


class ChoosingSheet(Sheet):
    """A list to tick, with a search above it; Space ticks, Enter takes it, Esc leaves everything as it was.

    Signals: given(frozenset): the keys that are ticked.
    """

    given = Signal(object)

    def __init__(
        self, parent: QWidget, title: str, none: str, options: Sequence[Option], chosen: Iterable[object]
    ) -> None:
        super().__init__(parent, title, width=560)
        self._options = list(options)
        self.search = SearchField(self.tr("Search"), key="")
        self.search.searched.connect(self._on_searched)
        self.search.returnPressed.connect(self._on_yes)
        self.search.left.connect(self.cancel)
        self.list = QListWidget()
        self.list.setFixedHeight(_LIST_HEIGHT)
        self.list.setAccessibleName(title)
        self.list.setUniformItemSizes(True)
        self.list.setProperty("role", "ticks")
        ticked = set(chosen)
        for option in self._options:
            item = QListWidgetItem(option.named(), self.list)
            item.setSizeHint(QSize(0, _ROW_HEIGHT))
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if option.key in ticked else Qt.CheckState.Unchecked)
        self._none = text_label(none, "muted", wrap=True)
        self.list.itemChanged.connect(self._tell)
        self.list.itemClicked.connect(self._on_clicked)
        self._by_box: QListWidgetItem | None = None
        for widget in (self.search, self.list, self._none):
            self.body.addWidget(widget)
        self.yes = self.add_button(self.tr("Take these"), "Return", variant="primary")
        self.no = self.add_button(self.tr("Cancel"), "Esc")
        self.clear_button = self.add_button(self.tr("None"))
        self.yes.clicked.connect(self._on_yes)
        self.no.clicked.connect(self.cancel)
        self.clear_button.clicked.connect(self._on_clear)
        self._all_words = none
        self._tell()

    @property
    def ticked(self) -> frozenset[object]:
        """Return the keys that are ticked, hidden by the search or not."""
        return frozenset(
            option.key
            for at, option in enumerate(self._options)
            if self.list.item(at).checkState() is Qt.CheckState.Checked
        )

    def open(self) -> None:
        """Show it with the cursor in the search."""
        super().open()
        self.search.setFocus()

    def _tell(self, item: QListWidgetItem | None = None) -> None:
        self._by_box = item
        number = len(self.ticked)
        words = QCoreApplication.translate("ChoosingSheet", "{0} of {1} chosen")
        self._none.setText(words.format(number, len(self._options)) if number else self._all_words)

    def _on_clicked(self, item: QListWidgetItem) -> None:
        """A click on the words ticks too; one on the box has ticked already."""
        if self._by_box is not item:
            checked = item.checkState() is Qt.CheckState.Checked
            item.setCheckState(Qt.CheckState.Unchecked if checked else Qt.CheckState.Checked)
        self._by_box = None

    def _on_searched(self, words: str) -> None:
        needles = words.casefold().split()
        for at, option in enumerate(self._options):
            hay = option.named().casefold()
            self.list.item(at).setHidden(not all(needle in hay for needle in needles))

    def _on_clear(self) -> None:
        for at in range(self.list.count()):
            self.list.item(at).setCheckState(Qt.CheckState.Unchecked)

    def _on_yes(self) -> None:
        self.given.emit(self.ticked)
        self.close_sheet()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go from the search into the list with Down."""
        if event.key() == Qt.Key.Key_Down and not self.list.hasFocus():
            first = next((at for at in range(self.list.count()) if not self.list.item(at).isHidden()), -1)
            self.list.setFocus()
            self.list.setCurrentRow(first)
            return
        super().keyPressEvent(event)
