"""The screens of the person who has signed in, made for this person and put away afterwards."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, QSignalBlocker, Qt, Signal

from pos_app.domain.roles import Permission
from pos_app.domain.tills.kinds import TillKind
from pos_app.services.permissions import may_decide_here
from pos_app.ui.office import Office
from pos_app.ui.screens.admin.screen import AdminScreen
from pos_app.ui.screens.customers.operations import CustomerOperations
from pos_app.ui.screens.customers.screen import CustomersScreen
from pos_app.ui.screens.door.operations import DoorOperations
from pos_app.ui.screens.door.screen import DoorScreen
from pos_app.ui.screens.letters.note.recipients import NoteTarget
from pos_app.ui.screens.letters.operations import LetterOperations
from pos_app.ui.screens.letters.screen import LettersScreen
from pos_app.ui.screens.orders.operations import OrderOperations
from pos_app.ui.screens.orders.reservations.operations import ReservationOperations
from pos_app.ui.screens.orders.screen import OrdersScreen
from pos_app.ui.screens.orders.work_list.operations import WorkListOperations
from pos_app.ui.screens.selling.screen import SellScreen
from pos_app.ui.window.enrolling import Enrolling
from pos_app.ui.window.failed_letters import FailedLetters
from pos_app.ui.window.forced_sign_out import ForcedSignOut
from pos_app.ui.window.heartbeat import Heartbeat
from pos_app.ui.window.left_over_seats import LeftOverSeats
from pos_app.ui.window.manager_sections import sections_for
from pos_app.ui.window.server_watch import ServerWatch
from pos_app.ui.window.till_scans import TillScans
from pos_app.ui.words.messages import Level, Message

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pos_app.computer.identity import TillIdentity
    from pos_app.domain.roles import Actor
    from pos_app.flows.print_tickets import TicketPress
    from pos_app.ui.background import Background
    from pos_app.ui.screens.selling.cut_off.sales import CutOffSales
    from pos_app.ui.window.equipment import Equipment
    from pos_app.ui.window.main_window import MainWindow

SCAN_SECONDS: Final = 20
"""How long it is told what a scanned ticket is."""


class Workplace(QObject):
    """Builds the screens by role and wires them to the window.

    Signals: enrolled(TillIdentity, int): the gates know this till now, by this key. ended(Message): the person may not
    go on here; say why.
    """

    enrolled = Signal(object, int)
    ended = Signal(object)

    def __init__(self, window: MainWindow, background: Background, equipment: Equipment, actor: Actor) -> None:
        super().__init__(window)
        self._window = window
        self._office = Office(background, actor)
        self._equipment = equipment
        self._actor = actor
        self.sell: SellScreen | None = None
        self.orders: OrdersScreen | None = None
        self.customers: CustomersScreen | None = None
        self.letters: LettersScreen | None = None
        self.failed_letters: FailedLetters | None = None
        self._cut_off: CutOffSales | None = None
        self.door: DoorScreen | None = None
        self.manage: AdminScreen | None = None
        self.heart = Heartbeat(background, actor, self)
        self.server = ServerWatch(window, self.heart)
        self.server.came_back.connect(self._on_server_back)
        # The database account of a gate may read neither the map nor the prices: whoever it is lets guests in there.
        if actor.may(Permission.SELL) and equipment.till.kind is not TillKind.GATE:
            self._add_selling()
        if actor.may(Permission.CHECK_IN):
            window.idle_lock.set_seconds("door", equipment.till.door_lock_minutes * 60)
            self.door = DoorScreen(DoorOperations(self._office), equipment.sounds)
            window.add_screen("door", self.tr("Door"), "qr-code", self.door, Permission.CHECK_IN)
        self.scans = TillScans(self._office, window, lambda: window.current_screen, self._has_customer, self)
        self._route_scans()
        if actor.may(Permission.MANAGE):
            equipped, letters = lambda: self._equipment, self._show_letters_of_customer
            self.manage = AdminScreen(sections_for(background, actor, equipped, self._on_enrolled, letters))
            window.add_screen("manage", self.tr("Manage"), "sliders-horizontal", self.manage, Permission.MANAGE)
            self.manage.section_opened.connect(self._look_at_rights, Qt.ConnectionType.SingleShotConnection)
            self._offer_work_lists()
            self.manage.section_opened.connect(self._offer_notes)
        self.enrolling = Enrolling(window, self._office, lambda: self._equipment, self)
        self.enrolling.enrolled.connect(self._on_enrolled)
        sign_out = ForcedSignOut(self.sell, self)
        sign_out.said.connect(window.show_message)
        sign_out.due.connect(self.ended)
        self.heart.must_stop.connect(sign_out.begin)

    def _look_at_rights(self) -> None:
        if self.manage is not None:
            looked = self._office.background.read(self, may_decide_here)
            looked.then(self.manage.show_may_decide, self.server.note_failure)

    def _offer_work_lists(self) -> None:
        if self.orders is not None:
            self.orders.offer_work_lists(WorkListOperations(self._office))
            self.orders.work_list_wanted.connect(self.show_work_list)

    def _offer_notes(self, section: str) -> None:
        """Once the section of performances is there, let it lead to a note to the guests of one."""
        if section == "events" and self.manage is not None and self.letters is not None:
            self.manage.section_opened.disconnect(self._offer_notes)
            events: Any = self.manage.section("events")
            events.offer_notes()
            events.note_wanted.connect(self._write_note_to_guests)

    def _write_note_to_guests(self, performance_id: int, words: str) -> None:
        if self.letters is not None:
            self._window.show_screen("letters")
            self.letters.write_note(NoteTarget(performance_id=performance_id, words=words))

    def _route_scans(self) -> None:
        self._window.scans.scanned.connect(self.scans.take)
        self.scans.said.connect(self._tell_scan)
        if self.door is not None:
            self.scans.for_door.connect(self.door.scan)
        if self.orders is not None:
            self.scans.order_found.connect(self.orders.open_order)
            self.scans.order_wanted.connect(self._show_order)
            self.scans.pick_up_wanted.connect(self.start_pick_up)

    def _add_selling(self) -> None:
        window, equipment = self._window, self._equipment
        sell = SellScreen(self._office, equipment.memory.journal, self._press())
        reservations = ReservationOperations(self._office, self._press)
        orders = OrdersScreen(OrderOperations(self._office, self._press), reservations)
        sell.answered.connect(self.server.note_answer)
        sell.lost.connect(self.server.note_failure)
        for changed in (sell.basket_changed, sell.hold.ticked):
            changed.connect(self._tell_held)
        sell.payment_opened.connect(window.set_payment_open)
        sell.tickets_failed.connect(orders.add_failed_print)
        self.server.clock_jumped.connect(sell.hold.read_again)
        told = sell.choosing.order_wanted, sell.requests.order_wanted
        for leads_there in (sell.exchanging.exchange.left, sell.picking_up.left, *told):
            leads_there.connect(self._show_order)
        sell.waiting.letters_wanted.connect(self._show_letters_of_customer)
        window.start_exchange = self.start_exchange
        orders.exchange_wanted.connect(self.start_exchange)
        orders.pick_up_asked.connect(self.start_pick_up)
        window.add_screen("sell", self.tr("Sell"), "shopping-cart-simple", sell, Permission.SELL)
        window.add_screen("orders", self.tr("Orders"), "receipt", orders, Permission.SELL)
        self.sell, self.orders = sell, orders
        if self._actor.may(Permission.CUSTOMERS):
            self._add_customers()
        if self._actor.may(Permission.LETTERS):
            self._add_letters()
        self._cut_off = sell.look_for_cut_off(equipment.memory)
        self._cut_off.looked.connect(LeftOverSeats(window, self._office, sell, self._cut_off).look)
        if equipment.settings.customer_display:
            sell.add_customer_display()

    def _add_customers(self) -> None:
        settings = self._equipment.settings
        operations = CustomerOperations(self._office, settings.save_tickets_in, settings.state_folder)
        customers = self.customers = CustomersScreen(operations)
        customers.order_wanted.connect(self._show_order)
        if self.orders is not None:
            self.orders.offer_customers()
            self.orders.customer_wanted.connect(self._show_customer)
        self._window.add_screen("customers", self.tr("Customers"), "users", customers, Permission.CUSTOMERS)

    def _add_letters(self) -> None:
        letters = self.letters = LettersScreen(LetterOperations(self._office))
        letters.order_wanted.connect(self._show_order)
        letters.customer_wanted.connect(self._show_customer)
        self.failed_letters = FailedLetters(self._office.background, self._window.top_bar, self)
        letters.failed_counted.connect(self.failed_letters.show_count)
        if self.orders is not None:
            self.orders.offer_letters()
            self.orders.letters_wanted.connect(self._show_letters_of_order)
        if self.customers is not None:
            self.customers.offer_letters()
            self.customers.letters_wanted.connect(self._show_letters_of_customer)
        self._window.add_screen("letters", self.tr("Letters"), "envelope-simple", letters, Permission.LETTERS)

    def start_exchange(self, order_id: int, line_ids: Sequence[int]) -> None:
        """Let the sell screen exchange these seats of an order for others."""
        if self.sell is not None:
            self._window.show_screen("sell")
            self.sell.exchanging.exchange.start(order_id, line_ids)

    def start_pick_up(self, order_id: int) -> None:
        """Let the sell screen take the money for what is reserved of an order."""
        if self.sell is not None:
            self._window.show_screen("sell")
            self.sell.picking_up.open(order_id)

    def leave_pick_up(self) -> None:
        """Nobody is here any more who would take the money for a reservation: other tills may open it."""
        if self.sell is not None:
            with QSignalBlocker(self.sell.picking_up):
                self.sell.picking_up.leave()

    def _tell_held(self) -> None:
        if self.sell is not None:
            hold = self.sell.hold
            self._window.show_held(len(hold.basket.lines) if self.has_basket else 0, hold.seconds_left)

    def _press(self) -> TicketPress:
        return self._equipment.press()

    @property
    def has_basket(self) -> bool:
        """Tell whether a customer's seats are held here."""
        return self.sell is not None and self.sell.has_basket

    def _has_customer(self) -> bool:
        """Tell whether a customer is at the counter: with seats held, a reservation, or the tickets of a sale shown."""
        sell = self.sell
        return sell is not None and (self.has_basket or sell.tickets.is_open or sell.picking_up.is_active)

    def _tell_scan(self, message: Message) -> None:
        self._window.show_message(message, SCAN_SECONDS)
        # Over a question or a payment, which would hide it; the next one that opens lies over it again.
        self._window.banner.raise_()

    def _show_order(self, order_id: int) -> None:
        if self.orders is not None:
            self.orders.open_order(order_id)
            self._window.show_screen("orders")

    def _show_customer(self, customer_id: int) -> None:
        if self.customers is not None:
            self._window.show_screen("customers")
            self.customers.open_customer(customer_id)

    def _show_letters_of_order(self, order_id: int, words: str) -> None:
        if self.letters is not None:
            self._window.show_screen("letters")
            self.letters.show_letters_of(order_id=order_id, words=words)

    def _show_letters_of_customer(self, customer_id: int, words: str) -> None:
        if self.letters is not None:
            self._window.show_screen("letters")
            self.letters.show_letters_of(customer_id=customer_id, words=words)

    def show_work_list(self, performance_id: int) -> None:
        """Show the work list of a performance, where this person may work it off."""
        if self.manage is not None:
            self._window.show_screen("manage")
            self.manage.open_section("events")
            events: Any = self.manage.section("events")
            events.show_orders_of(performance_id)

    def _on_server_back(self) -> None:
        if self.sell is not None:
            self.sell.settle()
            self.sell.tickets.make_up()

    def greet(self) -> None:
        """What is to be said and settled when the person has come in."""
        self.enrolling.tell(sells=self.sell is not None)
        self.heart.start()
        if self.failed_letters is not None:
            self.failed_letters.start()
        if self.sell is not None:
            self.sell.checkout.taking.resolve()
        if self._cut_off is not None:
            self._cut_off.begin()

    @property
    def leaves_customer(self) -> bool:
        """Tell whether a customer's seats are held here, or the tickets of the last one are not out yet."""
        return self.has_basket or (self.sell is not None and self.sell.tickets.is_owed)

    def put_away(self) -> None:
        """The person leaves this till: nothing is remembered of a sale that is finished, nor of seats that ran out."""
        if self.sell is None or self.sell.checkout.taking.is_unsettled:
            return
        self.leave_pick_up()
        if self.sell.hold.is_expired:
            self.sell.hold.finish()
        if not self.sell.tickets.is_owed:
            self.sell.checkout.note.put_away()

    def _on_enrolled(self, known: tuple[TillIdentity, int]) -> None:
        """From now on the tickets of this till are signed so."""
        identity, key_id = known
        till = replace(self._equipment.till, key_id=key_id, key_revoked=False)
        self._equipment = replace(self._equipment, identity=identity, till=till)
        if self.sell is not None:
            self.sell.tickets.use_press(self._press())
        self._window.show_message(
            Message(self.tr("This till is enrolled. Its tickets are good at every gate."), "", Level.OK), 6
        )
        self.enrolled.emit(identity, key_id)
