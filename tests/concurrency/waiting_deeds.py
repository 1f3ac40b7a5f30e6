"""What a till does to waiting lists that the fault injector walks through: joined, left, served, opened, sold, over.

All of it is done to one performance, which the house keeps back but for the two seats of a deed.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final
from uuid import uuid4
from weakref import WeakKeyDictionary

from sqlalchemy import select, update

from pos_app.db.clock import utc_plus
from pos_app.db.models import PerformanceSeat, WaitingEntry, WaitingOffer
from pos_app.domain.customers.records import CustomerDraft
from pos_app.domain.selling.sales import PaymentMethod, SaleLine, SaleRequest, Tender
from pos_app.domain.waiting.entries import JoinRequest, QueueEntry
from pos_app.services.customers.records import add_customer
from pos_app.services.orders.refunds.making import refund
from pos_app.services.selling.holds import release_seats
from pos_app.services.selling.offers import open_offer
from pos_app.services.selling.sales import sell
from pos_app.services.waiting.joining import join, leave, move_up
from pos_app.services.waiting.lists import close_list, open_list
from pos_app.services.waiting.offers import lapse_offers, withdraw
from tests.after_sale import live_lines, refund_request
from tests.concurrency.fault_deeds import same
from tests.concurrency.reservation_deeds import NAME, new_address
from tests.small_house import ADULT_MINOR, sell_seats

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sqlalchemy.orm import Session

    from pos_app.db.database import Database
    from pos_app.domain.seats import SeatKey
    from tests.concurrency.fault_deeds import Deed
    from tests.concurrency.fault_stage import Stage

_REASON: Final = "They came from far away"
_MINUTES: Final = 120
TWO_MINOR: Final = 2 * ADULT_MINOR["B"]


@dataclass
class _SoldOut:
    """The performance of a stage that is sold out, and customers who wait for nothing yet."""

    performance_id: int
    strangers: deque[int] = field(default_factory=deque)


_SOLD_OUT: Final[WeakKeyDictionary[Stage, _SoldOut]] = WeakKeyDictionary()


def sold_out(stage: Stage) -> int:
    """Return the performance for which people wait; its list is open, and nothing of it is free."""
    if stage not in _SOLD_OUT:
        stage.database.transact(_keep_back, stage.waited_id)
        _SOLD_OUT[stage] = _SoldOut(stage.waited_id)
        _open(stage)
    return stage.waited_id


def _open(stage: Stage) -> None:
    boss = stage.house.manager
    stage.database.transact(open_list, boss, uuid4().hex, stage.waited_id, offer_minutes=_MINUTES)


def _keep_back(session: Session, performance_id: int, seats: Sequence[SeatKey] = ()) -> None:
    """Keep back what is free: these seats, or all."""
    seat = PerformanceSeat
    here = [seat.performance_id == performance_id, seat.state == "free"]
    if seats:
        here.append(seat.seat_id.in_([one.seat_id for one in seats]))
    session.execute(update(seat).where(*here).values(state="claimed", claim_kind="house"))


def _put_on_sale(session: Session, seats: Sequence[SeatKey]) -> None:
    seat = PerformanceSeat
    session.execute(
        update(seat)
        .where(seat.performance_id == seats[0].performance_id, seat.seat_id.in_([one.seat_id for one in seats]))
        .values(state="free", claim_kind=None, guarded=2)
    )


def sold(stage: Stage) -> tuple[int, tuple[SeatKey, ...]]:
    """Sell two seats of it; return the order and the seats."""
    seats = stage.seats(2, sold_out(stage))
    stage.database.transact(_put_on_sale, seats)
    return stage.database.transact(sell_seats, stage.house, seats).order_id, seats


def wish(stage: Stage) -> JoinRequest:
    """Ask for two seats of it for somebody who waits for nothing yet."""
    performance = sold_out(stage)
    strangers = _SOLD_OUT[stage].strangers
    if not strangers:
        draft = CustomerDraft(NAME, new_address(), letters=True)
        made = stage.database.transact(add_customer, stage.house.cashier, draft, request_id=uuid4().hex)
        strangers.append(made.customer_id)
    return JoinRequest(uuid4().hex, performance, strangers.popleft(), 2)


def _joined(stage: Stage) -> QueueEntry:
    return stage.database.transact(join, stage.house.cashier, wish(stage))


@dataclass(frozen=True)
class _Offered:
    """A party that was offered the seats of an order that was refunded."""

    entry_id: int
    offer_id: int
    seats: tuple[SeatKey, ...]


def offered(stage: Stage) -> _Offered:
    """Let a party wait, and refund the two seats that it is offered then."""
    order_id, seats = sold(stage)
    entry = _joined(stage)
    give_all_back(stage, order_id)
    offer_id = stage.database.read(_offer_of, entry.entry_id)
    return _Offered(entry.entry_id, offer_id, seats)


def give_all_back(stage: Stage, order_id: int) -> None:
    """Refund what is live of an order."""
    lines = stage.database.read(live_lines, order_id)
    request = stage.database.transact(refund_request, stage.house, order_id, lines.values())
    stage.database.transact(refund, stage.house.cashier, request)


def _offer_of(session: Session, entry_id: int) -> int:
    return session.execute(select(WaitingOffer.id).where(WaitingOffer.waiting_entry_id == entry_id)).scalar_one()


def _read(session: Session, entry_id: int) -> tuple[str, int, int]:
    row = session.execute(
        select(WaitingEntry.state, WaitingEntry.revision, WaitingEntry.customer_id).where(WaitingEntry.id == entry_id)
    ).one()
    return row.state, row.revision, row.customer_id


def tidy(stage: Stage, entries: Sequence[int], seats: tuple[SeatKey, ...] = ()) -> None:
    """Let parties wait no more, keep the seats back again, and use both again."""
    for entry_id in reversed(entries):
        state, revision, customer = stage.database.read(_read, entry_id)
        if state in {"waiting", "offered"}:
            stage.database.transact(leave, stage.house.cashier, uuid4().hex, entry_id, revision)
        _SOLD_OUT[stage].strangers.append(customer)
    if seats:
        stage.database.transact(_keep_back, stage.waited_id, seats)
        stage.reuse(seats)


def joining(stage: Stage) -> Deed:
    """Join the waiting list, at its end."""
    request = wish(stage)
    entries: list[int] = []

    def ask(till: Database) -> Any:
        entry = till.transact(join, stage.house.cashier, request)
        entries[:] = [entry.entry_id]
        return entry.state, entry.place, entry.seats

    return same(ask, lambda: tidy(stage, entries))


def joining_what_is_free(stage: Stage) -> Deed:
    """Join the waiting list while two seats are free that fit."""
    request, seats = wish(stage), stage.seats(2, sold_out(stage))
    stage.database.transact(_put_on_sale, seats)
    entries: list[int] = []

    def ask(till: Database) -> Any:
        entry = till.transact(join, stage.house.cashier, request)
        entries[:] = [entry.entry_id]
        return entry.state, entry.offer is not None and entry.offer.seats == seats

    return same(ask, lambda: tidy(stage, entries, seats))


def leaving(stage: Stage) -> Deed:
    """Leave the waiting list."""
    entry = _joined(stage)
    asked = (stage.house.cashier, uuid4().hex, entry.entry_id, entry.revision)
    return same(lambda till: till.transact(leave, *asked).state, lambda: tidy(stage, [entry.entry_id]))


def moving_up(stage: Stage) -> Deed:
    """Move the second party of two to the front."""
    first, second = _joined(stage), _joined(stage)
    asked = (stage.house.manager, uuid4().hex, second.entry_id, second.revision, _REASON)
    return same(
        lambda till: till.transact(move_up, *asked).place, lambda: tidy(stage, [first.entry_id, second.entry_id])
    )


def refunding(stage: Stage) -> Deed:
    """Refund an order of two seats for which a party of two waits."""
    order_id, seats = sold(stage)
    entry = _joined(stage)
    lines = stage.database.read(live_lines, order_id)
    request = stage.database.transact(refund_request, stage.house, order_id, lines.values())

    def ask(till: Database) -> Any:
        return till.transact(refund, stage.house.cashier, request).amount_minor

    return same(ask, lambda: tidy(stage, [entry.entry_id], seats))


def opening_an_offer(stage: Stage) -> Deed:
    """Open an offer for paying."""
    one, basket = offered(stage), uuid4().hex

    def ask(till: Database) -> Any:
        opened = till.transact(open_offer, stage.house.cashier, one.offer_id, basket)
        return opened.offer.state, opened.hold.seats == one.seats

    def end() -> None:
        stage.database.transact(release_seats, basket)
        tidy(stage, [one.entry_id], one.seats)

    return same(ask, end)


def leaving_an_offer(stage: Stage) -> Deed:
    """Leave an offer that was opened for paying: its seats go back to it."""
    one, basket = offered(stage), uuid4().hex
    stage.database.transact(open_offer, stage.house.cashier, one.offer_id, basket)
    return same(
        lambda till: till.transact(release_seats, basket) is None, lambda: tidy(stage, [one.entry_id], one.seats)
    )


def selling_an_offer(stage: Stage) -> Deed:
    """Sell what was offered."""
    one, basket = offered(stage), uuid4().hex
    stage.database.transact(open_offer, stage.house.cashier, one.offer_id, basket)
    lines = tuple(SaleLine(seat, stage.house.adult_id) for seat in one.seats)
    tender = Tender(PaymentMethod.CASH, TWO_MINOR, TWO_MINOR)
    request = SaleRequest(uuid4().hex, basket, lines, TWO_MINOR, tender)
    orders: list[int] = []

    def ask(till: Database) -> Any:
        sale = till.transact(sell, stage.house.cashier, request)
        orders[:] = [sale.order_id]
        return sale.total_minor, len(sale.ticket_ids)

    def end() -> None:
        give_all_back(stage, orders[0])
        tidy(stage, [one.entry_id], one.seats)

    return same(ask, end)


def _run_out(session: Session, offer_id: int) -> None:
    """Let an offer be over since five seconds."""
    ends = session.execute(select(utc_plus(-5))).scalar_one()
    session.execute(update(WaitingOffer).where(WaitingOffer.id == offer_id).values(expires_at=ends))
    session.execute(
        update(PerformanceSeat)
        .where(PerformanceSeat.claim_kind == "offer", PerformanceSeat.claim_id == offer_id)
        .values(claim_until=ends)
    )


def lapsing(*, passed_on: bool) -> Callable[[Stage], Deed]:
    """Let the housekeeping end an offer that nobody took. passed_on: somebody else waits, and is offered the seats."""

    def prepare(stage: Stage) -> Deed:
        one = offered(stage)
        others = [_joined(stage).entry_id] if passed_on else []
        stage.database.transact(_run_out, one.offer_id)

        def ask(till: Database) -> Any:
            till.transact(lapse_offers)
            return [stage.database.read(_read, entry)[0] for entry in (one.entry_id, *others)]

        return same(ask, lambda: tidy(stage, [one.entry_id, *others], one.seats))

    return prepare


def withdrawing(stage: Stage) -> Deed:
    """Take an offer back."""
    one = offered(stage)
    asked = (stage.house.manager, uuid4().hex, one.offer_id, _REASON)
    return same(lambda till: till.transact(withdraw, *asked).state, lambda: tidy(stage, [one.entry_id], one.seats))


def closing(stage: Stage) -> Deed:
    """Close a waiting list on which somebody waits."""
    entry = _joined(stage)
    asked = (stage.house.manager, uuid4().hex, stage.waited_id, _REASON)

    def end() -> None:
        tidy(stage, [entry.entry_id])
        _open(stage)

    return same(lambda till: till.transact(close_list, *asked).state, end)


def opening(stage: Stage) -> Deed:
    """Open a waiting list."""
    sold_out(stage)
    boss = stage.house.manager
    stage.database.transact(close_list, boss, uuid4().hex, stage.waited_id, _REASON)
    request = uuid4().hex

    def ask(till: Database) -> Any:
        return till.transact(open_list, boss, request, stage.waited_id, offer_minutes=_MINUTES).state

    return same(ask)
