"""The sell screen: performances left, map in the middle, basket right."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from pos_app.domain.codes import new_request_id
from pos_app.domain.errors import PosError, ServerUnreachable
from pos_app.domain.seats import MapState, SeatKey
from pos_app.services.performances import list_performances
from pos_app.ui.counted import counted
from pos_app.ui.messages import Level, Message, message_for
from pos_app.ui.screens.box_office.basket_panel import BasketPanel
from pos_app.ui.screens.box_office.checkout import Checkout
from pos_app.ui.screens.box_office.hold_desk import HoldDesk
from pos_app.ui.screens.box_office.live_map import LiveMap
from pos_app.ui.screens.box_office.map_panel import MapPanel
from pos_app.ui.screens.box_office.pay_desk import PayDesk
from pos_app.ui.screens.box_office.performance_list import PerformanceList
from pos_app.ui.times import shown_time
from pos_app.ui.widgets.banner import Banner
from pos_app.ui.widgets.confirm_sheet import confirm
from pos_app.ui.widgets.reason_sheet import ReasonSheet

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent

    from pos_app.domain.holds import PlacedHold
    from pos_app.domain.performances import PerformanceSummary
    from pos_app.domain.roles import Actor
    from pos_app.flows.journal import Journal
    from pos_app.flows.print_tickets import TicketPress
    from pos_app.ui.background import Background
    from pos_app.ui.widgets.reason_sheet import Reason

LIST_MS: Final = 10_000
LIST_WIDTH: Final = 316
BASKET_WIDTH: Final = 404
_NARROW: Final = 1500


class SellScreen(QWidget):
    """Where a cashier sells.

    Signals:
        answered(), lost(Exception): what is known of the server.
        basket_changed(bool): whether seats are held.
        payment_opened(bool): whether money is being taken.
        tickets_failed(PrintedTickets or None, Exception): to be printed again from the orders.
        said(Message): something for the banner of the window.
    """

    answered = Signal()
    lost = Signal(object)
    basket_changed = Signal(bool)
    payment_opened = Signal(bool)
    tickets_failed = Signal(object, object)
    said = Signal(object)

    def __init__(
        self, background: Background, journal: Journal, actor: Actor, press: TicketPress, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._background = background
        self.live = LiveMap(background, self)
        self.desk = HoldDesk(background, self.live, actor, self)
        self.pay = PayDesk(background, journal, actor, press, self)
        self.performances = PerformanceList()
        self.map_panel = MapPanel()
        self.basket_panel = BasketPanel()
        self.banner = Banner()
        self.checkout = Checkout(self, background, self.desk, self.pay)
        self._was_lost = False
        self._opened = False
        self._lay_out()
        self._wire()
        self._list_timer = QTimer(self, interval=LIST_MS)
        self._list_timer.timeout.connect(self.refresh_list)
        self._show_basket()

    def _lay_out(self) -> None:
        right = QWidget()
        self._right = QStackedLayout(right)
        self._right.addWidget(self.basket_panel)
        self._right.addWidget(self.checkout.panel)
        self._right_column = right
        middle = QVBoxLayout()
        middle.setSpacing(10)
        middle.addWidget(self.banner)
        middle.addWidget(self.map_panel, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 14, 14, 14)
        row.setSpacing(14)
        row.addWidget(self.performances)
        row.addLayout(middle, 1)
        row.addWidget(right)
        self._fit_columns()

    def _wire(self) -> None:
        self.performances.performance_chosen.connect(self.open_performance)
        self.live.plan_loaded.connect(self.map_panel.show_plan)
        self.live.states_changed.connect(self.map_panel.map.show_states)
        self.live.answered.connect(self._on_answered)
        self.live.failed.connect(self._on_lost)
        self.map_panel.map.seat_activated.connect(self._on_seat)
        self.map_panel.map.seats_dragged.connect(self._on_dragged)
        self.desk.basket_changed.connect(self._show_basket)
        self.desk.ticked.connect(self._show_hold)
        self.desk.expired.connect(self._on_expired)
        self.desk.said.connect(self._say)
        self.desk.late_sale_asked.connect(self._on_late_sale)
        self.desk.seats_pending.connect(self.map_panel.map.mark_pending)
        self.basket_panel.seat_removed.connect(lambda seat: self.desk.give_back((seat,)))
        self.basket_panel.type_chosen.connect(self._on_type)
        self.basket_panel.release_asked.connect(self._on_release)
        self.basket_panel.extend_asked.connect(self._on_extend)
        self.basket_panel.retake_asked.connect(self.desk.retake)
        self.basket_panel.card_asked.connect(lambda: self.checkout.ask(cash=False))
        self.basket_panel.cash_asked.connect(lambda: self.checkout.ask(cash=True))
        self.checkout.opened.connect(self.payment_opened)
        self.checkout.said.connect(self._say)
        self.checkout.sale_shown.connect(self._on_sale_shown)
        self.checkout.tickets_failed.connect(self.tickets_failed)

    def open_performance(self, performance: PerformanceSummary) -> None:
        """Show a performance on the map."""
        self._opened = True
        self.performances.choose(performance.performance_id)
        self.map_panel.show_loading(performance)
        self.live.open(performance.performance_id)

    def refresh_list(self) -> None:
        """Read the performances anew."""
        self._background.read_latest(self, "performances", list_performances).then(self._on_list, self._on_lost)

    @property
    def has_basket(self) -> bool:
        """Tell whether seats are held, or a sale is under way."""
        return bool(self.desk.basket.lines)

    def _on_list(self, performances: tuple[PerformanceSummary, ...]) -> None:
        self._on_answered()
        self.performances.show_performances(performances)
        offer = self.live.offer
        if not self._opened and (first := self.performances.first_on_sale()) is not None:
            self.open_performance(first)
        elif offer is not None and (shown := self.performances.performance(offer.performance_id)) is not None:
            self.map_panel.show_left(shown)

    def _on_seat(self, index: int) -> None:
        offer, plan = self.live.offer, self.live.plan
        if offer is None or plan is None or self.checkout.is_open:
            return
        seat = SeatKey(offer.performance_id, int(plan.seat_id[index]))
        state = self.map_panel.map.state_of(index)
        if self.desk.basket.holds(seat) and not self.desk.is_expired:
            self.desk.give_back((seat,))
        elif state in {MapState.FREE, MapState.MINE}:
            self._take([seat])
        else:
            self._say(Message(f"{plan.place(index).spoken()}: {self._state_words(state)}", "", Level.INFO))

    def _on_dragged(self, indexes: list[int]) -> None:
        offer, plan = self.live.offer, self.live.plan
        if offer is None or plan is None or self.checkout.is_open:
            return
        self._take([SeatKey(offer.performance_id, int(plan.seat_id[at])) for at in indexes], partial=len(indexes) > 1)

    def _take(self, seats: list[SeatKey], *, partial: bool = False) -> None:
        if self.desk.is_expired:
            self._say(Message(self.tr("Time is up for this basket."), self.tr("Take the seats again (F5), or Esc.")))
            return
        self.banner.dismiss()
        self.desk.take(seats, partial=partial)

    def _state_words(self, state: MapState) -> str:
        return {
            MapState.HELD: self.tr("held by somebody else just now."),
            MapState.SOLD: self.tr("sold."),
            MapState.HOUSE: self.tr("kept back by the house."),
            MapState.BLOCKED: self.tr("blocked, not for sale."),
        }.get(state, "")

    def _on_late_sale(self, seats: list[SeatKey]) -> None:
        sheet = confirm(
            self,
            self.tr("The performance has begun"),
            self.tr("Sell tickets for it all the same?"),
            yes=self.tr("Sell late tickets"),
            danger=False,
        )
        sheet.confirmed.connect(lambda: self.desk.allow_late(seats))

    def _on_type(self, seat: SeatKey, ticket_type_id: int) -> None:
        self.desk.basket.change_type(seat, ticket_type_id)
        self._show_basket()

    def _on_release(self) -> None:
        if not self.desk.basket.lines:
            return
        lines = self.desk.basket.lines
        named = tuple(line.place.spoken() for line in lines[:4])
        more = len(lines) - len(named)
        words = counted(len(lines), self.tr("Release 1 seat"), self.tr("Release {0} seats"))
        sheet = confirm(
            self,
            self.tr("Release the basket?"),
            self.tr("These seats go back on sale:"),
            yes=words,
            no=self.tr("Keep them"),
            lost=(*named, *((self.tr("and {0} more").format(more),) if more else ())),
        )
        sheet.confirmed.connect(self.desk.give_all_back)

    def _on_extend(self) -> None:
        if self.desk.hold is None or self.desk.hold.extended or self.desk.is_expired:
            return
        sheet = ReasonSheet(
            self,
            self.tr("Hold the seats longer"),
            self.tr("Once a basket, and never beyond 30 minutes from its first seat."),
            choices=(
                self.tr("Customer is deciding"),
                self.tr("Card terminal is slow"),
                self.tr("Group is still counting"),
                self.tr("Customer went for money"),
            ),
            yes=self.tr("Extend"),
        )
        request_id = new_request_id()

        def done(placed: PlacedHold) -> None:
            self.desk.keep(placed)
            sheet.close_sheet()

        def refused(error: Exception) -> None:
            if isinstance(error, PosError):
                sheet.show_refusal(error)
            else:
                sheet.close_sheet()
                self._say(message_for(error))

        def extend(reason: Reason) -> None:
            self.desk.extend(reason.text, request_id).then(done, refused)

        sheet.given.connect(extend)
        sheet.open()

    def _on_sale_shown(self, shown: bool) -> None:  # noqa: FBT001 - a signal's argument
        self._right.setCurrentWidget(self.checkout.panel if shown else self.basket_panel)
        self.refresh_list()
        if not shown:
            self.banner.dismiss()
            self.map_panel.map.setFocus()

    def _show_basket(self) -> None:
        basket = self.desk.basket
        self.basket_panel.show_basket(basket, self.map_panel.category_color)
        if basket.lines:
            self._show_hold()
        self.basket_changed.emit(bool(basket.lines))

    def _show_hold(self) -> None:
        hold, basket = self.desk.hold, self.desk.basket
        if hold is None or not basket.lines:
            return
        if self.desk.is_expired:
            self.basket_panel.show_expired(len(basket.lines))
            return
        zone = basket.offers[basket.lines[0].seat.performance_id].time_zone
        self.basket_panel.show_hold(
            len(basket.lines),
            self.desk.seconds_left,
            round(hold.total_seconds),
            until=shown_time(hold.expires_at, zone, seconds=True),
            extended=hold.extended,
        )

    def _on_expired(self) -> None:
        self._show_basket()

    def _say(self, message: Message) -> None:
        self.banner.show_message(message)

    def _on_answered(self) -> None:
        self.answered.emit()
        if self._was_lost:
            self._was_lost = False
            self.desk.read_again()
            self.pay.resolve()

    def _on_lost(self, error: Exception) -> None:
        if isinstance(error, ServerUnreachable):
            self._was_lost = True
            self.lost.emit(error)
        elif isinstance(error, PosError):
            self._say(message_for(error))
        else:
            raise error

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

    def hideEvent(self, event: QHideEvent) -> None:
        """Leave the server alone while it is not."""
        super().hideEvent(event)
        self._list_timer.stop()
        self.live.set_running(False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave more room for the map in a small window."""
        super().resizeEvent(event)
        self._fit_columns()
