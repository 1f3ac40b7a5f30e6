from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import update

from pos_app.db.clock import utc_plus
from pos_app.db.models import AuditEntry
from pos_app.services.audit import record
from pos_app.services.server_time import load_clock_setback, load_server_time

if TYPE_CHECKING:
    from tests.houses import OpenHouse


def test_the_servers_time_runs_on_and_is_in_utc(house: OpenHouse) -> None:
    first, then = (house.database.read(load_server_time) for _ in range(2))
    assert first <= then
    assert first.utcoffset() is not None
    assert not first.utcoffset()


def test_a_clock_that_stands_before_the_last_entry_of_a_till_was_set_back(house: OpenHouse) -> None:
    small = house.small
    assert house.database.read(load_clock_setback, small.till_id) == 0
    house.database.transact(lambda session: record(session, small.cashier, "tested"))
    # Days counted in fractions, as SQLite has them, are exact to some hundredth of a millisecond.
    assert house.database.read(load_clock_setback, small.till_id) < 0.001
    later = update(AuditEntry).values(recorded_at=utc_plus(600))
    house.database.transact(lambda session: session.execute(later))
    assert 590 < house.database.read(load_clock_setback, small.till_id) < 600.001
    assert house.database.read(load_clock_setback, small.other_till_id) == 0, "its own chain"
