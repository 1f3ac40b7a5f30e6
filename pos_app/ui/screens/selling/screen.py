"""The sell screen: performances left, map in the middle, basket right."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QWidget

from pos_app.domain.errors import PosError, ServerUnreachable
from pos_app.services.season.offers import list_performances
from pos_app.ui.look.theme import theme_notifier
from pos_app.ui.screens.selling.basket.hold import HoldDesk
from pos_app.ui.screens.selling.basket.panel import BasketPanel
from pos_app.ui.screens.selling.basket.promo_code import PromoDesk
from pos_app.ui.screens.selling.basket.questions import BasketQuestions
from pos_app.ui.screens.selling.extras import OrderExtras
from pos_app.ui.screens.selling.map.area_places import AreaDesk
from pos_app.ui.screens.selling.map.best_seats import BestDesk
from pos_app.ui.screens.selling.map.choosing import Choosing
from pos_app.ui.screens.selling.map.panel import MapPanel
from pos_app.ui.screens.selling.map.seat_requests import PostBox
from pos_app.ui.screens.selling.payment.checkout import Checkout
from pos_app.ui.screens.selling.payment.customer_note import BasketKeeper
from pos_app.ui.screens.selling.payment.orphan_advice import OrphanAdvice
from pos_app.ui.screens.selling.payment.sale import PayDesk
from pos_app.ui.screens.selling.performances.list import PerformanceList
from pos_app.ui.seat_map.live_map import LiveMap
from pos_app.ui.words.messages import Level, Message, message_for
from pos_app.ui.words.payments import method_of_key
from pos_app.ui.words.times import shown_time

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent, QShowEvent

    from pos_app.computer.journal import Journal
    from pos_app.domain.roles import Actor
    from pos_app.domain.season.offers import PerformanceSummary
    from pos_app.flows.print_tickets import TicketPress
    from pos_app.ui.background import Background

LIST_MS: Final = 10_000
LIST_WIDTH: Final = 316
BASKET_WIDTH: Final = 404
_NARROW: Final = 1500
_NOTE_SECONDS: Final = 8
_ENTER: Final = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


class SellScreen(QWidget):
    """Where a cashier sells.

    Signals:
        answered(), lost(ServerUnreachable): what is known of the server.
        basket_changed(bool): whether seats are held.
        payment_opened(bool): whether money is being taken.
        tickets_failed(PrintedTickets or None, Exception): to be printed again from the orders.
    """

    answered = Signal()
    lost = Signal(object)
    basket_changed = Signal(bool)
    payment_opened = Signal(bool)
    tickets_failed = Signal(object, object)

    def __init__(
        self, background: Background, journal: Journal, actor: Actor, press: TicketPress, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._background = background
        self.map_panel = MapPanel()
        self.live = LiveMap(background, self.map_panel.map.sight, self)
        self.desk = HoldDesk(background, self.live, actor, self)
        self.pay = PayDesk(background, journal, actor, press, self)
        self.performances = PerformanceList()
        self.basket_panel = BasketPanel()
        self.banner = self.map_panel.banner
        self.advice = OrphanAdvice(background, self.desk, self.live, actor, self.banner, self)
        self.keeper = BasketKeeper(background, journal, self.desk, self.pay, actor, self)
        self.checkout = Checkout(self, background, self.desk, self.pay, self.advice)
        self.questions = BasketQuestions(self, self.desk)
        self.choosing = Choosing(self.desk, self.live, self.map_panel, self.basket_panel, self.checkout, self)
        self.areas = AreaDesk(background, self.desk, self.live, actor, self.map_panel.map, self.choosing)
        self.best = BestDesk(background, self.desk, self.live, actor, self.map_panel, self)
        self.promo = PromoDesk(background, self.desk, self.basket_panel.promo, self)
        self.extras = OrderExtras(self, background, self.desk, self.live, self.map_panel)
        self.post = PostBox(background, self.desk, self.live, actor, self.map_panel, self)
        self._was_lost = self._opened = False
        self._first = 0
        self._incident = ""
        self._lay_out()
        self._wire_map()
        self._wire_basket()
        self._list_timer = QTimer(self, interval=LIST_MS)
        self._list_timer.timeout.connect(self.refresh_list)
        self._show_basket()

    def _lay_out(self) -> None:
        self._right_column = QWidget()
        self._right = QStackedLayout(self._right_column)
        self._right.addWidget(self.basket_panel)
        self._right.addWidget(self.checkout.panel)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 14, 14, 14)
        row.setSpacing(14)
        row.addWidget(self.performances)
        row.addWidget(self.map_panel, 1)
        row.addWidget(self._right_column)
        self.setFocusProxy(self.map_panel.map)
        self._fit_columns()

    def _wire_map(self) -> None:
        seats = self.map_panel.map
        self.performances.performance_chosen.connect(self.open_performance)
        self.performances.left.connect(self.setFocus)
        self.live.plan_loaded.connect(self.map_panel.show_plan)
        self.live.plan_loaded.connect(self._show_basket)
        self.live.offer_changed.connect(self.map_panel.show_offer)
        self.live.states_changed.connect(seats.show_states)
        self.live.answered.connect(self._on_answered)
        self.live.failed.connect(self._on_lost)
        self.map_panel.best.asked.connect(self._on_best_asked)
        self.desk.seats_pending.connect(seats.mark_pending)
        theme_notifier().changed.connect(self._show_basket)

    def _wire_basket(self) -> None:
        desk, panel, checkout = self.desk, self.basket_panel, self.checkout
        desk.basket_changed.connect(self._show_basket)
        desk.ticked.connect(self._show_hold)
        desk.expired.connect(self._show_basket)
        desk.late_sale_asked.connect(self.questions.ask_late)
        others = (self.best, self.advice, self.post, self.extras, self.keeper)
        for speaker in (desk, checkout, self.questions, self.promo, self.choosing, *others):
            speaker.said.connect(self._say)
        self.promo.done.connect(self.map_panel.map.setFocus)
        panel.seats_removed.connect(desk.give_back)
        panel.type_chosen.connect(self.choosing.change_type)
        self.choosing.acted.connect(self.banner.dismiss)
        self.areas.acted.connect(self.banner.dismiss)
        panel.name_asked.connect(self.extras.ask_name)
        self.extras.seat_chosen.connect(self.choosing.take_seat)
        self.choosing.release_asked.connect(self.post.ask)
        panel.release_asked.connect(self.questions.ask_release)
        panel.extend_asked.connect(self.questions.ask_extension)
        panel.retake_asked.connect(desk.retake)
        panel.payment_asked.connect(checkout.ask)
        self.best.proposed.connect(self.advice.trust)
        self.keeper.watch(checkout)
        checkout.opened.connect(self._on_payment_opened)
        checkout.offer_read.connect(self.live.take_offer)
        checkout.sale_shown.connect(self._on_sale_shown)
        checkout.tickets_failed.connect(self.tickets_failed)

    def open_performance(self, performance: PerformanceSummary) -> None:
        """Show a performance on the map."""
        self._opened = True
        self.performances.choose(performance.performance_id)
        self.map_panel.show_loading(performance)
        self.live.open(performance.performance_id)

    def open_first(self, performance_id: int) -> None:
        """Show this performance now, or as soon as the list is here; one that is not in it is not shown."""
        self._first = performance_id
        if (known := self.performances.performance(performance_id)) is not None:
            self.open_performance(known)

    def refresh_list(self) -> None:
        """Read the performances anew."""
        self._background.read_latest(self, "performances", list_performances).then(self._on_list, self._on_lost)

    def settle(self) -> None:
        """The server is back: learn what it still holds for the basket, and what became of an open sale."""
        self.desk.read_again()
        self.pay.resolve()

    @property
    def has_basket(self) -> bool:
        """Tell whether there are seats in the basket."""
        return bool(self.desk.basket.lines)

    def _on_list(self, performances: tuple[PerformanceSummary, ...]) -> None:
        self._on_answered()
        self.performances.show_performances(performances)
        offer = self.live.offer
        first = self.performances.performance(self._first) or self.performances.first_on_sale()
        if not self._opened and first is not None:
            self.open_performance(first)
        elif offer is not None and (shown := self.performances.performance(offer.performance_id)) is not None:
            self.map_panel.show_left(shown)

    def _on_best_asked(self, count: int, category_id: int, wheelchair: bool) -> None:  # noqa: FBT001 - a signal's argument
        if self.choosing.may_choose():
            self.banner.dismiss()
            self.best.ask(count, category_id, wheelchair)

    def _on_payment_opened(self, opened: bool) -> None:  # noqa: FBT001 - a signal's argument
        if opened:
            self.banner.dismiss()
        self.payment_opened.emit(opened)

    def _on_sale_shown(self, shown: bool) -> None:  # noqa: FBT001 - a signal's argument
        self._right.setCurrentWidget(self.checkout.panel if shown else self.basket_panel)
        seats = self.map_panel.map
        # The keyboard stays with the sale that is shown, wherever is clicked, so that Enter calls the next customer.
        seats.setFocusPolicy(Qt.FocusPolicy.NoFocus if shown else Qt.FocusPolicy.StrongFocus)
        self.setFocusProxy(self.checkout.panel if shown else seats)
        self.refresh_list()
        if shown:
            self.checkout.panel.setFocus()
        else:
            self.banner.dismiss()
            seats.setFocus()

    def _show_basket(self) -> None:
        """Show it; once more when a plan is loaded, as the colours of its categories are known only then."""
        basket = self.desk.basket
        self.basket_panel.show_basket(basket, self.map_panel.category_color)
        self._show_hold()
        self.basket_changed.emit(bool(basket.lines))

    def _show_hold(self) -> None:
        hold, basket = self.desk.hold, self.desk.basket
        if not basket.lines:
            return
        if self.desk.is_expired:
            self.basket_panel.show_expired(len(basket.lines))
        elif hold is not None:
            zone = basket.offers[basket.lines[0].seat.performance_id].time_zone
            self.basket_panel.show_hold(
                len(basket.lines),
                self.desk.seconds_left,
                round(hold.total_seconds),
                until=shown_time(hold.expires_at, zone, seconds=True),
                extended=hold.extended,
            )

    def _say(self, message: Message) -> None:
        passing = message.level in {Level.INFO, Level.OK}
        self.map_panel.say(message, seconds=_NOTE_SECONDS if passing else 0)

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
            self._say(message_for(error))
            if not self.live.is_open:
                self.map_panel.show_nothing()
        elif self._incident != repr(error):
            # Polling meets the same trouble each second: one incident is enough.
            self._incident = repr(error)
            self._say(message_for(error))

    def _fit_columns(self) -> None:
        narrow = self.width() < _NARROW
        self.performances.setFixedWidth(LIST_WIDTH - (66 if narrow else 0))
        self._right_column.setFixedWidth(BASKET_WIDTH - (20 if narrow else 0))

    def showEvent(self, event: QShowEvent) -> None:
        """Follow the other tills while the screen is shown."""
        super().showEvent(event)
        self.refresh_list()
        self._list_timer.start()
        self.live.set_running(True)
        self.post.set_running(True)

    def hideEvent(self, event: QHideEvent) -> None:
        """Leave the server alone while it is not."""
        super().hideEvent(event)
        self._list_timer.stop()
        self.live.set_running(False)
        self.post.set_running(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter calls the next customer, wherever on this screen the keyboard is; digits and letters choose."""
        if event.key() in _ENTER and self.checkout.is_open:
            self.checkout.next_customer()
        elif self.desk.is_waiting and (method := method_of_key(event.key())) is not None:
            # The basket is still empty and its buttons are away, but its first seats are on the way.
            self.checkout.ask(method)
        elif event.key() == Qt.Key.Key_F12:
            self.post.ask_pointed()
        elif event.key() == Qt.Key.Key_F8:
            self.extras.ask_name()  # its button is away while the basket is empty
        elif event.key() == Qt.Key.Key_F5 and self.banner.press_action():
            event.accept()
        elif not self.choosing.take_key(event):
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave more room for the map in a small window."""
        super().resizeEvent(event)
        self._fit_columns()
