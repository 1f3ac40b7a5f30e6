from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import update

from pos_app.db.models import Seat
from pos_app.services.season.performances import add_performance
from tests.services.season.evenings import START, new_draft

if TYPE_CHECKING:
    from tests.houses import OpenHouse


def test_seats_that_a_plan_has_no_more_are_not_put_on_sale(house: OpenHouse) -> None:
    house.database.transact(
        lambda s: s.execute(update(Seat).where(Seat.id == house.small.seat_id(1, 1)).values(deleted_at=START))
    )
    assert house.database.transact(add_performance, house.small.manager, new_draft(house)).capacity == 49
