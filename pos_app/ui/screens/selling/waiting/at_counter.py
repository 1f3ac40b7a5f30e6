"""The parts of waiting lists at the counter put together: joined, looked up, and what is offered sold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from shiboken6 import isValid

from pos_app.ui.screens.selling.waiting.card import OpenOffers
from pos_app.ui.screens.selling.waiting.joining import Joining
from pos_app.ui.screens.selling.waiting.keys import JOIN_KEY, OFFERS_KEY, QUEUE_KEY
from pos_app.ui.screens.selling.waiting.offered import OfferedInBasket
from pos_app.ui.screens.selling.waiting.offers_sheet import OffersSheet
from pos_app.ui.screens.selling.waiting.opening import OpeningOffers
from pos_app.ui.screens.selling.waiting.queue_sheet import QueueSheet
from pos_app.ui.screens.selling.waiting.strip import WaitingStrip
from pos_app.ui.waiting.source import WaitingSource
from pos_app.ui.words.messages import Level, Message

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import SignalInstance
    from PySide6.QtWidgets import QWidget

    from pos_app.domain.waiting.rows import WaitingRow
    from pos_app.ui.customers.source import CustomerSource
    from pos_app.ui.hearing import Hearing
    from pos_app.ui.office import Office
    from pos_app.ui.screens.selling.basket.hold import BasketHold
    from pos_app.ui.screens.selling.basket.panel import BasketPanel
    from pos_app.ui.screens.selling.basket.undoing import Undoing
    from pos_app.ui.screens.selling.map.choosing import Choosing
    from pos_app.ui.screens.selling.notices import SellNotices
    from pos_app.ui.screens.selling.payment.tickets import TicketPrinting
    from pos_app.ui.screens.selling.performances.list import PerformanceList
    from pos_app.ui.screens.selling.performances.on_sale import OnSale
    from pos_app.ui.seat_map.live_map import LiveMap


class WaitingAtCounter(QObject):
    """Leads from the sell screen to waiting lists and back.

    is_busy: whether something else is done with the basket.
    Signals: letters_wanted(int, str): those to a customer, who is called so. said(Message).
    """

    letters_wanted = Signal(int, str)
    said = Signal(object)

    def __init__(
        self,
        screen: QWidget,
        office: Office,
        customers: CustomerSource,
        hold: BasketHold,
        live: LiveMap,
        on_sale: OnSale,
        tickets: TicketPrinting,
        is_busy: Callable[[], bool],
    ) -> None:
        super().__init__(screen)
        self._screen = screen
        self._on_sale = on_sale
        self._tickets = tickets
        self._is_busy = is_busy
        self.source = source = WaitingSource(office)
        self.strip, self.card = WaitingStrip(), OpenOffers(source)
        self.offered = OfferedInBasket(hold, live, self)
        self.joining = Joining(screen, source, customers, hold)
        self.opening = OpeningOffers(self, office, source, hold, live, on_sale, self.offered, is_busy)
        self.sheet: OffersSheet | None = None
        self.queue: QueueSheet | None = None
        for key, does in ((JOIN_KEY, self.join), (OFFERS_KEY, self.show_offers), (QUEUE_KEY, self.show_queue)):
            shortcut = QShortcut(QKeySequence(key), screen, does)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.setAutoRepeat(False)

    def hearings(
        self,
        panel: BasketPanel,
        notices: SellNotices,
        choosing: Choosing,
        undoing: Undoing,
        listed: PerformanceList,
        hold: BasketHold,
        live: LiveMap,
        *done: SignalInstance,
    ) -> list[Hearing]:
        """Return what leads to waiting lists, and what they lead to. done: the basket is sold, or done with."""
        offered, opening, joining = self.offered, self.opening, self.joining
        over: Hearing = (self._on_done, *done)
        return [
            over,
            (self.join, self.strip.join_asked),
            (self.show_queue, self.strip.queue_asked),
            (self.show_offers, self.card.asked),
            (self.strip.show_performance, self._on_sale.opened, self._on_sale.counted),
            (self._open_by_id, choosing.offer_wanted, joining.offer_asked, offered.again_asked),
            (opening.go_on, live.plan_loaded),
            (opening.follow, hold.basket_changed),
            (self._on_opened, opening.opened),
            (self._tell_refused, opening.refused),
            (offered.follow, hold.basket_changed),
            (offered.give_up, hold.expired),
            (lambda: panel.show_offered(offered.words), offered.changed, hold.basket_changed),
            (undoing.forget, offered.back),
            (self._look_anew, joining.joined, offered.back),
            (notices.say, self.said, joining.said, offered.said),
            (listed.show_all, joining.joined),
        ]

    def join(self) -> None:
        """Put a party on the list of the performance that is open."""
        if not self.source.may_serve or self._is_asking:
            return
        if self._on_sale.chosen is None:
            self.said.emit(Message(self.tr("Choose a performance first."), "", Level.INFO))
            return
        self.joining.ask(self._on_sale.chosen)

    def show_offers(self) -> None:
        """Show what is offered, in all performances."""
        if not self.source.may_serve or self._is_asking:
            return
        self.sheet = sheet = OffersSheet(self._screen, self.source, self._on_sale.chosen, here=False)
        sheet.offer_chosen.connect(self._open)
        sheet.queue_asked.connect(self._from_offers_to_queue)
        sheet.closed.connect(self._on_closed)
        sheet.open()

    def show_queue(self) -> None:
        """Show who waits for the performance that is open."""
        if self.source.may_serve and not self._is_asking and self._on_sale.chosen is not None:
            self._show_queue(self._on_sale.chosen)

    @property
    def _is_asking(self) -> bool:
        open_ones = (one for one in (self.sheet, self.queue) if one is not None and isValid(one))
        return self.joining.is_open or any(one.is_open for one in open_ones)

    def _from_offers_to_queue(self, performance_id: int) -> None:
        if self.sheet is not None:
            self.sheet.close_sheet()
        self._show_queue(performance_id)

    def _show_queue(self, performance_id: int) -> None:
        self.queue = QueueSheet(self._screen, self.source, performance_id, self.tr("Who waits"))
        self.queue.letters_wanted.connect(self.letters_wanted)
        self.queue.open()

    def _open(self, row: WaitingRow) -> None:
        self._tickets.next_customer()
        self.opening.open(row)

    def _open_by_id(self, offer_id: int) -> None:
        self._tickets.next_customer()
        self.opening.open_by_id(offer_id)

    def _on_opened(self) -> None:
        if self.sheet is not None:
            self.sheet.close_sheet()
        self.card.poll()

    def _tell_refused(self, message: Message) -> None:
        if self.sheet is not None:
            self.sheet.say(message)
        else:
            self.said.emit(message)

    def _on_closed(self) -> None:
        self.sheet = None

    def _on_done(self, *_what: object) -> None:
        """The basket is sold, or done with: what it had of offers is nobody's concern here any more."""
        self.offered.forget()
        self._look_anew()

    def _look_anew(self) -> None:
        self._on_sale.refresh()
        self.card.poll()
