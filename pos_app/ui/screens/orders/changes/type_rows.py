"""The places of an order with the ticket type that each is to have."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QScrollArea, QVBoxLayout, QWidget

from pos_app.domain.seats import SeatKey
from pos_app.domain.selling.sales import SaleLine
from pos_app.ui.screens.orders.order.evening_words import evening_parts, evening_words
from pos_app.ui.widgets.boxes import column
from pos_app.ui.widgets.combo_box import ComboBox
from pos_app.ui.widgets.labels import ElidedLabel, text_label
from pos_app.ui.words.amounts import shown_amount
from pos_app.ui.words.lists import side_by_side
from pos_app.ui.words.places import place_words, seat_words

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from pos_app.domain.orders.page import LineOnPage, OrderPage
    from pos_app.domain.season.offers import PerformanceOffer

_LETTERS: Final = 16
"""Of a ticket type and its price that can be read without unfolding them; the rest of the row is the place's."""


class TypeRows(QScrollArea):
    """One row a place; what can be had there is offered with its price. Signals: changed(), by a person."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.boxes: dict[int, ComboBox] = {}
        self._lines: dict[int, LineOnPage] = {}
        self.setWidgetResizable(True)

    @property
    def changes(self) -> dict[int, SaleLine]:
        """Return what is to change, by line: the same seat with another ticket type."""
        wanted: dict[int, SaleLine] = {}
        for line_id, box in self.boxes.items():
            line, chosen = self._lines[line_id], box.currentData()
            if chosen != line.ticket_type_id and line.performance_id is not None and line.seat_id is not None:
                wanted[line_id] = SaleLine(SeatKey(line.performance_id, line.seat_id), chosen)
        return wanted

    def show_lines(self, order: OrderPage, offers: Mapping[int, PerformanceOffer], first: Collection[int]) -> None:
        """Show the places that count. offers: of their performances. first: lines that stand at the top."""
        chosen = {line_id: box.currentData() for line_id, box in self.boxes.items()}
        inside = QWidget()
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 0, 8, 0)
        grid.setColumnStretch(0, 1)
        self.boxes, self._lines = {}, {}
        for at, line in enumerate(sorted(order.live_seats, key=lambda one: one.line_id not in first)):
            box = self._box(line, offers.get(line.performance_id or 0), order.currency)
            box.setCurrentIndex(max(0, box.findData(chosen.get(line.line_id, line.ticket_type_id))))
            place = place_words(line.place) if line.place else ""
            box.setAccessibleName(side_by_side(evening_words(order, line), place))
            self.boxes[line.line_id], self._lines[line.line_id] = box, line
            grid.addLayout(self._place(line, order), at, 0)
            grid.addWidget(text_label(shown_amount(line.brought_minor, order.currency), "muted"), at, 1)
            grid.addWidget(box, at, 2)
        grid.setRowStretch(grid.rowCount(), 1)
        self.setWidget(inside)

    def _place(self, line: LineOnPage, order: OrderPage) -> QVBoxLayout:
        """Row and seat are always readable; where in the house, and on which evening, gives way."""
        place = line.place
        seat = seat_words(place) if place is not None else ""
        zone = place.zone if place is not None else ""
        title, when = evening_parts(order, line)
        about = side_by_side(when, zone if seat else "", title)
        below = [ElidedLabel(about, "small")] if about else []
        return column(text_label(seat or zone, "strong"), *below, spacing=0)

    def _box(self, line: LineOnPage, offer: PerformanceOffer | None, currency: str) -> ComboBox:
        box = ComboBox()
        box.setMinimumContentsLength(_LETTERS)
        box.setSizeAdjustPolicy(ComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.addItem(self.tr("{0}, as it is").format(line.ticket_type), line.ticket_type_id)
        for one in offer.ticket_types if offer is not None else ():
            price = offer.prices.get((line.category_id or 0, one.ticket_type_id)) if offer is not None else None
            fits = not one.seat_kind or (line.place is not None and line.place.kind == one.seat_kind)
            if price is not None and fits and one.ticket_type_id != line.ticket_type_id:
                box.addItem(f"{one.name}, {shown_amount(price, currency)}", one.ticket_type_id)
        box.activated.connect(self.changed)
        return box
