from __future__ import annotations

from pos_app.domain.roles import Permission, Role, may


def test_each_role_may_do_its_own_work_and_no_more() -> None:
    assert {one for one in Permission if may(Role.DOOR_STEWARD, one)} == {Permission.CHECK_IN}
    assert {one for one in Permission if may(Role.CASHIER, one)} == {
        Permission.SELL,
        Permission.REPRINT,
        Permission.VOID,
        Permission.EXCHANGE,
        Permission.RESERVE,
        Permission.CUSTOMERS,
        Permission.LETTERS,
        Permission.WAITING,
        Permission.RESALE,
    }
    assert all(may(Role.MANAGER, one) for one in Permission)
