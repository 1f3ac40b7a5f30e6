from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sqlalchemy import insert

from pos_app.db.models import Setting
from pos_app.services.tills.door_locks import load_door_locks, note_door_lock
from pos_app.services.tills.records import save_till
from tests.services.tills.test_records import all_tills, draft_of

if TYPE_CHECKING:
    from tests.houses import OpenHouse


def test_no_door_locks_itself_until_a_manager_decides_it_for_its_till(house: OpenHouse) -> None:
    small = house.small
    assert {till.door_lock_minutes for till in all_tills(house).values()} == {0}
    for minutes in (15, 60, 60, 0, 0, 5):
        before = all_tills(house)[small.till_id]
        saved = house.database.transact(
            save_till, small.manager, before, replace(draft_of(before), door_lock_minutes=minutes)
        )
        assert saved.door_lock_minutes == minutes
    here = all_tills(house)
    assert here[small.till_id].door_lock_minutes == 5
    assert here[small.other_till_id].door_lock_minutes == 0


def _store(house: OpenHouse, name: str, value: str) -> None:
    house.database.transact(lambda session: session.execute(insert(Setting).values(name=name, value=value)))


def test_what_cannot_be_is_read_as_never(house: OpenHouse) -> None:
    till = house.small.till_id
    for value in ("7", "-5", "soon", ""):
        _store(house, f"door_lock:{till}", value)
        assert house.database.read(load_door_locks, [till, 99]) == {till: 0, 99: 0}
        house.database.transact(note_door_lock, till, 0)
