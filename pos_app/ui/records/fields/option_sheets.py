"""Sheets with a list of many options and a search above it: to pick one, or to tick any number."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from pos_app.domain.searching import Searched, typed_words
from pos_app.ui.widgets.labels import text_label
from pos_app.ui.widgets.search_field import SearchField
from pos_app.ui.widgets.sheets.base import Sheet
from pos_app.ui.words.amounts import shown_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QWidget

    from pos_app.ui.records.fields.choice_fields import Option

_LIST_HEIGHT: Final = 380
_ROW_HEIGHT: Final = 44


class OptionSheet(Sheet):
    """The list, the search, a note below, and the buttons; what is answered is its heirs'. Signals: see Sheet."""

    def __init__(
        self, parent: QWidget, title: str, options: Sequence[Option], *, note: str, yes: str, width: int
    ) -> None:
        super().__init__(parent, title, width=width)
        self._options = tuple(options)
        self._searched = [Searched.of(option.named()) for option in self._options]
        self.search = SearchField(self.tr("Search"), key="")
        self.search.searched.connect(self._on_searched)
        self.search.left.connect(self.cancel)
        self.list = QListWidget()
        self.list.setAccessibleName(title)
        self.list.setUniformItemSizes(True)
        self.list.setProperty("role", "ticks")
        for option in self._options:
            QListWidgetItem(option.named(), self.list).setSizeHint(QSize(0, _ROW_HEIGHT))
        self._note = text_label(note, "muted", wrap=True)
        for widget in (self.search, self.list, self._note):
            self.body.addWidget(widget)
        self.let_give_way(self.list, _LIST_HEIGHT)
        self.yes = self.add_button(yes, "Return", variant="primary")
        self.no = self.add_button(self.tr("Cancel"), "Esc")
        self.yes.clicked.connect(self._on_yes)
        self.no.clicked.connect(self.cancel)

    def open(self) -> None:
        """Show it with the cursor in the search."""
        super().open()
        self.search.setFocus()

    def _shown(self) -> list[int]:
        return [at for at in range(self.list.count()) if not self.list.item(at).isHidden()]

    def _on_searched(self, words: str) -> None:
        typed = typed_words(words)
        for at, searched in enumerate(self._searched):
            self.list.item(at).setHidden(not searched.fits(typed))

    def _on_yes(self) -> None:
        raise NotImplementedError


class PickSheet(OptionSheet):
    """Picks one: by Enter or a double click; Esc picks none.

    nothing: what is said when there is nothing to pick from. Signals: picked(object): the key of an option.
    """

    picked = Signal(object)

    def __init__(self, parent: QWidget, title: str, options: Sequence[Option], *, yes: str, nothing: str) -> None:
        super().__init__(parent, title, options, note=nothing, yes=yes, width=620)
        self._looked_for = ""
        self.list.itemDoubleClicked.connect(self._on_yes)
        self.search.setVisible(bool(options))
        self.list.setVisible(bool(options))
        self._note.setVisible(not options)
        self._go_to_first()

    def _go_to_first(self) -> None:
        shown = self._shown()
        self.list.setCurrentRow(shown[0] if shown else -1)
        self.yes.setEnabled(bool(shown))

    def _on_searched(self, words: str) -> None:
        self._looked_for = words
        super()._on_searched(words)
        self._go_to_first()

    def _on_yes(self) -> None:
        if self.search.text().strip() != self._looked_for:
            # The search waits a moment before it looks, and Enter came first.
            self._on_searched(self.search.text().strip())
        at = self.list.currentRow()
        if at >= 0:
            self.close_sheet()
            self.picked.emit(self._options[at].key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk the list with the arrows, wherever the cursor is."""
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
        shown = self._shown()
        if not step or not shown:
            super().keyPressEvent(event)
            return
        now = shown.index(self.list.currentRow()) if self.list.currentRow() in shown else 0
        self.list.setCurrentRow(shown[min(max(0, now + step), len(shown) - 1)])


class ChoosingSheet(OptionSheet):
    """Ticks any number: Space ticks, Enter takes them, Esc leaves everything as it was.

    none: what it means that nothing is ticked. Signals: given(frozenset): the keys that are ticked.
    """

    given = Signal(object)

    def __init__(
        self, parent: QWidget, title: str, none: str, options: Sequence[Option], chosen: Iterable[object]
    ) -> None:
        words = self.tr("Take these")
        super().__init__(parent, title, options, note=none, yes=words, width=560)
        self._none = none
        self._by_box: QListWidgetItem | None = None
        ticked = set(chosen)
        for at, option in enumerate(self._options):
            item = self.list.item(at)
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if option.key in ticked else Qt.CheckState.Unchecked)
        self.search.returnPressed.connect(self._on_yes)
        self.list.itemChanged.connect(self._tell)
        self.list.itemClicked.connect(self._on_clicked)
        self.clear_button = self.add_button(self.tr("None"))
        self.clear_button.clicked.connect(self._on_clear)
        self._tell()

    @property
    def ticked(self) -> frozenset[object]:
        """Return the keys that are ticked, hidden by the search or not."""
        return frozenset(
            option.key
            for at, option in enumerate(self._options)
            if self.list.item(at).checkState() is Qt.CheckState.Checked
        )

    def _tell(self, item: QListWidgetItem | None = None) -> None:
        self._by_box = item
        number = len(self.ticked)
        words = self.tr("{0} of {1} chosen").format(shown_number(number), shown_number(len(self._options)))
        self._note.setText(words if number else self._none)

    def _on_clicked(self, item: QListWidgetItem) -> None:
        """A click on the words ticks too; one on the box has ticked already."""
        if self._by_box is not item:
            checked = item.checkState() is Qt.CheckState.Checked
            item.setCheckState(Qt.CheckState.Unchecked if checked else Qt.CheckState.Checked)
        self._by_box = None

    def _on_clear(self) -> None:
        for at in range(self.list.count()):
            self.list.item(at).setCheckState(Qt.CheckState.Unchecked)

    def _on_yes(self) -> None:
        self.given.emit(self.ticked)
        self.close_sheet()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go from the search into the list with Down."""
        if event.key() == Qt.Key.Key_Down and not self.list.hasFocus():
            shown = self._shown()
            self.list.setFocus()
            self.list.setCurrentRow(shown[0] if shown else -1)
            return
        super().keyPressEvent(event)
