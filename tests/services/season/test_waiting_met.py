"""Who is met by a cancellation besides the orders: counted of this performance, and of nothing that is over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from pos_app.db.clock import utc_plus
from pos_app.domain.season.waiting_met import WaitingMet
from pos_app.services.season.cancellations import load_cancellation
from pos_app.services.season.waiting_met import load_waiting_ended, load_waiting_met
from tests.services.letters.parties import end_resale, joins, offered, put_on_resale, set_entry, set_offer
from tests.services.letters.written import customer
from tests.services.orders.letters.outbox import last_change
from tests.services.orders.refunding import live_lines
from tests.services.stories import sold
from tests.waiting import somebody

if TYPE_CHECKING:
    from datetime import datetime

    from tests.houses import OpenHouse


def met(house: OpenHouse, performance_id: int | None = None) -> WaitingMet:
    return house.database.read(load_waiting_met, performance_id or house.small.performance_id)


def test_who_waits_and_what_is_on_resale_is_counted(house: OpenHouse) -> None:
    small = house.small
    assert not met(house).is_any
    joins(house, customer(house))
    has = joins(house, somebody(house))
    offered(house, has, small.seats_of(1, (1, 2)))
    for state in ("sold", "lapsed", "left", "closed"):
        joins(house, somebody(house), state=state)
    joins(house, somebody(house), performance_id=small.gala_id)
    seats = small.seats_of(2, (1, 2))
    sale = sold(house, seats)
    lines = live_lines(house, sale)
    put_on_resale(house, sale.order_id, list(zip(lines, seats, strict=True)), last_change(house, sale.order_id), 1)
    end_resale(house, lines[0], "taken_back")
    assert met(house) == WaitingMet(parties=2, offers=1, resales=1)
    assert met(house, small.gala_id) == WaitingMet(parties=1)
    told = house.database.read(load_cancellation, small.manager, small.performance_id)
    assert told.waiting == WaitingMet(2, 1, 1)


def test_what_the_house_ended_is_counted_from_a_time_on(house: OpenHouse) -> None:
    def at(seconds: float) -> datetime:
        return house.database.read(lambda session: session.execute(select(utc_plus(seconds))).scalar_one())

    entry = joins(house, somebody(house))
    set_offer(house, offered(house, entry, house.small.seats_of(1, (1, 2))), state="withdrawn", closed_at=at(0))
    set_entry(house, entry, state="closed", closed_at=at(0))
    joins(house, somebody(house), state="left", closed_at=at(0))
    evening = house.small.performance_id
    assert house.database.read(load_waiting_ended, evening, at(-60)) == WaitingMet(parties=1, offers=1)
    assert not house.database.read(load_waiting_ended, evening, at(60)).is_any
