"""What the judge finds of reservations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from uuid import uuid4

from sqlalchemy import select

from pos_app.db.models import Hold
from pos_app.doctor.names import Names
from pos_app.doctor.reservations import judge_pick_ups, judge_releases, judge_reserved_lines, judge_reserved_seats
from pos_app.domain.orders.reservations import PickUpRequest, ReserveRequest
from pos_app.domain.selling.sales import PaymentMethod, SaleLine, Tender
from pos_app.services.orders.reservations.making import reserve
from pos_app.services.orders.reservations.opening import open_pick_up
from pos_app.services.orders.reservations.picking_up import pick_up
from pos_app.services.selling.holds import place_hold
from tests.kinds import BOTH

if TYPE_CHECKING:
    from tests.doctor.conftest import Evening

_SEAT: Final = "WHERE performance_id=:p AND seat_id=:s"
_PAID_AT_FIRST: Final = (
    "UPDATE payment SET made_by_id=(SELECT min(id) FROM order_change WHERE order_id=:o AND kind='reserve')"
    " WHERE order_id=:o"
)
BROKEN: Final = (
    (f"UPDATE performance_seat SET claim_id=:other {_SEAT}", "which has no reserved line for it"),
    (f"UPDATE performance_seat SET claim_id=987654 {_SEAT}", "which is not there"),
    (f"UPDATE performance_seat SET claim_until='2026-01-01 00:00:00.000000' {_SEAT}", "is kept until"),
    (f"UPDATE performance_seat SET claim_until=NULL {_SEAT}", "reserved until"),
    (
        f"UPDATE performance_seat SET state='free', claim_kind=NULL, claim_id=NULL, claim_until=NULL {_SEAT}",
        "its place is free",
    ),
    (f"UPDATE performance_seat SET claim_kind='house', claim_id=NULL {_SEAT}", "claimed by somebody else"),
    ("UPDATE orders SET release_at=NULL WHERE id=:o", "nothing says until when"),
    ("UPDATE orders SET release_at=created_at WHERE id=:sold", "none of its seats is reserved"),
    ("UPDATE order_line SET state='reserved' WHERE kind='fee'", "a fee of it is reserved"),
    ("UPDATE orders SET pickup_hold_id=:hold WHERE id=:o", "has it open for paying"),
    ("UPDATE orders SET pickup_hold_id=987654, pickup_until=created_at WHERE id=:o", "has it open for paying"),
    (_PAID_AT_FIRST, "nothing was paid with it"),
    (_PAID_AT_FIRST, "a change that takes no money"),
)


@BOTH
def test_what_is_wrong_with_a_reservation_is_named(evening: Evening) -> None:
    session, small = evening.session, evening.small
    seats = small.seats_of(5, (1, 2, 3))
    place_hold(session, small.cashier, "basket", seats)
    lines = tuple(SaleLine(seat, small.adult_id) for seat in seats)
    made = reserve(session, small.cashier, ReserveRequest(uuid4().hex, "basket", lines, 3 * 2500, "Novak"))
    picked = open_pick_up(session, small.cashier, made.order_id, "other")
    tender = Tender(PaymentMethod.CASH, 2500, 2500)
    pick_up(
        session,
        small.cashier,
        PickUpRequest(uuid4().hex, made.order_id, "other", (picked.lines[0].line_id,), 2500, tender),
    )
    assert evening.judge() == ()
    names = Names(session)
    hold = session.scalars(select(Hold.id).limit(1)).one()
    told = {"p": small.performance_id, "s": small.seat_id(5, 2), "o": made.order_id, "hold": hold}
    told |= {"other": evening.sale.order_id, "sold": evening.sale.order_id}
    questions = (judge_reserved_seats, judge_reserved_lines, judge_releases, judge_pick_ups)
    for statement, sentence in BROKEN:
        with session.begin_nested() as undone:
            evening.change(statement, **{name: value for name, value in told.items() if f":{name}" in statement})
            found = [finding.message for question in questions for finding in question(session, names)]
            undone.rollback()
        assert any(sentence in message for message in found), (statement, found)
