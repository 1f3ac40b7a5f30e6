"""The waiting list of the demo's sold-out evening, and two of its tickets on resale: all go the way of real ones."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from sqlalchemy import func, select, update

from pos_app.db.clock import utc_plus
from pos_app.db.models import Customer, Order, OrderLine, PerformanceSeat, Price, Seat, WaitingEntry, WaitingOffer
from pos_app.demo.after_sales import give_back
from pos_app.domain.orders.changes import LineKind, LineState
from pos_app.domain.orders.resale import ResaleAsk, ResaleRequest
from pos_app.domain.seats import ClaimKind
from pos_app.domain.selling.sales import PaymentMethod, SaleLine, SaleRequest, Tender
from pos_app.domain.waiting.entries import JoinRequest, OfferState
from pos_app.services.orders.resale.returning import preview_resale, return_for_resale
from pos_app.services.selling.offers import open_offer
from pos_app.services.selling.pricing import price_basket
from pos_app.services.selling.sales import sell
from pos_app.services.waiting.joining import join, leave, move_up
from pos_app.services.waiting.listing import load_queue
from pos_app.services.waiting.lists import open_list
from pos_app.services.waiting.offers import lapse_offers

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from pos_app.domain.roles import Actor

OFFER_MINUTES: Final = 2 * 24 * 60
"""The evening is a week away: nobody has to hurry, and an offer is there to be seen for a while."""
_OVER_SECONDS: Final = 600
_HOURS_BETWEEN: Final = 5
_REFERENCE: Final = "4711"
ON_RESALE: Final = 2


@dataclass(frozen=True, slots=True)
class Waits:
    """A party of the demo, by its customer. days: until when it waits."""

    name: str
    seats: int
    together: bool = True
    dear: bool = False
    days: int | None = None


SOLD: Final = "Mary Kelly"
LAPSED: Final = "Kwame Mensah"
OFFERED: Final = "Ayşe Demir"
MOVED_UP: Final = "Anna Novák"
LEFT: Final = "Anna Nowak"
_WAIT: Final = (
    Waits(SOLD, 2),
    Waits(LAPSED, 2),
    Waits(MOVED_UP, 4),
    Waits("Björn Ångström", 5, together=False),
    Waits(OFFERED, 2),
    Waits("Þóra Jónsdóttir", 2, dear=True, days=3),
    Waits("Ingrid Sørensen", 2),
    Waits("João Silva", 2, days=4),
    Waits("Łucja Żak", 6, together=False),
    Waits(LEFT, 2),
)


def let_some_wait(
    session: Session,
    boss: Actor,
    sellers: Sequence[Actor],
    performance_id: int,
    customers: Mapping[str, int],
    *,
    adult_id: int,
    now: datetime,
) -> None:
    """Let parties join, and offer some of them seats that are given back: sold, lapsed and passed on, open still.

    customers: by name; now: by the server's clock.
    """
    open_list(session, boss, "demo-waiting-list", performance_id, offer_minutes=OFFER_MINUTES)
    dearest = _dearest_category(session, performance_id)
    for at, party in enumerate(_WAIT):
        request = JoinRequest(
            f"demo-waits-{at}",
            performance_id,
            customers[party.name],
            party.seats,
            categories=(dearest,) if party.dear else (),
            together=party.together,
            until=None if party.days is None else now + timedelta(days=party.days),
        )
        join(session, sellers[at % len(sellers)], request)
    for entry in load_queue(session, boss, performance_id).entries:
        if entry.customer_name == MOVED_UP:
            move_up(session, boss, "demo-moved-up", entry.entry_id, entry.revision, "Was promised seats by telephone")
        if entry.customer_name == LEFT:
            leave(session, sellers[0], "demo-left", entry.entry_id, entry.revision)
    for turn, order_id in enumerate(_pairs(session, performance_id)):
        give_back(session, boss, f"demo-for-who-waits-{turn}", order_id, _lines(session, order_id), "Is ill")
        if turn:
            _let_lapse(session, performance_id)
        else:
            _sell(session, sellers[0], performance_id, adult_id)
    ago = (WaitingEntry.id - len(_WAIT) - 1) * (_HOURS_BETWEEN * 3600)
    session.execute(update(WaitingEntry).values(created_at=utc_plus(ago)))


def put_some_on_resale(session: Session, actor: Actor, performance_id: int) -> None:
    """Give single tickets of a sold-out evening back on commission, in different rows: they will fit no party."""
    for turn, (order_id, line_id) in enumerate(_singles(session, performance_id)):
        told = preview_resale(session, actor, ResaleAsk(order_id, (line_id,)))
        request = ResaleRequest(f"demo-resale-{turn}", order_id, told.revision, (line_id,), told.commission_minor)
        return_for_resale(session, actor, request)


def _pairs(session: Session, performance_id: int) -> Sequence[int]:
    """Return two orders of two tickets each, which sit beside each other."""
    pairs = (
        select(Order.id)
        .join(OrderLine, OrderLine.order_id == Order.id)
        .join(Seat, Seat.id == OrderLine.seat_id)
        .where(OrderLine.performance_id == performance_id, OrderLine.state == LineState.LIVE, Order.total_minor > 0)
        .group_by(Order.id)
        .having(
            func.count() == 2,
            func.count(Seat.row_id.distinct()) == 1,
            func.max(Seat.position) - func.min(Seat.position) == 1,
        )
        .order_by(Order.id)
        .limit(2)
    )
    return session.scalars(pairs).all()


def _lines(session: Session, order_id: int) -> list[int]:
    lines = select(OrderLine.id).where(OrderLine.order_id == order_id, OrderLine.kind == LineKind.SEAT)
    return list(session.scalars(lines.order_by(OrderLine.id)))


def _singles(session: Session, performance_id: int) -> list[tuple[int, int]]:
    """Return paid lines of known customers with their orders, each of another row, and none where seats come free."""
    taken = select(Seat.row_id).join(OrderLine, OrderLine.seat_id == Seat.id)
    beside = set(session.scalars(taken.where(OrderLine.order_id.in_(_pairs(session, performance_id)))))
    rows = session.execute(
        select(OrderLine.order_id, OrderLine.id, Seat.row_id)
        .join(Seat, Seat.id == OrderLine.seat_id)
        .join(Order, Order.id == OrderLine.order_id)
        .join(Customer, Customer.id == Order.customer_id)
        .where(
            OrderLine.performance_id == performance_id,
            OrderLine.state == LineState.LIVE,
            OrderLine.price_minor > 0,
            Customer.email != "",
        )
        .order_by(OrderLine.id.desc())
    )
    found: dict[int, tuple[int, int]] = {}
    for row in rows:
        if row.row_id not in {None, *beside} and row.order_id not in {order_id for order_id, _ in found.values()}:
            found.setdefault(row.row_id, (row.order_id, row.id))
    return list(found.values())[:ON_RESALE]


def _offer(session: Session, performance_id: int) -> int:
    open_one = select(WaitingOffer.id).where(
        WaitingOffer.performance_id == performance_id, WaitingOffer.state == OfferState.OPEN
    )
    return session.execute(open_one).scalar_one()


def _sell(session: Session, actor: Actor, performance_id: int, adult_id: int) -> None:
    """Sell what is offered to who came for it."""
    name = "demo-waited"
    opened = open_offer(session, actor, _offer(session, performance_id), name)
    lines = tuple(SaleLine(seat, adult_id) for seat in opened.offer.seats)
    total = price_basket(session, lines).totals.total_minor
    tender = Tender(PaymentMethod.CARD, total, reference=_REFERENCE)
    offer = opened.offer
    sell(
        session,
        actor,
        SaleRequest(name, name, lines, total, tender, customer_name=offer.customer_name, customer_id=offer.customer_id),
    )


def _let_lapse(session: Session, performance_id: int) -> None:
    """Let the time of an offer be over, as if nobody had come: housekeeping passes its seats on."""
    offer_id, over = _offer(session, performance_id), utc_plus(-_OVER_SECONDS)
    session.execute(update(WaitingOffer).where(WaitingOffer.id == offer_id).values(expires_at=over))
    own = PerformanceSeat.claim_kind == ClaimKind.OFFER, PerformanceSeat.claim_id == offer_id
    session.execute(update(PerformanceSeat).where(*own).values(claim_until=over))
    lapse_offers(session)


def _dearest_category(session: Session, performance_id: int) -> int:
    """Return the category that is sold at the highest price."""
    dearest = (
        select(Price.category_id)
        .where(Price.performance_id == performance_id)
        .order_by(Price.amount_minor.desc(), Price.id)
        .limit(1)
    )
    return session.execute(dearest).scalar_one()
