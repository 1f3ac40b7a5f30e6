from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from pos_app.domain.editing import FieldRefused
from pos_app.domain.roles import Role
from pos_app.flows.sign_in import sign_in, sign_in_by_pin
from pos_app.flows.staff_secrets import change_pin
from pos_app.services.house.settings import load_house_settings, save_house_settings
from pos_app.services.staff.choices import list_approvers, list_staff_choices
from pos_app.services.tills.registering import KnownTill
from tests.services.stories import change_staff
from tests.small_house import NAMES, PASSWORDS

if TYPE_CHECKING:
    from tests.houses import OpenHouse


def _names(house: OpenHouse, till_id: int | None = None) -> list[str]:
    return [one.name for one in house.database.read(list_staff_choices, till_id)]


def _digits(house: OpenHouse, role: Role) -> int:
    return next(one.pin_digits for one in house.database.read(list_staff_choices) if one.role is role)


def test_who_worked_at_this_till_last_comes_first(house: OpenHouse) -> None:
    small = house.small
    here, there = (KnownTill(till, "Till", None, "a4", "") for till in (small.till_id, small.other_till_id))
    for till, role in ((here, Role.MANAGER), (here, Role.DOOR_STEWARD), (there, Role.CASHIER)):
        sign_in(house.database, till, NAMES[role], PASSWORDS[role])
    by_name = sorted(NAMES.values())
    assert _names(house) == by_name
    last = [NAMES[Role.DOOR_STEWARD], NAMES[Role.MANAGER]]
    assert _names(house, small.till_id) == [*last, *(name for name in by_name if name not in last)]
    assert _names(house, small.other_till_id)[0] == NAMES[Role.CASHIER]


def test_only_active_managers_may_approve(house: OpenHouse) -> None:
    assert [one.name for one in house.database.read(list_approvers)] == [NAMES[Role.MANAGER]]
    change_staff(house, house.small.cashier, role=Role.MANAGER)
    assert len(house.database.read(list_approvers)) == 2
    change_staff(house, house.small.manager, active=False)
    assert [one.name for one in house.database.read(list_approvers)] == [NAMES[Role.CASHIER]]


def test_a_pin_of_the_houses_length_is_known_to_be_complete_and_no_other_is_told(house: OpenHouse) -> None:
    small = house.small
    change_pin(house.database, small.manager, small.cashier.staff_id, "4711")
    assert _digits(house, Role.CASHIER) == 4
    usual = house.database.read(load_house_settings)
    house.database.transact(save_house_settings, small.manager, usual, replace(usual, pin_digits=6))
    assert _digits(house, Role.CASHIER) == 0
    with pytest.raises(FieldRefused) as refused:
        change_pin(house.database, small.manager, small.cashier.staff_id, "4711")
    assert "has 6 digits" in refused.value.fields["pin"]
    change_pin(house.database, small.manager, small.cashier.staff_id, "471147")
    assert _digits(house, Role.CASHIER) == 6
    change_pin(house.database, small.manager, small.cashier.staff_id, "")
    assert _digits(house, Role.CASHIER) == 0


def test_a_pin_from_before_the_rule_still_signs_in(house: OpenHouse) -> None:
    small = house.small
    change_pin(house.database, small.manager, small.cashier.staff_id, "4711")
    usual = house.database.read(load_house_settings)
    house.database.transact(save_house_settings, small.manager, usual, replace(usual, pin_digits=6))
    till = KnownTill(small.till_id, "Till 1", None, "a4", "")
    assert sign_in_by_pin(house.database, till, small.cashier.staff_id, "4711").name == NAMES[Role.CASHIER]
    assert _digits(house, Role.CASHIER) == 0
