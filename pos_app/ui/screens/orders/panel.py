"""One order at the right of the list: who, what, how it was paid, and what can still be done with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QStackedWidget, QWidget

from pos_app.domain.codes import grouped
from pos_app.domain.steady_clock import steady_seconds
from pos_app.ui.screens.orders.ticket_rows import TicketRows
from pos_app.ui.widgets.boxes import column, row
from pos_app.ui.widgets.empty_state import EmptyState
from pos_app.ui.widgets.key_button import KeyButton
from pos_app.ui.widgets.labels import Chip, FittedLabel, rule, set_tone, text_label
from pos_app.ui.words.amounts import shown_amount, shown_number
from pos_app.ui.words.lists import side_by_side
from pos_app.ui.words.payments import payment_words
from pos_app.ui.words.sentences import spoken_count
from pos_app.ui.words.times import shown_countdown, shown_moment

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent, QShowEvent

    from pos_app.domain.selling.sales import OrderDetail

_TICK_MS = 250


class OrderPanel(QFrame):
    """Shows an order, counts down the time in which it can be voided, and offers what can be done.

    Signals: reprint_asked(), void_asked(), preview_asked(); about `order`, and for the tickets in `chosen`.
    reprint_one_asked(int): for the ticket of this id alone.
    """

    reprint_asked = Signal()
    void_asked = Signal()
    preview_asked = Signal()
    reprint_one_asked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "panel")
        self.order: OrderDetail | None = None
        self._deadline = 0.0
        self.number = FittedLabel(pixels=24, figures=False)
        self._state = Chip("", "danger")
        self._when = text_label("", "muted", wrap=True)
        self._values = {name: self._value() for name in ("fee", "total", "method", "customer", "note", "allowed")}
        self._captions = {
            "fee": text_label(self.tr("Booking fee"), "muted"),
            "total": text_label(self.tr("Total"), "muted"),
            "method": text_label(self.tr("Paid by"), "muted"),
            "customer": text_label(self.tr("Customer"), "muted"),
            "note": text_label(self.tr("Note"), "muted"),
            "allowed": text_label(self.tr("Allowed by"), "muted"),
        }
        self.rows = TicketRows()
        self.rows.chosen_changed.connect(self._on_chosen)
        self.rows.reprint_asked.connect(self.reprint_one_asked)
        self.countdown = text_label("", "body", wrap=True)
        self.reprint_button = KeyButton("", "F6", icon_name="printer")
        self.reprint_button.clicked.connect(self.reprint_asked)
        self.preview_button = KeyButton(self.tr("Preview"), icon_name="eye")
        self.preview_button.clicked.connect(self.preview_asked)
        self.void_button = KeyButton(self.tr("Void the order"), "F8", icon_name="prohibit")
        self.void_button.clicked.connect(self.void_asked)
        self._pages = QStackedWidget()
        self._pages.addWidget(EmptyState("receipt", self.tr("No order chosen"), self.tr("Choose one at the left.")))
        self._pages.addWidget(self._order_page())
        column(self._pages, inside=self, margins=(18, 16, 18, 18))
        self._tick = QTimer(self, interval=_TICK_MS)
        self._tick.timeout.connect(self._on_tick)

    @property
    def chosen(self) -> tuple[int, ...]:
        """Return the ids of the chosen tickets."""
        return self.rows.chosen

    @property
    def seconds_to_void(self) -> float:
        """Return how long the order can still be voided; 0 when it cannot."""
        return max(0.0, self._deadline - steady_seconds())

    def show_order(self, order: OrderDetail) -> None:
        """Show an order; its countdown starts from the server's answer."""
        self.order = order
        summary = order.summary
        self._deadline = steady_seconds() + summary.seconds_to_void
        self.number.show_text(grouped(summary.number), "muted" if summary.void else "text")
        self._state.show_text(self.tr("Void"), "danger")
        self._state.setVisible(summary.void)
        sold = shown_moment(summary.created_at, summary.time_zone)
        self._when.setText(side_by_side(sold, summary.till_name, order.staff_name))
        for name, words in (
            ("fee", shown_amount(order.fee_minor, summary.currency) if order.fee_minor else ""),
            ("total", shown_amount(summary.total_minor, summary.currency)),
            ("method", side_by_side(payment_words(summary.method).name, order.reference)),
            ("customer", summary.customer_name),
            ("note", order.note),
            ("allowed", side_by_side(*order.allowed_by)),
        ):
            self._values[name].setText(words)
            for label in (self._values[name], self._captions[name]):
                label.setVisible(bool(words))
        self.rows.show_tickets(order)
        self._pages.setCurrentIndex(1)
        self._on_tick()

    def show_nothing(self) -> None:
        """Forget the order."""
        self.order = None
        self._deadline = 0.0
        self._pages.setCurrentIndex(0)

    def _order_page(self) -> QWidget:
        head = row((self.number, 1), (self._state, 0, Qt.AlignmentFlag.AlignVCenter), spacing=10)
        values = QGridLayout()
        values.setHorizontalSpacing(14)
        values.setVerticalSpacing(4)
        values.setColumnStretch(1, 1)
        for at, (name, caption) in enumerate(self._captions.items()):
            values.addWidget(caption, at, 0, Qt.AlignmentFlag.AlignTop)
            values.addWidget(self._values[name], at, 1)
        buttons = row((self.reprint_button, 3), (self.preview_button, 2), spacing=8)
        below = (buttons, self.void_button, self.countdown)
        page = QWidget()
        # Right below the tickets that they concern, however high the window is.
        column(head, self._when, values, rule(), self.rows, *below, 1, inside=page, spacing=8)
        return page

    def _value(self) -> QLabel:
        label = text_label("", "strong", wrap=True)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        return label

    def _on_chosen(self) -> None:
        if self.order is None:
            return
        live = sum(not ticket.void for ticket in self.order.tickets)
        number = len(self.chosen)
        if not live:
            words = self.tr("Reprint")
        elif number == live or not number:
            words = spoken_count("Reprint {count} ticket", "Reprint {count} tickets", live)
        else:
            words = self.tr("Reprint {0} of {1}").format(shown_number(number), shown_number(live))
        self.reprint_button.set_words(words)
        self.reprint_button.setEnabled(bool(number))
        self.preview_button.setEnabled(bool(number))

    def _on_tick(self) -> None:
        if self.order is None:
            return
        left = self.seconds_to_void
        if self.order.summary.void:
            words, tone = self.tr("The money was given back; the tickets are void."), "muted"
        elif left:
            words, tone = self.tr("Can be voided for {0}").format(shown_countdown(left)), ""
        else:
            words = self.tr("Older than ten minutes: it cannot be voided any more. Its tickets stay good.")
            tone = "muted"
        self.countdown.setText(words)
        set_tone(self.countdown, tone)
        self.void_button.setEnabled(left > 0)

    def showEvent(self, event: QShowEvent) -> None:
        """Count while it can be seen."""
        super().showEvent(event)
        self._on_tick()
        self._tick.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Stop counting."""
        super().hideEvent(event)
        self._tick.stop()
