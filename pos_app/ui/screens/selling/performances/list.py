"""Choosing a performance: search as you type, today, this week, all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QItemSelectionModel, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QListView, QStackedLayout, QWidget

from pos_app.ui.announce import announce
from pos_app.ui.screens.selling.performances.leaves import PerformanceDelegate
from pos_app.ui.screens.selling.performances.model import PerformanceModel, matches
from pos_app.ui.widgets.boxes import column
from pos_app.ui.widgets.buttons import SegmentedButtons
from pos_app.ui.widgets.empty_state import EmptyState
from pos_app.ui.widgets.labels import panel, say, text_label
from pos_app.ui.widgets.search_field import SearchField
from pos_app.ui.words.sentences import spoken_count

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtCore import QModelIndex

    from pos_app.domain.season.offers import PerformanceSummary, SeatsLeft
    from pos_app.ui.words.messages import Message

_LEAST_WIDTH: Final = 212
_MOST_WIDTH: Final = 340
_SHARE: Final = 0.145
_LOOK_MS: Final = 60
_INSIDE: Final = 8


class PerformanceList(QWidget):
    """The left column of the sell screen.

    Signals:
        performance_chosen(PerformanceSummary): a person chose another one. begun(): a person began to look for one.
        left(): by a click on a performance, by Enter on it, or by Esc in the empty search field: the map is next.
        looked(): other performances came into view.
    """

    performance_chosen = Signal(object)
    begun = Signal()
    left = Signal()
    looked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._all: tuple[PerformanceSummary, ...] = ()
        self._chosen = 0
        self.search = SearchField(self.tr("Search events"))
        self.search.searched.connect(self._refresh)
        self.search.begun.connect(self.begun)
        self.search.left.connect(self.left)
        self.search.textChanged.connect(self._on_typed)
        self.search.returnPressed.connect(self._on_search_entered)
        self.hint = text_label("", "small", wrap=True)
        self.hint.hide()
        self._down = QShortcut(QKeySequence(Qt.Key.Key_Down), self.search, self._on_down)
        self._down.setContext(Qt.ShortcutContext.WidgetShortcut)
        self.spans = SegmentedButtons(
            (("all", self.tr("All")), ("today", self.tr("Today")), ("week", self.tr("This week")))
        )
        self.spans.setStyleSheet("QPushButton { padding: 0 8px; } QPushButton:focus { padding: 0 7px; }")
        self.spans.chosen.connect(self._refresh)
        self.model = PerformanceModel(self)
        self.view = QListView()
        self.view.setModel(self.model)
        self.view.setItemDelegate(PerformanceDelegate(self.view))
        self.view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        # Titles of two lines in a narrow list are titles of one in a wide one.
        self.view.setResizeMode(QListView.ResizeMode.Adjust)
        self.view.setMouseTracking(True)
        self.view.setAccessibleName(self.tr("Performances"))
        self.view.selectionModel().currentChanged.connect(self._on_current)
        self.view.clicked.connect(self.left)
        self.view.activated.connect(self.left)
        # What is passed by while it is scrolled is not looked at.
        self._look_soon = QTimer(self, singleShot=True, interval=_LOOK_MS)
        self._look_soon.timeout.connect(self.looked)
        bar = self.view.verticalScrollBar()
        for moved in (bar.valueChanged, bar.rangeChanged, self.model.modelReset):
            # Where it was moved to is no time to wait for.
            moved.connect(lambda *_where: self._look_soon.start())
        self._is_read = False
        self._empty = EmptyState("calendar-blank", self.tr("Reading…"))
        self._empty.asked.connect(self.show_all)
        body = QWidget()
        self._stack = QStackedLayout(body)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self.view)
        frame = panel()
        head = column(self.search, self.spans, self.hint, margins=(0, 0, 4, 0), spacing=8)
        column(head, (body, 1), inside=frame, margins=(8, 8, 4, 6), spacing=8)
        column(frame, inside=self)

    def show_performances(self, performances: tuple[PerformanceSummary, ...]) -> None:
        """Show what the server has; the choice stays."""
        self._all = performances
        self._is_read = True
        self._refresh()

    def show_left(self, counted: Mapping[int, SeatsLeft]) -> None:
        """Show how many seats some of the performances have left."""
        ids = counted.keys()
        self._all = tuple(
            one.with_left(counted[one.performance_id]) if one.performance_id in ids else one for one in self._all
        )
        self.model.show_left(counted)

    def in_view(self) -> tuple[PerformanceSummary, ...]:
        """Return the performances that can be seen now."""
        rows = self.model.rowCount()
        if not rows or self._stack.currentWidget() is not self.view:
            return ()
        top, bottom = (self.view.indexAt(QPoint(_INSIDE, y)) for y in (0, self.view.viewport().height() - 1))
        if not top.isValid():
            return ()
        last = bottom.row() if bottom.isValid() else rows - 1
        return tuple(self.model.at(row) for row in range(top.row(), last + 1))

    def show_unreadable(self, message: Message) -> None:
        """Say why there is nothing to show; what was read before stays."""
        if not self._all:
            self._is_read = False
            self._empty.show_words("plugs", message.text, message.advice)
            self._stack.setCurrentWidget(self._empty)

    def performance(self, performance_id: int) -> PerformanceSummary | None:
        """Return a performance of the list as it was last read."""
        return next((one for one in self._all if one.performance_id == performance_id), None)

    def choose(self, performance_id: int) -> None:
        """Mark a performance as the chosen one, without saying so."""
        self._chosen = performance_id
        self._mark()

    def first_on_sale(self) -> PerformanceSummary | None:
        """Return the next performance of today that has seats to sell, or may have; else the first of all.

        What is not counted is not sold out; what people come to all day gives way to what begins.
        """
        can_be_sold = [one for one in self._all if _can_be_sold(one)]
        today = (one for one in can_be_sold if one.until_start > 0 and matches(one, "", "today"))
        return next(today, next(iter(can_be_sold), None))

    def next_to_count(self, most: int) -> list[PerformanceSummary]:
        """Return the next performances that may have seats to sell and are not counted; none where the next is."""
        first = self.first_on_sale()
        if first is None or first.counted:
            return []
        others = (one for one in self._all if _can_be_sold(one) and not one.counted and one is not first)
        return [first, *others][:most]

    def _on_search_entered(self) -> None:
        """Enter opens the only performance that fits and leaves the search; among several a person chooses.

        One that is cancelled is opened where no other fits. Where nothing was typed, the one that is open stays it.
        """
        self._refresh()
        rows = [self.model.at(row) for row in range(self.model.rowCount())]
        fits = [one for one in rows if not one.cancelled] or rows
        if not self.search.text().strip():
            self.left.emit()
        elif len(fits) > 1:
            words = spoken_count(
                "{count} fits: choose it with the arrow keys.",
                "{count} fit: choose one with the arrow keys.",
                len(fits),
            )
            say(self.hint, words)
            announce(self.search, words)
        elif fits:
            if fits[0].performance_id != self._chosen:
                self._chosen = fits[0].performance_id
                self._mark()
                self.performance_chosen.emit(fits[0])
            self.left.emit()

    def _on_typed(self) -> None:
        say(self.hint, "")

    def _on_down(self) -> None:
        """Down walks from the search into the list."""
        self._refresh()
        say(self.hint, "")
        if self.model.rowCount():
            self.view.setFocus()
            self.view.setCurrentIndex(self.model.index(0))

    def _refresh(self) -> None:
        words = self.search.text().strip()
        span = self.spans.current
        self.model.show_rows([one for one in self._all if matches(one, words, span)])
        self._mark()
        if self.model.rowCount():
            self._stack.setCurrentWidget(self.view)
            return
        if not self._is_read:
            # It says so already, or why it is not read.
            self._stack.setCurrentWidget(self._empty)
            return
        if not self._all:
            self._empty.show_words(
                "calendar-blank", self.tr("Nothing to sell yet"), self.tr("Events are added under Manage.")
            )
        else:
            self._empty.show_words(
                "magnifying-glass",
                self.tr("Nothing found"),
                self.tr("No performance fits this search."),
                action=self.tr("Show all"),
            )
        self._stack.setCurrentWidget(self._empty)

    def _mark(self) -> None:
        row = self.model.row_of(self._chosen)
        selection = self.view.selectionModel()
        blocked = selection.blockSignals(True)
        try:
            if row < 0:
                selection.clear()
            else:
                flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
                selection.setCurrentIndex(self.model.index(row), flag)
        finally:
            selection.blockSignals(blocked)
        self.view.viewport().update()

    def _on_current(self, current: QModelIndex) -> None:
        if current.isValid():
            one = self.model.at(current.row())
            if one.performance_id != self._chosen:
                self._chosen = one.performance_id
                self.performance_chosen.emit(one)

    def show_all(self) -> None:
        """Show all performances, whatever was searched for; the choice stays."""
        self.search.clear()
        self.spans.choose("all")
        self._refresh()


def list_width(screen: int) -> int:
    """Return the width of the column in a screen of so many pixels; the map needs the rest."""
    return max(_LEAST_WIDTH, min(_MOST_WIDTH, round(_SHARE * screen)))


def _can_be_sold(one: PerformanceSummary) -> bool:
    return one.on_sale and one.priced and not one.cancelled and not one.is_late and (one.free > 0 or not one.counted)
