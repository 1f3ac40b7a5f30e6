"""Above the places of a reserved order: until when they are kept, and what can be done with that."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QSizePolicy, QWidget

from pos_app.domain.orders.reservations import WARN_SECONDS
from pos_app.domain.steady_clock import steady_seconds
from pos_app.ui.screens.orders.kept_words import left_words, near_tone
from pos_app.ui.widgets.boxes import column
from pos_app.ui.widgets.key_button import KeyButton
from pos_app.ui.widgets.labels import say, set_tone, text_label
from pos_app.ui.words.times import shown_moment

if TYPE_CHECKING:
    from datetime import datetime

    from PySide6.QtCore import SignalInstance
    from PySide6.QtGui import QHideEvent, QShowEvent

    from pos_app.domain.orders.page import OrderPage

_TICK_MS: Final = 1_000


class KeptBox(QFrame):
    """Hidden where nothing is reserved.

    While another till has it open for paying, nothing but its slip is offered. What is reserved of a cancelled
    performance can but be given back.
    till_name: of this till.
    Signals, each with the OrderPage: pick_up_asked, keep_longer_asked, give_back_asked, slip_asked. stale(int): the
    order with this id is another one by now, because a time is over.
    """

    pick_up_asked = Signal(object)
    keep_longer_asked = Signal(object)
    give_back_asked = Signal(object)
    slip_asked = Signal(object)
    stale = Signal(int)

    def __init__(self, till_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "well")
        self._till_name = till_name
        self._order: OrderPage | None = None
        self._read_at = 0.0
        self._was_open = False
        self._told_stale: tuple[int, datetime | None] | None = None
        self.until = text_label("", "strong", wrap=True)
        self.state = text_label("", "body", wrap=True)
        self.pick_up = self._button(self.tr("Pick up"), "Shift+F9", "money", self.pick_up_asked, "primary")
        self.keep_longer = self._button(self.tr("Keep longer"), "Shift+F8", "clock", self.keep_longer_asked)
        self.give_back = self._button(self.tr("Give seats back"), "Shift+F7", "", self.give_back_asked)
        self.slip = self._button(self.tr("Print slip"), "Shift+F6", "printer", self.slip_asked)
        grid = QGridLayout()
        grid.setSpacing(6)
        for at, button in enumerate((self.pick_up, self.keep_longer, self.slip, self.give_back)):
            grid.addWidget(button, at // 2, at % 2)
        column(self.until, self.state, grid, inside=self, margins=(12, 10, 12, 12), spacing=6)
        self._tick = QTimer(self, interval=_TICK_MS)
        self._tick.timeout.connect(self._on_tick)
        self.hide()

    @property
    def seconds_left(self) -> float:
        """Return how long its seats are still kept, by the server's answer and this computer's steady clock."""
        kept = self._order.reserved if self._order is not None else None
        return 0.0 if kept is None else kept.seconds_left - (steady_seconds() - self._read_at)

    @property
    def open_elsewhere(self) -> str:
        """Return which other till has it open for paying, "" for none."""
        return self._open_at if self._open_at != self._till_name else ""

    @property
    def _open_at(self) -> str:
        """Return which till has it open for paying, this one or another."""
        kept = self._order.reserved if self._order is not None else None
        return kept.open_at if kept is not None and steady_seconds() - self._read_at < kept.open_seconds else ""

    def show_order(self, order: OrderPage) -> None:
        """Show how long the reserved seats of an order are kept; the time runs from the server's answer on."""
        if order is not self._order:
            self._read_at = steady_seconds()
            self._was_open = False
        self._order = order
        kept = order.reserved
        self.setVisible(kept is not None)
        if kept is not None:
            moment = shown_moment(kept.release_at, order.time_zone)
            self.until.setText(self.tr("Reserved until {0}").format(moment))
            self._on_tick()

    def _button(self, words: str, key: str, icon_name: str, asked: SignalInstance, variant: str = "") -> KeyButton:
        button = KeyButton(words, key, icon_name=icon_name, variant=variant)
        button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        button.clicked.connect(lambda: asked.emit(self._order))
        return button

    def _on_tick(self) -> None:
        if self._order is None or self._order.reserved is None:
            return
        left, elsewhere = self.seconds_left, self.open_elsewhere
        why_not = self.tr("Open for paying at {0}").format(elsewhere) if elsewhere else ""
        in_vain = self.tr("Cancelled: these seats can only be given back.") if self._order.is_reserved_in_vain else ""
        for button, why in ((self.pick_up, in_vain), (self.keep_longer, in_vain), (self.give_back, "")):
            button.setEnabled(not (why_not or why))
            button.setToolTip(why_not or why)
        self._say_state(left, elsewhere)
        was_open, self._was_open = self._was_open, bool(elsewhere)
        if left <= 0 or (was_open and not elsewhere):
            self._tell_stale(self._order)

    def _tell_stale(self, order: OrderPage) -> None:
        """Say it once of each time that is over: what becomes of the order then, its watch sees."""
        over = order.order_id, order.reserved.release_at if order.reserved is not None else None
        if over != self._told_stale:
            self._told_stale = over
            self.stale.emit(order.order_id)

    def _say_state(self, left: float, elsewhere: str) -> None:
        if elsewhere:
            say(
                self.state,
                self.tr("Open for paying at {0}: these seats cannot lapse, nor be given back here.").format(elsewhere),
            )
            set_tone(self.state, "accent")
            return
        if self._open_at == self._till_name:
            say(self.state, self.tr("Open for paying at this till."))
            set_tone(self.state, "accent")
            return
        if self._order is not None and self._order.is_reserved_in_vain:
            say(self.state, self.tr("The performance is cancelled: call the guest, and give these seats back."))
            set_tone(self.state, "warn")
            return
        over = self.tr("Its time is over: its seats go on sale again at any moment.")
        say(self.state, left_words(left) if left > 0 else over)
        set_tone(self.state, near_tone(left) if left > 0 else near_tone(WARN_SECONDS))

    def showEvent(self, event: QShowEvent) -> None:
        """Count while it can be seen."""
        super().showEvent(event)
        self._on_tick()
        self._tick.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Stop counting."""
        super().hideEvent(event)
        self._tick.stop()
