from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import update

from pos_app.db.clock import utc_now
from pos_app.db.models import Ticket
from pos_app.services.orders.ticket_faces import load_group_total, load_ticket_faces
from tests.services.stories import sold
from tests.small_house import ADULT_MINOR, GALA_ORDER_FEE_MINOR, GALA_TICKET_FEE_MINOR

if TYPE_CHECKING:
    from tests.houses import OpenHouse


def test_a_ticket_says_what_was_sold_and_its_code_is_the_tills_to_sign(house: OpenHouse) -> None:
    sale = sold(house, house.small.seats_of(2, (7,), house.small.gala_id))
    (face,) = house.database.read(load_ticket_faces, sale.ticket_ids)
    assert (face.event_title, face.venue_name, face.venue_address) == (
        "The Cherry Orchard",
        "The Little House",
        "1 High Street",
    )
    assert (face.place.spoken(), face.category, face.ticket_type) == ("Stalls, row B, seat 7", "A", "Adult")
    assert (face.price_minor, face.currency, face.order_number) == (ADULT_MINOR["A"], "EUR", sale.number)
    assert (face.performance_id, face.code, face.issue_count) == (house.small.gala_id, "", 1)
    assert len(face.short_code) == 10


def test_tickets_come_by_evening_and_seat_and_void_ones_are_left_out(house: OpenHouse) -> None:
    small = house.small
    sale = sold(house, (small.seat(1, 2, small.gala_id), small.seat(1, 3), small.seat(1, 1)))
    faces = house.database.read(load_ticket_faces, list(reversed(sale.ticket_ids)))
    assert [(one.performance_id, one.place.number) for one in faces] == [
        (small.performance_id, "1"),
        (small.performance_id, "3"),
        (small.gala_id, "2"),
    ]
    void = update(Ticket).where(Ticket.id == faces[0].ticket_id).values(voided_at=utc_now())
    house.database.transact(lambda session: session.execute(void))
    assert house.database.read(load_ticket_faces, sale.ticket_ids) == faces[1:]


def test_an_orders_total_is_told_for_all_its_tickets_and_not_for_a_part(house: OpenHouse) -> None:
    sale = sold(house, house.small.seats_of(1, (1, 2), house.small.gala_id))
    total = 2 * (ADULT_MINOR["A"] + GALA_TICKET_FEE_MINOR) + GALA_ORDER_FEE_MINOR
    assert house.database.read(load_group_total, sale.number, 2) == total
    assert house.database.read(load_group_total, sale.number, 1) is None
    assert house.database.read(load_group_total, "NONE2222", 1) is None
