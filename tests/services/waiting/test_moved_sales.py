"""No seat is held for who waited beyond the end of the sale, whenever that is moved."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select

from pos_app.db.clock import utc_plus
from pos_app.db.models import WaitingOffer
from pos_app.services.season.performance_records import load_performance_record
from pos_app.services.season.performances import draft_of, save_performance
from tests.services.letters.parties import joins, offered
from tests.services.letters.written import customer
from tests.services.season.test_moved_reservations import move
from tests.services.stories import change_seat, seat_row

if TYPE_CHECKING:
    from pos_app.domain.seats import SeatKey
    from tests.houses import OpenHouse

HOURS = 3600.0


def starts(house: OpenHouse) -> datetime:
    return house.database.read(load_performance_record, house.small.performance_id).starts_at


def ends(house: OpenHouse, offer: int) -> datetime:
    return house.database.read(lambda session: session.get_one(WaitingOffer, offer).expires_at)


def has_offer(house: OpenHouse, hours: float, **values: object) -> tuple[int, tuple[SeatKey, ...]]:
    """Hold two seats for a party, as the service that makes offers does."""
    seats = house.small.seats_of(1, (1, 2))
    offer = offered(house, joins(house, customer(house)), seats, ends_in=hours * HOURS, **values)
    until = ends(house, offer)
    for seat in seats:
        change_seat(house, seat, state="claimed", claim_kind="offer", claim_id=offer, claim_until=until, guarded=1)
    return offer, seats


def test_an_offer_ends_with_the_sale_that_ends_sooner(house: OpenHouse) -> None:
    offer, seats = has_offer(house, 20)
    before = starts(house)
    left = before - house.database.read(lambda session: session.execute(select(utc_plus(0))).scalar_one())
    move(house, timedelta(hours=2) - left)
    assert ends(house, offer) == starts(house) < before
    assert {seat_row(house, seat).claim_until for seat in seats} == {starts(house)}


def test_an_offer_that_ends_before_keeps_its_time(house: OpenHouse) -> None:
    offer, seats = has_offer(house, 1)
    until = ends(house, offer)
    move(house, timedelta(hours=2))
    assert ends(house, offer) == until
    assert {seat_row(house, seat).claim_until for seat in seats} == {until}


def test_the_end_of_the_sale_alone_moves_it_too(house: OpenHouse) -> None:
    offer, _ = has_offer(house, 20)
    small = house.small
    now = house.database.read(load_performance_record, small.performance_id)
    closes = ends(house, offer).replace(second=0, microsecond=0) - timedelta(hours=1)
    house.database.transact(save_performance, small.manager, now, replace(draft_of(now), off_sale_at=closes))
    assert ends(house, offer) == closes


def test_what_a_till_has_open_keeps_the_time_of_its_basket(house: OpenHouse) -> None:
    offer, seats = has_offer(house, 20, pickup_hold_id=77)
    until = ends(house, offer)
    change_seat(house, seats[0], claim_kind="basket", claim_id=77)
    small = house.small
    now = house.database.read(load_performance_record, small.performance_id)
    closes = until.replace(second=0, microsecond=0) - timedelta(hours=1)
    house.database.transact(save_performance, small.manager, now, replace(draft_of(now), off_sale_at=closes))
    assert ends(house, offer) == closes
    assert [seat_row(house, seat).claim_until for seat in seats] == [until, closes]


def test_what_is_over_is_left_alone(house: OpenHouse) -> None:
    offer, _ = has_offer(house, 20, state="sold")
    until = ends(house, offer)
    move(house, timedelta(hours=-10))
    assert ends(house, offer) == until
