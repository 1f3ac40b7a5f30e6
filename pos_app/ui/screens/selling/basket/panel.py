"""The right column of the sell screen: the hold, the lines, the total, and how to pay. Nothing scrolls away."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QMetaObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QScrollArea, QStackedLayout, QVBoxLayout, QWidget

from pos_app.domain.selling.holds import LATE_SECONDS
from pos_app.ui.screens.selling.basket.promo_field import PromoField
from pos_app.ui.screens.selling.basket.row import BasketRow
from pos_app.ui.widgets.elided_label import ElidedLabel
from pos_app.ui.widgets.empty_state import EmptyState
from pos_app.ui.widgets.hold_ring import HoldRing
from pos_app.ui.widgets.key_button import KeyButton
from pos_app.ui.widgets.labels import panel, rule, set_tone, text_label
from pos_app.ui.words.amounts import counted, shown_amount

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QColor

    from pos_app.domain.seats import SeatKey
    from pos_app.domain.selling.basket import Basket, LineGroup

_AT_ONCE: Final = 10
_FRAME_MS: Final = 15
_ONE_LINE: Final = 50
"""However little room there is, a line is seen."""


class BasketPanel(QWidget):
    """Shows a basket; decides nothing.

    Signals: card_asked(), cash_asked(), release_asked(), extend_asked(), retake_asked(), name_asked(): a button
    or its key;
    type_chosen(tuple, int), seats_removed(tuple): from a line, with its seats (SeatKey).
    """

    card_asked = Signal()
    cash_asked = Signal()
    release_asked = Signal()
    extend_asked = Signal()
    retake_asked = Signal()
    name_asked = Signal()
    type_chosen = Signal(object, int)
    seats_removed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ring = HoldRing()
        self.headline = text_label("", "heading", wrap=True)
        self.until = text_label("", "muted", wrap=True)
        self.extend = KeyButton(self.tr("Extend"), "F7", icon_name="hourglass-medium")
        self.retake = KeyButton(self.tr("Take them again"), "F5", icon_name="arrow-clockwise", variant="primary")
        self.card = KeyButton(self.tr("Card"), "F9", icon_name="credit-card", variant="primary", size="large")
        self.cash = KeyButton(self.tr("Cash"), "F10", icon_name="money")
        self.promo = PromoField()
        self.release = KeyButton(self.tr("Release"), "Esc", icon_name="arrow-counter-clockwise")
        self.name = KeyButton(self.tr("Name"), "F8", icon_name="pencil-simple")
        self.name.setToolTip(self.tr("Customer's name and a note on the order"))
        self.order_words = ElidedLabel("", "muted")
        for button, signal in (
            (self.extend, self.extend_asked),
            (self.retake, self.retake_asked),
            (self.card, self.card_asked),
            (self.cash, self.cash_asked),
            (self.release, self.release_asked),
            (self.name, self.name_asked),
        ):
            button.clicked.connect(signal)
        self._rows = QVBoxLayout()
        self._rows.setContentsMargins(0, 0, 6, 0)
        self._rows.setSpacing(0)
        self._rows.addStretch(1)
        self._total = text_label("", "display")
        self._follows = False
        self._refocused: tuple[SeatKey, bool] | None = None
        self._waiting: list[tuple[LineGroup, str, QColor]] = []
        self._more = QTimer(self, singleShot=True, interval=_FRAME_MS)
        self._more.timeout.connect(self._add_rows)
        self._detail_grid = QGridLayout()
        self._detail_grid.setVerticalSpacing(4)
        self._empty = EmptyState(
            "ticket",
            self.tr("The basket is empty"),
            self.tr("Click seats on the map. They are held for you while the customer decides."),
        )
        frame = panel()
        self._stack = QStackedLayout(frame)
        self._stack.addWidget(self._empty)
        self._full = self._body()
        self._stack.addWidget(self._full)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(frame)

    def _body(self) -> QWidget:
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(18, 16, 18, 18)
        column.setSpacing(8)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addStretch(1)
        words.addWidget(self.headline)
        words.addWidget(self.until)
        words.addStretch(1)
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addWidget(self.ring)
        head.addLayout(words, 1)
        column.addLayout(head)
        column.addWidget(self.retake)
        column.addWidget(rule())
        inside = QWidget()
        inside.setLayout(self._rows)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        area.setMinimumHeight(_ONE_LINE)
        self._area = area
        area.verticalScrollBar().rangeChanged.connect(self._on_range_changed)
        column.addWidget(area, 1)
        column.addWidget(rule())
        column.addWidget(self.order_words)
        column.addWidget(self.promo)
        column.addLayout(self._detail_grid)
        total = QHBoxLayout()
        total.addWidget(text_label(self.tr("Total"), "heading"))
        total.addStretch(1)
        total.addWidget(self._total)
        column.addLayout(total)
        column.addWidget(self.card)
        ways = QHBoxLayout()
        ways.setSpacing(8)
        ways.addWidget(self.cash, 1)
        ways.addWidget(self.extend, 1)
        column.addLayout(ways)
        rest = QHBoxLayout()
        rest.setSpacing(8)
        rest.addWidget(self.release, 1)
        rest.addWidget(self.name, 1)
        column.addLayout(rest)
        return body

    @property
    def total_words(self) -> str:
        """The total as it is shown."""
        return self._total.text()

    def rows(self) -> list[BasketRow]:
        """Return the lines as they are shown."""
        items = (self._rows.itemAt(at) for at in range(self._rows.count()))
        widgets = (item.widget() for item in items if item is not None)
        return [widget for widget in widgets if isinstance(widget, BasketRow)]

    def show_basket(self, basket: Basket, color_of: Callable[[int], QColor]) -> None:
        """Show the lines and the totals."""
        before = len(self.rows()) + len(self._waiting)
        self._refocused = self._focused_line() or (self._refocused if self._waiting else None)
        while self._rows.count() > 1:
            item = self._rows.takeAt(0)
            if item is not None and (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self._waiting = [(group, basket.currency, color_of(group.lines[0].category_id)) for group in basket.groups()]
        self._follows = len(self._waiting) > before
        self._add_rows()
        self._show_totals(basket)
        self._show_order_words(basket)
        self._stack.setCurrentWidget(self._full if basket.lines else self._empty)
        for button in (self.card, self.cash, self.release, self.extend):
            button.setEnabled(bool(basket.lines))

    def _add_rows(self) -> None:
        """Add lines, those that are seen without scrolling at once: with all of forty the window would stand still."""
        for group, currency, color in self._waiting[:_AT_ONCE]:
            row = BasketRow(group, currency, color)
            row.type_chosen.connect(self.type_chosen)
            row.removed.connect(self.seats_removed)
            self._rows.insertWidget(self._rows.count() - 1, row)
            self._focus_line(row)
        del self._waiting[:_AT_ONCE]
        if self._waiting:
            # From the end of this turn on, so that what is new is painted first.
            QMetaObject.invokeMethod(self._more, "start", Qt.ConnectionType.QueuedConnection)

    def _show_order_words(self, basket: Basket) -> None:
        parts = [self.tr("For {0}").format(basket.customer_name)] if basket.customer_name else []
        words = " · ".join([*parts, *([basket.note] if basket.note else [])])
        self.order_words.show_words(words)
        self.order_words.setVisible(bool(words))

    def focused_seat(self) -> SeatKey | None:
        """Return the seat whose line has the keyboard."""
        focused = self._focused_line()
        return None if focused is None else focused[0]

    def _focused_line(self) -> tuple[SeatKey, bool] | None:
        """Return the seat whose line has the keyboard, and whether it is on the ticket type."""
        for row in self.rows():
            if row.kind.hasFocus() or row.remove.hasFocus():
                return row.seat, row.kind.hasFocus()
        return None

    def _focus_line(self, row: BasketRow) -> None:
        """Give a line the keyboard that it had before it was made anew."""
        if self._refocused is not None and row.seat == self._refocused[0]:
            (row.kind if self._refocused[1] else row.remove).setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_range_changed(self, _least: int, most: int) -> None:
        """Show the line that was added last."""
        if self._follows:
            self._area.verticalScrollBar().setValue(most)

    def _show_totals(self, basket: Basket) -> None:
        while (item := self._detail_grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        if not basket.lines:
            self._total.setText("")
            return
        totals = basket.totals()
        rows = []
        if totals.fee_minor or totals.discount_minor:
            rows.append((self.tr("Subtotal"), totals.lines_minor))
        if totals.discount_minor:
            rows.append((self.tr("Saved"), -totals.discount_minor))
        if totals.fee_minor:
            rows.append((self.tr("Booking fee"), totals.fee_minor))
        for at, (words, amount) in enumerate(rows):
            self._detail_grid.addWidget(text_label(words, "muted"), at, 0)
            value = text_label(shown_amount(amount, basket.currency))
            value.setAlignment(Qt.AlignmentFlag.AlignRight)
            self._detail_grid.addWidget(value, at, 1)
        self._total.setText(shown_amount(totals.total_minor, basket.currency))

    def show_hold(self, seats: int, seconds_left: int, total: int, *, until: str, extended: bool) -> None:
        """Show how long the seats are held still."""
        self.ring.set_remaining(seconds_left, total)
        self.ring.show()
        self.retake.hide()
        self.promo.show()
        self.headline.setText(counted(seats, self.tr("1 seat held for you"), self.tr("{0} seats held for you")))
        late = seconds_left <= LATE_SECONDS
        set_tone(self.until, "warn" if late else "")
        words = self.tr("Released at {0} unless paid.").format(until)
        more = self.tr("The timer does not restart when you add seats.")
        if late:
            more = self.tr("Extended once already.") if extended else self.tr("F7 extends it once.")
        self.until.setText(f"{words}\n{more}")
        self.extend.setEnabled(not extended)

    def show_expired(self, seats: int) -> None:
        """Say that the time is up, and offer to take the seats again."""
        self.ring.set_remaining(0, 1)
        # First the seats are taken again; until then its place is needed.
        self.promo.hide()
        self.headline.setText(self.tr("Time is up"))
        set_tone(self.until, "danger")
        self.until.setText(
            counted(
                seats,
                self.tr("The seat is on sale again. Others may take it now."),
                self.tr("{0} seats are on sale again. Others may take them now."),
            )
        )
        self.retake.set_words(counted(seats, self.tr("Take it again"), self.tr("Take them again")))
        self.retake.show()
        self.extend.setEnabled(False)
