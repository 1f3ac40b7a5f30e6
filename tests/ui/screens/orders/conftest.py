from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from pos_app.computer.identity import TillIdentity
from pos_app.documents.previews import RasterPage
from pos_app.documents.ticket_codes import public_key_of
from pos_app.domain.customers.finding import CustomerRow, CustomersPage
from pos_app.domain.customers.records import CustomerRecord
from pos_app.domain.errors import NotFound
from pos_app.domain.orders.changes import ChangeKind, LineKind, LineState
from pos_app.domain.orders.filter_choices import FilterChoices
from pos_app.domain.orders.finding import OrderRow, OrdersPage
from pos_app.domain.orders.page import (
    ChangeOnPage,
    LineOnPage,
    OrderPage,
    OrderSign,
    PaymentOnPage,
    ReservedOnPage,
    TicketOnPage,
)
from pos_app.domain.orders.reservations import KeptReservation, OpenReservation
from pos_app.domain.orders.slips import SlipFace
from pos_app.domain.orders.standing import OrderStanding, standing_of
from pos_app.domain.roles import Role
from pos_app.domain.seats import Place
from pos_app.domain.selling.performance_seats import PerformanceSeats
from pos_app.domain.selling.sales import PaymentMethod
from pos_app.domain.sentences import say
from pos_app.domain.tickets.faces import TicketFace
from pos_app.domain.tickets.group_cover import cover_of
from pos_app.domain.tickets.papers import Paper
from pos_app.flows.print_slips import PrintedSlip
from pos_app.flows.print_tickets import PrintedTickets, TicketPress
from pos_app.ui.background import Background
from pos_app.ui.customers.source import CustomerSource
from pos_app.ui.office import Office
from pos_app.ui.screens.orders.operations import OrderOperations
from pos_app.ui.screens.orders.reservations.operations import ReservationOperations
from pos_app.ui.screens.orders.screen import OrdersScreen
from pos_app.ui.widgets.sheets.approval import ApprovalSheet
from tests.small_house import NAMES, PINS, SIGNING_KEY
from tests.ui.replies import Later, Now

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from PySide6.QtCore import QObject
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from pos_app.domain.customers.records import CustomerDraft
    from pos_app.domain.orders.finding import OrderCursor, OrderQuery
    from pos_app.domain.orders.refunds import RefundDue
    from pos_app.domain.orders.reservations import GiveUpRequest, KeepLongerRequest
    from pos_app.domain.roles import Actor
    from tests.houses import OpenHouse

SOLD_AT = datetime(2026, 11, 28, 17, 5, tzinfo=UTC)
STARTS_AT = datetime(2026, 12, 5, 18, 30, tzinfo=UTC)
ZONE = "Europe/Berlin"


def evening(tickets: int, *, performance_id: int = 7, days: int = 0) -> PerformanceSeats:
    """Return an evening of The Nutcracker, days after the first, and so many seats side by side."""
    places = tuple(Place("Stalls centre", "G", str(18 + at)) for at in range(tickets))
    return PerformanceSeats(performance_id, "The Nutcracker", STARTS_AT + timedelta(days=days), ZONE, places)


def a_page(order_id: int, number: str, *evenings: PerformanceSeats, **changes: Any) -> OrderPage:
    """Return an order of adults at 52.00 on the seats of these evenings (two unless told), paid in cash."""
    shown = evenings or (evening(2),)
    seats = [(one.performance_id, place) for one in shown for place in one.places]
    lines = tuple(
        LineOnPage(
            order_id * 100 + at,
            LineKind.SEAT,
            LineState.LIVE,
            5200,
            0,
            performance_id=performance_id,
            seat_id=at,
            category_id=1,
            ticket_type_id=1,
            place=place,
            ticket_type="Adult",
            ticket=TicketOnPage(order_id * 100 + at, "7K4MXQ2R9T", 1, *(False,) * 3, entries=0),
        )
        for at, (performance_id, place) in enumerate(seats)
    )
    total = 5200 * len(lines)
    sold = ChangeOnPage(order_id, ChangeKind.SALE, SOLD_AT, "Carla Cash", "Till 1", "", "", total)
    page = OrderPage(
        order_id=order_id,
        number=number,
        revision=1,
        created_at=SOLD_AT - timedelta(minutes=3 * order_id),
        time_zone=ZONE,
        currency="EUR",
        standing=OrderStanding.PAID,
        customer_name="",
        note="",
        till_name="Till 1",
        staff_name="Carla Cash",
        total_minor=total,
        performances=shown,
        lines=lines,
        payments=(PaymentOnPage(order_id, PaymentMethod.CASH, total, 0, "", SOLD_AT),),
        refunds=(),
        history=(sold,),
        seconds_to_void=432.9,
    )
    return replace(page, **changes)


def void(page: OrderPage) -> OrderPage:
    """Return an order that was taken back."""
    lines = tuple(replace(line, state=LineState.VOID) for line in page.lines)
    return replace(page, lines=lines, standing=OrderStanding.VOID, seconds_to_void=0.0)


def a_row(page: OrderPage) -> OrderRow:
    """Return what is listed of an order."""
    return OrderRow(
        page.order_id,
        page.number,
        page.created_at,
        page.time_zone,
        "The Nutcracker",
        page.performances,
        len(page.lines),
        page.total_minor,
        page.currency,
        standing_of([line.state for line in page.lines]),
        page.customer_name,
        page.till_name,
        page.staff_name,
        page.payments[0].method if page.payments else None,
        waits=bool(page.waiting),
    )


RESERVED_UNTIL = STARTS_AT - timedelta(hours=1)


def reserved(page: OrderPage, *, seconds_left: float = 3600.0, open_at: str = "") -> OrderPage:
    """Return an order of which nothing is paid yet, kept until an hour before it begins. open_at: a till, for 900 s."""
    lines = tuple(replace(line, state=LineState.RESERVED, ticket=None) for line in page.lines)
    made = replace(page.history[0], kind=ChangeKind.RESERVE, paid_minor=0)
    kept = ReservedOnPage(RESERVED_UNTIL, seconds_left, open_at, 900.0 if open_at else 0.0)
    return replace(
        page,
        lines=lines,
        standing=OrderStanding.RESERVED,
        payments=(),
        history=(made,),
        seconds_to_void=0.0,
        reserved=kept,
    )


def a_reservation(page: OrderPage, phone: str = "") -> OpenReservation:
    """Return what is listed of a reserved order."""
    kept = page.reserved
    assert kept is not None
    return OpenReservation(
        page.order_id,
        page.number,
        page.revision,
        page.customer_name,
        phone,
        page.performances,
        len(page.reserved_seats),
        page.owed_minor,
        page.currency,
        kept.release_at,
        page.time_zone,
        kept.seconds_left,
        page.created_at,
        page.note,
        open_at=kept.open_at,
    )


@dataclass
class FakeReservations(ReservationOperations):
    """Reservations in memory, of the orders that are known to `orders`. broken: what each write is refused with."""

    orders: FakeOrders
    phone: str = ""
    printer: str = ""
    till_name: str = "Till 1"
    most: int = 200
    broken: Exception | None = None
    broken_printer: Exception | None = None
    requests: list[Any] = field(default_factory=list)
    on_paper: list[PrintedSlip] = field(default_factory=list)

    @property
    def listed(self) -> list[OpenReservation]:
        return [a_reservation(page, self.phone) for page in self.orders.known if page.reserved is not None]

    def count(self, owner: QObject) -> Now[int]:
        return Now(len(self.listed))

    def open_reservations(
        self, owner: QObject, words: str, performance_id: int | None
    ) -> Now[tuple[OpenReservation, ...]]:
        """Stand in for the search of the server: by the beginning of the name, and by the performance."""
        found = [one for one in self.listed if one.customer_name.casefold().startswith(words.casefold())]
        if performance_id is not None:
            found = [one for one in found if performance_id in {seats.performance_id for seats in one.performances}]
        return Now(self.orders.broken or tuple(found[: self.most]))

    def performances(self, owner: QObject) -> Now[tuple[PerformanceSeats, ...]]:
        return Now(tuple(seats for one in self.listed for seats in one.performances))

    def look_again(self, owner: QObject, words: str, performance_id: int | None) -> Now[tuple[OpenReservation, ...]]:
        return self.open_reservations(owner, words, performance_id)

    def order(self, owner: QObject, order_id: int) -> Now[OrderPage]:
        return self.orders.order(owner, order_id)

    def keep_longer(self, owner: QObject, request: KeepLongerRequest) -> Now[KeptReservation]:
        self.requests.append(request)
        if self.broken is not None:
            return Now(self.broken)
        page = self._page(request.order_id)
        assert page.reserved is not None
        kept = replace(page.reserved, release_at=request.release_at)
        self._put(replace(page, reserved=kept, revision=page.revision + 1))
        seats = len(page.reserved_seats)
        return Now(KeptReservation(page.order_id, page.number, page.revision + 1, seats, request.release_at))

    def give_back(self, owner: QObject, request: GiveUpRequest) -> Now[KeptReservation]:
        self.requests.append(request)
        if self.broken is not None:
            return Now(self.broken)
        page = self._page(request.order_id)
        lines = tuple(
            replace(line, state=LineState.RELEASED) if line.line_id in request.line_ids else line for line in page.lines
        )
        page = replace(page, lines=lines, revision=page.revision + 1)
        if not page.reserved_seats:
            page = replace(page, reserved=None, standing=OrderStanding.RELEASED)
        self._put(page)
        kept = None if page.reserved is None else page.reserved.release_at
        return Now(KeptReservation(page.order_id, page.number, page.revision, len(page.reserved_seats), kept))

    def slip(self, owner: QObject, order_id: int) -> Now[PrintedSlip]:
        page = self._page(order_id)
        face = SlipFace(cover_of([_face(page, line) for line in page.lines], page.owed_minor), RESERVED_UNTIL, ZONE)
        return Now(PrintedSlip(page.number, face, b"%PDF", Path("/tickets") / f"{page.number}-reservation.pdf"))

    def print_out(self, owner: QObject, printed: PrintedSlip) -> Now[Any]:
        if self.broken_printer is None:
            self.on_paper.append(printed)
        return Now[Any](self.broken_printer or "printed")

    def _page(self, order_id: int) -> OrderPage:
        return next(page for page in self.orders.known if page.order_id == order_id)

    def _put(self, page: OrderPage) -> None:
        self.orders.known = [page if one.order_id == page.order_id else one for one in self.orders.known]


@dataclass
class FakeCustomers(CustomerSource):
    """Customers in memory, found by the beginning of the name."""

    known: list[CustomerRow] = field(default_factory=list)
    may_ask: bool = True

    def find(self, owner: QObject, text: str) -> Now[CustomersPage]:
        return Now(CustomersPage(tuple(one for one in self.known if one.name.lower().startswith(text.lower()))))

    def find_alike(self, owner: QObject, draft: CustomerDraft) -> Now[tuple[CustomerRow, ...]]:
        return Now(())

    def list_marks(self, owner: QObject) -> Now[tuple[str, ...]]:
        return Now(())

    def load(self, owner: QObject, customer_id: int) -> Now[CustomerRecord]:
        row = next(one for one in self.known if one.customer_id == customer_id)
        return Now(CustomerRecord(customer_id, 0, row.name, row.email, row.phone, "", (), None, None, SOLD_AT))

    def add(self, owner: QObject, draft: CustomerDraft, request_id: str) -> Now[CustomerRecord]:
        self.known.append(CustomerRow(len(self.known) + 1, draft.name, draft.email, draft.phone))
        return self.load(owner, len(self.known))


@dataclass
class FakeOrders(OrderOperations):
    """Orders in memory. broken: every answer is this error; broken_printer: the printer's answer."""

    known: list[OrderPage] = field(default_factory=list)
    printer: str = "HALL-1"
    broken: Exception | None = None
    broken_printer: Exception | None = None
    requests: list[tuple[Any, ...]] = field(default_factory=list)
    queries: list[OrderQuery] = field(default_factory=list)
    on_paper: list[PrintedTickets] = field(default_factory=list)
    till_id: int = 1
    till_name: str = "Till 1"
    may_approve: bool = False
    people: FakeCustomers = field(default_factory=FakeCustomers)

    def __post_init__(self) -> None:
        self.reservations: FakeReservations = FakeReservations(self)

    @property
    def customers(self) -> FakeCustomers:
        return self.people

    def choices(self, owner: QObject) -> Now[FilterChoices]:
        return Now(FilterChoices(SOLD_AT.date()))

    def find(self, owner: QObject, query: OrderQuery, after: OrderCursor | None, limit: int) -> Now[OrdersPage]:
        self.queries.append(query)
        return Now(self.broken or OrdersPage(tuple(map(a_row, self.known))))

    def order(self, owner: QObject, order_id: int) -> Now[OrderPage]:
        found = next((page for page in self.known if page.order_id == order_id), None)
        return Now(self.broken or found or NotFound(say("This order is not there.")))

    def sign(self, owner: QObject, order_id: int) -> Now[OrderSign]:
        return Now(next(page.sign for page in self.known if page.order_id == order_id))

    def refunds_due(self, owner: QObject) -> Later[tuple[RefundDue, ...]]:
        return Later(())

    def tickets(self, owner: QObject, ticket_ids: Sequence[int]) -> Now[PrintedTickets]:
        return Now(self.broken or self.printed(ticket_ids))

    def reprint(
        self, owner: QObject, ticket_ids: Sequence[int], request_id: str, reason: str, seen: int
    ) -> Now[PrintedTickets]:
        self.requests.append(("reprint", request_id, reason, seen))
        return Now(self.broken or self.printed(ticket_ids))

    def print_out(self, owner: QObject, printed: PrintedTickets) -> Now[Any]:
        if self.broken_printer is None:
            self.on_paper.append(printed)
        return Now[Any](self.broken_printer or "printed")

    def pages(self, owner: QObject, pdf: bytes) -> Now[tuple[RasterPage, ...]]:
        return Now((RasterPage(40, 30, b"\x20" * 3600), RasterPage(40, 30, b"\x80" * 3600)))

    def printed(self, ticket_ids: Sequence[int]) -> PrintedTickets:
        page = next(page for page in self.known if any(line.line_id in ticket_ids for line in page.lines))
        faces = tuple(_face(page, line) for line in page.lines if line.line_id in ticket_ids)
        return PrintedTickets(page.number, faces, b"%PDF", Path("/tickets") / f"{page.number}.pdf")


def _face(page: OrderPage, line: LineOnPage) -> TicketFace:
    assert line.place is not None
    return TicketFace(
        ticket_id=line.line_id,
        event_title="The Nutcracker",
        venue_name="Main House",
        starts_at=SOLD_AT,
        doors_at=None,
        time_zone=page.time_zone,
        place=line.place,
        category="A",
        ticket_type=line.ticket_type,
        price_minor=line.price_minor,
        currency="EUR",
        order_number=page.number,
        short_code="7K4MXQ2R9T",
        code="1" * 198,
        issue_count=1,
    )


@pytest.fixture
def fake() -> FakeOrders:
    return FakeOrders(
        [
            a_page(1, "ABCD2345"),
            a_page(2, "EFGH6789", evening(4), customer_name="Amina Əliyeva"),
            void(a_page(3, "JKMN2345")),
            a_page(4, "PQRS6789", evening(1), seconds_to_void=0.0),
        ]
    )


@pytest.fixture
def screen(qtbot: QtBot, themed: QApplication, fake: FakeOrders) -> OrdersScreen:
    """Show the desk over orders in memory."""
    return shown(qtbot, OrdersScreen(fake, fake.reservations))


def shown(qtbot: QtBot, made: OrdersScreen) -> OrdersScreen:
    """Show a desk as large as it is in a window of 1280 x 720."""
    qtbot.addWidget(made)
    made.resize(1280, 660)
    made.show()
    # Keys are shortcuts of the window in front only.
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


@pytest.fixture
def press(house: OpenHouse, tmp_path: Path) -> TicketPress:
    identity = TillIdentity("machine-Till 1", SIGNING_KEY, public_key_of(SIGNING_KEY).hex())
    return TicketPress(identity, house.small.till_id, Paper.A4, "", tmp_path / "tickets", "en_GB")


@pytest.fixture
def background(house: OpenHouse, qapp: QApplication) -> Iterator[Background]:
    made = Background(house.database)
    yield made
    made.shut_down()


@pytest.fixture
def desk_of(
    qtbot: QtBot, themed: QApplication, press: TicketPress, background: Background
) -> Callable[[Actor], OrdersScreen]:
    """Return how a person comes to a desk on the real services."""

    def come(actor: Actor) -> OrdersScreen:
        office = Office(background, actor)
        orders, reservations = OrderOperations(office, lambda: press), ReservationOperations(office, lambda: press)
        return shown(qtbot, OrdersScreen(orders, reservations))

    return come


def allow_by_pin(qtbot: QtBot, sheet: ApprovalSheet | None) -> None:
    """Let the manager of the small house allow it, by card and PIN."""
    assert isinstance(sheet, ApprovalSheet)
    qtbot.waitUntil(lambda: [one.name for one in sheet.cards.shown] == [NAMES[Role.MANAGER]])
    QTest.keyClicks(sheet.cards.search, NAMES[Role.MANAGER][:3])
    QTest.keyClick(sheet.cards.search, Qt.Key.Key_Return)
    qtbot.waitUntil(sheet.pin.isEnabled)
    QTest.keyClicks(sheet.pin, PINS[Role.MANAGER])
    QTest.keyClick(sheet.pin, Qt.Key.Key_Return)
