"""What a party is told that has joined: its place and its code; or what it is offered at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal

from pos_app.ui.waiting.words import offer_words, position_words, wants_words, where_words
from pos_app.ui.widgets.labels import text_label
from pos_app.ui.widgets.sheets.base import Sheet
from pos_app.ui.words.lists import side_by_side
from pos_app.ui.words.sentences import spoken

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from pos_app.domain.waiting.rows import WaitingPage, WaitingRow

_WIDTH: Final = 560


class JoinedSheet(Sheet):
    """Says it in words that can be read out. Signals: offer_asked(int): what is offered at once is to be sold."""

    offer_asked = Signal(int)

    def __init__(self, parent: QWidget, page: WaitingPage, row: WaitingRow) -> None:
        super().__init__(parent, "", width=_WIDTH)
        entry = row.entry
        offer = entry.offer
        self.set_title(entry.customer_name)
        if offer is None:
            self.told = position_words(entry.place, page.ahead_of(entry.entry_id))
        else:
            self.told = self.tr("Seats are free at once: {0}").format(spoken(row.spoken()))
        letter = self.tr("A letter confirms it.") if entry.email else self.tr("No e-mail address: you are called.")
        self.body.addWidget(text_label(self.told, "heading", wrap=True))
        if offer is not None:
            self.body.addWidget(text_label(self.tr("Offered {0}").format(offer_words(row)), wrap=True))
        self.body.addWidget(text_label(side_by_side(wants_words(row), where_words(row)), "muted", wrap=True))
        self.body.addWidget(text_label(self.tr("Code {0}").format(entry.code), "strong"))
        if offer is None:
            self.body.addWidget(text_label(letter, "muted", wrap=True))
        if offer is not None:
            self.sell = self.add_button(self.tr("Sell them now"), "Return", variant="primary", size="large")
            self.sell.clicked.connect(lambda: self._on_sell(offer.offer_id))
            self.done = self.add_button(self.tr("Later"), "Esc", size="large")
        else:
            self.done = self.add_button(self.tr("Done"), "Return", variant="primary", size="large")
        self.done.clicked.connect(self.close_sheet)

    def _on_sell(self, offer_id: int) -> None:
        self.close_sheet()
        self.offer_asked.emit(offer_id)
