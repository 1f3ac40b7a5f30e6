from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from pos_app.db.models import AuditEntry
from pos_app.domain.editing import ChangedMeanwhile, FieldRefused
from pos_app.domain.errors import NotFound, NotPermitted, SignInRefused
from pos_app.domain.roles import Actor, Role
from pos_app.domain.staff.members import StaffDraft
from pos_app.flows.sign_in import sign_in
from pos_app.services.staff.members import (
    add_staff_member,
    archive_staff_member,
    list_sign_ins,
    list_staff,
    restore_staff_member,
    save_staff_member,
)
from pos_app.services.staff.new_secrets import set_password
from pos_app.services.staff.passwords import hash_secret
from pos_app.services.tills.registering import KnownTill
from tests.small_house import NAMES, PASSWORDS

if TYPE_CHECKING:
    from pos_app.domain.staff.members import StaffRecord
    from tests.houses import OpenHouse


def of(house: OpenHouse, who: Actor) -> StaffRecord:
    everybody = house.database.read(list_staff, house.small.manager)
    return next(one for one in everybody if one.staff_id == who.staff_id)


def actions(house: OpenHouse) -> list[str]:
    return list(house.database.read(lambda s: s.scalars(select(AuditEntry.action).order_by(AuditEntry.id)).all()))


def draft_of(one: StaffRecord) -> StaffDraft:
    return StaffDraft(one.name, one.role, one.active)


def second_manager(house: OpenHouse) -> StaffRecord:
    wanted = StaffDraft("Zoe Second", Role.MANAGER)
    return house.database.transact(
        add_staff_member, house.small.manager, wanted, password_hash=hash_secret("zoe-secret")
    )


def at_window(house: OpenHouse) -> KnownTill:
    return KnownTill(house.small.till_id, "Till 1", house.small.key_id, "a4", "")


def test_somebody_new_can_sign_in_and_is_seen_to_have_done_so(house: OpenHouse) -> None:
    made = second_manager(house)
    assert (made.name, made.role, made.active, made.has_pin, made.last_seen) == (
        "Zoe Second",
        Role.MANAGER,
        True,
        False,
        None,
    )
    sign_in(house.database, at_window(house), "zoe second", "zoe-secret")
    with pytest.raises(SignInRefused):
        sign_in(house.database, at_window(house), "zoe second", "wrong")
    tries = house.database.read(list_sign_ins, house.small.manager, made.staff_id)
    assert [one.succeeded for one in tries] == [False, True]
    again = next(one for one in house.database.read(list_staff, house.small.manager) if one.staff_id == made.staff_id)
    assert again.last_seen == tries[1].at
    assert "staff_added" in actions(house)


def test_making_the_same_person_twice_by_the_same_request_makes_one(house: OpenHouse) -> None:
    wanted = StaffDraft("Zoe Second", Role.CASHIER)
    secret = hash_secret("zoe-secret")
    one, other = (
        house.database.transact(add_staff_member, house.small.manager, wanted, password_hash=secret) for _ in range(2)
    )
    assert one == other
    assert actions(house).count("staff_added") == 1


@pytest.mark.parametrize("name", ["", " ", "carla  CASH", "x" * 81])
def test_a_name_that_cannot_be_is_refused_beside_its_field(house: OpenHouse, name: str) -> None:
    with pytest.raises(FieldRefused) as refused:
        house.database.transact(
            add_staff_member, house.small.manager, StaffDraft(name, Role.CASHIER), password_hash=hash_secret("password")
        )
    assert list(refused.value.fields) == ["name"]


def test_a_changed_person_is_audited_with_what_was_before(house: OpenHouse) -> None:
    carla = of(house, house.small.cashier)
    saved = house.database.transact(
        save_staff_member, house.small.manager, carla, replace(draft_of(carla), name="Carla Cash-Berg", active=False)
    )
    assert (saved.name, saved.active) == ("Carla Cash-Berg", False)
    body = json.loads(
        house.database.read(lambda s: s.scalars(select(AuditEntry.body).order_by(AuditEntry.id.desc())).first()) or ""
    )
    assert body["before"] == {"name": "Carla Cash", "role": "cashier", "active": True}
    with pytest.raises(SignInRefused):
        sign_in(house.database, at_window(house), "Carla Cash-Berg", PASSWORDS[Role.CASHIER])


def test_the_second_of_two_managers_is_told_what_the_first_changed(house: OpenHouse) -> None:
    carla = of(house, house.small.cashier)
    house.database.transact(save_staff_member, house.small.manager, carla, replace(draft_of(carla), name="Carla C."))
    with pytest.raises(ChangedMeanwhile) as told:
        house.database.transact(save_staff_member, house.small.manager, carla, replace(draft_of(carla), active=False))
    assert [(one.field, one.before, one.now) for one in told.value.changes] == [("name", "Carla Cash", "Carla C.")]


def test_nobody_changes_their_own_role_or_closes_their_own_account(house: OpenHouse) -> None:
    second_manager(house)
    mario = of(house, house.small.manager)
    for wanted in (replace(draft_of(mario), role=Role.CASHIER), replace(draft_of(mario), active=False)):
        with pytest.raises(NotPermitted, match="your own"):
            house.database.transact(save_staff_member, house.small.manager, mario, wanted)
    with pytest.raises(NotPermitted, match="your own"):
        house.database.transact(archive_staff_member, house.small.manager, mario.staff_id)


def test_a_cashier_cannot_make_a_manager_of_themselves(house: OpenHouse) -> None:
    carla = of(house, house.small.cashier)
    pretending = replace(house.small.cashier, role=Role.MANAGER)
    with pytest.raises(NotPermitted):
        house.database.transact(save_staff_member, pretending, carla, replace(draft_of(carla), role=Role.MANAGER))
    with pytest.raises(NotPermitted):
        house.database.transact(set_password, pretending, house.small.manager.staff_id, hash_secret("mine-now"))


def test_of_two_managers_who_take_each_others_role_the_second_is_too_late(house: OpenHouse) -> None:
    zoe = second_manager(house)
    as_zoe = Actor(zoe.staff_id, zoe.name, zoe.role, house.small.till_id, "Till 1")
    mario = of(house, house.small.manager)
    house.database.transact(save_staff_member, as_zoe, mario, replace(draft_of(mario), role=Role.CASHIER))
    with pytest.raises(NotPermitted):
        house.database.transact(archive_staff_member, house.small.manager, zoe.staff_id)
    managers = [one.name for one in house.database.read(list_staff, as_zoe) if one.role is Role.MANAGER]
    assert managers == ["Zoe Second"]


def test_put_away_and_taken_back(house: OpenHouse) -> None:
    carla = of(house, house.small.cashier)
    for _ in range(2):
        assert house.database.transact(archive_staff_member, house.small.manager, carla.staff_id).archived
    with pytest.raises(SignInRefused):
        sign_in(house.database, at_window(house), NAMES[Role.CASHIER], PASSWORDS[Role.CASHIER])
    with pytest.raises(ChangedMeanwhile):
        house.database.transact(save_staff_member, house.small.manager, carla, replace(draft_of(carla), name="C"))
    with pytest.raises(NotFound):
        house.database.transact(
            save_staff_member, house.small.manager, of(house, house.small.cashier), replace(draft_of(carla), name="C")
        )
    assert not house.database.transact(restore_staff_member, house.small.manager, carla.staff_id).archived
    sign_in(house.database, at_window(house), NAMES[Role.CASHIER], PASSWORDS[Role.CASHIER])
    assert [one for one in actions(house) if one.startswith("staff")] == ["staff_archived", "staff_restored"]


def test_a_name_of_somebody_put_away_is_told_as_such(house: OpenHouse) -> None:
    house.database.transact(archive_staff_member, house.small.manager, house.small.cashier.staff_id)
    with pytest.raises(FieldRefused, match="restore"):
        house.database.transact(
            add_staff_member,
            house.small.manager,
            StaffDraft("carla cash", Role.CASHIER),
            password_hash=hash_secret("password"),
        )
