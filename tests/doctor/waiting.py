"""An evening with a waiting list, an offer, and tickets on resale, in plain rows that no service wrote."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from sqlalchemy import insert, select, text

from pos_app.db.clock import utc_now, utc_plus
from pos_app.db.models import (
    Customer,
    OrderChange,
    OrderLine,
    Refund,
    Resale,
    WaitingEntry,
    WaitingList,
    WaitingOffer,
)
from pos_app.doctor.names import Names
from pos_app.doctor.offers import judge_offers, judge_spent_offers
from pos_app.doctor.resale import judge_resale, judge_resold
from pos_app.doctor.waiting_lists import judge_entries, judge_guards
from pos_app.domain.selling.holds import write_places
from tests.small_house_rows import add

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from pos_app.doctor import Finding
    from pos_app.domain.seats import SeatKey
    from tests.doctor.conftest import Evening
    from tests.small_house import SmallHouse

QUESTIONS = (judge_guards, judge_offers, judge_spent_offers, judge_entries, judge_resale, judge_resold)


@dataclass(frozen=True)
class Waited:
    """What there is by id: of the evening tomorrow, whose list is open.

    offer: row 5, seats 1 and 2, of the entry offered. paying: row 4, seats 1 and 2, in the basket hold. sold: row 1,
    seats 1 to 3, of the entry served. waits: an entry. lapsed: an entry and its offer. resale: row 3, seat 1, whose
    line is line. resold: row 2, seat 4 of the gala, whose line is resold_line and whose commission is the line fee.
    """

    performance: int
    offer: int
    offered: int
    paying: int
    hold: int
    sold: int
    served: int
    waits: int
    lapsed: int
    lapsed_offer: int
    resale: int
    line: int
    resold: int
    resold_line: int
    fee: int
    refund: int


def ask(session: Session) -> list[Finding]:
    """Ask only what is asked of waiting lists, offers and resale."""
    names = Names(session)
    return [finding for question in QUESTIONS for finding in question(session, names)]


def wait(evening: Evening) -> Waited:
    """Put the rows in."""
    session, small = evening.session, evening.small
    performance = small.performance_id
    session.execute(
        insert(WaitingList).values(performance_id=performance, state="open", opened_at=utc_now(), passes=4, reason="")
    )
    evening.change("UPDATE performance_seat SET guarded=2 WHERE performance_id=:p", p=performance)
    offered, served, lapsed, waits, paying = (
        _entry(session, small, state, seats)
        for state, seats in (("offered", 2), ("sold", 3), ("lapsed", 1), ("waiting", 4), ("offered", 2))
    )
    offer = _offer(session, offered, small.seats_of(5, (1, 2)), "open")
    in_basket = _offer(session, paying, small.seats_of(4, (1, 2)), "open", pickup_hold_id=evening.hold.hold_id)
    sold = _offer(session, served, small.seats_of(1, (1, 2, 3)), "sold", order_id=evening.sale.order_id)
    lapsed_offer = _offer(session, lapsed, small.seats_of(5, (3,)), "lapsed")
    evening.change("UPDATE hold SET with_offers=1 WHERE id=:h", h=evening.hold.hold_id)
    evening.change(
        "UPDATE performance_seat SET state='claimed', claim_kind='offer', claim_id=:offer, guarded=1, claim_until="
        "(SELECT expires_at FROM waiting_offer WHERE id=:offer) WHERE performance_id=:p AND seat_id IN (:a, :b)",
        offer=offer, p=performance, a=small.seat_id(5, 1), b=small.seat_id(5, 2),
    )  # fmt: skip
    evening.change("UPDATE performance_seat SET guarded=1 WHERE claim_id=:h AND claim_kind='basket'",
                   h=evening.hold.hold_id)  # fmt: skip
    resale, line = _on_resale(evening)
    resold, resold_line, fee, refund = _resold(evening)
    return Waited(
        performance, offer, offered, in_basket, evening.hold.hold_id, sold, served, waits, lapsed, lapsed_offer, resale,
        line, resold, resold_line, fee, refund,
    )  # fmt: skip


def _entry(session: Session, small: SmallHouse, state: str, seats: int) -> int:
    customer = add(session, Customer, name="Novak", created_at=utc_now())
    standing = state in {"waiting", "offered"}
    return add(
        session, WaitingEntry, request_id=uuid4().hex, code=uuid4().hex, performance_id=small.performance_id,
        customer_id=customer, seats=seats, categories="", zones="", state=state, revision=0, passed_over="",
        moved_reason="", till_id=small.till_id, staff_id=small.cashier.staff_id, created_at=utc_now(),
        closed_at=None if standing else utc_now(),
    )  # fmt: skip


def _offer(session: Session, entry: int, seats: Sequence[SeatKey], state: str, **more: Any) -> int:
    closed_at = None if state == "open" else utc_now()
    return add(
        session, WaitingOffer, waiting_entry_id=entry, performance_id=seats[0].performance_id, state=state,
        places=write_places(seats),
        created_at=utc_now(), expires_at=utc_plus(7200), reason="", closed_at=closed_at, **more,
    )  # fmt: skip


def _change(evening: Evening, order_id: int, kind: str) -> int:
    return add(
        evening.session, OrderChange, request_id=uuid4().hex, order_id=order_id, kind=kind, created_at=utc_now()
    )  # fmt: skip


def _seat_line(evening: Evening, order_id: int) -> OrderLine:
    found = select(OrderLine).where(OrderLine.order_id == order_id, OrderLine.kind == "seat").order_by(OrderLine.id)
    return evening.session.scalars(found).all()[0]


def _on_resale(evening: Evening) -> tuple[int, int]:
    order = evening.second_sale.order_id
    line = _seat_line(evening, order)
    resale = add(
        evening.session, Resale, order_id=order, order_line_id=line.id, open_line_id=line.id,
        performance_id=line.performance_id, seat_id=line.seat_id, commission_minor=250, state="open",
        made_by_id=_change(evening, order, "resale"), created_at=utc_now(),
    )  # fmt: skip
    evening.change(
        "UPDATE performance_seat SET state='free', order_line_id=NULL, prior_order_line_id=:line"
        " WHERE order_line_id=:line", line=line.id,
    )  # fmt: skip
    return resale, line.id


def _resold(evening: Evening) -> tuple[int, int, int, int]:
    session, order = evening.session, evening.gala_sale.order_id
    line = _seat_line(evening, order)
    made, ended = _change(evening, order, "resale"), _change(evening, order, "resold")
    resale = add(
        session, Resale, order_id=order, order_line_id=line.id, performance_id=line.performance_id,
        seat_id=line.seat_id, commission_minor=400, state="resold", made_by_id=made, ended_by_id=ended,
        created_at=utc_now(), closed_at=utc_now(),
    )  # fmt: skip
    evening.change("UPDATE order_line SET state='returned', ended_by_id=:e WHERE id=:l", e=ended, l=line.id)
    fee = add(session, OrderLine, order_id=order, kind="fee", for_line_id=line.id, price_minor=400, made_by_id=ended)
    payment = session.execute(text("SELECT id FROM payment WHERE order_id=:o"), {"o": order}).scalar_one()
    refund = add(
        session, Refund, request_id=uuid4().hex, order_id=order, payment_id=payment, method="cash", state="due",
        amount_minor=line.price_minor - 400, reason="resold", made_by_id=ended, till_id=evening.small.till_id,
        staff_id=evening.small.cashier.staff_id, created_at=utc_now(),
    )  # fmt: skip
    return resale, line.id, fee, refund
