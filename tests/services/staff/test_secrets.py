from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pos_app.documents.house_keys import WrappingKey, new_house_keys
from pos_app.domain.errors import HouseKeyNeeded
from pos_app.domain.roles import Role
from pos_app.services.staff.house_keys import make_house_keys
from pos_app.services.staff.passwords import create_staff_member
from pos_app.services.staff.sealing import open_pin
from pos_app.services.staff.secrets import change_pin_hash, has_pin, load_secret, seal_all_pins

if TYPE_CHECKING:
    from tests.houses import OpenHouse

KEYS = new_house_keys()


def new(house: OpenHouse, name: str, pin_hash: str, pepper: bytes | None = None) -> int:
    return house.database.transact(
        create_staff_member, name=name, role=Role.CASHIER, password_hash="p", pin_hash=pin_hash, pepper=pepper
    )


def test_before_a_house_has_keys_hashes_are_stored_as_they_are(house: OpenHouse) -> None:
    staff_id = new(house, "Zoe", "a hash")
    assert house.database.read(load_secret, staff_id) == ("p", "a hash")
    assert house.database.read(has_pin, staff_id)
    assert house.database.read(load_secret, 987_654) == ("", "")
    assert not house.database.read(has_pin, 987_654)


def test_all_pins_are_sealed_once_and_no_pin_stays_none(house: OpenHouse) -> None:
    with_pin, without = new(house, "Zoe", "a hash"), new(house, "Yan", "")
    for _ in range(2):
        assert house.database.transact(seal_all_pins, KEYS.pepper) == 4
    assert open_pin(KEYS.pepper, with_pin, house.database.read(load_secret, with_pin)[1]) == "a hash"
    assert house.database.read(load_secret, without) == ("p", "")


def test_in_a_house_with_keys_a_pin_is_sealed_under_its_own_pepper_or_not_stored(house: OpenHouse) -> None:
    house.database.transact(make_house_keys, house.small.manager, KEYS, WrappingKey("00" * 16, bytes(32)))
    staff_id = new(house, "Zoe", "a hash", KEYS.pepper)
    assert open_pin(KEYS.pepper, staff_id, house.database.read(load_secret, staff_id)[1]) == "a hash"
    for pepper in (None, new_house_keys().pepper):
        with pytest.raises(HouseKeyNeeded):
            new(house, "Yan", "a hash", pepper)
        with pytest.raises(HouseKeyNeeded):
            house.database.transact(change_pin_hash, staff_id, "another", pepper)
    house.database.transact(change_pin_hash, staff_id, "", None)
    assert not house.database.read(has_pin, staff_id)
