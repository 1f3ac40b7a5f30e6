"""What writes or stops letters, as the fault injector walks through it: each has a customer who can be reached."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final
from uuid import uuid4

from sqlalchemy import func, select, update

from pos_app.db.clock import utc_plus
from pos_app.db.models import OutboxEmail
from pos_app.domain.customers.records import CustomerDraft
from pos_app.domain.letters.notes import HouseNote
from pos_app.domain.selling.sales import VoidRequest
from pos_app.services.customers.records import add_customer
from pos_app.services.orders.letters.lapsing import tell_lapsing
from pos_app.services.orders.letters.notes import write_customer_note
from pos_app.services.orders.refunds.voids import void_order
from pos_app.services.orders.reservations.making import reserve
from pos_app.services.orders.reservations.releasing import release_reservations
from pos_app.services.selling.sales import sell
from tests.concurrency.fault_deeds import same
from tests.concurrency.reservation_deeds import NAME, ask_to_reserve, new_address, run_out, use_again
from tests.small_house import allow

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from pos_app.db.database import Database
    from pos_app.domain.selling.sales import SaleRequest
    from tests.concurrency.fault_deeds import Deed
    from tests.concurrency.fault_stage import Stage

_HOUR: Final = 3600


def _customer(stage: Stage) -> int:
    draft = CustomerDraft(NAME, new_address(), letters=True)
    made = stage.database.transact(add_customer, stage.house.cashier, draft, request_id=uuid4().hex)
    return made.customer_id


def _request(stage: Stage) -> SaleRequest:
    return replace(stage.request(), customer_id=_customer(stage), customer_name=NAME)


def selling(stage: Stage) -> Deed:
    """Sell two seats to a customer."""
    request = _request(stage)

    def ask(till: Database) -> Any:
        sale = till.transact(sell, stage.house.cashier, request)
        return sale.total_minor, len(set(sale.ticket_ids)), sale.customer_name

    return same(ask)


def taking_back(stage: Stage) -> Deed:
    """Take a sale back whose confirmation waits still."""
    asked = _request(stage)
    sale = stage.sell(asked)
    request = VoidRequest(uuid4().hex, sale.order_id, "wrong night", stage.database.transact(allow, stage.house))

    def ask(till: Database) -> Any:
        return till.transact(void_order, stage.house.cashier, request).refund_minor

    return same(ask, lambda: stage.reuse(tuple(line.seat for line in asked.lines)))


def _reserved(stage: Stage) -> tuple[int, tuple[Any, ...]]:
    asked = replace(ask_to_reserve(stage), customer_id=_customer(stage))
    made = stage.database.transact(reserve, stage.house.cashier, asked)
    return made.order_id, tuple(line.seat for line in asked.lines)


def reminding(stage: Stage) -> Deed:
    """Tell a customer that a reservation ends soon, of which the letter was written long ago."""
    order_id, seats = _reserved(stage)
    stage.database.transact(let_end_soon, order_id)

    def ask(till: Database) -> Any:
        till.transact(tell_lapsing)
        return stage.database.read(_letters, order_id)

    return same(ask, partial(use_again, stage, order_id, seats))


def let_end_soon(session: Session, order_id: int) -> None:
    """Let a reservation end in two hours, of which the letter was written three days ago."""
    run_out(session, order_id, -2 * _HOUR)
    of_order = update(OutboxEmail).where(OutboxEmail.order_id == order_id)
    session.execute(of_order.values(created_at=utc_plus(-72 * _HOUR)))


def _letters(session: Session, order_id: int) -> int:
    of_order = select(func.count()).select_from(OutboxEmail).where(OutboxEmail.order_id == order_id)
    return session.execute(of_order).scalar_one()


def lapsing(stage: Stage) -> Deed:
    """Give the seats of a customer's reservation back whose time is over."""
    order_id, seats = _reserved(stage)
    stage.database.transact(run_out, order_id)

    def ask(till: Database) -> Any:
        till.transact(release_reservations)
        return stage.database.read(_letters, order_id)

    return same(ask, partial(stage.reuse, seats))


def noting(stage: Stage) -> Deed:
    """Write a note to a customer."""
    customer_id, note = _customer(stage), HouseNote(uuid4().hex, "The doors", "They open at six.")
    return same(lambda till: till.transact(write_customer_note, stage.house.cashier, customer_id, note))
