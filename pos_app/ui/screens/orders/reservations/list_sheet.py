"""All reservations that are open, the one that ends first above: looked through, and something done with one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal, SignalInstance
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget

from pos_app.ui.screens.orders.reservations.table import reservations_table
from pos_app.ui.screens.orders.search.words import shortened
from pos_app.ui.widgets.banner import Banner
from pos_app.ui.widgets.boxes import row
from pos_app.ui.widgets.combo_box import ComboBox
from pos_app.ui.widgets.empty_state import EmptyState
from pos_app.ui.widgets.labels import say, text_label
from pos_app.ui.widgets.search_field import SearchField
from pos_app.ui.widgets.sheets.base import Sheet
from pos_app.ui.words.amounts import shown_sum
from pos_app.ui.words.evenings import standing_when
from pos_app.ui.words.lists import following, side_by_side
from pos_app.ui.words.messages import message_for
from pos_app.ui.words.sentences import spoken_count

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from PySide6.QtGui import QHideEvent, QShowEvent
    from PySide6.QtWidgets import QWidget

    from pos_app.domain.orders.reservations import OpenReservation
    from pos_app.domain.selling.performance_seats import PerformanceSeats
    from pos_app.ui.widgets.key_button import KeyButton
    from pos_app.ui.words.messages import Message

MOST_LISTED: Final = 200
_WIDTH: Final = 1120
_HEIGHT: Final = 400
_EVERY_MS: Final = 3_000
_ALL: Final = 0


class ReservationsSheet(Sheet):
    """The list, narrowed by a name and by a performance, and what is done with the one chosen.

    order_id: of the order that is shown, chosen at first where it is listed. till_name: of this till: what another one
    has open for paying is not changed here. The list is read anew every few seconds while it can be seen.
    Signals: read_asked(str, object): what is typed, and the id of a performance or None. turn_came(str, object): as
    that, and nobody waits for it. performances_asked(): there are more reservations than are listed, and of others,
    perhaps. pick_up_asked, keep_longer_asked, give_back_asked, slip_asked (OpenReservation).
    order_asked(int): it is to be shown.
    """

    read_asked = Signal(str, object)
    turn_came = Signal(str, object)
    performances_asked = Signal()
    pick_up_asked = Signal(object)
    keep_longer_asked = Signal(object)
    give_back_asked = Signal(object)
    slip_asked = Signal(object)
    order_asked = Signal(int)

    def __init__(self, parent: QWidget, order_id: int | None, till_name: str) -> None:
        super().__init__(parent, "", width=_WIDTH)
        self._order_id, self._till_name = order_id, till_name
        self._answered: tuple[str, int | None] | None = None
        self._evenings: dict[int, PerformanceSeats] = {}
        self.set_title(self.tr("Open reservations"))
        self.search = SearchField(self.tr("Name, phone, order"), key="", leaves_at_once=True)
        self.search.searched.connect(lambda _words: self.ask())
        self.search.left.connect(self.cancel)
        self.search.installEventFilter(self)
        self.performance = ComboBox()
        self.performance.setAccessibleName(self.tr("Performance"))
        self.performance.addItem(self.tr("All performances"), _ALL)
        self.performance.activated.connect(lambda _at: self.ask())
        self.table = reservations_table()
        self.table.chosen.connect(self._enable)
        self.table.opened.connect(self._on_enter)
        self.empty = EmptyState("clock", self.tr("Reading the reservations…"))
        self.empty.asked.connect(self.ask)
        self._pages = QStackedWidget()
        self._pages.addWidget(self.empty)
        self._pages.addWidget(self.table)
        self.summary = text_label("", "muted", wrap=True)
        self.banner = Banner()
        # Once it has its words: only then it is known how much room they take.
        self.banner.shown.connect(lambda _shown: QTimer.singleShot(0, self, self._give_way))
        self.body.addLayout(row((self.search, 3), (self.performance, 2), spacing=8))
        for widget in (self._pages, self.summary, self.banner):
            self.body.addWidget(widget)
        self.let_give_way(self._pages, _HEIGHT)
        self._add_buttons()
        self._turn = QTimer(self, interval=_EVERY_MS)
        self._turn.timeout.connect(lambda: self.turn_came.emit(*self._asked))
        self._enable()

    @property
    def chosen(self) -> OpenReservation | None:
        """Return the reservation that is chosen; None while the list is not that of what is typed now."""
        marked = self.table.record(self.table.current) if self._answered == self._asked else None
        return marked if marked in self.table.shown else None

    def open(self) -> None:
        """Show it with the cursor in the search."""
        super().open()
        self.search.setFocus()
        self.ask()

    def ask(self) -> None:
        """Ask for what is typed and chosen now."""
        self._enable()
        self.read_asked.emit(*self._asked)

    def show_reservations(self, asked: tuple[str, int | None], found: Sequence[OpenReservation]) -> None:
        """Show what was found for a text and a performance; an answer to another question is passed over."""
        if asked != self._asked:
            return
        is_first = self._answered != asked
        self._answered = asked
        if asked == ("", None) and len(found) < MOST_LISTED:
            self.offer_performances(seats for one in found for seats in one.performances)
        elif asked == ("", None):
            self.performances_asked.emit()
        self.table.show_records(found)
        self._show_found(found)
        if is_first or self.chosen is None:
            self._choose()
        self._enable()

    def offer_performances(self, reserved: Iterable[PerformanceSeats]) -> None:
        """Offer the performances that have reservations, the next one first."""
        evenings = {seats.performance_id: seats for seats in reserved}
        if evenings.keys() == self._evenings.keys():
            return
        self._evenings = evenings
        chosen = self.performance.currentData()
        while self.performance.count() > 1:
            self.performance.removeItem(1)
        for seats in sorted(evenings.values(), key=lambda one: (one.starts_at, one.performance_id)):
            self.performance.addItem(side_by_side(standing_when(seats), seats.title), seats.performance_id)
        self.performance.setCurrentIndex(max(0, self.performance.findData(chosen)))

    def show_trouble(self, error: Exception) -> None:
        """Say why the list cannot be read."""
        self._answered = None
        self.empty.show_trouble(message_for(error))
        self._pages.setCurrentWidget(self.empty)
        self._enable()

    def show_said(self, message: Message) -> None:
        """Say what was done, or why it was not."""
        self.banner.show_message(message)

    @property
    def _asked(self) -> tuple[str, int | None]:
        return self.search.text().strip(), self.performance.currentData() or None

    def _add_buttons(self) -> None:
        tr = self.tr
        self.pick_up = self._button(tr("Pick up"), "Return", self.pick_up_asked, "primary")
        self.keep_longer = self._button(tr("Keep longer"), "F8", self.keep_longer_asked)
        self.give_back = self._button(tr("Give seats back"), "F7", self.give_back_asked)
        self.slip = self._button(tr("Print slip"), "F6", self.slip_asked)
        self.show_button = self.add_button(tr("Show the order"), "F9")
        self.show_button.clicked.connect(self._on_show)
        self.no = self.add_button(tr("Close"), "Esc")
        self.no.clicked.connect(self.cancel)

    def _button(self, words: str, key: str, asked: SignalInstance, variant: str = "") -> KeyButton:
        button = self.add_button(words, key, variant=variant)
        button.clicked.connect(lambda: self._emit(asked))
        return button

    def _give_way(self) -> None:
        self.let_give_way(self._pages, _HEIGHT)

    def _emit(self, asked: SignalInstance) -> None:
        if self.chosen is not None:
            asked.emit(self.chosen)

    def _show_found(self, found: Sequence[OpenReservation]) -> None:
        """Show those that are listed, or say why there are none, and what they come to."""
        words, performance_id = self._asked
        if not found and words:
            title = self.tr("No reservation fits “{0}”").format(shortened(words))
            self.empty.show_words("magnifying-glass", title, self.tr("It may be picked up, or its time was over."))
        elif not found and performance_id is not None:
            self.empty.show_words("clock", self.tr("Nothing is reserved for this performance"))
        elif not found:
            words = self.tr("What is reserved on Sell, from the basket, waits here until it is paid.")
            self.empty.show_words("clock", self.tr("Nothing is reserved"), words)
        self._pages.setCurrentWidget(self.table if found else self.empty)
        owed = shown_sum((one.owed_minor, one.currency) for one in found)
        count = spoken_count("{count} reservation: {owed}.", "{count} reservations: {owed}.", len(found), owed=owed)
        more = self.tr("There may be more: type a name, or choose a performance.")
        say(self.summary, following(count, more if len(found) >= MOST_LISTED else "") if found else "")

    def _choose(self) -> None:
        """Choose the order that is shown, else the first of those that fit what is typed; without a text, none."""
        shown = self.table.shown
        own = next((one.order_id for one in shown if one.order_id == self._order_id), None)
        first = shown[0].order_id if shown and self._asked[0] else None
        self.table.mark(first if own is None else own)

    def _enable(self) -> None:
        chosen = self.chosen
        elsewhere = chosen.open_at if chosen is not None and chosen.open_at != self._till_name else ""
        for button in (self.slip, self.show_button):
            button.setEnabled(chosen is not None)
        why_not = self.tr("Open for paying at {0}").format(elsewhere) if elsewhere else ""
        is_in_vain = chosen is not None and chosen.is_in_vain
        in_vain = self.tr("Cancelled: these seats can only be given back.") if is_in_vain else ""
        for button, why in ((self.pick_up, in_vain), (self.keep_longer, in_vain), (self.give_back, "")):
            button.setEnabled(chosen is not None and not (why_not or why))
            button.setToolTip(why_not or why)

    def _on_enter(self) -> None:
        self.pick_up.click()

    def _on_show(self) -> None:
        if self.chosen is not None:
            self.order_asked.emit(self.chosen.order_id)
            self.close_sheet()

    def showEvent(self, event: QShowEvent) -> None:
        """Read it anew by turns while it can be seen."""
        super().showEvent(event)
        self._turn.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """No turns any more."""
        super().hideEvent(event)
        self._turn.stop()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the arrow keys walk the list while somebody types."""
        if watched is self.search and event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
            shown = self.table.shown
            if step is not None and shown:
                chosen = self.chosen
                at = 0 if chosen is None else max(0, min(len(shown) - 1, shown.index(chosen) + step))
                self.table.mark(shown[at].order_id)
                self._enable()
                return True
        return super().eventFilter(watched, event)
