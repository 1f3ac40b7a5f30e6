"""An approval is good for one thing, at one till, for two minutes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest
from sqlalchemy import select

from pos_app.db.models import Approval
from pos_app.domain.errors import ApprovalRefused, NotPermitted
from pos_app.domain.roles import Permission, Role
from pos_app.services.staff.approvals import (
    approve_oneself,
    look_at_approval,
    make_approval,
    spend_any,
    spend_approval,
)
from tests.services.stories import age_approvals, change_staff
from tests.small_house import allow

if TYPE_CHECKING:
    from pos_app.services.staff.approvals import Approved
    from tests.houses import OpenHouse

VOID: Final = Permission.VOID


def spend(house: OpenHouse, approval_id: int, request_id: str = "a", *, permission: Permission = VOID) -> Approved:
    return house.database.transact(spend_approval, house.small.cashier, approval_id, permission, request_id)


def look(house: OpenHouse, approval_id: int, request_id: str = "a") -> Approved:
    return house.database.read(look_at_approval, house.small.cashier, approval_id, VOID, request_id)


def spent_on(house: OpenHouse, approval_id: int) -> str | None:
    asked = select(Approval.spent_on).where(Approval.id == approval_id)
    return house.database.read(lambda session: session.execute(asked).scalar_one())


def test_it_is_spent_on_one_request_and_the_same_one_again_is_answered_as_before(house: OpenHouse) -> None:
    approval = house.database.transact(allow, house.small)
    assert look(house, approval) == look(house, approval)
    assert spent_on(house, approval) is None
    first = spend(house, approval)
    assert (first.staff_id, first.name) == (house.small.manager.staff_id, house.small.manager.name)
    age_approvals(house, 600)
    change_staff(house, house.small.manager, active=False)
    assert spend(house, approval) == look(house, approval) == first
    for ask in (spend, look):
        with pytest.raises(ApprovalRefused, match="good for one") as refusal:
            ask(house, approval, "b")
        assert "Ask a manager once more." in str(refusal.value)
    assert spent_on(house, approval) == "a"


def test_it_lapses_after_two_minutes_of_the_server(house: OpenHouse) -> None:
    approval = house.database.transact(allow, house.small)
    age_approvals(house, 121)
    for ask in (spend, look):
        with pytest.raises(ApprovalRefused, match="two minutes ago"):
            ask(house, approval)
    assert spent_on(house, approval) is None
    age_approvals(house, 110)
    spend(house, approval)


def test_it_is_good_for_nothing_else_and_at_no_other_till(house: OpenHouse) -> None:
    small = house.small
    approval = house.database.transact(allow, small)
    with pytest.raises(ApprovalRefused, match="approved something else"):
        spend(house, approval, permission=Permission.GIVE_AWAY)
    with pytest.raises(ApprovalRefused, match="not approved at this till"):
        house.database.transact(spend_approval, small.elsewhere(small.cashier), approval, VOID, "a")
    with pytest.raises(ApprovalRefused, match="not approved at this till"):
        spend(house, 987_654)
    assert spent_on(house, approval) is None
    spend(house, approval)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"active": False}, "closed meanwhile"),
        ({"role": Role.CASHIER}, "not a manager any more"),
    ],
)
def test_who_may_not_approve_any_more_has_allowed_nothing(
    house: OpenHouse, change: dict[str, object], told: str
) -> None:
    approval = house.database.transact(allow, house.small)
    change_staff(house, house.small.manager, **change)
    for ask in (spend, look):
        with pytest.raises(ApprovalRefused, match=told):
            ask(house, approval)
    assert spent_on(house, approval) is None, "the refusal left the transaction"


def test_only_a_manager_makes_one(house: OpenHouse) -> None:
    small = house.small
    for staff_id in (small.cashier.staff_id, small.steward.staff_id, 987_654):
        with pytest.raises(NotPermitted):
            house.database.transact(make_approval, staff_id, small.till_id, VOID)


def test_the_manager_who_acts_approves_by_the_role_that_is_stored(house: OpenHouse) -> None:
    small = house.small
    told = house.database.transact(spend_any, small.manager, None, VOID, "mine")
    assert spent_on(house, told.approval_id) == "mine"
    assert told.staff_id == small.manager.staff_id
    with pytest.raises(NotPermitted):
        house.database.transact(approve_oneself, small.cashier, VOID, "not mine")
    change_staff(house, small.manager, role=Role.CASHIER)
    with pytest.raises(NotPermitted):
        house.database.transact(spend_any, small.manager, None, VOID, "mine no more")
