"""What stands in the place of the basket while a reservation is paid: its name, its seats, the total, how to pay."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidgetItem, QWidget

from pos_app.domain.codes import grouped
from pos_app.domain.orders.pick_up_totals import price_with_fee
from pos_app.ui.announce import announce
from pos_app.ui.screens.selling.picking_up.words import time_is_over
from pos_app.ui.widgets.boxes import column, row
from pos_app.ui.widgets.buttons import SegmentedButtons
from pos_app.ui.widgets.hold_ring import HoldRing
from pos_app.ui.widgets.key_button import KeyButton
from pos_app.ui.widgets.labels import ElidedLabel, IconLabel, panel, rule, say, set_tone, text_label
from pos_app.ui.widgets.performance_line import PerformanceLines
from pos_app.ui.widgets.two_lines import TwoLineList, TwoLines
from pos_app.ui.words.amounts import shown_amount
from pos_app.ui.words.lists import side_by_side
from pos_app.ui.words.payments import methods_with_a_key, payment_words
from pos_app.ui.words.places import place_words
from pos_app.ui.words.sentences import spoken_count
from pos_app.ui.words.times import shown_moment

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from pos_app.domain.orders.reservations import ReservedLine
    from pos_app.domain.selling.sales import PaymentMethod
    from pos_app.ui.screens.selling.picking_up.at_counter import ReservationAtCounter

TOLD: Final = "told"
NOW: Final = "now"
_TOGGLES: Final = {Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter}


class SeatList(TwoLineList):
    """The reserved seats: space bar, Enter or a click leaves one out, or takes it after all.

    Signals: toggled(int): the line of a seat.
    """

    toggled = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(self.tr("Reserved seats"))
        self.itemClicked.connect(self._toggle)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Toggle the seat that the keyboard is on."""
        if event.key() in _TOGGLES:
            item: QListWidgetItem | None = self.currentItem()
            if item is not None and not event.isAutoRepeat():
                self._toggle(item)
            return
        super().keyPressEvent(event)

    def _toggle(self, item: QListWidgetItem) -> None:
        self.toggled.emit(item.data(Qt.ItemDataRole.UserRole))


class PickUpPanel(QWidget):
    """Shows a reservation at the counter; decides nothing.

    Signals: payment_asked(PaymentMethod); left(): by Esc; again_asked(): to open it once more; price_chosen(bool):
    today's prices, or those that were told; all_asked(): every seat, or none.
    """

    payment_asked = Signal(object)
    left = Signal()
    again_asked = Signal()
    price_chosen = Signal(bool)
    all_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._number = ""
        tr = self.tr
        self._caption = text_label("", "small", tone="muted", wrap=True)
        self._name = ElidedLabel("", "title")
        self._note = ElidedLabel("", "muted")
        self.leave = KeyButton(tr("Leave"), "Esc", variant="ghost")
        self.leave.told_as = tr("Leave the reservation: it stays reserved")
        self.leave.clicked.connect(self.left)
        self.ring = HoldRing()
        self.headline = text_label("", "heading", wrap=True)
        self.until = text_label("", "muted", wrap=True)
        self.again = KeyButton(tr("Open it again"), "F5", icon_name="arrow-clockwise", variant="primary")
        self.again.clicked.connect(self.again_asked)
        self.performances = PerformanceLines()
        self.seats = SeatList()
        self.all = KeyButton(tr("All, or none"), "Ctrl+A")
        self.all.clicked.connect(self.all_asked)
        self.hint = text_label(tr("Space leaves a seat out: it stays reserved."), "small", tone="muted", wrap=True)
        self.news = text_label("", "body", tone="warn", wrap=True)
        self.prices = SegmentedButtons([(TOLD, ""), (NOW, "")])
        self.prices.chosen.connect(lambda key: self.price_chosen.emit(key == NOW))
        self._total_caption = text_label(tr("To pay"), "heading")
        self._total = text_label("", "display")
        self._rest = text_label("", "muted", wrap=True)
        self.ways = {method: self._way(method, first=not at) for at, method in enumerate(methods_with_a_key())}
        self._arrange()

    def _way(self, method: PaymentMethod, *, first: bool) -> KeyButton:
        """Make the button of a way to pay; the first is the one that is pressed most."""
        words = payment_words(method)
        button = KeyButton(
            words.name, words.key, icon_name=words.icon, variant="primary" if first else "", size="large"
        )
        button.clicked.connect(lambda: self.payment_asked.emit(method))
        return button

    @property
    def total_words(self) -> str:
        """The total as it is shown."""
        return self._total.text()

    @property
    def words(self) -> str:
        """Whose reservation it is, and its number."""
        return side_by_side(self._caption.text(), self._name.words)

    def show_pick_up(self, counter: ReservationAtCounter) -> None:
        """Show what is at the counter; nothing is shown where nothing is."""
        pick_up = counter.pick_up
        if pick_up is None:
            self._number = ""
            self.seats.clear()
            return
        self._caption.setText(self.tr("Pick-up · order {0}").format(grouped(pick_up.number)))
        self._name.show_words(pick_up.customer_name)
        self._note.show_words(pick_up.note)
        self._note.setVisible(bool(pick_up.note))
        self.performances.show_seats(counter.performances)
        self._show_seats(counter)
        self._show_prices(counter)
        due = counter.due_minor() or 0
        self._total.setText(shown_amount(due, pick_up.currency))
        left = len(counter.seats) - len(counter.chosen)
        say(
            self._rest,
            spoken_count("{count} seat stays reserved.", "{count} seats stay reserved.", left) if left else "",
        )
        for button in self.ways.values():
            button.setEnabled(bool(counter.chosen))
        self.show_time(counter)
        if self._number != pick_up.number:
            self._number = pick_up.number
            announce(self, self.words, urgent=True)

    def show_time(self, counter: ReservationAtCounter) -> None:
        """Show for how long it is open here alone, or that this is over."""
        pick_up = counter.pick_up
        if pick_up is None:
            return
        over = counter.is_over
        self.ring.set_remaining(counter.seconds_left, max(1, round(pick_up.hold.total_seconds)))
        self.headline.setText(self.tr("Time is up") if over else self.tr("Open here, and at no other till"))
        until = self.tr("Reserved until {0}").format(shown_moment(pick_up.release_at, pick_up.time_zone))
        set_tone(self.until, "danger" if over else "")
        say(self.until, time_is_over() if over else until)
        self.again.setVisible(over)

    def take_keyboard(self) -> None:
        """Go to the seats, so that the space bar leaves one out and the pay keys pay."""
        self.seats.setFocus()

    def _arrange(self) -> None:
        frame = panel()
        names = column(self._caption, self._name, self._note, spacing=1)
        column(
            row(IconLabel("clock", 24, "accent"), (names, 1), self.leave, spacing=10),
            row(self.ring, (column(1, self.headline, self.until, 1, spacing=1), 1), spacing=12),
            self.again,
            rule(),
            self.performances,
            (self.seats, 1),
            row((self.hint, 1), self.all, spacing=8),
            self.news,
            self.prices,
            rule(),
            self._rest,
            row(self._total_caption, 1, self._total),
            row(*((button, 1) for button in self.ways.values()), spacing=8),
            inside=frame,
            margins=(14, 12, 14, 12),
            spacing=8,
        )
        column(frame, inside=self)

    def _show_seats(self, counter: ReservationAtCounter) -> None:
        at = max(0, self.seats.currentRow())
        self.seats.clear()
        for line in counter.seats:
            self.seats.add_row(self._row(counter, line), line.line_id)
        self.seats.setCurrentRow(min(at, self.seats.count() - 1))
        self.all.setVisible(len(counter.seats) > 1)
        self.hint.setVisible(len(counter.seats) > 1)

    def _row(self, counter: ReservationAtCounter, line: ReservedLine) -> TwoLines:
        pick_up, taken = counter.pick_up, counter.is_chosen(line.line_id)
        lines, currency = (pick_up.lines, pick_up.currency) if pick_up is not None else ((), "EUR")
        told, now = (price_with_fee(lines, line.line_id, of_now=of_now) for of_now in (False, True))
        shown = now if counter.of_now and now is not None else told
        other = ""
        if now is not None and now != told:
            words = self.tr("told {0}") if counter.of_now else self.tr("today {0}")
            other = words.format(shown_amount((told if counter.of_now else now) or 0, currency))
        stays = "" if taken else self.tr("stays reserved")
        return TwoLines(
            icon="check-circle" if taken else "minus",
            tone="accent" if taken else "muted",
            upper="" if line.place is None else place_words(line.place),
            lower=side_by_side(stays, line.ticket_type, other),
            right=shown_amount(shown or 0, currency),
            faded=not taken,
        )

    def _show_prices(self, counter: ReservationAtCounter) -> None:
        """Where today's prices are others, say so, and let the person choose."""
        pick_up = counter.pick_up
        told, now = counter.due_minor(of_now=False), counter.due_minor(of_now=True)
        differs = pick_up is not None and pick_up.price_has_changed and now is not None and now != told
        self.prices.setVisible(differs or counter.of_now)
        say(self.news, self.tr("Prices have changed since: what was told holds, unless you choose.") if differs else "")
        if pick_up is None:
            return
        self.prices.set_words(TOLD, self.tr("As told: {0}").format(shown_amount(told or 0, pick_up.currency)))
        self.prices.set_words(NOW, self.tr("Today: {0}").format(shown_amount(now or 0, pick_up.currency)))
        self.prices.choose(NOW if counter.of_now else TOLD)
