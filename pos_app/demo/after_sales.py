"""What has become of some orders of the demo since they were sold: each change goes the way of a real one."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final

from sqlalchemy import func, select

from pos_app.db.models import Order, OrderLine, Seat
from pos_app.domain.orders.changes import ChangeKind, LineKind, LineState
from pos_app.domain.orders.exchanges import DetailsRequest, ExchangeAsk, ExchangeRequest, SwapRequest
from pos_app.domain.orders.refunds import RefundAsk, RefundRequest
from pos_app.domain.orders.work_lists import OpenWorkList, WorkDeed, WorkStep
from pos_app.domain.seats import SeatKey, SeatKind, SeatState
from pos_app.domain.selling.sales import PaymentMethod, SaleLine, Tender
from pos_app.services.orders.details import correct_details
from pos_app.services.orders.exchanges.making import exchange, preview_exchange
from pos_app.services.orders.exchanges.swaps import swap_places
from pos_app.services.orders.refunds.making import preview_refund, refund
from pos_app.services.orders.work_lists.lists import open_work_list
from pos_app.services.orders.work_lists.steps import work_off
from pos_app.services.seats.claims import INVENTORY
from pos_app.services.selling.holds import place_hold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlalchemy.orm import Session

    from pos_app.domain.roles import Actor

_REFERENCE: Final = "4711"
_WORK: Final = (WorkDeed.REFUND, WorkDeed.KEEP, WorkDeed.REFUND, WorkDeed.REFUND)
"""What has been done to the first orders of the cancelled performance; the others wait."""


def change_orders(session: Session, boss: Actor, performance_id: int, child_id: int) -> None:
    """Refund, exchange and correct a few orders of a performance, all for a manager's sake. child_id: a ticket type."""
    orders = _orders_of(session, performance_id)
    for number, (order_id, lines) in enumerate(islice(orders, 2)):
        give_back(session, boss, f"demo-whole-{number}", order_id, [line for line, _, _ in lines], "Is ill")
    for number, (order_id, lines) in enumerate(islice(orders, 5)):
        # Some are paid at once, and some of it waits to be paid out.
        give_back(
            session, boss, f"demo-part-{number}", order_id, [lines[0][0]], "Changed their mind", pay_now=number < 3
        )
    for number, (order_id, lines) in enumerate(islice(orders, 3)):
        seat = _free_seat(session, performance_id)
        place_hold(session, boss, f"demo-other-seat-{number}", [seat])
        _exchange(session, boss, f"demo-other-seat-{number}", order_id, lines[0], SaleLine(seat, lines[0][2]))
    for order_id, lines in islice(orders, 1):
        child = SaleLine(lines[0][1], child_id)
        _exchange(session, boss, "demo-child", order_id, lines[0], child, kind=ChangeKind.CORRECTION)
    for order_id, lines in islice(orders, 1):
        swap_places(session, boss, SwapRequest("demo-swap", order_id, None, lines[0][0], lines[1][0]))
    for order_id, _ in islice(orders, 1):
        correct_details(session, boss, DetailsRequest("demo-name", order_id, None, "Zuzana Dvořáková", "Aisle seat"))


def work_off_some(session: Session, boss: Actor, performance_id: int) -> None:
    """Open the work list of a cancelled performance, and do a part of it."""
    list_id = open_work_list(session, boss, OpenWorkList(f"demo-work-list-{performance_id}", performance_id))
    for deed, (order_id, _) in zip(_WORK, _orders_of(session, performance_id, fewest=1), strict=False):
        work_off(session, boss, WorkStep(list_id, order_id, deed))


def _orders_of(
    session: Session, performance_id: int, *, fewest: int = 2
) -> Iterator[tuple[int, Sequence[tuple[int, SeatKey, int]]]]:
    """Yield paid orders of a performance and their lines: line, seat and ticket type; of so many places at least."""
    found = (
        select(Order.id)
        .join(OrderLine, OrderLine.order_id == Order.id)
        .where(OrderLine.performance_id == performance_id, Order.total_minor > 0)
        .group_by(Order.id)
        .having(func.count() >= fewest)
        .order_by(Order.id)
    )
    for order_id in session.execute(found).scalars().all():
        lines = session.execute(
            select(OrderLine.id, OrderLine.seat_id, OrderLine.ticket_type_id)
            .join(Seat, Seat.id == OrderLine.seat_id)
            .where(
                OrderLine.order_id == order_id,
                OrderLine.kind == LineKind.SEAT,
                OrderLine.state == LineState.LIVE,
                Seat.kind == SeatKind.SEAT,
            )
            .order_by(OrderLine.id)
        ).all()
        if len(lines) >= fewest:
            yield order_id, [(row.id, SeatKey(performance_id, row.seat_id), row.ticket_type_id) for row in lines]


def _free_seat(session: Session, performance_id: int) -> SeatKey:
    """Return a seat that nobody has, always the same one."""
    free = (
        select(Seat.id)
        .join(INVENTORY, INVENTORY.c.seat_id == Seat.id)
        .where(
            INVENTORY.c.performance_id == performance_id,
            INVENTORY.c.state == SeatState.FREE,
            Seat.kind == SeatKind.SEAT,
        )
        .order_by(Seat.id)
        .limit(1)
    )
    return SeatKey(performance_id, session.execute(free).scalar_one())


def give_back(
    session: Session,
    boss: Actor,
    request_id: str,
    order_id: int,
    lines: Sequence[int],
    reason: str,
    *,
    pay_now: bool = True,
) -> None:
    """Refund lines of an order for a reason, as a manager does. pay_now: it is paid out at once."""
    told = preview_refund(session, boss, RefundAsk(order_id, tuple(lines)))
    request = RefundRequest(
        request_id=request_id,
        order_id=order_id,
        revision=told.revision,
        line_ids=tuple(lines),
        amount_minor=told.amount_minor,
        reason=reason,
        pay_now=pay_now,
        reference=_REFERENCE,
        used=told.used,
    )
    refund(session, boss, request)


def _exchange(
    session: Session,
    boss: Actor,
    request_id: str,
    order_id: int,
    old: tuple[int, SeatKey, int],
    new: SaleLine,
    *,
    kind: ChangeKind = ChangeKind.EXCHANGE,
) -> None:
    basket = None if new.seat == old[1] else request_id
    ask = ExchangeAsk(order_id, (old[0],), (new,), basket)
    told = preview_exchange(session, boss, ask)
    owed = told.difference_minor
    request = ExchangeRequest(
        request_id=request_id,
        order_id=order_id,
        revision=told.revision,
        ended=ask.ended,
        new=ask.new,
        basket_key=basket,
        difference_minor=owed,
        tender=Tender(PaymentMethod.CARD, owed, reference=_REFERENCE) if owed > 0 else None,
        reason="Wants to sit elsewhere",
        kind=kind,
        used=told.used,
    )
    exchange(session, boss, request)
