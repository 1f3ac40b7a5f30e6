from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pos_app.documents.house_keys import WrappingKey, new_house_keys
from pos_app.domain.errors import HouseKeyNeeded, NotPermitted
from pos_app.domain.roles import Role
from pos_app.domain.staff.members import StaffDraft
from pos_app.services.staff.house_keys import load_wrap, make_house_keys, store_recovery
from pos_app.services.staff.members import add_staff_member
from pos_app.services.staff.new_secrets import set_password, set_pin
from pos_app.services.tills.house_keys import load_house_key
from pos_app.services.tills.registering import enrol_key

if TYPE_CHECKING:
    from tests.houses import OpenHouse

KEYS = new_house_keys()
QUICK = WrappingKey("00" * 16, bytes(32))


def test_only_a_manager_makes_keys_and_only_once(house: OpenHouse) -> None:
    small, database = house.small, house.database
    for actor in (small.cashier, small.steward):
        with pytest.raises(NotPermitted):
            database.transact(make_house_keys, actor, KEYS, QUICK)
    assert database.transact(make_house_keys, small.manager, KEYS, QUICK)
    assert not database.transact(make_house_keys, small.manager, new_house_keys(), QUICK)
    known = database.read(load_house_key)
    assert known is not None
    assert (known.public_key, known.pepper_check) == (KEYS.public_key, KEYS.pepper_check)


def test_once_there_are_keys_nothing_that_needs_them_is_done_without_or_with_others(house: OpenHouse) -> None:
    small, database = house.small, house.database
    database.transact(make_house_keys, small.manager, KEYS, QUICK)
    others = new_house_keys()
    before = database.read(load_wrap, small.manager.staff_id)
    for keys in (None, others):
        with pytest.raises(HouseKeyNeeded):
            database.transact(enrol_key, small.manager, "ab" * 32, keys)
        with pytest.raises(HouseKeyNeeded):
            database.transact(set_password, small.manager, small.manager.staff_id, "a hash", keys, QUICK)
        wanted = StaffDraft("Zoe", Role.MANAGER)
        with pytest.raises(HouseKeyNeeded):
            database.transact(
                add_staff_member, small.manager, wanted, password_hash="a hash", keys=keys, password_key=QUICK
            )
    with pytest.raises(HouseKeyNeeded):
        database.transact(store_recovery, small.manager, others, QUICK)
    for pepper in (None, others.pepper):
        with pytest.raises(HouseKeyNeeded, match="PINs cannot be set"):
            database.transact(set_pin, small.manager, small.cashier.staff_id, "a hash", 4, pepper)
    assert database.read(load_wrap, small.manager.staff_id) == before
    # A cashier's password needs no key.
    database.transact(set_password, small.manager, small.cashier.staff_id, "a hash")
