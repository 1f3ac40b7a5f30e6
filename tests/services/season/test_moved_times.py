"""When a performance should have begun, as it was told at the time of each sale."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import update

from pos_app.db.models import Setting
from pos_app.services.season.moved_times import load_time_known
from pos_app.services.season.performance_records import load_performance_record
from pos_app.services.server_time import load_server_time
from tests.services.season.test_moved_reservations import move

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from tests.houses import OpenHouse


def known(house: OpenHouse, since: datetime) -> datetime | None:
    return house.database.read(load_time_known, house.small.performance_id, since)


def _damage(session: Session, value: str) -> None:
    session.execute(update(Setting).where(Setting.name.startswith("moved_performance:")).values(value=value))


def test_it_is_the_time_that_was_told_at_that_moment(house: OpenHouse) -> None:
    def now() -> datetime:
        return house.database.read(load_server_time)

    def starts() -> datetime:
        return house.database.read(load_performance_record, house.small.performance_id).starts_at

    first, at_first = starts(), now()
    assert known(house, at_first) is None
    move(house, timedelta(days=1))
    second, at_second = starts(), now()
    move(house, timedelta(days=2))
    assert known(house, at_first) == first
    assert known(house, at_second) == second
    assert known(house, now()) is None
    assert house.database.read(load_time_known, house.small.gala_id, at_first) is None


def test_what_is_damaged_tells_nothing(house: OpenHouse) -> None:
    at = house.database.read(load_server_time)
    move(house, timedelta(days=1))
    for value in ("{", "3", "[3]", '[{"was": "long ago", "until": 4}]'):
        house.database.transact(_damage, value)
        assert known(house, at) is None
    move(house, timedelta(days=1))
    assert known(house, at) is not None
