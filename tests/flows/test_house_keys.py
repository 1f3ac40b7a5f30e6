"""A house gets its keys by a manager's password, once, as a whole; each computer gets its part of them."""

from __future__ import annotations

import logging
import secrets
from contextlib import closing, contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import delete, event, text

from pos_app.computer.house_keys import KeptKeys
from pos_app.db.database import Database
from pos_app.db.models import HouseKeyWrap, StaffSecret
from pos_app.doctor import judge_database
from pos_app.domain.editing import FieldRefused
from pos_app.domain.errors import ApprovalRefused, CannotConnect, HouseKeyNeeded, SignInRefused
from pos_app.domain.roles import Permission, Role
from pos_app.domain.sentences import say
from pos_app.domain.staff.members import StaffDraft
from pos_app.domain.staff.sign_in import Approval
from pos_app.flows import house_keys as flow
from pos_app.flows.house_keys import open_keys
from pos_app.flows.sign_in import approve, sign_in, sign_in_by_pin
from pos_app.flows.staff_secrets import add_member, change_password, change_pin, make_manager
from pos_app.services.staff.house_keys import load_wrap
from pos_app.services.staff.members import archive_staff_member, list_staff, save_staff_member
from pos_app.services.staff.passwords import hash_secret, secret_matches
from pos_app.services.staff.sealing import is_sealed, open_pin
from pos_app.services.tills.house_keys import load_house_key
from tests.accounts import a_user
from tests.houses import on_a_server
from tests.services.stories import change_secret
from tests.small_house import NAMES, PASSWORDS, PINS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pos_app.domain.staff.members import StaffRecord
    from tests.flows.key_house import KeyHouse

MANAGER = PASSWORDS[Role.MANAGER]


def test_the_first_password_of_a_manager_gives_the_house_its_keys(
    keyed: KeyHouse, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, logger="pos_app")
    keyed.by_password(Role.CASHIER)
    keyed.by_pin(Role.MANAGER)
    assert (keyed.house_key(), keyed.wraps(), keyed.signatures()) == ("", [], [None])
    manager = keyed.by_password(Role.MANAGER)
    assert keyed.wraps() == [manager.staff_id]
    assert all(keyed.signatures())
    assert all(is_sealed(one) for one in keyed.pins())
    assert keyed.actions()[-1] == "house_keys_made"
    assert keyed.kept("office").pinned() == keyed.house_key()
    for role in Role:
        assert keyed.by_pin(role).staff_id == keyed.actor(role).staff_id
    made = keyed.house_key()
    keyed.by_password(Role.MANAGER)
    assert keyed.house_key() == made
    assert keyed.actions().count("house_keys_made") == 1
    assert keyed.house.database.read(judge_database) == ()
    keys = open_keys(keyed.house.database, manager.staff_id, MANAGER)
    assert keys is not None
    for secret in (keys.pepper, keys.private_key):
        assert secret.hex() not in caplog.text
        assert repr(secret) not in caplog.text


def test_an_account_that_may_write_no_keys_lets_its_manager_in_all_the_same(
    keyed: KeyHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_args: object) -> bool:
        raise CannotConnect(say("The database account of this computer may not do this."))

    with monkeypatch.context() as patch:
        patch.setattr(flow, "make_house_keys", refuse)
        keyed.by_password(Role.MANAGER)
    assert keyed.house_key() == ""
    assert keyed.by_pin(Role.MANAGER).role is Role.MANAGER


class KilledError(Exception):
    """The till ends here."""


@contextmanager
def killed(database: Database, *, at: int) -> Iterator[list[str]]:
    """Die before the statement of that number, of those that make keys."""
    seen: list[str] = []

    def watch(_conn: object, _cursor: object, statement: str, *_more: object) -> None:
        begun = bool(seen) or "house_key" in statement.partition("VALUES")[0].partition(" (")[0]
        if begun and statement.lstrip().startswith(("INSERT", "UPDATE")):
            seen.append(statement)
            if len(seen) == at:
                raise KilledError

    event.listen(database.writer, "before_cursor_execute", watch)
    try:
        yield seen
    finally:
        event.remove(database.writer, "before_cursor_execute", watch)


def test_a_till_that_dies_while_it_makes_keys_leaves_none_and_the_next_makes_them(keyed: KeyHouse) -> None:
    pins = keyed.pins()
    at = 0
    while True:
        at += 1
        try:
            with killed(keyed.house.database, at=at) as seen:
                keyed.by_password(Role.MANAGER)
        except KilledError:
            assert (keyed.house_key(), keyed.wraps(), keyed.signatures()) == ("", [], [None])
            assert keyed.pins() == pins
            assert keyed.by_pin(Role.CASHIER).role is Role.CASHIER
        else:
            break
    # The key, its wrap, a till's signature, three PINs, the entry of the audit and the head of its chain.
    assert len(seen) >= 8
    assert keyed.house_key()
    assert keyed.house.database.read(judge_database) == ()


def test_a_till_that_dies_before_it_has_kept_the_pepper_gets_it_by_the_next_password(
    keyed: KeyHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(*_args: object) -> None:
        raise KilledError

    with monkeypatch.context() as patch:
        patch.setattr(KeptKeys, "keep", die)
        with pytest.raises(KilledError):
            keyed.by_password(Role.MANAGER)
    assert keyed.house_key()
    with pytest.raises(SignInRefused, match="PINs do not work at this computer yet"):
        keyed.by_pin(Role.CASHIER)
    keyed.by_password(Role.MANAGER)
    assert keyed.by_pin(Role.CASHIER).role is Role.CASHIER


def test_a_computer_without_the_pepper_says_so_and_counts_no_try(keyed: KeyHouse) -> None:
    keyed.by_password(Role.MANAGER)
    small = keyed.house.small
    with keyed.at("counter"):
        for _ in range(7):
            with pytest.raises(
                SignInRefused, match=r"PINs do not work at this computer yet\. Use the password"
            ) as told:
                keyed.by_pin(Role.CASHIER)
            assert told.value.wait_seconds == 0
            with pytest.raises(ApprovalRefused, match="PINs do not work at this computer yet"):
                approve(
                    keyed.house.database,
                    small.cashier,
                    Approval(small.manager.staff_id, PINS[Role.MANAGER]),
                    Permission.VOID,
                )
        keyed.by_password(Role.CASHIER)
        by_password = Approval(small.manager.staff_id, MANAGER, by_pin=False)
        assert approve(keyed.house.database, small.cashier, by_password, Permission.VOID)
        with pytest.raises(SignInRefused):
            keyed.by_pin(Role.CASHIER)
        keyed.by_password(Role.MANAGER)
        assert keyed.by_pin(Role.CASHIER).role is Role.CASHIER
        approve(
            keyed.house.database,
            small.cashier,
            Approval(small.manager.staff_id, PINS[Role.MANAGER]),
            Permission.VOID,
        )


def test_whoever_signs_in_first_has_the_key_pinned_that_is_found_and_no_later_one_is_believed(keyed: KeyHouse) -> None:
    keyed.by_password(Role.MANAGER)
    with keyed.at("gate"):
        keyed.by_password(Role.DOOR_STEWARD)
    assert keyed.kept("gate").pinned() == keyed.house_key()
    keyed.kept("gate").pin("ab" * 32)
    with keyed.at("gate"):
        keyed.by_password(Role.DOOR_STEWARD)
        assert keyed.kept("gate").pinned() == "ab" * 32
        # Only a password that opens the key proves that it is the house's.
        keyed.by_password(Role.MANAGER)
    assert keyed.kept("gate").pinned() == keyed.house_key()


def test_a_pin_that_was_not_sealed_or_is_another_persons_is_refused(keyed: KeyHouse) -> None:
    keyed.by_password(Role.MANAGER)
    small = keyed.house.small
    change_secret(keyed.house, small.manager, pin_hash=hash_secret("666666"))
    with pytest.raises(SignInRefused, match=r"not set by Foyer.*sets a new PIN"):
        keyed.by_pin(Role.MANAGER, "666666")
    rules = {finding.rule.name for finding in keyed.house.database.read(judge_database)}
    assert rules == {"PINS"}
    cashiers = keyed.house.database.read(lambda session: session.get_one(StaffSecret, small.cashier.staff_id).pin_hash)
    change_secret(keyed.house, small.manager, pin_hash=cashiers)
    with pytest.raises(SignInRefused, match="not set by Foyer"):
        keyed.by_pin(Role.MANAGER, PINS[Role.CASHIER])
    keyed.by_password(Role.MANAGER)
    change_pin(keyed.house.database, small.manager, small.manager.staff_id, "123456")
    assert keyed.by_pin(Role.MANAGER, "123456").role is Role.MANAGER


def test_a_new_pin_is_sealed_and_not_to_be_set_where_there_is_no_pepper(keyed: KeyHouse) -> None:
    manager, carla = keyed.by_password(Role.MANAGER), keyed.house.small.cashier.staff_id
    change_pin(keyed.house.database, manager, carla, "4711")
    assert all(is_sealed(one) for one in keyed.pins())
    assert keyed.by_pin(Role.CASHIER, "4711").role is Role.CASHIER
    with keyed.at("counter"), pytest.raises(HouseKeyNeeded, match="PINs cannot be set at this computer yet"):
        change_pin(keyed.house.database, manager, carla, "9999")
    change_pin(keyed.house.database, manager, carla, "")


def test_a_short_pin_of_a_manager_is_told_once_it_is_right_and_locks_nobody_out(keyed: KeyHouse) -> None:
    small = keyed.house.small
    change_secret(keyed.house, small.manager, pin_hash=hash_secret("2222"))
    for _ in range(6):
        with pytest.raises(SignInRefused, match=r"6 digits at least.*choose a new PIN") as told:
            keyed.by_pin(Role.MANAGER, "2222")
        assert told.value.wait_seconds == 0
    with pytest.raises(SignInRefused, match="That PIN is not right"):
        keyed.by_pin(Role.MANAGER, "3333")
    manager = keyed.by_password(Role.MANAGER)
    with pytest.raises(FieldRefused, match="A manager's PIN has 6 digits"):
        change_pin(keyed.house.database, manager, manager.staff_id, "2222")
    change_pin(keyed.house.database, manager, manager.staff_id, "222233")
    assert keyed.by_pin(Role.MANAGER, "222233").role is Role.MANAGER


def member(keyed: KeyHouse, name: str) -> StaffRecord:
    return next(one for one in keyed.house.database.read(list_staff, keyed.house.small.manager) if one.name == name)


def test_a_new_manager_opens_the_keys_too_by_the_password_of_who_made_them(keyed: KeyHouse) -> None:
    manager, database = keyed.by_password(Role.MANAGER), keyed.house.database
    wanted = StaffDraft("Zoe Second", Role.MANAGER)
    for wrong in ("", "222222", "wrong"):
        with pytest.raises(FieldRefused) as refused:
            add_member(database, manager, wanted, "zoe-secret", "", wrong)
        assert "password is not right" in refused.value.fields["own_password"]
    made = add_member(database, manager, wanted, "zoe-secret", "123456", MANAGER)
    with keyed.at("her own computer"):
        zoe = sign_in(database, keyed.till(), "Zoe Second", "zoe-secret")
        assert keyed.by_pin(Role.CASHIER).role is Role.CASHIER
    assert zoe.staff_id == made.staff_id
    assert sorted(str(one) for one in keyed.wraps()) == sorted([str(manager.staff_id), str(made.staff_id)])
    change_password(database, zoe, manager.staff_id, "marios-new-one", "zoe-secret")
    assert open_keys(database, manager.staff_id, "marios-new-one") is not None
    with pytest.raises(HouseKeyNeeded, match=r"does not open the key.*gives you a new one"):
        open_keys(database, manager.staff_id, MANAGER)
    assert database.read(judge_database) == ()
    database.transact(archive_staff_member, manager, made.staff_id)
    assert keyed.wraps() == [manager.staff_id]


def test_who_is_made_a_manager_gets_a_new_password_and_who_is_none_any_more_opens_nothing(keyed: KeyHouse) -> None:
    manager, database = keyed.by_password(Role.MANAGER), keyed.house.database
    carla = member(keyed, NAMES[Role.CASHIER])
    wanted = StaffDraft(carla.name, Role.MANAGER)
    with pytest.raises(HouseKeyNeeded, match="a manager's password opens"):
        database.transact(save_staff_member, manager, carla, wanted)
    made = make_manager(database, manager, carla, wanted, "carlas-new-one", MANAGER)
    assert made.role is Role.MANAGER
    assert open_keys(database, made.staff_id, "carlas-new-one") is not None
    database.transact(save_staff_member, manager, made, StaffDraft(carla.name, Role.CASHIER))
    assert keyed.wraps() == [manager.staff_id]


def test_another_manager_of_a_house_from_before_is_told_who_helps(keyed: KeyHouse) -> None:
    manager, database = keyed.house.small.manager, keyed.house.database
    database.place = None
    zoe = add_member(database, manager, StaffDraft("Zoe Second", Role.MANAGER), "zoe-secret", "", MANAGER)
    drop = delete(HouseKeyWrap).where(HouseKeyWrap.staff_id == zoe.staff_id)
    database.transact(lambda session: session.execute(drop))
    with keyed.at("her own computer"):
        second = sign_in(database, keyed.till(), "Zoe Second", "zoe-secret")
        with pytest.raises(HouseKeyNeeded, match=r"does not open the key of this house yet.*under Manage, Staff"):
            make_manager(
                database, second, member(keyed, NAMES[Role.CASHIER]), StaffDraft("C", Role.MANAGER), "long-enough",
                "zoe-secret",
            )  # fmt: skip
        with pytest.raises(SignInRefused, match="PINs do not work"):
            keyed.by_pin(Role.CASHIER)
    (finding,) = database.read(judge_database)
    assert (finding.rule.name, finding.subject) == ("WRAPS", "Zoe Second")
    change_password(database, manager, zoe.staff_id, "zoes-new-one", MANAGER)
    assert database.read(judge_database) == ()
    with keyed.at("her own computer"):
        sign_in(database, keyed.till(), "Zoe Second", "zoes-new-one")
        assert keyed.by_pin(Role.CASHIER).role is Role.CASHIER


def test_a_stolen_hash_does_not_open_without_the_pepper(keyed: KeyHouse) -> None:
    """Before, ten thousand tries found a PIN of four digits; now the right one is no match either."""
    small, database = keyed.house.small, keyed.house.database
    stolen = database.read(lambda session: session.get_one(StaffSecret, small.cashier.staff_id).pin_hash)
    assert secret_matches(stolen, PINS[Role.CASHIER])
    keyed.by_password(Role.MANAGER)
    stolen = database.read(lambda session: session.get_one(StaffSecret, small.cashier.staff_id).pin_hash)
    assert not secret_matches(stolen, PINS[Role.CASHIER])
    assert open_pin(secrets.token_bytes(32), small.cashier.staff_id, stolen) is None
    # Nor do all tables together, as anybody may read them.
    known, wrapped = database.read(load_house_key), database.read(load_wrap, small.manager.staff_id)
    assert known is not None
    assert wrapped is not None
    for guess in (known.public_key, known.pepper_check, wrapped.salt + wrapped.salt):
        assert open_pin(bytes.fromhex(guess), small.cashier.staff_id, stolen) is None


@on_a_server
def test_a_counters_account_makes_no_keys_and_takes_its_part_of_those_that_the_office_makes(keyed: KeyHouse) -> None:
    office, name = keyed.house.database, keyed.house.database.address.name
    given = [f"SELECT ON {name}.*"]
    given += [f"INSERT, UPDATE ON {name}.{table}" for table in ("sign_in_attempt", "sign_in_turn", "setting")]
    with (
        a_user(keyed.house.url, "counter", *given) as user,
        closing(Database(replace(office.address, user=user))) as counter,
    ):
        counter.place = keyed.folder / "counter"
        manager = sign_in(counter, keyed.till(), NAMES[Role.MANAGER], MANAGER)
        assert keyed.house_key() == ""
        assert sign_in_by_pin(counter, keyed.till(), manager.staff_id, PINS[Role.MANAGER]) == manager
        keyed.by_password(Role.MANAGER)
        with pytest.raises(SignInRefused, match="PINs do not work at this computer yet"):
            sign_in_by_pin(counter, keyed.till(), manager.staff_id, PINS[Role.MANAGER])
        sign_in(counter, keyed.till(), NAMES[Role.MANAGER], MANAGER)
        assert sign_in_by_pin(counter, keyed.till(), manager.staff_id, PINS[Role.MANAGER]) == manager


def change(database: Database, statement: str) -> None:
    database.transact(lambda session: session.execute(text(statement)))
