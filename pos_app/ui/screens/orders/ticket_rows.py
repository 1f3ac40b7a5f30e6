"""The tickets of an order, each with a box to choose it for a reprint."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QWidget

from pos_app.ui.widgets.boxes import column, row
from pos_app.ui.widgets.buttons import icon_button
from pos_app.ui.widgets.check_box import CheckBox
from pos_app.ui.widgets.labels import text_label
from pos_app.ui.words.amounts import shown_amount
from pos_app.ui.words.places import place_words

if TYPE_CHECKING:
    from PySide6.QtGui import QMouseEvent

    from pos_app.domain.selling.sales import OrderDetail, TicketOfOrder

_ROW_HEIGHT: Final = 52


class TicketRow(QWidget):
    """One ticket; a click anywhere on it chooses it, or no longer.

    Signals: toggled(). reprint_asked(): print only this one anew.
    """

    toggled = Signal()
    reprint_asked = Signal()

    def __init__(self, ticket: TicketOfOrder, currency: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ticket = ticket
        self.setMinimumHeight(_ROW_HEIGHT)
        self.box = CheckBox()
        self.box.setChecked(not ticket.void)
        self.box.setEnabled(not ticket.void)
        self.box.toggled.connect(self.toggled)
        place = text_label(place_words(ticket.place), "strong", tone="muted" if ticket.void else "")
        place.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        place.setToolTip(place.text())
        self.print_words = self._print_words()
        about = " · ".join(part for part in (ticket.ticket_type, self.print_words) if part)
        self.box.setAccessibleName(f"{place.text()}, {about}")
        lines = column(place, text_label(about, "small", tone="danger" if ticket.void else ""), spacing=0)
        price = text_label(shown_amount(ticket.price_minor, currency), tone="muted" if ticket.void else "")
        self.reprint = icon_button("printer", self.tr("Reprint only {0}").format(place.text()))
        self.reprint.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.reprint.setEnabled(not ticket.void)
        self.reprint.clicked.connect(self.reprint_asked)
        row(self.box, (lines, 1), price, self.reprint, inside=self, margins=(2, 4, 2, 4), spacing=10)

    def _print_words(self) -> str:
        if self.ticket.void:
            return self.tr("Void")
        if self.ticket.issue_count > 1:
            return self.tr("Print {0}").format(self.ticket.issue_count)
        return self.tr("First print")

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Toggle by a click beside the box."""
        if event.button() is Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.box.click()


class TicketRows(QScrollArea):
    """All tickets of an order; those that are not void are chosen at first.

    Signals: chosen_changed(). reprint_asked(int): print only this ticket anew, by its id.
    """

    chosen_changed = Signal()
    reprint_asked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: list[TicketRow] = []
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    @property
    def chosen(self) -> tuple[int, ...]:
        """Return the ids of the chosen tickets."""
        return tuple(row.ticket.ticket_id for row in self.rows if row.box.isChecked())

    def show_tickets(self, order: OrderDetail) -> None:
        """Show the tickets of an order."""
        self.rows = [TicketRow(ticket, order.summary.currency) for ticket in order.tickets]
        for ticket_row in self.rows:
            ticket_row.toggled.connect(self.chosen_changed)
            ticket_id = ticket_row.ticket.ticket_id
            ticket_row.reprint_asked.connect(lambda ticket_id=ticket_id: self.reprint_asked.emit(ticket_id))
        inside = QWidget()
        column(*self.rows, 1, inside=inside, margins=(0, 0, 6, 0), spacing=0)
        self.setWidget(inside)
        self.chosen_changed.emit()
