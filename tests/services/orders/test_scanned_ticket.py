from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from sqlalchemy import func, select, update

from pos_app.db.clock import utc_now
from pos_app.db.models import CheckIn, OrderLine, Performance, Ticket
from pos_app.documents.ticket_codes import TicketClaim, new_signing_key, sign_ticket
from pos_app.domain.codes import grouped
from pos_app.domain.door.check_in import Reason, Scan
from pos_app.domain.door.keyboards import DIGITS
from pos_app.domain.errors import NotPermitted
from pos_app.services.door.check_in import check_in
from pos_app.services.orders.scanned_ticket import ScannedTicket, tell_scanned
from tests.services.stories import signed_code, sold

if TYPE_CHECKING:
    from pos_app.domain.selling.sales import Sale
    from tests.houses import OpenHouse


@pytest.fixture
def sale(house: OpenHouse) -> Sale:
    return sold(house, house.small.seats_of(1, (1, 2)))


def told(house: OpenHouse, text: str) -> ScannedTicket:
    found = house.database.read(tell_scanned, house.small.cashier, text)
    stored = house.database.read(
        lambda session: session.execute(select(func.count()).select_from(CheckIn)).scalar_one()
    )
    assert stored == used(house), "nothing is stored of it"
    assert isinstance(found, ScannedTicket)
    return found


def used(house: OpenHouse) -> int:
    query = select(func.count()).select_from(CheckIn).where(CheckIn.gate == "Main door")
    return house.database.read(lambda session: session.execute(query).scalar_one())


def at_the_door(house: OpenHouse, text: str, *, leaving: bool = False) -> None:
    scan = Scan(house.small.performance_id, "Main door", text, uuid4().hex, leaving)
    house.database.transact(check_in, house.small.steward, scan)


def test_a_ticket_is_told_with_its_evening_its_place_and_its_order(house: OpenHouse, sale: Sale) -> None:
    for text in (signed_code(house, sale.ticket_ids[0]), signed_code(house, sale.ticket_ids[0]) * 2):
        ticket = told(house, text)
        assert ticket.is_good
        assert ticket.standing == "This ticket is good. Nobody has come in with it yet."
        for fact in ("“The Cherry Orchard”", "Stalls, row A, seat 1", "Adult", grouped(sale.number)):
            assert fact in ticket.what
        assert ticket.order_id == sale.order_id


def test_a_ticket_of_any_evening_is_told_be_it_typed_short_or_on_another_keyboard(house: OpenHouse) -> None:
    gala = sold(house, [house.small.seat(2, 1, house.small.gala_id)])
    short = house.database.read(lambda session: session.get_one(Ticket, gala.ticket_ids[0])).short_code
    french = signed_code(house, gala.ticket_ids[0]).translate(str.maketrans(DIGITS, "&é\"'(-è_çà"))
    for text in (short, grouped(short).lower(), french):
        assert told(house, text).order_id == gala.order_id
        assert told(house, text).is_good


def test_a_used_ticket_says_when_and_where(house: OpenHouse, sale: Sale) -> None:
    code = signed_code(house, sale.ticket_ids[0])
    at_the_door(house, code)
    inside = told(house, code)
    assert "used: in since" in inside.standing
    assert "Main door" in inside.standing
    assert (inside.reason, inside.is_used, inside.is_good) == (Reason.NONE, True, False)
    at_the_door(house, code, leaving=True)
    assert "went out again" in told(house, code).standing


def test_what_is_wrong_with_a_ticket_is_told(house: OpenHouse, sale: Sale) -> None:
    code = signed_code(house, sale.ticket_ids[0])

    def change(table: type, **values: object) -> None:
        house.database.transact(lambda session: session.execute(update(table).values(**values)))

    change(Performance, state="cancelled")
    assert told(house, code).standing == "This performance is cancelled."
    change(OrderLine, state="reserved")
    change(Performance, state="on_sale")
    assert told(house, code).standing == "This ticket is not paid yet."
    change(OrderLine, state="live")
    change(Ticket, issue_count=2)
    assert "newer print" in told(house, code).standing
    change(Ticket, voided_at=utc_now(), live_seat_id=None)
    void = told(house, code)
    assert void.standing == "This ticket was refunded or taken back."
    assert "Stalls, row A, seat 1" in void.what


def test_what_is_no_ticket_of_this_house_is_told_in_a_sentence(house: OpenHouse, sale: Sale) -> None:
    small = house.small
    private, _ = new_signing_key()
    forged = sign_ticket(private, TicketClaim(small.key_id, small.performance_id, sale.ticket_ids[0], 1))
    other_house = sign_ticket(private, TicketClaim(small.key_id + 40, 1, 1, 1))
    for text, sentence in (
        (forged, "This code was not made by this house."),
        (other_house, "This code is signed by a key that this house does not know, or has revoked."),
        ("ABCDEFGHJK", "There is no such ticket."),
        ("4006381333931", "What was scanned is no ticket of this house."),
        ("https://example.org/?q=1", "What was scanned is no ticket of this house."),
        ("\ud800\x00 9" * 200, "What was scanned is no ticket of this house."),
    ):
        ticket = told(house, text)
        assert (ticket.standing, ticket.what, ticket.order_id) == (sentence, "", None)


def test_an_order_of_another_till_is_told_too(house: OpenHouse) -> None:
    small = house.small
    elsewhere = sold(house, [small.seat(3, 1)], actor=small.elsewhere(small.cashier))
    ticket = told(house, signed_code(house, elsewhere.ticket_ids[0]))
    assert ticket.order_id == elsewhere.order_id


def test_who_sees_no_orders_is_told_of_none(house: OpenHouse, sale: Sale) -> None:
    with pytest.raises(NotPermitted):
        house.database.read(tell_scanned, house.small.steward, signed_code(house, sale.ticket_ids[0]))
