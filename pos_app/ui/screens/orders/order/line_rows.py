"""The places of an order, evening by evening: which are chosen for what is done next, and what became of each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos_app.domain.orders.changes import LineState
from pos_app.ui.widgets.boxes import column, row
from pos_app.ui.widgets.buttons import icon_button
from pos_app.ui.widgets.check_box import CheckBox
from pos_app.ui.widgets.labels import ElidedLabel, text_label
from pos_app.ui.widgets.performance_line import PerformanceLine
from pos_app.ui.words.amounts import shown_amount, shown_number
from pos_app.ui.words.lists import side_by_side
from pos_app.ui.words.places import place_words
from pos_app.ui.words.standings import line_words
from pos_app.ui.words.times import shown_time

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtGui import QMouseEvent

    from pos_app.domain.orders.page import LineOnPage, OrderPage, TicketOnPage

_ROW_HEIGHT: Final = 48


class LineRow(QWidget):
    """One place; a click anywhere on it chooses it, or no longer. What does not count any more can't be chosen.

    number: the digit that chooses it, 0 for none.
    Signals: toggled(); reprint_asked(): of this ticket alone.
    """

    toggled = Signal()
    reprint_asked = Signal()

    def __init__(self, line: LineOnPage, order: OrderPage, number: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = line
        self.setMinimumHeight(_ROW_HEIGHT)
        self.box = CheckBox()
        self.box.setChecked(line.is_live)
        self.box.setEnabled(line.is_live)
        # A click leaves the keyboard in the search, or in the list.
        self.box.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.box.toggled.connect(self.toggled)
        tone = "" if line.is_live or line.state is LineState.RESERVED else "muted"
        place = ElidedLabel(place_words(line.place) if line.place else "", "strong")
        place.setProperty("tone", tone)
        self.words = side_by_side(line.ticket_type, *self._became(order))
        about = ElidedLabel(self.words, "small")
        about.setProperty("tone", self._tone())
        self.box.setAccessibleName(f"{place.words}, {self.words}")
        self.box.setToolTip(self.tr("Key {0}").format(shown_number(number)) if number else "")
        price = text_label(shown_amount(line.brought_minor, order.currency), tone=tone)
        self.again = icon_button("printer", self.tr("Reprint only this ticket: {0}").format(place.words))
        self.again.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.again.clicked.connect(self.reprint_asked)
        lines = column(place, about, spacing=0)
        row(self.box, (lines, 1), price, self.again, inside=self, margins=(2, 1, 0, 1), spacing=8)
        # Not before it lies in here: shown by itself it would be a window.
        self.again.setVisible(line.is_live and line.ticket is not None and not line.ticket.is_waiting)

    def _became(self, order: OrderPage) -> Iterator[str]:
        """Say what became of it, in short."""
        line, ticket = self.line, self.line.ticket
        yield self._sold_on(line, order) or line_words(line.state)
        told = order.told_minor.get(line.line_id)
        if told is not None:
            was, paid = (shown_amount(minor, order.currency) for minor in (told, line.brought_minor))
            yield self.tr("Told {0}, paid {1}").format(was, paid)
        if ticket is None:
            return
        if line.is_live:
            yield self._printed(ticket)
        if ticket.entries:
            at = "" if ticket.entered_at is None else shown_time(ticket.entered_at, order.time_zone)
            words = self.tr("Inside since {0}") if ticket.is_inside else self.tr("Came in at {0}")
            yield words.format(at)
            yield ticket.gate

    def _sold_on(self, line: LineOnPage, order: OrderPage) -> str:
        """Say since when its seat is on resale, or what came of it; "" where it is not."""
        resale = line.resale
        if resale is None:
            return ""
        if resale.ended_at is None:
            return self.tr("On resale since {0}").format(shown_time(resale.since, order.time_zone))
        back = shown_amount(line.brought_minor - resale.commission_minor, order.currency)
        at = shown_time(resale.ended_at, order.time_zone)
        if order.is_owed_for(line):
            return self.tr("Resold {0}: {1} due").format(at, back)
        return self.tr("Resold {0}: {1} given back").format(at, back)

    def _printed(self, ticket: TicketOnPage) -> str:
        if ticket.is_waiting:
            return self.tr("Waits at the window")
        if ticket.issue_count > 1:
            return self.tr("Print {0}").format(shown_number(ticket.issue_count))
        return self.tr("First print")

    def _tone(self) -> str:
        if self.line.state is LineState.RESERVED:
            return "warn"
        if not self.line.is_live:
            return "danger"
        if self.line.is_on_resale:
            return "warn"
        return "warn" if self.line.ticket is not None and self.line.ticket.is_waiting else ""

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Toggle by a click beside the box."""
        if event.button() is Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.box.click()


class LineRows(QWidget):
    """All places of an order; those that count are chosen at first, and what a person left out stays left out.

    Signals: chosen_changed(); reprint_asked(int): of the ticket with this id alone.
    """

    chosen_changed = Signal()
    reprint_asked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: list[LineRow] = []
        self._order_id = 0
        self._inside = QWidget()
        self._column = column(self._inside, inside=self)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    @property
    def chosen(self) -> tuple[int, ...]:
        """Return the ids of the chosen lines."""
        return tuple(row.line.line_id for row in self.rows if row.box.isChecked())

    def show_lines(self, order: OrderPage) -> None:
        """Show the places of an order; of the same one, what was left out before is left out."""
        left_out = {row.line.line_id for row in self.rows if not row.box.isChecked()}
        if order.order_id != self._order_id:
            left_out = set()
        self._order_id = order.order_id
        self.rows = []
        inside = QWidget()
        column(*self._arranged(order), inside=inside, spacing=0)
        for line_row in self.rows:
            line_row.box.setChecked(line_row.line.is_live and line_row.line.line_id not in left_out)
            line_row.toggled.connect(self.chosen_changed)
            if line_row.line.ticket is not None:
                ticket_id = line_row.line.ticket.ticket_id
                line_row.reprint_asked.connect(lambda ticket_id=ticket_id: self.reprint_asked.emit(ticket_id))
        self._column.replaceWidget(self._inside, inside)
        # Left to the layout it would be shown a moment after the old one has gone.
        inside.show()
        self._inside.hide()
        self._inside.deleteLater()
        self._inside = inside
        self._column.activate()
        self.chosen_changed.emit()

    def toggle(self, number: int) -> None:
        """Choose the place of a number, counted from 1 among those that count, or choose it no longer."""
        live = [row for row in self.rows if row.line.is_live]
        if number <= len(live):
            live[number - 1].box.click()

    def _arranged(self, order: OrderPage) -> Iterator[QWidget]:
        """Yield each evening, and below it its places; then those of which the order has no place any more."""
        for seats in (*order.performances, *order.left):
            heading = PerformanceLine(seats)
            heading.setContentsMargins(0, 4, 0, 2)
            yield heading
            for line in order.shown_seats:
                if line.performance_id == seats.performance_id:
                    yield self._row(line, order)

    def _row(self, line: LineOnPage, order: OrderPage) -> LineRow:
        number = sum(row.line.is_live for row in self.rows) + 1 if line.is_live else 0
        self.rows.append(LineRow(line, order, number if number <= 9 else 0))
        return self.rows[-1]
