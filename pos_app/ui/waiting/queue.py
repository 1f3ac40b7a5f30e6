"""The queue of a performance: who waits and for what, what is offered, and why somebody was passed over."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QWidget

from pos_app.domain.waiting.entries import EntryState, ListState
from pos_app.ui.waiting.deeds import WaitingDeeds
from pos_app.ui.waiting.table import queue_table
from pos_app.ui.waiting.words import length_words, remark_words, waiting_words
from pos_app.ui.widgets.banner import Banner
from pos_app.ui.widgets.boxes import column, row
from pos_app.ui.widgets.buttons import SegmentedButtons
from pos_app.ui.widgets.empty_state import EmptyState
from pos_app.ui.widgets.key_button import KeyButton
from pos_app.ui.widgets.labels import Chip, say, text_label
from pos_app.ui.widgets.search_field import SearchField
from pos_app.ui.words.lists import following
from pos_app.ui.words.messages import Level, Message, message_for
from pos_app.ui.words.sentences import spoken_count

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QHideEvent, QShowEvent

    from pos_app.domain.waiting.rows import WaitingPage, WaitingRow
    from pos_app.ui.waiting.source import WaitingSource

EVERY_MS: Final = 3_000
ALL, OFFERED, ENDED = "all", "offered", "ended"
LETTERS_KEY: Final = "Shift+F3"
_NOTE_SECONDS: Final = 8


class WaitingQueue(QWidget):
    """Shows a queue, follows it while it can be seen, and leads to what is done with it.

    decides: with the keys of a manager; else a party can be taken off, and that is all.
    Signals: letters_wanted(int, str): those to this customer, who is called so. left(): by Esc in the search.
    """

    letters_wanted = Signal(int, str)
    left = Signal()

    def __init__(self, source: WaitingSource, *, decides: bool) -> None:
        super().__init__()
        self._source = source
        self._decides = decides and source.may_decide
        self._performance_id = 0
        self.page: WaitingPage | None = None
        self.deeds = WaitingDeeds(self, source)
        self.deeds.done.connect(self._on_done)
        self.search = SearchField(self.tr("Name, phone, code"), key="Ctrl+F")
        self.search.searched.connect(self._look)
        self.search.left.connect(self._on_left)
        self.filter = SegmentedButtons(
            ((ALL, self.tr("Waiting")), (OFFERED, self.tr("Offered")), (ENDED, self.tr("All, ended too")))
        )
        self.filter.chosen.connect(self._on_filter)
        self.chip = Chip()
        self.chip.hide()
        self.table = queue_table()
        self.table.setAccessibleName(self.tr("Waiting list"))
        self.table.chosen.connect(self._enable)
        self.empty = EmptyState("users-three", self.tr("Reading the waiting list…"))
        self.empty.asked.connect(self.refresh)
        self._pages = QStackedWidget()
        self._pages.addWidget(self.empty)
        self._pages.addWidget(self.table)
        self.remark = text_label("", "body", wrap=True)
        self.remark.hide()
        self.summary = text_label("", "muted", wrap=True)
        self.banner = Banner()
        self.banner.hide()
        self._make_buttons()
        head = row((self.search, 1), self.filter, self.chip, spacing=8)
        column(head, (self._pages, 1), self.remark, self.summary, self.banner, self._foot(), inside=self, spacing=8)
        self._letters = QShortcut(QKeySequence(LETTERS_KEY), self, self._on_letters)
        self._letters.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._turn = QTimer(self, interval=EVERY_MS)
        self._turn.timeout.connect(self._look_again)
        self._enable()

    @property
    def chosen(self) -> WaitingRow | None:
        """Return the party that is marked and shown."""
        marked = self.table.record(self.table.current)
        return marked if marked in self.table.shown else None

    def show_performance_id(self, performance_id: int) -> None:
        """Show the queue of this performance."""
        if performance_id != self._performance_id:
            self._performance_id = performance_id
            self.page = None
            self.search.clear()
            self.filter.choose(ALL)
            self.table.show_records(())
            self.chip.hide()
            say(self.summary, "")
            self.empty.show_words("users-three", self.tr("Reading the waiting list…"))
            self._pages.setCurrentWidget(self.empty)
        self.refresh()

    def refresh(self) -> None:
        """Read it anew."""
        self._source.page(self, self._performance_id, closed=self.filter.current == ENDED).then(
            self._show, self._on_unreadable
        )

    def _make_buttons(self) -> None:
        self.up = KeyButton(self.tr("Move up…"), "F8", icon_name="caret-up")
        self.off = KeyButton(self.tr("Take off…"), "F7", icon_name="x")
        self.back = KeyButton(self.tr("Take the offer back…"), "F9", icon_name="arrow-counter-clockwise")
        self.length = KeyButton(self.tr("Offer length…"), "F5", icon_name="hourglass-medium")
        self.lid = KeyButton(self.tr("Open the list…"), "F6", icon_name="users-three", variant="primary")
        self.up.clicked.connect(lambda: self._with_chosen(self.deeds.move_up))
        self.off.clicked.connect(lambda: self._with_chosen(self.deeds.take_off))
        self.back.clicked.connect(lambda: self._with_chosen(self.deeds.withdraw))
        self.length.clicked.connect(self._on_length)
        self.lid.clicked.connect(self._on_lid)

    def _foot(self) -> QWidget:
        foot = QWidget()
        row(self.up, self.off, self.back, 1, self.length, self.lid, inside=foot, spacing=8)
        # Not before they lie in here: shown by themselves they would be windows.
        self.off.setHidden(not self._source.may_serve)
        for button in (self.up, self.back, self.length, self.lid):
            button.setHidden(not self._decides)
        return foot

    def _with_chosen(self, deed: object) -> None:
        if (chosen := self.chosen) is not None and callable(deed):
            deed(chosen)

    def _on_length(self) -> None:
        if self.page is not None:
            self.deeds.change_length(self.page)

    def _on_lid(self) -> None:
        if self.page is None:
            return
        if self.page.state is ListState.OPEN:
            self.deeds.close_list(self.page)
        else:
            self.deeds.open_list(self.page)

    def _on_filter(self, _key: str) -> None:
        self._look(self.search.text())
        self.refresh()

    def _look(self, words: str) -> None:
        kept = self.filter.current
        wanted = {OFFERED: {EntryState.OFFERED}, ALL: {EntryState.WAITING, EntryState.OFFERED}}.get(kept)
        self.table.keep(None if wanted is None else lambda one: one.entry.state in wanted)
        self.table.look_for(words)
        self._tell()

    def _look_again(self) -> None:
        """Read it without being asked: while that gets no answer, what is shown stays."""
        self._source.page(self, self._performance_id, closed=self.filter.current == ENDED).then(
            self._show, lambda _error: None
        )

    def _show(self, page: WaitingPage) -> None:
        if page.evening.performance_id != self._performance_id:
            return
        self.page = page
        self.table.show_records(page.rows)
        self._look(self.search.text())

    def _tell(self) -> None:
        page = self.page
        if page is None:
            return
        waiting = page.waiting
        words = {
            ListState.OPEN: (self.tr("Open"), "ok"),
            ListState.CLOSED: (self.tr("Closed"), "muted"),
            None: (self.tr("Not opened yet"), "muted"),
        }[page.state]
        self.chip.show_text(*words)
        self.chip.show()
        offered = sum(1 for one in page.rows if one.entry.offer is not None)
        say(
            self.summary,
            following(
                f"{waiting_words(len(waiting), sum(one.entry.seats for one in waiting))}.",
                spoken_count("{count} open offer.", "{count} open offers.", offered) if offered else "",
                length_words(page.offer_minutes) if page.state is not None else "",
            ),
        )
        is_open = page.state is ListState.OPEN
        self.lid.set_words(self.tr("Close the list…") if is_open else self.tr("Open the list…"))
        self._show_empty(page)
        self._enable()

    def _show_empty(self, page: WaitingPage) -> None:
        if self.table.shown:
            self._pages.setCurrentWidget(self.table)
            return
        if self.search.text().strip():
            self.empty.show_words(
                "magnifying-glass", self.tr("Nobody here fits this"), self.tr("Esc shows all who wait.")
            )
        elif self.filter.current == OFFERED:
            self.empty.show_words("clock", self.tr("Nothing is offered now"))
        elif page.state is ListState.OPEN:
            self.empty.show_words(
                "users-three", self.tr("Nobody waits"), self.tr("Parties join on Sell, with Shift+F6.")
            )
        elif page.evening.free:
            self.empty.show_words(
                "users-three",
                self.tr("There is no waiting list yet"),
                self.tr("It opens by itself with the first party that joins when all is sold, or by a manager before."),
            )
        else:
            self.empty.show_words(
                "users-three",
                self.tr("There is no waiting list yet"),
                self.tr("It opens with the first party that joins: Shift+F6 on Sell."),
            )
        self._pages.setCurrentWidget(self.empty)

    def _on_unreadable(self, error: Exception) -> None:
        told = message_for(error)
        if self.page is None:
            self.empty.show_trouble(told)
        else:
            self.banner.show_message(told)

    def _on_done(self, message: Message) -> None:
        passing = message.level is Level.OK
        self.banner.show_message(message, seconds=_NOTE_SECONDS if passing else 0)
        self.refresh()

    def _on_left(self) -> None:
        """Esc in the empty search: to the parties, and out of it where there are none to go to."""
        if self.table.shown:
            self.table.setFocus()
        self.left.emit()

    def _on_letters(self) -> None:
        if (chosen := self.chosen) is not None:
            self.letters_wanted.emit(chosen.entry.customer_id, chosen.entry.customer_name)

    def _enable(self) -> None:
        chosen = self.chosen
        entry = None if chosen is None else chosen.entry
        # There is no room for a whole sentence in a cell.
        say(self.remark, "" if chosen is None else remark_words(chosen))
        is_elsewhere = entry is not None and entry.offer is not None and bool(entry.offer.till_name)
        self.up.setEnabled(entry is not None and entry.place > 1)
        self.off.setEnabled(entry is not None and entry.state in {EntryState.WAITING, EntryState.OFFERED})
        self.back.setEnabled(entry is not None and entry.offer is not None)
        for button in (self.off, self.back):
            till = entry.offer.till_name if is_elsewhere and entry is not None and entry.offer is not None else ""
            button.setToolTip(self.tr("Open for paying at {0}").format(till) if till else "")
        self.length.setEnabled(self.page is not None and self.page.state is not None)
        self.lid.setEnabled(self.page is not None)

    def showEvent(self, event: QShowEvent) -> None:
        """Follow it while it can be seen."""
        super().showEvent(event)
        self._turn.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """No turns any more."""
        super().hideEvent(event)
        self._turn.stop()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Hand the keyboard to the search."""
        super().focusInEvent(event)
        self.search.setFocus()
