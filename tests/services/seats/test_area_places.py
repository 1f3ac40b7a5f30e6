from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

from sqlalchemy import delete
from sqlalchemy.orm import Session

from pos_app.db.models import PerformanceSeat, Seat
from pos_app.domain.seats import SeatKey
from pos_app.services.selling.area_holds import set_places
from pos_app.services.selling.sales import sell
from tests.areas import AreaCount, count_areas
from tests.houses import on_a_server
from tests.services.selling.standing_places import CAPACITY, counts, place_ids, take
from tests.services.stories import cash_request, change_seat, run_out
from tests.standing import add_standing

if TYPE_CHECKING:
    from tests.houses import OpenHouse


def test_places_of_lapsed_baskets_are_taken_and_those_kept_back_are_not(house: OpenHouse, area: int) -> None:
    ids = place_ids(house, area)
    lapsed = take(house, area, 4)
    run_out(house, lapsed)
    for seat_id, kind in zip(ids[4:8], ("house", "blocked", "reservation", "offer"), strict=True):
        seat = SeatKey(house.small.performance_id, seat_id)
        change_seat(house, seat, state="claimed", claim_kind=kind, claim_id=1)
    change_seat(house, SeatKey(house.small.performance_id, ids[8]), guarded=True)
    assert counts(house, lapsed.hold_id) == AreaCount(area, CAPACITY, free=7, mine=0, held=5, sold=0)
    held = take(house, area, 7)
    assert {seat.seat_id for seat in held.seats} == {*ids[:4], *ids[9:]}


def test_places_with_gaps_between_their_ids_are_found(house: OpenHouse, area: int) -> None:
    other = house.database.transact(add_standing, house.small, 3, name="Terrace")
    ids = place_ids(house, area)

    def remove(session: Any) -> None:
        session.execute(delete(PerformanceSeat).where(PerformanceSeat.seat_id.in_(ids[3:5])))
        session.execute(delete(Seat).where(Seat.id.in_(ids[3:5])))

    house.database.transact(remove)
    held = take(house, area, CAPACITY - 2)
    assert {seat.seat_id for seat in held.seats} == set(ids) - set(ids[3:5])
    assert [(one.area_id, one.capacity) for one in house.database.read(count_areas, house.small.performance_id)] == [
        (area, CAPACITY - 2),
        (other, 3),
    ]


@on_a_server
def test_a_till_in_the_middle_of_taking_places_stops_nobody_else(house: OpenHouse) -> None:
    small = house.small
    standing = house.database.transact(add_standing, small, 120)
    sold_by_b = take(house, standing, 2)
    with Session(house.database.writer) as session:
        in_the_middle = set_places(session, small.cashier, uuid4().hex, small.performance_id, standing, 4)
        assert in_the_middle is not None
        # Each of these would give up after the server's lock wait, were its places locked.
        taken = take(house, standing, 5, actor=small.elsewhere(small.cashier))
        house.database.transact(sell, small.cashier, cash_request(house, sold_by_b))
        assert not {*taken.seats} & {*in_the_middle.seats}
        session.commit()
    assert counts(house).held == 9
