"""What is offered to parties that waited, here or in all performances: found, and opened for paying."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget

from pos_app.ui.waiting.table import offers_table
from pos_app.ui.waiting.words import place_words
from pos_app.ui.widgets.banner import Banner
from pos_app.ui.widgets.boxes import row
from pos_app.ui.widgets.buttons import SegmentedButtons
from pos_app.ui.widgets.empty_state import EmptyState
from pos_app.ui.widgets.search_field import SearchField
from pos_app.ui.widgets.sheets.base import Sheet
from pos_app.ui.words.messages import Level, Message, message_for

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QHideEvent, QShowEvent
    from PySide6.QtWidgets import QWidget

    from pos_app.domain.waiting.rows import WaitingRow
    from pos_app.ui.waiting.source import WaitingSource

HERE, ALL = "here", "all"
_WIDTH: Final = 1040
_HEIGHT: Final = 380
_EVERY_MS: Final = 3_000


class OffersSheet(Sheet):
    """Open offers, the one that ends first above; with something typed, whoever is called so, waiting or offered.

    performance_id: of the one that is open, None for none. The list is read anew every few seconds.
    Signals: offer_chosen(WaitingRow): to be opened. queue_asked(int): who waits for this performance.
    """

    offer_chosen = Signal(object)
    queue_asked = Signal(int)

    def __init__(self, parent: QWidget, source: WaitingSource, performance_id: int | None, *, here: bool) -> None:
        super().__init__(parent, parent.tr("Offers of the waiting lists"), width=_WIDTH)
        self._source = source
        self._performance_id = performance_id
        self._answered = ("\0", ALL)
        self.search = SearchField(self.tr("Name, phone, code"), key="", leaves_at_once=True)
        self.search.searched.connect(lambda _words: self.ask())
        self.search.left.connect(self.cancel)
        self.search.installEventFilter(self)
        self.where = SegmentedButtons(((HERE, self.tr("This performance")), (ALL, self.tr("All performances"))))
        self.where.chosen.connect(lambda _key: self.ask())
        self.where.choose(HERE if here and performance_id is not None else ALL)
        self.table = offers_table()
        self.table.setAccessibleName(self.tr("Offers"))
        self.table.chosen.connect(self._enable)
        self.table.opened.connect(self._on_open)
        self.empty = EmptyState("users-three", self.tr("Reading the offers…"))
        self.empty.asked.connect(self.ask)
        self._pages = QStackedWidget()
        self._pages.addWidget(self.empty)
        self._pages.addWidget(self.table)
        self.banner = Banner()
        self.banner.hide()
        self.body.addLayout(row((self.search, 1), self.where, spacing=8))
        self.where.setHidden(performance_id is None)
        self.body.addWidget(self._pages)
        self.body.addWidget(self.banner)
        self.let_give_way(self._pages, _HEIGHT)
        self.yes = self.add_button(self.tr("Open for paying"), "Return", variant="primary")
        self.yes.clicked.connect(self._on_open)
        self.queue = self.add_button(self.tr("Who waits"), "F9")
        self.queue.clicked.connect(self._on_queue)
        self.no = self.add_button(self.tr("Close"), "Esc")
        self.no.clicked.connect(self.cancel)
        self._turn = QTimer(self, interval=_EVERY_MS)
        self._turn.timeout.connect(self._look_again)
        self._enable()

    @property
    def chosen(self) -> WaitingRow | None:
        """Return the party that is marked; None while the list is not that of what is typed now."""
        marked = self.table.record(self.table.current) if self._answered == self._asked else None
        return marked if marked in self.table.shown else None

    def open(self) -> None:
        """Show it with the cursor in the search."""
        super().open()
        self.search.setFocus()
        self.ask()

    def ask(self) -> None:
        """Read what is typed and chosen now."""
        asked = self._asked
        self._enable()
        self._source.find(self, *self._question).then(lambda rows: self._show(asked, rows), self._on_trouble)

    def say(self, message: Message) -> None:
        """Say why something is not opened; the list is read anew."""
        self.banner.show_message(message)
        self.ask()

    @property
    def _asked(self) -> tuple[str, str]:
        return self.search.text().strip(), self.where.current

    @property
    def _question(self) -> tuple[str, int | None]:
        words, where = self._asked
        return words, self._performance_id if where == HERE else None

    def _look_again(self) -> None:
        asked = self._asked
        self._source.find(self, *self._question).then(lambda rows: self._show(asked, rows), lambda _error: None)

    def _show(self, asked: tuple[str, str], rows: Sequence[WaitingRow]) -> None:
        if asked != self._asked:
            return
        is_other = self._answered != asked
        self._answered = asked
        self.table.show_records(rows)
        if self.chosen is None or (is_other and asked[0]):
            self.table.mark(rows[0].entry.entry_id if rows else None)
        if rows:
            self._pages.setCurrentWidget(self.table)
        else:
            self._show_empty(*asked)
        self._enable()

    def _show_empty(self, words: str, where: str) -> None:
        if words:
            advice = self.tr("Their offer may be over: who waits, and what became of others, stands under F9.")
            self.empty.show_words("magnifying-glass", self.tr("Nobody on a waiting list fits this"), advice)
        elif where == HERE:
            self.empty.show_words("users-three", self.tr("Nothing is offered for this performance"))
        else:
            advice = self.tr("What comes free of a sold-out performance is offered to who waits, and stands here.")
            self.empty.show_words("users-three", self.tr("Nothing is offered now"), advice)
        self._pages.setCurrentWidget(self.empty)

    def _on_trouble(self, error: Exception) -> None:
        if self.table.records:
            self.banner.show_message(message_for(error))
        else:
            self.empty.show_trouble(message_for(error))

    def _on_open(self) -> None:
        chosen = self.chosen
        if chosen is None:
            return
        if chosen.entry.offer is None:
            words = self.tr("{0} is number {1}: nothing is offered yet.")
            told = words.format(chosen.entry.customer_name, place_words(chosen))
            self.banner.show_message(Message(told, self.tr("Seats that come free are offered in turn."), Level.INFO))
            return
        self.offer_chosen.emit(chosen)

    def _on_queue(self) -> None:
        chosen = self.chosen
        performance_id = self._performance_id if chosen is None else chosen.entry.performance_id
        if performance_id is not None:
            self.queue_asked.emit(performance_id)

    def _enable(self) -> None:
        chosen = self.chosen
        self.yes.setEnabled(chosen is not None)
        self.queue.setEnabled(chosen is not None or self._performance_id is not None)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the arrow keys walk the list while somebody types."""
        if watched is self.search and event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
            shown = self.table.shown
            if step is not None and shown:
                chosen = self.chosen
                at = 0 if chosen is None else max(0, min(len(shown) - 1, shown.index(chosen) + step))
                self.table.mark(shown[at].entry.entry_id)
                self._enable()
                return True
        return super().eventFilter(watched, event)

    def showEvent(self, event: QShowEvent) -> None:
        """Read it anew by turns while it can be seen."""
        super().showEvent(event)
        self._turn.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """No turns any more."""
        super().hideEvent(event)
        self._turn.stop()
