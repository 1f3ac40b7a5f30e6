"""What is said above the map of a performance that is sold out, or has a waiting list: who waits, and the way there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from pos_app.ui.screens.selling.waiting.keys import JOIN_KEY, QUEUE_KEY
from pos_app.ui.waiting.words import waiting_words
from pos_app.ui.widgets.boxes import row
from pos_app.ui.widgets.key_button import KeyButton
from pos_app.ui.widgets.labels import ElidedLabel, IconLabel

if TYPE_CHECKING:
    from pos_app.domain.season.offers import PerformanceSummary


class WaitingStrip(QWidget):
    """Hidden while seats are on sale and nobody waits. Signals: join_asked(), queue_asked()."""

    join_asked = Signal()
    queue_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._words = ElidedLabel("", "strong")
        self.join = KeyButton(self.tr("Join the list"), variant="primary")
        self.join.print_key(JOIN_KEY)
        self.join.clicked.connect(self.join_asked)
        self.join.setToolTip(self.tr("Put a party on the waiting list of this performance"))
        self.queue = KeyButton(self.tr("Who waits"))
        self.queue.print_key(QUEUE_KEY)
        self.queue.clicked.connect(self.queue_asked)
        row(
            IconLabel("users-three", 20, "accent"),
            (self._words, 1),
            self.queue,
            self.join,
            inside=self,
            spacing=8,
        )
        self.setFixedHeight(44)
        self.hide()

    @property
    def words(self) -> str:
        """Return what it says; "" while hidden."""
        return "" if self.isHidden() else self._words.accessibleName() or self._words.text()

    def show_performance(self, one: PerformanceSummary) -> None:
        """Say how many wait for this performance."""
        left, waiting = one.left, one.waiting
        is_sold_out = one.counted and not one.free and one.on_sale and not one.cancelled and one.priced
        self.setVisible(waiting is not None or is_sold_out)
        if left is None:
            return
        none_yet = self.tr("Sold out")
        told = none_yet if waiting is None else waiting_words(left.parties, left.wanted)
        self._words.show_words(told)
        self.join.setVisible(is_sold_out or left.list_open)
        self.queue.setVisible(waiting is not None or bool(left.offered))
