from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select, update

from pos_app.db.clock import utc_now
from pos_app.db.models import TillKey
from pos_app.documents.house_keys import WrappingKey, new_house_keys
from pos_app.domain.errors import HouseKeyNeeded, TillNotEnrolled
from pos_app.services.staff.house_keys import make_house_keys
from pos_app.services.tills.house_keys import is_vouched_for, load_house_key, require_these, sign_all_keys
from pos_app.services.tills.registering import enrol_key, load_till, require_key

if TYPE_CHECKING:
    from tests.houses import OpenHouse

KEYS = new_house_keys()
QUICK = WrappingKey("00" * 16, bytes(32))


def own_key(house: OpenHouse) -> TillKey:
    return house.database.read(lambda session: session.get_one(TillKey, house.small.key_id))


def unsign(house: OpenHouse) -> None:
    house.database.transact(lambda session: session.execute(update(TillKey).values(signature=None)))


def test_before_a_house_has_a_key_all_that_are_enrolled_are_trusted(house: OpenHouse) -> None:
    assert house.database.read(load_house_key) is None
    assert is_vouched_for(None, 1, "ab" * 32, None)
    assert house.database.transact(require_these, None) is None
    assert house.database.read(require_key, house.small.till_id, own_key(house).public_key) == house.small.key_id


def test_revoked_keys_are_not_signed(house: OpenHouse) -> None:
    gone = update(TillKey).values(revoked_at=utc_now())
    house.database.transact(lambda session: session.execute(gone))
    assert house.database.transact(sign_all_keys, KEYS) == 0
    assert house.database.read(lambda session: session.scalars(select(TillKey.signature)).all()) == [None]


def test_a_till_that_the_house_does_not_vouch_for_prints_nothing_until_it_is_enrolled_again(house: OpenHouse) -> None:
    small, database = house.small, house.database
    database.transact(make_house_keys, small.manager, KEYS, QUICK)
    key = own_key(house)
    assert is_vouched_for(database.read(load_house_key), key.till_id, key.public_key, key.signature)
    unsign(house)
    assert database.read(load_till, small.till_id, key.public_key).key_id is None
    with pytest.raises(TillNotEnrolled):
        database.read(require_key, small.till_id, key.public_key)
    with pytest.raises(HouseKeyNeeded):
        database.transact(enrol_key, small.manager, key.public_key)
    assert database.transact(enrol_key, small.manager, key.public_key, KEYS) == small.key_id
    assert database.read(load_till, small.till_id, key.public_key).key_id == small.key_id
    # Vouched for, it may be enrolled again by whoever has opened nothing.
    assert database.transact(enrol_key, small.manager, key.public_key) == small.key_id


def test_the_keys_of_another_house_are_none_here(house: OpenHouse) -> None:
    house.database.transact(make_house_keys, house.small.manager, KEYS, QUICK)
    for keys in (None, new_house_keys()):
        with pytest.raises(HouseKeyNeeded, match="a manager's password opens"):
            house.database.transact(require_these, keys)
    assert house.database.transact(require_these, KEYS) == house.database.read(load_house_key)
