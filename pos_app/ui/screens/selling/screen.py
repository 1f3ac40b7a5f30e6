"""The sell screen: performances left, map in the middle, basket right."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedLayout, QWidget

from pos_app.domain.errors import PosError, ServerUnreachable
from pos_app.ui.customers.source import CustomerSource
from pos_app.ui.hearing import Hearing, connect_all
from pos_app.ui.look.theme import theme_notifier
from pos_app.ui.screens.selling.basket.hold import BasketHold
from pos_app.ui.screens.selling.basket.panel import BasketPanel, basket_width
from pos_app.ui.screens.selling.basket.promo_code import BasketCodes
from pos_app.ui.screens.selling.basket.questions import BasketQuestions
from pos_app.ui.screens.selling.basket.undoing import Undoing
from pos_app.ui.screens.selling.counter import Counter
from pos_app.ui.screens.selling.customer_display.display import CustomerDisplay
from pos_app.ui.screens.selling.cut_off.sales import CutOffSales
from pos_app.ui.screens.selling.exchange.exchanging import Exchanging
from pos_app.ui.screens.selling.keys import sell_keys
from pos_app.ui.screens.selling.map.area_places import AreaPlaces
from pos_app.ui.screens.selling.map.best_seats import BestSeats
from pos_app.ui.screens.selling.map.choosing import Choosing
from pos_app.ui.screens.selling.map.free_seats import FreeSeats
from pos_app.ui.screens.selling.map.panel import MapPanel
from pos_app.ui.screens.selling.map.seat_requests import SeatRequests
from pos_app.ui.screens.selling.notices import SellNotices
from pos_app.ui.screens.selling.payment.checkout import Checkout
from pos_app.ui.screens.selling.payment.orphan_advice import OrphanAdvice
from pos_app.ui.screens.selling.payment.tickets import TicketPrinting
from pos_app.ui.screens.selling.performances.list import PerformanceList, list_width
from pos_app.ui.screens.selling.performances.on_sale import OnSale
from pos_app.ui.screens.selling.picking_up.leading import PickingUp
from pos_app.ui.screens.selling.pressing import ScreenKeys
from pos_app.ui.screens.selling.reserving.ending import EndingReservations
from pos_app.ui.screens.selling.reserving.leading import Reserving
from pos_app.ui.screens.selling.waiting.at_counter import WaitingAtCounter
from pos_app.ui.seat_map.live_map import LiveMap
from pos_app.ui.widgets.boxes import column, row
from pos_app.ui.widgets.sheets.keys import show_keys
from pos_app.ui.widgets.told_keys import tell_keys
from pos_app.ui.words.messages import message_for

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent, QResizeEvent, QShowEvent

    from pos_app.computer.journal import Journal
    from pos_app.computer.memory import TillMemory
    from pos_app.flows.print_tickets import TicketPress
    from pos_app.ui.office import Office

_GAP: Final = 8


class SellScreen(QWidget):
    """Where a cashier sells: seats of the map go into the basket, the basket is sold, the sale becomes tickets.

    Nobody but this screen connects its parts: who hears whom stands in hearings(), in an order without a meaning.
    Signals:
        answered(), lost(ServerUnreachable): what is known of the server.
        basket_changed(bool): whether seats are held. payment_opened(bool): whether money is being taken.
        tickets_failed(PrintedTickets or None, Exception): to be printed again from the orders.
    """

    answered = Signal()
    lost = Signal(object)
    basket_changed = Signal(bool)
    payment_opened = Signal(bool)
    tickets_failed = Signal(object, object)

    def __init__(self, office: Office, journal: Journal, press: TicketPress, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._office = office
        self._was_lost, self._incident = False, ""
        self.performances, self.map_panel = PerformanceList(), MapPanel()
        self.ending = EndingReservations(office.background)
        self.basket_panel = BasketPanel()
        background, seats, self.banner = office.background, self.map_panel.map, self.map_panel.banner
        self.live = live = LiveMap(background, seats.sight, self)
        self.hold = hold = BasketHold(office, live, self)
        self.on_sale = OnSale(background, self.performances, live, self)
        self.notices = SellNotices(self.map_panel, hold, self)
        self.questions = BasketQuestions(self, hold, source := CustomerSource(office))
        self.undoing = undoing = Undoing(office, hold, lambda: self.banner.message, self)
        self.promo = codes = BasketCodes(background, hold, self.basket_panel.promo, self)
        self.tickets = TicketPrinting(background, journal, press, self)
        self.choosing = choosing = Choosing(
            hold, live, seats, undoing, self.tickets.next_customer, lambda: self.counter.is_asking, self
        )
        self.areas = AreaPlaces(office, hold, live, seats, undoing, choosing.may_choose, self)
        self.best = BestSeats(office, hold, live, undoing, self.map_panel.zones.shown, choosing.may_choose, self)
        self.free_seats = FreeSeats(self, background, live, self.map_panel.shown_prices)
        self.requests = SeatRequests(office, hold, live, seats, undoing, choosing.may_choose, self)
        self.advice = OrphanAdvice(office, hold, live, undoing, lambda: self.banner.message, self)
        self.checkout = Checkout(self, office, journal, hold, live, self.advice, lambda: self.tickets.is_open)
        self.checkout.payment.ask_name = self.questions.ask_name
        self.exchanging = Exchanging(self, office, hold, live, self.map_panel, self.checkout, self.tickets)
        self.reserving = Reserving(self, office, hold, source, codes, self.checkout, lambda: self.counter.is_occupied)
        self.picking_up = PickingUp(self, office, self.checkout, self.tickets, live, lambda: self.counter.has_customer)
        at_counter = hold, live, self.on_sale, self.tickets
        self.waiting = WaitingAtCounter(self, office, source, *at_counter, lambda: self.counter.is_done_otherwise)
        self.map_panel.put_below_header(self.waiting.strip)
        others = self.exchanging, self.reserving, self.picking_up
        self.counter = Counter(hold, self.checkout.taking, self.tickets, *others)
        parts = self.banner, hold, self.questions, undoing, choosing, self.requests
        self._keys = ScreenKeys(*parts, *others, self.tickets, self.basket_panel.lines.focused_seats)
        tell_keys(self, sell_keys)
        self._lay_out()
        connect_all(*self.hearings())
        self._show_basket()

    def _lay_out(self) -> None:
        self._right_column, shown = QWidget(), QWidget()
        self._right = QStackedLayout(shown)
        for part in (self.basket_panel, self.tickets.panel, self.picking_up.panel):
            self._right.addWidget(part)
        column(self.exchanging.strip, (shown, 1), inside=self._right_column, spacing=0)
        left = column((self.performances, 1), self.waiting.card, self.ending, spacing=_GAP)
        row(left, (self.map_panel, 1), self._right_column, inside=self, margins=_GAP, spacing=_GAP)
        self._fit_columns()

    def hearings(self) -> list[Hearing]:
        """Return who hears whom: what is done, and the signals of the parts that lead to it."""
        board, seats, hold, panel = self.map_panel, self.map_panel.map, self.hold, self.basket_panel
        choosing, areas, best, requests, listed = self.choosing, self.areas, self.best, self.requests, self.performances
        live, undoing, checkout = self.live, self.undoing, self.checkout
        tickets, advice, notices = self.tickets, self.advice, self.notices
        speakers = (hold, self.questions, self.promo, choosing, best, self.free_seats, requests, advice, undoing)
        exchanging, reserving, picking_up = self.exchanging, self.reserving, self.picking_up
        done = checkout.sold, exchanging.made, reserving.made, picking_up.made
        paying = checkout.opened, exchanging.opened, reserving.opened, picking_up.opened
        return [
            (notices.say, *(speaker.said for speaker in (*speakers, tickets))),
            (notices.say_of_money, checkout.said),
            (notices.end_with_act, choosing.acted, areas.acted, best.acted),
            (notices.end_with_performance, self.on_sale.opened),
            (notices.end_with_customer, hold.asking, hold.basket_changed),
            (notices.wait, hold.asking),
            (notices.end_waiting, hold.settled),
            (notices.end_with_payment, *paying),
            (notices.end_with_sale, tickets.shown),
            # What is on sale, and the map of what is open.
            (self.on_sale.open, listed.performance_chosen),
            (self.on_sale.count, listed.looked),
            (self.setFocus, listed.left),
            (board.show_loading, self.on_sale.opened),
            (board.header.show_left, self.on_sale.counted),
            (self._on_answered, live.answered, self.on_sale.answered),
            (self._on_lost, live.failed, self.on_sale.failed),
            # From the map into the basket.
            (advice.trust, best.proposed),
            (lambda: show_keys(self), board.header.keys_asked),
            (self.banner.dismiss, advice.withdrawn, undoing.undone),
            # The basket and its hold.
            (self._show_basket, hold.basket_changed, hold.expired, board.plan_shown, self.on_sale.opened),
            (self._show_basket, theme_notifier().changed, self.exchanging.shown),
            (lambda: panel.show_time(hold), hold.ticked),
            (seats.setFocus, panel.promo.left, panel.promo.dropped, self.promo.done),
            (advice.withdraw, hold.asking, hold.expired),
            # From the basket to its sale.
            (checkout.note.write, hold.asking),
            (checkout.note.keep, hold.basket_changed, hold.settled),
            (checkout.go_on, hold.settled),
            (checkout.warning.look, hold.ticked, hold.expired, hold.basket_changed),
            (self.payment_opened, *paying),
            (panel.show_paying, *paying),
            (live.take_offer, checkout.offer_read),
            (checkout.news.take, live.offer_changed),
            (checkout.hear_server, live.answered, self.on_sale.answered),
            # From the sale to its tickets, and the next customer.
            (tickets.show, checkout.sold),
            (self._on_sale_shown, tickets.shown),
            (tickets.next_customer, listed.performance_chosen, listed.begun, board.header.list_asked),
            (self.tickets_failed, tickets.failed),
            (board.begin_anew, *done, self.questions.released),
            (listed.show_all, *done, self.questions.released),
            (undoing.forget, *done, hold.asking, hold.expired),
            *board.hearings(live, hold),
            *choosing.hearings(board, panel),
            *areas.hearings(),
            *undoing.hearings(panel, self.questions),
            *requests.hearings(board, choosing.release_asked, choosing.held_elsewhere),
            *best.hearings(board),
            *self.free_seats.hearings(board, hold, choosing, undoing),
            *self.questions.hearings(panel),
            *self.promo.hearings(exchanging.key.passed, checkout.ask),
            *exchanging.hearings(panel, notices, self.on_sale, choosing),
            *reserving.hearings(panel, notices, tickets),
            *picking_up.hearings(notices, self.on_sale, seats),
            *self.waiting.hearings(panel, notices, choosing, undoing, listed, hold, live, *done),
            (self._show_right, picking_up.shown),
        ]

    def settle(self) -> None:
        """The server is back: learn what it still holds for the basket, and what became of an open sale."""
        self.hold.read_again()
        self.checkout.taking.resolve()

    @property
    def has_basket(self) -> bool:
        """Tell whether seats are held for the basket."""
        return bool(self.hold.basket.lines) and not self.hold.is_expired

    def look_for_cut_off(self, memory: TillMemory) -> CutOffSales:
        """Make ready to go on with the customers of windows that were cut off at this till."""
        open_first = self.on_sale.open_first
        sales = CutOffSales(
            self._office, memory, self.hold, self.checkout, self.tickets, self.exchanging, open_first, self.banner, self
        )
        connect_all(*sales.hearings(self.notices))
        return sales

    def add_customer_display(self) -> CustomerDisplay:
        """Show the customer what is sold, where there is a screen for it."""
        display, counter = CustomerDisplay(self), self.counter
        told = self.exchanging.shown, self.hold.basket_changed, self.tickets.shown, self.picking_up.shown
        connect_all((lambda: display.show_counter(*counter.shown), *told))
        return display

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Pass the keyboard on. A proxy for it would have Tab skip what stands before the map."""
        at_counter = self.picking_up.panel.seats if self.picking_up.is_active else self.map_panel.map
        (self.tickets.panel if self.tickets.is_open else at_counter).setFocus(event.reason())

    def _on_sale_shown(self, shown: bool) -> None:  # noqa: FBT001 - a signal's argument
        seats, panel = self.map_panel.map, self.tickets.panel
        was_here = self.focusWidget() in {None, panel, *panel.findChildren(QWidget)}
        self._show_right()
        # The keyboard stays with the sale that is shown, wherever is clicked, so that Enter calls the next customer.
        seats.setFocusPolicy(Qt.FocusPolicy.NoFocus if shown else Qt.FocusPolicy.StrongFocus)
        self.on_sale.refresh()
        if shown:
            panel.setFocus()
        else:
            self.checkout.note.put_away()
            if was_here:
                seats.setFocus()

    def _show_right(self) -> None:
        """Show what was sold, what is picked up, or the basket; of these, whoever comes first is at the counter."""
        at_counter = self.picking_up.panel if self.picking_up.is_active else self.basket_panel
        was = self._right.currentWidget()
        self._right.setCurrentWidget(self.tickets.panel if self.tickets.is_open else at_counter)
        if self._right.currentWidget() is self.picking_up.panel and was is not self.picking_up.panel:
            self.picking_up.panel.take_keyboard()

    def _show_basket(self) -> None:
        basket, colors, now = self.exchanging.exchange.shown, self.map_panel.category_color, self.exchanging
        self.basket_panel.show_basket(basket, colors, self.on_sale.chosen, now.sums, pays=now.takes_money)
        self.basket_panel.show_time(self.hold)
        self.basket_changed.emit(self.has_basket)

    def _on_answered(self) -> None:
        self.answered.emit()
        if self._was_lost:
            self._was_lost = False
            self.settle()

    def _on_lost(self, error: Exception) -> None:
        if isinstance(error, ServerUnreachable):
            self._was_lost = True
            self.lost.emit(error)
        elif isinstance(error, PosError):
            self.notices.say(message_for(error))
            if not self.live.is_open:
                self.map_panel.show_nothing()
        elif self._incident != repr(error):
            # Polling meets the same trouble each second: one incident is enough.
            self._incident = repr(error)
            self.notices.say(message_for(error))

    def _fit_columns(self) -> None:
        for part in (self.performances, self.waiting.card, self.ending):
            part.setFixedWidth(list_width(self.width()))
        self._right_column.setFixedWidth(basket_width(self.width()))

    def showEvent(self, event: QShowEvent) -> None:
        """Follow the other tills while the screen is shown."""
        super().showEvent(event)
        for part in (self.on_sale, self.live, self.requests):
            part.set_running(True)

    def hideEvent(self, event: QHideEvent) -> None:
        """Leave the server alone while it is not."""
        super().hideEvent(event)
        for part in (self.on_sale, self.live, self.requests):
            part.set_running(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter calls the next customer, wherever on this screen the keyboard is; digits and letters choose."""
        if not self._keys.press(event):
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave more room for the map in a small window."""
        super().resizeEvent(event)
        self._fit_columns()
