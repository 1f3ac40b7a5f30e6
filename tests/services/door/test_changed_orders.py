"""An order of which one ticket was refunded and one exchanged: gates judge each ticket by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from uuid import uuid4

import pytest
from sqlalchemy import select, update

from pos_app.db.clock import utc_now
from pos_app.db.models import OrderLine, Payment, PerformanceSeat, Refund, Ticket
from pos_app.db.results import insert_row
from pos_app.doctor import judge_database
from pos_app.domain.door.check_in import Reason, Scan, Verdict
from pos_app.domain.orders.changes import ChangeKind
from pos_app.domain.seats import SeatKey
from pos_app.services.door.check_in import check_in
from pos_app.services.door.finding import find_guests
from pos_app.services.door.guest_lists import count_guests
from pos_app.services.door.order_party import others_of_order
from pos_app.services.orders.ledger import end_lines, open_change
from pos_app.services.orders.ledger_seats import free_sold, lock_seats
from pos_app.services.selling.sale_rows import insert_tickets
from tests.services.door.gate import MAIN, verdict
from tests.services.stories import signed_code, sold

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from pos_app.domain.door.check_in import ScanResult
    from pos_app.services.orders.ledger import OpenChange
    from tests.houses import OpenHouse


class Party(NamedTuple):
    """What the guests of one order have in their hands; new: the ticket that was given for the one exchanged."""

    house: OpenHouse
    order_id: int
    new_id: int
    refunded: str
    exchanged: str
    kept: str
    new: str

    def scan(self, code: str) -> ScanResult:
        small = self.house.small
        asked = Scan(small.performance_id, MAIN, code, uuid4().hex)
        return self.house.database.transact(check_in, small.steward, asked)


@pytest.fixture
def party(house: OpenHouse) -> Party:
    """Sell three seats of the first row, refund the first ticket, and exchange the second one for one of row 4."""
    small, database = house.small, house.database
    sale = sold(house, small.seats_of(1, (1, 2, 3)))
    codes = [signed_code(house, ticket) for ticket in sale.ticket_ids]
    order = sale.order_id
    database.transact(_refund, house, order, sale.ticket_ids[0])
    new = database.transact(_exchange, house, order, sale.ticket_ids[1], small.seat(4, 1))
    return Party(house, order, new, *codes, signed_code(house, new))


def _end(session: Session, house: OpenHouse, order: int, ticket: int, kind: ChangeKind) -> tuple[OpenChange, OrderLine]:
    line = session.scalars(select(OrderLine).join(Ticket).where(Ticket.id == ticket)).one()
    change = open_change(session, house.small.cashier, order, kind, request_id=uuid4().hex, seen=None)
    seat = SeatKey(house.small.performance_id, line.seat_id or 0)
    assert lock_seats(session, {seat}) == {seat: line.id}
    (ended,) = end_lines(session, change, [line.id])
    assert (ended.seat, ended.brought_minor, ended.ticket_id, ended.is_used) == (seat, line.price_minor, ticket, False)
    free_sold(session, {seat: line.id})
    return change, line


def _refund(session: Session, house: OpenHouse, order: int, ticket: int) -> None:
    change, line = _end(session, house, order, ticket, ChangeKind.REFUND)
    payment = session.scalars(select(Payment).where(Payment.order_id == order)).one()
    session.execute(update(Payment).where(Payment.id == payment.id).values(refunded_minor=line.price_minor))
    insert_row(
        session, Refund, request_id=uuid4().hex, order_id=order, payment_id=payment.id, method=payment.method,
        amount_minor=line.price_minor, reason="ill", made_by_id=change.change_id, till_id=house.small.till_id,
        staff_id=house.small.cashier.staff_id, created_at=utc_now(),
    )  # fmt: skip


def _exchange(session: Session, house: OpenHouse, order: int, ticket: int, seat: SeatKey) -> int:
    change, old = _end(session, house, order, ticket, ChangeKind.EXCHANGE)
    line = insert_row(
        session, OrderLine, order_id=order, performance_id=seat.performance_id, seat_id=seat.seat_id,
        category_id=old.category_id, ticket_type_id=old.ticket_type_id, price_minor=old.price_minor,
        made_by_id=change.change_id,
    )  # fmt: skip
    here = (PerformanceSeat.performance_id == seat.performance_id, PerformanceSeat.seat_id == seat.seat_id)
    session.execute(update(PerformanceSeat).where(*here).values(state="sold", order_line_id=line))
    (new,) = insert_tickets(session, {seat: line})
    return new


def test_kept_and_new_tickets_are_green_and_the_others_say_what_became_of_them(party: Party) -> None:
    assert party.house.database.read(judge_database) == ()
    refunded, exchanged = party.scan(party.refunded), party.scan(party.exchanged)
    assert verdict(refunded) == verdict(exchanged) == (Verdict.REFUSED, Reason.CANCELED)
    assert "refunded" in refunded.headline
    assert "exchanged for another one" in exchanged.headline
    assert "Ask for the new ticket" in exchanged.advice
    assert party.house.database.read(count_guests, party.house.small.performance_id).expected == 2
    kept = party.scan(party.kept)
    assert verdict(kept) == (Verdict.ADMITTED, Reason.NONE)
    together = party.house.database.read(others_of_order, party.house.small.steward, kept.check_in_id)
    assert [one.ticket_id for one in together.others] == [party.new_id]
    assert verdict(party.scan(party.new)) == (Verdict.ADMITTED, Reason.NONE)


def test_the_door_finds_all_and_tells_what_became_of_each(party: Party) -> None:
    found = party.house.database.read(find_guests, party.house.small.performance_id, "Anna Guest")
    told = {(one.place.row, one.place.number): one.became for one in found.guests}
    assert told == {("A", "1"): "returned", ("A", "2"): "exchanged", ("A", "3"): "", ("D", "1"): ""}
    assert [one.void for one in found.guests] == [False, False, True, True]
    assert all((one.gone_at is not None) == one.void for one in found.guests)
    assert found.time_zone == "Europe/Berlin"


def test_a_line_that_is_not_paid_yet_keeps_only_its_own_ticket_out(party: Party) -> None:
    unpaid = select(Ticket.order_line_id).where(Ticket.id == party.new_id).scalar_subquery()
    reserve = update(OrderLine).where(OrderLine.id == unpaid).values(state="reserved")
    party.house.database.transact(lambda session: session.execute(reserve))
    assert verdict(party.scan(party.new)) == (Verdict.REFUSED, Reason.UNPAID)
    assert verdict(party.scan(party.kept)) == (Verdict.ADMITTED, Reason.NONE)
