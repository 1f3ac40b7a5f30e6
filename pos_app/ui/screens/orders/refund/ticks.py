"""What is ticked to be given back: places, and the fees that went with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QScrollArea, QWidget

from pos_app.ui.records.fields.choice_fields import CheckField
from pos_app.ui.screens.orders.order.evening_words import evening_words
from pos_app.ui.widgets.boxes import column, row
from pos_app.ui.widgets.labels import text_label
from pos_app.ui.words.amounts import shown_amount
from pos_app.ui.words.lists import side_by_side
from pos_app.ui.words.places import place_words

if TYPE_CHECKING:
    from collections.abc import Collection

    from PySide6.QtWidgets import QLabel

    from pos_app.domain.orders.page import LineOnPage, OrderPage


class RefundTicks(QScrollArea):
    """The places that count, each with a box, and below them the fees. Signals: changed(), by a person."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.seats: dict[int, CheckField] = {}
        self.fees: dict[int, CheckField] = {}
        self._fees_caption: QLabel | None = None
        self._order: OrderPage | None = None
        self.setWidgetResizable(True)

    @property
    def line_ids(self) -> tuple[int, ...]:
        """Return the ticked lines of places."""
        return tuple(line for line, box in self.seats.items() if box.value())

    @property
    def fee_line_ids(self) -> tuple[int, ...]:
        """Return the ticked lines of fees."""
        return tuple(line for line, box in self.fees.items() if box.value())

    def show_lines(self, order: OrderPage, ticked: Collection[int]) -> None:
        """Show what counts of an order. ticked: lines that are given back."""
        self._order = order
        inside = QWidget()
        rows = column(inside=inside, margins=(0, 0, 8, 0), spacing=2)
        self.seats, self.fees, self._fees_caption = {}, {}, None
        for line in order.live_seats:
            self.seats[line.line_id] = box = self._box(self._seat_words(line, order), line.line_id in ticked)
            rows.addLayout(row((box, 1), text_label(shown_amount(line.brought_minor, order.currency)), spacing=6))
        if order.live_fees:
            words = self.tr("Fees: tick them where it is the house's doing.")
            self._fees_caption = text_label(words, "muted", wrap=True)
            rows.addWidget(self._fees_caption)
        for fee in order.live_fees:
            self.fees[fee.line_id] = box = self._box(self._fee_words(fee, order), fee.line_id in ticked)
            rows.addLayout(row((box, 1), text_label(shown_amount(fee.brought_minor, order.currency)), spacing=6))
        rows.addStretch(1)
        self.setWidget(inside)

    def tick_all(self) -> None:
        """Tick all places, or none where all are ticked; fees stay as they are."""
        wanted = len(self.line_ids) < len(self.seats)
        for box in self.seats.values():
            box.show_value(wanted)
        self.changed.emit()

    def tick_fees(self) -> None:
        """Tick the fees that go with the ticked places, or none where these are ticked; scroll to them."""
        going = {fee.line_id for fee in self._order.fees_of(self.line_ids)} if self._order is not None else set()
        wanted = set() if going == set(self.fee_line_ids) else going
        for line_id, box in self.fees.items():
            box.show_value(line_id in wanted)
        if self._fees_caption is not None:
            # From their caption on, as many as there is room for.
            self.verticalScrollBar().setValue(self._fees_caption.y())
        self.changed.emit()

    def _box(self, words: str, ticked: bool) -> CheckField:  # noqa: FBT001 - private and named
        box = CheckField(words)
        box.show_value(ticked)
        box.edited.connect(self.changed)
        return box

    def _seat_words(self, line: LineOnPage, order: OrderPage) -> str:
        used = self.tr("came in already") if line.was_used else ""
        place = place_words(line.place) if line.place else ""
        return side_by_side(evening_words(order, line), place, line.ticket_type, used)

    def _fee_words(self, fee: LineOnPage, order: OrderPage) -> str:
        of = next((line for line in order.seats if line.line_id == fee.for_line_id), None)
        place = place_words(of.place) if of is not None and of.place else self.tr("of the order")
        if order.resold_by(fee) is not None:
            return side_by_side(self.tr("Commission of a resale"), place)
        return side_by_side(self.tr("Booking fee"), place)
