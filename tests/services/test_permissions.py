from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from pos_app.db.clock import utc_now
from pos_app.domain.errors import NotPermitted
from pos_app.domain.roles import Permission, Role
from pos_app.services.permissions import require, require_staff
from tests.services.stories import change_staff

if TYPE_CHECKING:
    from tests.houses import OpenHouse


def test_the_role_is_that_of_the_database_whatever_the_till_believes(house: OpenHouse) -> None:
    promoted = replace(house.small.cashier, role=Role.MANAGER)
    with pytest.raises(NotPermitted, match="Carla Cash may not change this"):
        house.database.read(require, promoted, Permission.MANAGE)
    change_staff(house, house.small.cashier, role=Role.MANAGER)
    house.database.read(require, house.small.cashier, Permission.MANAGE)


@pytest.mark.parametrize("left", [{"active": False}, {"deleted_at": utc_now()}])
def test_who_works_here_no_more_may_do_nothing(house: OpenHouse, left: dict[str, Any]) -> None:
    change_staff(house, house.small.manager, **left)
    with pytest.raises(NotPermitted, match="no longer active"):
        house.database.read(require, house.small.manager, Permission.SELL)


def test_somebody_else_is_looked_at_by_id_and_named(house: OpenHouse) -> None:
    assert house.database.read(require_staff, house.small.manager.staff_id, Permission.APPROVE) == "Mario Manager"
    with pytest.raises(NotPermitted):
        house.database.read(require_staff, 999, Permission.CHECK_IN)


@pytest.mark.parametrize("permission", list(Permission))
def test_every_refusal_says_what_may_not_be_done(house: OpenHouse, permission: Permission) -> None:
    steward = house.small.steward
    if permission is Permission.CHECK_IN:
        house.database.read(require, steward, permission)
        return
    with pytest.raises(NotPermitted, match=r"^Stella Steward may not .+\. Ask a manager\.$"):
        house.database.read(require, steward, permission)
