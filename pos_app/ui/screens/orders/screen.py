"""The order desk: any order of the house is found, looked at, and changed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QWidget

from pos_app.ui.hearing import Hearing, connect_all
from pos_app.ui.screens.orders.changes.correcting import Correcting
from pos_app.ui.screens.orders.changes.retyping import Retyping
from pos_app.ui.screens.orders.due.paying import Paying
from pos_app.ui.screens.orders.keys import order_keys
from pos_app.ui.screens.orders.order.actions import OrderActions
from pos_app.ui.screens.orders.order.news import OrderNews
from pos_app.ui.screens.orders.order.panel import OrderPanel
from pos_app.ui.screens.orders.order.watch import OrderWatch
from pos_app.ui.screens.orders.printing.prints import Prints
from pos_app.ui.screens.orders.refund.refunding import Refunding
from pos_app.ui.screens.orders.refund.voiding import Voiding
from pos_app.ui.screens.orders.resale.reselling import Reselling
from pos_app.ui.screens.orders.reservations.desk import ReservationDesk
from pos_app.ui.screens.orders.search.export import Export
from pos_app.ui.screens.orders.search.panel import SearchPanel
from pos_app.ui.screens.orders.work_list.lists_sheet import WorkListsSheet
from pos_app.ui.widgets.boxes import column, row
from pos_app.ui.widgets.told_keys import tell_keys
from pos_app.ui.words.messages import Level, Message, message_for

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent

    from pos_app.domain.orders.page import OrderPage
    from pos_app.domain.selling.sales import VoidedOrder
    from pos_app.flows.print_tickets import PrintedTickets
    from pos_app.ui.screens.orders.operations import OrderOperations
    from pos_app.ui.screens.orders.reservations.operations import ReservationOperations
    from pos_app.ui.screens.orders.search.table import OrdersTable
    from pos_app.ui.screens.orders.work_list.operations import WorkListOperations

_SAID_SECONDS: Final = 12


class OrdersScreen(QWidget):
    """Search and list at the left, the order at the right, what can be done with it below both.

    Nobody but this screen connects its parts: who hears whom stands in hearings(), in an order without a meaning.
    Signals:
        exchange_wanted(int, tuple): these lines of the order are to be exchanged for other seats.
        work_list_wanted(int): the work list of this performance.
        pick_up_asked(int): what is reserved of this order is to be paid for.
        customer_wanted(int): this customer is to be shown.
        letters_wanted(int, str): the letters of this order, which is called so.
    """

    exchange_wanted = Signal(int, object)
    work_list_wanted = Signal(int)
    pick_up_asked = Signal(int)
    customer_wanted = Signal(int)
    letters_wanted = Signal(int, str)

    def __init__(
        self, operations: OrderOperations, reservations: ReservationOperations, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "page")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._operations = operations
        self._wanted: int | None = None
        self._changed_elsewhere = False
        tell_keys(self, order_keys)
        self.search = SearchPanel(operations)
        self.panel = OrderPanel(operations.till_name)
        self.action_row = OrderActions()
        self.prints = Prints(self, operations)
        self.refunding = Refunding(self, operations)
        self.voiding = Voiding(self, operations)
        self.reselling = Reselling(self, operations)
        self.paying = Paying(self, operations)
        self.correcting = Correcting(self, operations)
        self.retyping = Retyping(self, operations)
        self.reservations = ReservationDesk(self, reservations)
        self.export = Export(self, operations)
        self.watch = OrderWatch(operations, self)
        self.banner = self.search.banner
        self.news = OrderNews(self.banner)
        for key, steps in (("Alt+Down", 1), ("Alt+Up", -1)):
            QShortcut(QKeySequence(key), self, lambda steps=steps: self.panel.scroll_by(steps))
        QShortcut(QKeySequence("F5"), self, self.refresh)
        sides = row((self.search, 1), self.panel, spacing=12)
        column(self.prints.failed, (sides, 1), self.action_row, inside=self, margins=12, spacing=10)
        self.setFocusProxy(self.search.field)
        connect_all(*self.hearings())

    def hearings(self) -> list[Hearing]:
        """Return who hears whom: what is done, and the signals of the parts that lead to it."""
        search, panel, actions = self.search, self.panel, self.action_row
        prints, refunding, voiding, paying = self.prints, self.refunding, self.voiding, self.paying
        correcting, retyping = self.correcting, self.retyping
        reservations, kept = self.reservations, self.panel.kept
        return [
            (self._say, prints.said, refunding.said, voiding.said, paying.said, self.export.said),
            (self._say, correcting.said, retyping.said, reservations.said, actions.refused, self.reselling.said),
            (self._read_anew, prints.changed, refunding.changed, voiding.changed, paying.changed),
            (self._read_anew, correcting.changed, correcting.corrected, retyping.changed, self.reselling.changed),
            (self.refresh, refunding.done, reservations.changed, self.reselling.done),
            (self._on_stale, self.watch.stale, kept.stale),
            (self.news.forget_change, actions.print_asked, actions.refund_asked, actions.void_asked),
            (self.news.forget_change, actions.resale_asked, actions.exchange_asked, actions.swap_asked),
            (self.news.forget_change, actions.type_asked, actions.details_asked),
            (self.news.keep_print, prints.said),
            (self._show, search.order_chosen),
            (self._show_nothing, search.nothing_found),
            (lambda: paying.open(panel.order_id), search.due_asked),
            (lambda: self.export.write(search.query), search.export_asked),
            (panel.rows.toggle, search.digit_pressed),
            (self._show_actions, panel.chosen_changed),
            (self._on_preview, panel.preview_asked),
            (self._on_reprint_one, panel.reprint_one_asked),
            (self._on_print, actions.print_asked),
            (lambda: self._ask(refunding.ask), actions.refund_asked),
            (self._on_void, actions.void_asked),
            (lambda: self._ask(self.reselling.ask), actions.resale_asked),
            (self._on_exchange, actions.exchange_asked),
            (lambda: self._ask(correcting.ask_swap), actions.swap_asked),
            (lambda: self._ask(retyping.ask), actions.type_asked),
            (self._on_details, actions.details_asked),
            (prints.print_new, correcting.new_tickets, retyping.new_tickets),
            (self._on_voided, voiding.voided),
            (self.open_order, paying.order_asked, reservations.order_asked),
            (lambda: reservations.list.open(panel.order_id), search.reserved_asked),
            (search.show_reserved, reservations.counted),
            (reservations.pick_up, kept.pick_up_asked),
            (reservations.keeping.ask_keep_longer, kept.keep_longer_asked),
            (reservations.keeping.ask_give_back, kept.give_back_asked),
            (reservations.slips.print_slip_of, kept.slip_asked),
            (self.pick_up_asked, reservations.pick_up_asked),
            (self.customer_wanted, panel.customer_asked),
            (self.letters_wanted, panel.letters_asked),
        ]

    @property
    def table(self) -> OrdersTable:
        """Return the list of what was found."""
        return self.search.table

    def offer_work_lists(self, operations: WorkListOperations) -> None:
        """Let a person look which performances have orders to be worked off, and go there."""
        self.search.work_lists_button.show()
        self.search.work_lists_asked.connect(lambda: self._open_work_lists(operations))

    def offer_customers(self) -> None:
        """Let a person go from an order to who has it."""
        self.panel.leads_to_customers = True

    def offer_letters(self) -> None:
        """Let a person go from an order to what was written about it."""
        self.panel.leads_to_letters = True

    def refresh(self) -> None:
        """Read the list again, and the order that is shown."""
        self.search.refresh()
        self._read_anew()

    def open_order(self, order_id: int) -> None:
        """Show an order, listed or not; reading the list again changes nothing of that."""
        self.search.keep(order_id)
        self._show(order_id)

    def add_failed_print(self, printed: PrintedTickets | None, error: Exception) -> None:
        """List tickets that did not come out, for printing again; None: they could not even be set."""
        self.prints.add_failed(printed, error)

    def _open_work_lists(self, operations: WorkListOperations) -> None:
        sheet = WorkListsSheet(self, operations)
        sheet.chosen.connect(self.work_list_wanted)
        sheet.open()

    def _show(self, order_id: int) -> None:
        self._wanted = order_id
        self._read(order_id)

    def _read(self, order_id: int) -> None:
        self._operations.order(self, order_id).then(self._on_order, self._on_unreadable)

    def _read_anew(self) -> None:
        if self._wanted is not None:
            self._read(self._wanted)

    def _show_nothing(self) -> None:
        self._wanted = None
        self.news.forget_all()
        self.panel.show_nothing()
        self.watch.watch(None)

    def _on_order(self, order: OrderPage) -> None:
        if order.order_id != self._wanted:
            return
        before = self.panel.order
        is_same = before is not None and before.order_id == order.order_id
        is_newer = is_same and before is not None and before.revision != order.revision
        if not is_same:
            self.news.forget_all()
        elif is_newer:
            self.news.forget_change()
        if is_newer and self._changed_elsewhere:
            self.news.tell_change(order, self._operations.till_name)
        self._changed_elsewhere = False
        focused = QApplication.focusWidget()
        had_keyboard = focused is not None and self.panel.isAncestorOf(focused)
        self.panel.show_order(order)
        if had_keyboard:  # What had it may have been built anew.
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.watch.watch(order)
        self.prints.drop_void(order)
        self.refunding.show_order(order)
        self.reselling.show_order(order)
        self.retyping.show_order(order)
        self.correcting.show_order(order)
        self.reservations.keeping.show_order(order)
        if is_newer:
            self.search.refresh()

    def _on_unreadable(self, error: Exception) -> None:
        message = message_for(error)
        self.banner.show_message(replace(message, action=self.tr("Try again"), on_action=self.refresh))

    def _on_stale(self, order_id: int) -> None:
        if order_id == self._wanted:
            self._changed_elsewhere = True
            self._read(order_id)

    def _show_actions(self) -> None:
        self.action_row.show_order(self.panel.order, self.panel.chosen)

    def _say(self, message: Message) -> None:
        passes = message.level in {Level.OK, Level.INFO} and not message.action
        self.banner.show_message(message, seconds=_SAID_SECONDS if passes else 0)

    def _on_preview(self) -> None:
        if self.panel.chosen_tickets:
            self.prints.preview(self.panel.chosen_tickets)

    def _on_print(self) -> None:
        order = self.panel.order
        if order is None:
            return
        if order.waiting:
            self.prints.hand_over(order)
        elif self.panel.chosen_tickets:
            self.prints.ask_reprint(order, self.panel.chosen_tickets)

    def _on_reprint_one(self, ticket_id: int) -> None:
        if self.panel.order is not None:
            self.prints.ask_reprint(self.panel.order, (ticket_id,))

    def _ask(self, question: Callable[[OrderPage, tuple[int, ...]], None]) -> None:
        """Ask about the order that is shown, and its chosen places."""
        if self.panel.order is not None:
            question(self.panel.order, self.panel.chosen)

    def _on_void(self) -> None:
        if self.panel.order is not None and self.action_row.seconds_to_void:
            self.voiding.ask(self.panel.order)

    def _on_exchange(self) -> None:
        if self.panel.order is not None and self.panel.chosen:
            self.exchange_wanted.emit(self.panel.order.order_id, self.panel.chosen)

    def _on_details(self) -> None:
        if self.panel.order is not None:
            self.correcting.ask_details(self.panel.order)

    def _on_voided(self, voided: VoidedOrder) -> None:
        self.prints.failed.remove_order(voided.number)
        self.refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the order its part of a wide window."""
        super().resizeEvent(event)
        self.panel.take_part_of(self.width())

    def hideEvent(self, event: QHideEvent) -> None:
        """Whoever comes back finds the order as it is then."""
        super().hideEvent(event)
        self.news.forget_change()

    def showEvent(self, event: QShowEvent) -> None:
        """Read the orders, with the cursor in the search."""
        super().showEvent(event)
        self.search.field.setFocus(Qt.FocusReason.OtherFocusReason)
        self.reservations.count()
        self.refresh()
