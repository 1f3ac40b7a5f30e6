"""Sheets with a list of many options and a search above it: to pick one, or to tick any number."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from pos_app.domain.searching import Searched, typed_words
from pos_app.ui.announce import announce
from pos_app.ui.widgets.keys import ENTER
from pos_app.ui.widgets.labels import say, text_label
from pos_app.ui.widgets.search_field import SearchField
from pos_app.ui.widgets.sheets.base import Sheet
from pos_app.ui.words.amounts import shown_number
from pos_app.ui.words.sentences import spoken_count

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from PySide6.QtCore import QObject
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
        self.search = SearchField(self.tr("Search"), key="", leaves_at_once=True)
        self.search.searched.connect(self._on_searched)
        self.search.left.connect(self.cancel)
        self.list = QListWidget()
        self.list.setAccessibleName(title)
        self.list.setUniformItemSizes(True)
        self.list.setProperty("role", "ticks")
        for option in self._options:
            QListWidgetItem(option.named(), self.list).setSizeHint(QSize(0, _ROW_HEIGHT))
        self._note = text_label(note, "muted", wrap=True)
        self.hint = text_label("", wrap=True)
        self.hint.hide()
        for widget in (self.search, self.list, self.hint, self._note):
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
        say(self.hint, "" if self._shown() else self.tr("Nothing fits “{0}”.").format(words))

    def _tell_several(self, shown: int) -> None:
        """Say that several fit, and how one of them is chosen."""
        words = spoken_count(
            "{count} fits: choose it with the arrow keys.", "{count} fit: choose one with the arrow keys.", shown
        )
        say(self.hint, words)
        announce(self.list, words)

    def _on_yes(self) -> None:
        raise NotImplementedError


class PickSheet(OptionSheet):
    """Picks one: the one chosen by the arrows or a click, or the only one that fits; Esc picks none.

    nothing: what is said when there is nothing to pick from. Signals: picked(object): the key of an option.
    """

    picked = Signal(object)

    def __init__(self, parent: QWidget, title: str, options: Sequence[Option], *, yes: str, nothing: str) -> None:
        super().__init__(parent, title, options, note=nothing, yes=yes, width=620)
        self._looked_for = ""
        self.list.itemDoubleClicked.connect(self._on_yes)
        self.list.itemSelectionChanged.connect(self.hint.hide)
        self.list.installEventFilter(self)
        self.search.setVisible(bool(options))
        self.list.setVisible(bool(options))
        self._note.setVisible(not options)
        self.yes.setEnabled(bool(options))
        self._mark_only()

    def _mark_only(self) -> None:
        """Choose the only one that fits; among several a person chooses."""
        shown = self._shown()
        self.list.setCurrentRow(shown[0] if len(shown) == 1 else -1)

    def _on_searched(self, words: str) -> None:
        self._looked_for = words
        self._mark_only()
        super()._on_searched(words)
        self._mark_only()

    def _chosen(self) -> int:
        """Return the row that is chosen, -1 for none. What only has the frame of the keyboard is not."""
        rows = [self.list.row(item) for item in self.list.selectedItems() if not item.isHidden()]
        return rows[0] if rows else -1

    def _on_yes(self) -> None:
        if self.search.text().strip() != self._looked_for:
            # The search waits a moment before it looks, and Enter came first.
            self._on_searched(self.search.text().strip())
        at = self._chosen()
        if at >= 0:
            self.close_sheet()
            self.picked.emit(self._options[at].key)
        elif shown := len(self._shown()):
            self._tell_several(shown)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Have the arrows walk alike in the list and in the search."""
        if watched is self.list and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._walk(event.key())
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk the list with the arrows, wherever the cursor is."""
        if not self._walk(event.key()):
            super().keyPressEvent(event)

    def _walk(self, key: int) -> bool:
        step = {int(Qt.Key.Key_Down): 1, int(Qt.Key.Key_Up): -1}.get(key, 0)
        shown, now = self._shown(), self._chosen()
        if not step or not shown:
            return False
        at = shown.index(now) + step if now >= 0 else 0 if step > 0 else len(shown) - 1
        self.list.setCurrentRow(shown[min(max(0, at), len(shown) - 1)])
        return True


class ChoosingSheet(OptionSheet):
    """Ticks any number: Space ticks, Enter takes them, Esc leaves everything as it was.

    Enter behind words that are searched for ticks the only one that fits, and takes nothing yet.
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

    def _tick_only(self) -> None:
        """Tick the only one that fits, and make room for the next words."""
        # The search waits a moment before it looks, and Enter came first.
        self._on_searched(self.search.text().strip())
        shown = self._shown()
        if len(shown) == 1:
            item = self.list.item(shown[0])
            item.setCheckState(Qt.CheckState.Checked)
            self.search.clear()
            self.list.scrollToItem(item)
            announce(self.list, self._note.text())
        elif shown:
            self._tell_several(len(shown))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go from the search into the list with Down; Enter answers first what is typed there."""
        if event.key() in ENTER and self.search.hasFocus() and self.search.text().strip():
            self._tick_only()
            return
        if event.key() == Qt.Key.Key_Down and not self.list.hasFocus():
            shown = self._shown()
            self.list.setFocus()
            self.list.setCurrentRow(shown[0] if shown else -1)
            if shown:
                say(self.hint, "")
            return
        super().keyPressEvent(event)
