"""The right column of the sell screen: the hold, the lines, the total, and how to pay. Nothing scrolls away."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QStackedLayout, QWidget

from pos_app.domain.selling.holds import LATE_SECONDS
from pos_app.ui.customers.words import marks_words
from pos_app.ui.screens.selling.basket.promo_code import PromoField
from pos_app.ui.screens.selling.basket.rows import BasketRows
from pos_app.ui.screens.selling.basket.sums import sums_of
from pos_app.ui.widgets.boxes import column, row
from pos_app.ui.widgets.buttons import icon_button
from pos_app.ui.widgets.empty_state import EmptyState
from pos_app.ui.widgets.hold_ring import HoldRing
from pos_app.ui.widgets.key_button import KeyButton
from pos_app.ui.widgets.labels import ElidedLabel, panel, rule, say, set_tone, text_label
from pos_app.ui.words import counted_places
from pos_app.ui.words.lists import side_by_side
from pos_app.ui.words.payments import methods_with_a_key, payment_words
from pos_app.ui.words.sentences import spoken_count
from pos_app.ui.words.times import shown_time

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QColor

    from pos_app.domain.seats import Place
    from pos_app.domain.selling.basket import Basket
    from pos_app.domain.selling.holds import PlacedHold
    from pos_app.domain.selling.sales import PaymentMethod
    from pos_app.ui.screens.selling.basket.hold import BasketHold
    from pos_app.ui.screens.selling.basket.row import BasketRow
    from pos_app.ui.screens.selling.basket.sums import Sums

_TOLD_SECONDS: Final = 300
"""From here on it is told when the seats are released; before, the ring says enough."""

_LEAST_WIDTH: Final = 368
_MOST_WIDTH: Final = 520
_SHARE: Final = 0.225


class BasketPanel(QWidget):
    """Shows a basket; decides nothing. What a button or its key asks for is told by the button itself.

    Signals: payment_asked(PaymentMethod); exchange_asked(): one for which the customer pays nothing;
    type_chosen(tuple, int), seats_removed(tuple): from a line, with its seats (SeatKey).
    """

    payment_asked = Signal(object)
    exchange_asked = Signal()
    type_chosen = Signal(object, int)
    seats_removed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: BasketHold | None = None
        self._is_paying = self._is_exchange = False
        self.ring = HoldRing()
        self.headline = text_label("", "heading", wrap=True)
        self.until = text_label("", "muted", wrap=True)
        self.offered = text_label("", "strong", tone="accent", wrap=True)
        self.offered.hide()
        self.extend = KeyButton(self.tr("Extend"), "F7", icon_name="hourglass-medium")
        self.retake = KeyButton(self.tr("Take them again"), "F5", icon_name="arrow-clockwise", variant="primary")
        self.ways = {method: self._way(method, first=not at) for at, method in enumerate(methods_with_a_key())}
        self.exchange = KeyButton(self.tr("Exchange"), "F10", icon_name="swap", variant="primary", size="large")
        self.exchange.hide()
        self.exchange.clicked.connect(self.exchange_asked)
        self.promo = PromoField()
        self.release = KeyButton(self.tr("Release"), "Esc", icon_name="arrow-counter-clockwise")
        self.name = KeyButton(self.tr("Customer"), "F8", icon_name="user")
        self.reserve = KeyButton(self.tr("Reserve"), "F6", icon_name="clock")
        self.extend.told_as = self.tr("Hold longer")
        self.release.told_as = self.tr("Release the basket")
        self.name.told_as = self.tr("Customer and note")
        self.name.setToolTip(self.tr("The customer, or a name, and a note on the order"))
        self.reserve.told_as = self.tr("Reserve under a name, unpaid")
        self.reserve.setToolTip(self.tr("Keep the seats under a name, to be paid later"))
        self.order_words = ElidedLabel("", "muted")
        self.drop_customer = icon_button("x", self.tr("Not this customer"))
        self.drop_customer.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        for method, button in self.ways.items():
            button.clicked.connect(lambda _checked=False, method=method: self.payment_asked.emit(method))
        self.lines = BasketRows()
        self.lines.type_chosen.connect(self.type_chosen)
        self.lines.removed.connect(self.seats_removed)
        self._total_caption = text_label("", "heading")
        self._total = text_label("", "display")
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
        column(frame, inside=self)

    def _way(self, method: PaymentMethod, *, first: bool) -> KeyButton:
        """Make the button of a way to pay; the first is the one that is pressed most."""
        words = payment_words(method)
        return KeyButton(words.name, words.key, icon_name=words.icon, variant="primary" if first else "", size="large")

    def _body(self) -> QWidget:
        body = QWidget()
        column(
            row(self.ring, (column(1, self.headline, self.offered, self.until, 1, spacing=1), 1), spacing=12),
            self.retake,
            rule(),
            (self.lines, 1),
            rule(),
            row((self.order_words, 1), self.drop_customer, spacing=4),
            self.promo,
            self._detail_grid,
            row(self._total_caption, 1, self._total),
            row(*((button, 1) for button in self.ways.values()), spacing=8),
            self.exchange,
            row((self.name, 1), (self.reserve, 1), spacing=8),
            row((self.release, 1), (self.extend, 1), spacing=8),
            inside=body,
            margins=(14, 10, 14, 12),
            spacing=8,
        )
        return body

    @property
    def total_words(self) -> str:
        """The total as it is shown."""
        return self._total.text()

    def rows(self) -> list[BasketRow]:
        """Return the lines as they are shown."""
        return self.lines.rows()

    def show_basket(
        self,
        basket: Basket,
        color_of: Callable[[int], QColor],
        on_map: int | None = None,
        exchange: Sums | None = None,
        *,
        pays: bool = True,
    ) -> None:
        """Show the lines and the totals. on_map: which performance is there; others are told apart.

        exchange: the sums of an exchange, where the basket is its new seats; pays: whether money is taken for it.
        """
        self._is_exchange = exchange is not None
        for part in (self.promo, self.release, self.name, self.reserve):
            part.setVisible(not self._is_exchange)
        for button in self.ways.values():
            button.setVisible(pays)
        self.exchange.setVisible(not pays)
        self.lines.show_lines(basket, color_of, on_map)
        self._show_sums(exchange or sums_of(basket))
        self._show_order_words(basket)
        self._stack.setCurrentWidget(self._full if basket.lines else self._empty)
        for button in (*self.ways.values(), self.release, self.extend, self.reserve):
            button.setEnabled(bool(basket.lines))

    def _show_order_words(self, basket: Basket) -> None:
        name = self.tr("For {0}").format(basket.customer_name) if basket.customer_name else ""
        later = self.tr("picked up later") if basket.collect else ""
        marks = "" if basket.customer is None else marks_words(basket.customer.marks)
        words = side_by_side(name, marks, later, basket.note)
        self.order_words.show_words(words)
        self.order_words.setVisible(bool(words))
        self.drop_customer.setVisible(basket.customer_id is not None and not self._is_exchange)

    def _show_sums(self, sums: Sums) -> None:
        while (item := self._detail_grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for at, (words, amount) in enumerate(sums.rows):
            self._detail_grid.addWidget(text_label(words, "muted"), at, 0)
            value = text_label(amount)
            value.setAlignment(Qt.AlignmentFlag.AlignRight)
            self._detail_grid.addWidget(value, at, 1)
        self._total_caption.setText(sums.caption)
        self._total.setText(sums.total)

    def show_time(self, hold: BasketHold) -> None:
        """Show how long the seats are held still, or that their time is up."""
        self._shown, basket = hold, hold.basket
        if not basket.lines:
            if self._is_exchange:
                self._show_own()
            return
        if hold.is_expired:
            self._show_expired(basket.places())
        elif hold.placed is not None:
            zone = basket.offers[basket.lines[0].seat.performance_id].time_zone
            self._show_held(basket.places(), hold.placed, hold.seconds_left, zone)

    def show_offered(self, words: str) -> None:
        """Say to whom the seats are offered; "": to nobody."""
        say(self.offered, words)

    def show_paying(self, paying: bool) -> None:  # noqa: FBT001 - a signal's argument
        """Money is being taken, or no longer: meanwhile the keys are the payment's, and none of them is named here."""
        self._is_paying = paying
        if self._shown is not None:
            self.show_time(self._shown)

    def _show_held(self, places: Sequence[Place], placed: PlacedHold, seconds_left: int, time_zone: str) -> None:
        self.ring.set_remaining(seconds_left, round(placed.total_seconds))
        self.ring.show()
        self.retake.hide()
        self.promo.setVisible(not self._is_exchange)
        self.headline.setText(counted_places.held_for_you(places))
        late = seconds_left <= LATE_SECONDS
        set_tone(self.until, "warn" if late else "")
        words = self.tr("Released at {0} unless paid.").format(shown_time(placed.expires_at, time_zone, seconds=True))
        self.ring.setToolTip("\n".join((words, self.tr("The timer does not restart when you add seats."))))
        if late:
            say(self.until, f"{words}\n{self._told_extension(extended=placed.extended)}")
        else:
            say(self.until, words if seconds_left <= _TOLD_SECONDS else "")
        self.extend.setEnabled(not placed.extended and not self._is_paying)

    def _show_own(self) -> None:
        """All that is shown is the order's own: nothing is held, and no time runs."""
        for part in (self.ring, self.retake, self.until):
            part.hide()
        self.headline.setText(self.tr("These seats are the order's own: no time runs."))
        self.extend.setEnabled(False)

    def _told_extension(self, *, extended: bool) -> str:
        if extended:
            return self.tr("Extended once already.")
        return self.tr("After Esc it can be extended once.") if self._is_paying else self.tr("F7 extends it once.")

    def _show_expired(self, places: Sequence[Place]) -> None:
        """Say that the time is up, and offer to take the seats again."""
        self.ring.show()
        self.ring.set_remaining(0, 1)
        # First the seats are taken again; until then its place is needed.
        self.promo.hide()
        self.headline.setText(self.tr("Time is up"))
        set_tone(self.until, "danger")
        say(self.until, counted_places.on_sale_again(places))
        self.retake.set_words(spoken_count("Take it again", "Take them again", len(places)))
        self.retake.show()
        self.extend.setEnabled(False)


def basket_width(screen: int) -> int:
    """Return the width of the column in a screen of so many pixels; the map needs the rest."""
    return max(_LEAST_WIDTH, min(_MOST_WIDTH, round(_SHARE * screen)))
