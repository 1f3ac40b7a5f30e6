from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select, update

from pos_app.db.models import Till
from pos_app.services.tills.finding import find_till

if TYPE_CHECKING:
    from tests.houses import OpenHouse


def test_a_computer_is_found_by_its_key_unless_it_is_a_gate(house: OpenHouse) -> None:
    till = house.small.till_id
    key = house.database.read(lambda s: s.scalars(select(Till.machine_key).where(Till.id == till)).one())
    assert house.database.read(find_till, key) == till
    assert house.database.read(find_till, "another") is None
    house.database.transact(lambda s: s.execute(update(Till).where(Till.id == till).values(kind="gate")))
    assert house.database.read(find_till, key) is None
