"""A till or gate is enrolled by a manager's password: the house vouches for its key, and it gets the pepper."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pos_app.computer.identity import own_identity
from pos_app.doctor import judge_database
from pos_app.domain.errors import HouseKeyNeeded, NotPermitted, SignInRefused
from pos_app.domain.roles import Actor, Role
from pos_app.domain.staff.sign_in import Person
from pos_app.flows.enrol_till import enrol_till, join_by_manager
from pos_app.services.tills.records import revoke_key
from pos_app.services.tills.registering import enrol_key, load_till, register_till
from tests.small_house import NAMES, PASSWORDS, PINS

if TYPE_CHECKING:
    from tests.flows.key_house import KeyHouse

MANAGER = PASSWORDS[Role.MANAGER]


def test_a_till_is_enrolled_by_the_password_and_a_pin_does_not_do(keyed: KeyHouse) -> None:
    keyed.by_password(Role.MANAGER)
    database, small = keyed.house.database, keyed.house.small
    folder = keyed.folder / "new"
    identity = own_identity(folder)
    with keyed.at("new"):
        till = database.transact(register_till, identity.machine_key, "New till", identity.public_key)
        there = Actor(small.manager.staff_id, small.manager.name, Role.MANAGER, till.till_id, till.name)
        with pytest.raises(SignInRefused):
            enrol_till(database, there, identity, folder, PINS[Role.MANAGER])
        with pytest.raises(HouseKeyNeeded):
            database.transact(enrol_key, there, identity.public_key)
        assert database.read(load_till, till.till_id, identity.public_key).key_id is None
        known, key_id = enrol_till(database, there, identity, folder, MANAGER)
        assert database.read(load_till, till.till_id, known.public_key).key_id == key_id
        assert keyed.by_pin(Role.CASHIER).role is Role.CASHIER
        # Revoked, it gets another key, which the house vouches for as well.
        database.transact(revoke_key, small.manager, key_id)
        renewed, other = enrol_till(database, there, known, folder, MANAGER)
    assert (renewed.public_key != known.public_key, other != key_id) == (True, True)
    assert len(keyed.signatures()) == 2
    assert database.read(judge_database) == ()


def test_a_gate_that_joins_pins_the_key_of_the_house(keyed: KeyHouse) -> None:
    keyed.by_password(Role.MANAGER)
    database, small = keyed.house.database, keyed.house.small
    folder = keyed.folder / "gate"
    identity = own_identity(folder)
    manager = Person(small.manager.staff_id, NAMES[Role.MANAGER], Role.MANAGER)
    cashier = Person(small.cashier.staff_id, NAMES[Role.CASHIER], Role.CASHIER)
    with keyed.at("gate"):
        with pytest.raises(NotPermitted):
            join_by_manager(database, cashier, PASSWORDS[Role.CASHIER], "Gate 2", identity, folder)
        assert keyed.kept("gate").pinned() == ""
        joined = join_by_manager(database, manager, MANAGER, "Gate 2", identity, folder)
    assert joined.key_id is not None
    assert keyed.kept("gate").pinned() == keyed.house_key()
    assert database.read(judge_database) == ()


def test_in_a_house_without_keys_the_password_that_enrols_makes_them(keyed: KeyHouse) -> None:
    database, small = keyed.house.database, keyed.house.small
    identity = own_identity(keyed.folder / "office")
    enrol_till(database, small.manager, identity, keyed.folder / "office", MANAGER)
    assert keyed.house_key()
    assert all(keyed.signatures())
    assert database.read(judge_database) == ()
