"""The reservations of a till that the fault injector walks through: made, opened, paid, kept longer, given back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, Final
from uuid import uuid4

from sqlalchemy import select, update

from pos_app.db.clock import utc_plus
from pos_app.db.models import Order, OrderLine, PerformanceSeat, Price
from pos_app.domain.customers.records import CustomerDraft
from pos_app.domain.orders.changes import LineKind, LineState
from pos_app.domain.orders.reservations import GiveUpRequest, KeepLongerRequest, PickUpRequest, ReserveRequest
from pos_app.domain.roles import Permission
from pos_app.domain.seats import SeatKey
from pos_app.domain.selling.sales import PaymentMethod, Tender
from pos_app.services.orders.refunds.making import refund
from pos_app.services.orders.reservations.keeping import give_up_seats, keep_longer
from pos_app.services.orders.reservations.making import reserve
from pos_app.services.orders.reservations.opening import leave_pick_up, open_pick_up
from pos_app.services.orders.reservations.picking_up import pick_up
from pos_app.services.orders.reservations.releasing import release_reservations
from tests.after_sale import live_lines, refund_request
from tests.concurrency.fault_deeds import same
from tests.concurrency.fault_stage import HALF_PRICE_MINOR
from tests.small_house import ADULT_MINOR, allow

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

    from pos_app.db.database import Database
    from pos_app.domain.orders.reservations import KeptReservation, Reservation
    from pos_app.domain.selling.sales import Sale
    from tests.concurrency.fault_deeds import Deed
    from tests.concurrency.fault_stage import Stage
    from tests.small_house import SmallHouse

NOW_MINOR: Final = ADULT_MINOR["B"] + 300
"""What a ticket costs once the price has risen."""
NAME: Final = "Zoë Novák"
_REASON: Final = "Their train is late"


def new_address() -> str:
    """Return an e-mail address that nobody has; of letters alone, for digits may be a card's number."""
    letters = "".join(chr(ord("a") + int(digit, 16)) for digit in uuid4().hex)
    return f"zoe.{letters}@example.org"


@dataclass(frozen=True)
class Reserved:
    """A reservation that stands: its seats with their lines, and its revision."""

    order_id: int
    lines: dict[SeatKey, int]
    revision: int
    release_at: datetime


def reservation(*, new_customer: bool = False) -> Callable[[Stage], Deed]:
    """Reserve two seats at half the price under a name, or for somebody who becomes a customer by it."""

    def prepare(stage: Stage) -> Deed:
        request = ask_to_reserve(stage)
        if new_customer:
            request = replace(request, new_customer=CustomerDraft(NAME, email=new_address()))

        def ask(till: Database) -> Any:
            made: Reservation = till.transact(reserve, stage.house.cashier, request)
            return made.total_minor, made.currency, made.seats, made.customer_name, made.customer_id is not None

        def tidy() -> None:
            use_again(
                stage, stage.database.read(_order_of, request.request_id), tuple(line.seat for line in request.lines)
            )

        return same(ask, tidy)

    return prepare


def ask_to_reserve(stage: Stage) -> ReserveRequest:
    """Ask to reserve two seats at half the price under a name."""
    asked = stage.request()
    return ReserveRequest(
        uuid4().hex, asked.basket_key, asked.lines, asked.total_minor, NAME, promo_code=asked.promo_code
    )


def reserved(stage: Stage) -> Reserved:
    """Reserve two seats at half the price."""
    made = stage.database.transact(reserve, stage.house.cashier, ask_to_reserve(stage))
    return stage.database.read(_look, made.order_id)


def _kept(stage: Stage) -> Reserved:
    """Return a reservation that stays what it is, however often it is opened, left, and kept longer."""
    if stage.reservation_id is None:
        stage.reservation_id = reserved(stage).order_id
    return stage.database.read(_look, stage.reservation_id)


def use_again(stage: Stage, order_id: int, seats: tuple[SeatKey, ...]) -> None:
    """Let the seats of an order be used again, whatever has become of it."""
    house, left = stage.house, stage.database.read(_look, order_id)
    if left.lines:
        given = GiveUpRequest(uuid4().hex, order_id, left.revision, tuple(left.lines.values()), _REASON)
        stage.database.transact(give_up_seats, house.cashier, given)
    if paid := stage.database.read(live_lines, order_id):
        request = stage.database.transact(refund_request, house, order_id, paid.values())
        stage.database.transact(refund, house.cashier, request)
    stage.reuse(seats)


def _order_of(session: Session, request_id: str) -> int:
    return session.execute(select(Order.id).where(Order.request_id == request_id)).scalar_one()


def _look(session: Session, order_id: int) -> Reserved:
    line = OrderLine
    rows = session.execute(
        select(line.performance_id, line.seat_id, line.id)
        .where(line.order_id == order_id, line.kind == LineKind.SEAT, line.state == LineState.RESERVED)
        .order_by(line.performance_id, line.seat_id)
    )
    order = session.execute(select(Order.revision, Order.release_at).where(Order.id == order_id)).one()
    lines = {SeatKey(row.performance_id, row.seat_id): row.id for row in rows}
    return Reserved(order_id, lines, order.revision, order.release_at)


def opening(stage: Stage) -> Deed:
    """Open a reservation for paying."""
    one, basket = _kept(stage), uuid4().hex

    def ask(till: Database) -> Any:
        opened = till.transact(open_pick_up, stage.house.cashier, one.order_id, basket)
        return len(opened.lines), sum(line.told_minor for line in opened.lines), opened.hold.seats == tuple(one.lines)

    return same(ask, lambda: stage.database.transact(leave_pick_up, stage.house.cashier, one.order_id, basket))


def leaving(stage: Stage) -> Deed:
    """Leave a reservation that was opened for paying, and is not paid."""
    one = _kept(stage)
    basket = _opened(stage, one)
    return same(lambda till: till.transact(leave_pick_up, stage.house.cashier, one.order_id, basket))


def _opened(stage: Stage, one: Reserved) -> str:
    basket = uuid4().hex
    stage.database.transact(open_pick_up, stage.house.cashier, one.order_id, basket)
    return basket


def paying(seats: int) -> Callable[[Stage], Deed]:
    """Pay for so many seats of two."""

    def prepare(stage: Stage) -> Deed:
        one = reserved(stage)
        request = _pay_request(stage, one, seats, HALF_PRICE_MINOR)
        return same(partial(_pay, stage, request), partial(use_again, stage, one.order_id, tuple(one.lines)))

    return prepare


def paying_the_price_of_now(stage: Stage) -> Deed:
    """Pay for two seats what they cost by now, because the manager says so."""
    one = reserved(stage)
    stage.database.transact(_set_price, stage.house, NOW_MINOR)
    request = _pay_request(stage, one, 2, NOW_MINOR // 2)
    allowed = stage.database.transact(allow, stage.house, Permission.PRICE_OF_NOW)

    def tidy() -> None:
        stage.database.transact(_set_price, stage.house, ADULT_MINOR["B"])
        use_again(stage, one.order_id, tuple(one.lines))

    return same(partial(_pay, stage, replace(request, price_of_now=True, approval_id=allowed)), tidy)


def _pay_request(stage: Stage, one: Reserved, seats: int, each_minor: int) -> PickUpRequest:
    total = seats * each_minor
    tender = Tender(PaymentMethod.CASH, total, total + 100)
    lines = tuple(one.lines.values())[:seats]
    return PickUpRequest(uuid4().hex, one.order_id, _opened(stage, one), lines, total, tender)


def _pay(stage: Stage, request: PickUpRequest, till: Database) -> Any:
    sale: Sale = till.transact(pick_up, stage.house.cashier, request)
    return sale.total_minor, sale.change_minor, sale.currency, sale.method, len(set(sale.ticket_ids))


def _set_price(session: Session, house: SmallHouse, minor: int) -> None:
    of_adults = Price.category_id == house.category_b_id, Price.ticket_type_id == house.adult_id
    here = Price.performance_id == house.performance_id
    session.execute(update(Price).where(here, *of_adults).values(amount_minor=minor))


def keeping(stage: Stage) -> Deed:
    """Keep a reservation a second longer."""
    one = _kept(stage)
    later = one.release_at + timedelta(seconds=1)
    request = KeepLongerRequest(uuid4().hex, one.order_id, one.revision, later, _REASON)

    def ask(till: Database) -> Any:
        kept: KeptReservation = till.transact(keep_longer, stage.house.cashier, request)
        return kept.seats, kept.release_at == later

    return same(ask)


def giving_up(seats: int) -> Callable[[Stage], Deed]:
    """Give so many seats of two back before their time."""

    def prepare(stage: Stage) -> Deed:
        one = reserved(stage)
        given = dict(list(one.lines.items())[:seats])
        request = GiveUpRequest(uuid4().hex, one.order_id, one.revision, tuple(given.values()), _REASON)

        def ask(till: Database) -> Any:
            kept: KeptReservation = till.transact(give_up_seats, stage.house.cashier, request)
            return kept.seats, kept.release_at is None

        return same(ask, partial(use_again, stage, one.order_id, tuple(one.lines)))

    return prepare


def releasing(stage: Stage) -> Deed:
    """Let the housekeeping give the seats of a reservation back whose time is over. Whoever runs it, it is done."""
    one = reserved(stage)
    stage.database.transact(run_out, one.order_id)

    def ask(till: Database) -> Any:
        till.transact(release_reservations)
        return stage.database.read(_look, one.order_id).lines

    return same(ask, partial(stage.reuse, tuple(one.lines)))


def run_out(session: Session, order_id: int, seconds: int = 5) -> None:
    """Let the time of a reservation be over since so many seconds."""
    over = utc_plus(-seconds)
    session.execute(update(Order).where(Order.id == order_id).values(release_at=over))
    ends = session.execute(select(Order.release_at).where(Order.id == order_id)).scalar_one()
    session.execute(
        update(PerformanceSeat)
        .where(PerformanceSeat.claim_kind == "reservation", PerformanceSeat.claim_id == order_id)
        .values(claim_until=ends)
    )
