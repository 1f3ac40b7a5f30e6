"""A guest who has reserved and not paid: found by name, and told by the slip; nobody is let in."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from pos_app.domain.door.check_in import Reason, Scan, Verdict
from pos_app.services.door.check_in import check_in
from pos_app.services.door.finding import find_guests
from pos_app.services.orders.reservations.releasing import release_reservations
from tests.services.orders.ledgers import require_sound
from tests.services.orders.reserving import move_release, picked_up, reserved

if TYPE_CHECKING:
    from pos_app.domain.door.check_in import ScanResult
    from tests.houses import OpenHouse


def scan(house: OpenHouse, text: str) -> ScanResult:
    wanted = Scan(house.small.performance_id, "Main door", text, uuid4().hex)
    return house.database.transact(check_in, house.small.steward, wanted)


def test_who_has_not_paid_is_sent_to_the_box_office(house: OpenHouse) -> None:
    small, database = house.small, house.database
    seats = small.seats_of(1, (1, 2))
    made = reserved(house, seats, "Anna Novak")
    for typed in ("novak", made.number, "A 2"):
        found = database.read(find_guests, small.performance_id, typed).guests
        assert found, typed
        assert all(guest.unpaid and not guest.is_good and not guest.void for guest in found)
    told = scan(house, made.number)
    assert (told.verdict, told.reason) == (Verdict.REFUSED, Reason.UNPAID)
    assert told.advice == "Send the guest to the box office."
    picked_up(house, made.order_id, seats[:1])
    found = database.read(find_guests, small.performance_id, "novak").guests
    assert sorted(guest.unpaid for guest in found) == [False, True]
    assert scan(house, made.number).reason is Reason.UNPAID
    move_release(house, made.order_id, -10)
    database.transact(release_reservations)
    (good,) = database.read(find_guests, small.performance_id, "novak").guests
    assert good.is_good
    assert scan(house, made.number).headline == "This is the number of an order, and no ticket."
    assert scan(house, good.short_code).verdict is Verdict.ADMITTED
    require_sound(house)


def test_the_slip_of_a_reservation_that_is_over_says_so_and_asks_for_no_tickets(house: OpenHouse) -> None:
    made = reserved(house, [house.small.seat(1, 1)])
    move_release(house, made.order_id, -10)
    house.database.transact(release_reservations)
    told = scan(house, made.number)
    assert told.verdict is Verdict.REFUSED
    assert told.headline == "This reservation is over: its seats were given back."
    assert told.advice == "Send the guest to the box office."
