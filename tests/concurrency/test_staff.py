from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pos_app.domain.roles import Actor, Role
from pos_app.domain.staff.members import StaffDraft
from pos_app.services.staff.members import add_staff_member, list_staff
from tests.concurrency.staff_deeds import take_the_others_role
from tests.concurrency.tills import Job, let_go, open_tills

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.concurrency.conftest import Arena


@pytest.mark.parametrize("round_number", range(4))
def test_two_managers_who_take_each_others_role_at_once_leave_one(
    make_arena: Callable[..., Arena], round_number: int
) -> None:
    arena = make_arena(rows=1, seats_per_row=2)
    mario = arena.house.manager
    zoe_id = arena.database.transact(
        add_staff_member, mario, StaffDraft("Zoe Second", Role.MANAGER), password_hash="unused"
    ).staff_id
    zoe = Actor(zoe_id, "Zoe Second", Role.MANAGER, arena.house.other_till_id, "Till 2")
    jobs = [
        Job(arena.url, mario, take_the_others_role, {"other_id": zoe_id}),
        Job(arena.url, zoe, take_the_others_role, {"other_id": mario.staff_id}),
    ]
    with open_tills(jobs) as tills:
        let_go(tills)
        for till in tills:
            till.hear("ready")
        let_go(tills)
        told = [till.result() for till in tills]
    assert sorted(told) == ["done", "refused"]
    left = mario if told[0] == "done" else zoe
    managers = [one.staff_id for one in arena.database.read(list_staff, left) if one.role is Role.MANAGER]
    assert managers == [left.staff_id]
    arena.require_sound()
