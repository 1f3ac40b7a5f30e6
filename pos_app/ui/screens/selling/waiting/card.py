"""How many offers are open, and which ends next: said quietly beside the map of every till."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame

from pos_app.ui.screens.selling.waiting.keys import OFFERS_KEY
from pos_app.ui.waiting.words import until_words
from pos_app.ui.widgets.boxes import column, row
from pos_app.ui.widgets.key_button import KeyButton
from pos_app.ui.widgets.labels import IconLabel, breakable, text_label
from pos_app.ui.words.directions import isolated
from pos_app.ui.words.sentences import spoken_count

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pos_app.domain.waiting.rows import WaitingRow
    from pos_app.ui.waiting.source import WaitingSource

POLL_MS: Final = 5_000


class OpenOffers(QFrame):
    """Hidden while nothing is offered. It looks from start() on, whether it can be seen or not.

    Signals: asked(): they are to be looked at. counted(int): so many are open.
    """

    asked = Signal()
    counted = Signal(int)

    def __init__(self, source: WaitingSource) -> None:
        super().__init__()
        self._source = source
        self.setProperty("role", "panel")
        self._title = text_label("", "strong", wrap=True)
        self._words = text_label("", "small", tone="muted", wrap=True)
        self.look = KeyButton(self.tr("Offers"), icon_name="users-three")
        self.look.print_key(OFFERS_KEY)
        self.look.clicked.connect(self.asked)
        head = row(IconLabel("envelope-simple", 20, "accent"), (self._title, 1), spacing=6)
        column(head, self._words, self.look, inside=self, margins=(12, 8, 10, 10), spacing=4)
        self._timer = QTimer(self, interval=POLL_MS)
        self._timer.timeout.connect(self.poll)
        self.hide()

    @property
    def words(self) -> str:
        """Return what it says; "" while hidden."""
        return "" if self.isHidden() else f"{self._title.text()}\n{self._words.text()}"

    def start(self) -> None:
        """Look for offers, from now on."""
        if self._source.may_serve:
            self._timer.start()
            self.poll()

    def poll(self) -> None:
        """Look for offers; that the server does not answer is said by others."""
        if self._source.may_serve:
            self._source.find(self, "", None).then(self.show_offers, lambda _error: None)

    def show_offers(self, rows: Sequence[WaitingRow]) -> None:
        """Count those that are open, and name the one that ends next."""
        offered = [(row.entry.offer.expires_at, row.entry.entry_id, row) for row in rows if row.entry.offer is not None]
        self.setVisible(bool(offered))
        if offered:
            moment, _id, first = min(offered)
            words = spoken_count(
                "{name}: {count} seat until {time}",
                "{name}: {count} seats until {time}",
                len(first.places),
                name=isolated(first.entry.customer_name),
                time=until_words(moment, first.evening),
            )
            told = spoken_count("{count} offer is open", "{count} offers are open", len(offered))
            self._title.setText(told)
            self._words.setText(breakable(words))
        self.counted.emit(len(offered))
