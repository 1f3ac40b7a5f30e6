"""What somebody may still do whose account was closed, or whose role was changed, in the middle of a sale."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from pos_app.db.clock import utc_now
from pos_app.domain.errors import NotPermitted
from pos_app.domain.roles import Role
from pos_app.services.selling.sales import sell
from pos_app.services.staff.standing import load_standing
from pos_app.services.tills.records import archive_till, restore_till
from tests.services.stories import cash_request, change_staff, hold, run_out

if TYPE_CHECKING:
    from tests.houses import OpenHouse


@pytest.mark.parametrize("left", [{"active": False}, {"deleted_at": utc_now()}, {"role": Role.DOOR_STEWARD}])
def test_somebody_who_may_not_sell_any_more_finishes_the_basket_held_and_nothing_else(
    house: OpenHouse, left: dict[str, object]
) -> None:
    own = hold(house, [house.small.seat(1, 1)])
    over = hold(house, [house.small.seat(1, 2)])
    anothers = hold(house, [house.small.seat(1, 3)], actor=house.small.manager)
    change_staff(house, house.small.cashier, **left)
    run_out(house, over)
    for basket in (over, anothers):
        with pytest.raises(NotPermitted):
            house.database.transact(sell, house.small.cashier, cash_request(house, basket))
    with pytest.raises(NotPermitted):
        hold(house, [house.small.seat(1, 4)])
    request = cash_request(house, own)
    sale = house.database.transact(sell, house.small.cashier, request)
    assert house.database.transact(sell, house.small.cashier, request) == sale
    request = replace(request, request_id=uuid4().hex)
    with pytest.raises(NotPermitted):
        house.database.transact(sell, house.small.cashier, request)


@pytest.mark.parametrize(
    ("change", "role"),
    [
        ({}, Role.CASHIER),
        ({"active": False}, None),
        ({"deleted_at": utc_now()}, None),
        ({"role": Role.MANAGER}, Role.MANAGER),
    ],
)
def test_the_pulse_tells_what_somebody_is_now(house: OpenHouse, change: dict[str, object], role: Role | None) -> None:
    if change:
        change_staff(house, house.small.cashier, **change)
    standing = house.database.read(load_standing, house.small.cashier.staff_id, house.small.till_id)
    assert standing.role is role
    assert standing.time.tzinfo is not None
    assert house.database.read(load_standing, 9999, 9999).role is None


def test_at_a_till_that_is_put_away_only_a_manager_works_on(house: OpenHouse) -> None:
    small = house.small
    house.database.transact(archive_till, small.manager, small.other_till_id)
    standing = house.database.read(load_standing, small.cashier.staff_id, small.other_till_id)
    assert (standing.role, standing.till_in_use, standing.lets_work(Role.CASHIER)) == (Role.CASHIER, False, False)
    assert house.database.read(load_standing, small.manager.staff_id, small.other_till_id).lets_work(Role.MANAGER)
    assert house.database.read(load_standing, small.cashier.staff_id, small.till_id).lets_work(Role.CASHIER)
    house.database.transact(restore_till, small.manager, small.other_till_id)
    assert house.database.read(load_standing, small.cashier.staff_id, small.other_till_id).till_in_use
