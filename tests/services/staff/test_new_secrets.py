from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pos_app.documents.house_keys import WrappingKey, new_house_keys
from pos_app.domain.editing import FieldRefused
from pos_app.domain.errors import NotPermitted, SignInRefused
from pos_app.domain.roles import Role
from pos_app.flows.sign_in import sign_in
from pos_app.services.staff.house_keys import load_wrap, make_house_keys
from pos_app.services.staff.new_secrets import set_password, set_pin
from pos_app.services.staff.passwords import hash_secret
from tests.services.staff.test_members import actions, at_window, of
from tests.small_house import NAMES, PASSWORDS

if TYPE_CHECKING:
    from tests.houses import OpenHouse


def test_a_new_password_is_good_at_once_and_the_old_one_no_more(house: OpenHouse) -> None:
    house.database.transact(
        set_password, house.small.manager, house.small.cashier.staff_id, hash_secret("fresh-secret")
    )
    sign_in(house.database, at_window(house), NAMES[Role.CASHIER], "fresh-secret")
    with pytest.raises(SignInRefused):
        sign_in(house.database, at_window(house), NAMES[Role.CASHIER], PASSWORDS[Role.CASHIER])
    house.database.transact(set_pin, house.small.manager, house.small.cashier.staff_id, "")
    assert not of(house, house.small.cashier).has_pin
    assert actions(house)[-2:] == ["staff_password_reset", "staff_pin_removed"]


def test_nobody_but_a_manager_sets_them(house: OpenHouse) -> None:
    small = house.small
    with pytest.raises(NotPermitted):
        house.database.transact(set_password, small.cashier, small.cashier.staff_id, "a hash")
    with pytest.raises(NotPermitted):
        house.database.transact(set_pin, small.cashier, small.cashier.staff_id, "a hash", 4)


def test_a_managers_pin_is_longer_than_the_houses_and_a_cashiers_is_not(house: OpenHouse) -> None:
    small = house.small
    house.database.transact(set_pin, small.manager, small.manager.staff_id, "a hash", 6)
    house.database.transact(set_pin, small.manager, small.cashier.staff_id, "a hash", 4)
    for digits in (4, 5, 7):
        with pytest.raises(FieldRefused, match="A manager's PIN has 6 digits"):
            house.database.transact(set_pin, small.manager, small.manager.staff_id, "a hash", digits)
    with pytest.raises(FieldRefused, match="A PIN of this house has 4 digits"):
        house.database.transact(set_pin, small.manager, small.cashier.staff_id, "a hash", 6)


def test_a_managers_new_password_wraps_the_keys_anew(house: OpenHouse) -> None:
    small, keys, quick = house.small, new_house_keys(), WrappingKey("00" * 16, bytes(32))
    house.database.transact(make_house_keys, small.manager, keys, quick)
    before = house.database.read(load_wrap, small.manager.staff_id)
    other = WrappingKey("11" * 16, bytes(32))
    house.database.transact(set_password, small.manager, small.manager.staff_id, "a hash", keys, other)
    after = house.database.read(load_wrap, small.manager.staff_id)
    assert before is not None
    assert after is not None
    assert (before.salt, after.salt) == (quick.salt, other.salt)
