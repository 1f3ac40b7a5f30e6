"""The recovery sheet gives a house back to its manager when every password is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pos_app.doctor import judge_database
from pos_app.domain.errors import HouseKeyNeeded, InvalidInput, NotFound, NotPermitted, SignInRefused
from pos_app.domain.roles import Role
from pos_app.flows.founding_keys import make_recovery_sheet, recover, replace_keys
from pos_app.flows.sign_in import sign_in
from pos_app.flows.staff_secrets import change_pin
from tests.services.stories import change_staff
from tests.small_house import NAMES, PASSWORDS

if TYPE_CHECKING:
    from tests.flows.key_house import KeyHouse

MANAGER = PASSWORDS[Role.MANAGER]


def test_a_manager_who_has_lost_the_password_gets_in_by_the_code_on_paper(keyed: KeyHouse) -> None:
    manager, database = keyed.by_password(Role.MANAGER), keyed.house.database
    with pytest.raises(InvalidInput, match="has no recovery sheet"):
        recover(database, "ABCD-EFGH-JKMN-PQRS-TUVW-XYZ2", NAMES[Role.MANAGER], "a new password")
    _, old = make_recovery_sheet(database, manager, MANAGER)
    _, code = make_recovery_sheet(database, manager, MANAGER)
    assert keyed.wraps() == [manager.staff_id, None]
    assert code not in str(keyed.actions())
    change_staff(keyed.house, manager, active=False)
    with keyed.at("another computer"):
        with pytest.raises(HouseKeyNeeded, match=r"does not open.*newer recovery sheet"):
            recover(database, old, NAMES[Role.MANAGER], "a new password")
        with pytest.raises(NotFound, match="No manager of this house"):
            recover(database, code, NAMES[Role.CASHIER], "a new password")
        with pytest.raises(InvalidInput, match="A password has"):
            recover(database, code, NAMES[Role.MANAGER], "short")
        assert recover(database, code.lower().replace("-", " "), "mario  MANAGER", "a new password") == "Mario Manager"
        keyed.by_password(Role.MANAGER, "a new password")
        assert keyed.by_pin(Role.CASHIER).role is Role.CASHIER
        # The keys open by the new password, as before by the old one.
        make_recovery_sheet(database, manager, "a new password")
    with pytest.raises(SignInRefused):
        sign_in(database, keyed.till(), NAMES[Role.MANAGER], MANAGER)
    assert "manager_recovered" in keyed.actions()
    assert database.read(judge_database) == ()


def test_a_sheet_is_made_by_the_password_and_not_by_whoever_stands_there(keyed: KeyHouse) -> None:
    manager = keyed.by_password(Role.MANAGER)
    with pytest.raises(SignInRefused, match="That password is not right"):
        make_recovery_sheet(keyed.house.database, manager, "222222")
    assert keyed.wraps() == [manager.staff_id]


def test_keys_that_nobody_opens_any_more_are_replaced_and_all_pins_fall(keyed: KeyHouse) -> None:
    manager, database = keyed.by_password(Role.MANAGER), keyed.house.database
    with keyed.at("gate"):
        keyed.by_password(Role.DOOR_STEWARD)
    before = keyed.house_key()
    with pytest.raises(NotPermitted):
        replace_keys(database, NAMES[Role.CASHIER], PASSWORDS[Role.CASHIER])
    with pytest.raises(SignInRefused):
        replace_keys(database, NAMES[Role.MANAGER], "222222")
    assert keyed.house_key() == before
    _, code = replace_keys(database, NAMES[Role.MANAGER], MANAGER)
    assert keyed.house_key() not in {"", before}
    assert set(keyed.pins()) == {""}
    assert database.read(judge_database) == ()
    with keyed.at("gate"):
        keyed.by_password(Role.DOOR_STEWARD)
        assert keyed.kept("gate").pinned() == before
        keyed.by_password(Role.MANAGER)
        assert keyed.kept("gate").pinned() == keyed.house_key()
    change_pin(database, manager, manager.staff_id, "987654")
    assert keyed.by_pin(Role.MANAGER, "987654").role is Role.MANAGER
    recover(database, code, NAMES[Role.MANAGER], "a new password")
