"""The parts of a pick-up put together: what is at the counter, how it is paid, and what is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

from pos_app.domain.codes import new_request_id
from pos_app.ui.screens.selling.picking_up.at_counter import ReservationAtCounter
from pos_app.ui.screens.selling.picking_up.panel import PickUpPanel
from pos_app.ui.screens.selling.picking_up.paying import PayingReservation
from pos_app.ui.screens.selling.picking_up.words import done_words, pays_here

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QWidget

    from pos_app.domain.selling.sales import Sale
    from pos_app.ui.hearing import Hearing
    from pos_app.ui.office import Office
    from pos_app.ui.screens.selling.notices import SellNotices
    from pos_app.ui.screens.selling.payment.checkout import Checkout
    from pos_app.ui.screens.selling.payment.tickets import TicketPrinting
    from pos_app.ui.screens.selling.performances.on_sale import OnSale
    from pos_app.ui.seat_map import SeatMap
    from pos_app.ui.seat_map.live_map import LiveMap

_PASSED_ON = {Qt.Key.Key_Up, Qt.Key.Key_Down}


class PickingUp(QObject):
    """Takes the money for a reservation on the sell screen.

    Signals:
        opened(bool): money is being taken, or no longer.
        shown(): something else is at the counter, or another price. made(): it is paid, and its tickets are shown.
        left(int): it was left as it is; the order.
    """

    opened = Signal(bool)
    shown = Signal()
    made = Signal()
    left = Signal(int)

    def __init__(
        self,
        screen: QWidget,
        office: Office,
        checkout: Checkout,
        tickets: TicketPrinting,
        live: LiveMap,
        is_busy: Callable[[], bool],
    ) -> None:
        super().__init__(screen)
        self._tickets = tickets
        self._live = live
        self._taking, self._note = checkout.taking, checkout.note
        self._noted = ""
        self.panel = PickUpPanel()
        self.counter = ReservationAtCounter(office, is_busy, self)
        self.paying = PayingReservation(screen, office, self.counter, checkout.taking)

    @property
    def is_active(self) -> bool:
        """Tell whether a reservation is at the counter."""
        return self.counter.is_active

    def open(self, order_id: int) -> None:
        """Open a reservation for paying."""
        self._tickets.next_customer()
        self.counter.open(order_id)

    def leave(self) -> None:
        """Leave it as it is, unless it is being paid."""
        if not self.paying.is_open and not self._taking.is_unsettled:
            self.counter.leave()

    def take_key(self, event: QKeyEvent) -> bool:
        """Keep the keys of the basket from doing something with none; arrow keys go to the seats."""
        if Qt.Key(event.key()) in _PASSED_ON:
            self.panel.take_keyboard()
        return True

    def hearings(self, notices: SellNotices, on_sale: OnSale, seats: SeatMap) -> list[Hearing]:
        """Return what leads to what while a reservation is paid."""
        counter, paying, panel, taking = self.counter, self.paying, self.panel, self._taking

        def open_first(performance_id: int) -> None:
            if on_sale.chosen != performance_id:
                on_sale.open_first(performance_id)

        def tell_busy(_index: int) -> None:
            if counter.is_active:
                notices.say(pays_here())

        return [
            (tell_busy, seats.seat_activated),
            (notices.say, counter.said, paying.refused),
            (notices.say_of_money, paying.said),
            (self.opened, paying.opened),
            (open_first, counter.begun),
            (self.left, counter.left),
            (self._show, counter.changed),
            (lambda: panel.show_time(counter), counter.ticked, counter.ended),
            (paying.warn, counter.ended, counter.changed),
            (counter.toggle, panel.seats.toggled),
            (counter.take_all, panel.all_asked),
            (lambda of_now: counter.price(of_now=of_now), panel.price_chosen),
            (counter.open_again, panel.again_asked),
            (self.leave, panel.left),
            (paying.ask, panel.payment_asked),
            (paying.take_done, taking.picked_up),
            (paying.take_refusal, taking.not_picked_up),
            (paying.take_doubt, taking.in_doubt),
            (paying.tell_end, taking.pick_up_resolved),
            (self._show_made, paying.paid),
        ]

    def _show(self) -> None:
        self._write_down()
        self.panel.show_pick_up(self.counter)
        self.shown.emit()

    def _write_down(self) -> None:
        """Note under which key it is open here, and drop the note of one that is not any more."""
        key, pick_up = self.counter.basket_key, self.counter.pick_up
        if key == self._noted:
            return
        if self._noted:
            self._note.drop(self._noted)
        if pick_up is not None:
            self._note.open_reserved(key, pick_up.order_id, pick_up.number)
        self._noted = key

    def _show_made(self, sale: Sale) -> None:
        """Show what was paid with its tickets; the counter is free again."""
        key, done = (
            self.counter.basket_key or new_request_id(),
            done_words(sale, self.counter.pick_up, self.counter.left_out),
        )
        self.counter.finish()
        self._tickets.show(sale, key, done=done)
        self._live.refresh()
        self.made.emit()
