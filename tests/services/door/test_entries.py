from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import update

from pos_app.db.clock import utc_now
from pos_app.db.models import CheckIn
from pos_app.services.door.entries import look_for_entry
from tests.services.door.gate import SIDE

if TYPE_CHECKING:
    from tests.services.door.gate import Door


def test_the_entry_before_a_scan_is_the_one_that_could_be_seen_then(door: Door) -> None:
    door.scan(gate=SIDE)
    used = door.scan()
    database = door.house.database
    entry = database.read(look_for_entry, door.ticket_id, before=used.check_in_id)
    assert entry is not None
    assert entry.gate == SIDE
    taken_back = update(CheckIn).where(CheckIn.id == entry.check_in_id).values(undone_at=utc_now())
    database.transact(lambda session: session.execute(taken_back))
    # It was taken back later than that scan.
    assert database.read(look_for_entry, door.ticket_id, before=used.check_in_id) is not None
    assert database.read(look_for_entry, door.ticket_id, before=entry.check_in_id) is None
