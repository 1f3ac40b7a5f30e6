"""Accounts are made, renewed when the tables change, and lose what is not theirs."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pymysql
import pytest
from sqlalchemy import inspect, text

from pos_app.db.connection.addresses import parse_address
from pos_app.db.database import Database
from pos_app.db.grants.granting import KindOfAccount, give_rights, known_accounts, planned, renew_rights
from pos_app.db.grants.rights import allowed
from pos_app.db.grants.statements import Account, grants, sound_account
from pos_app.db.models import DatabaseAccount
from pos_app.db.schema import revisions
from pos_app.db.schema.revisions import check_schema, upgrade_schema
from pos_app.db.schema.upgrade_turn import OthersAtWork
from pos_app.domain.errors import CannotConnect, InvalidInput, NotFound, RightsMissing
from pos_app.domain.tills.kinds import TillKind
from tests.accounts import new_name
from tests.db.schema.old_schemas import all_revisions, make_schema_of
from tests.owned import PASSWORD, Owned
from tests.servers import flavours

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.servers import Server

COUNTER, GATE = TillKind.COUNTER, TillKind.GATE
IN_EACH_RUN = [
    pytest.param(revision, marks=() if number in {0, 1, 2} else pytest.mark.soak)
    for number, revision in enumerate((all_revisions()[0], *all_revisions()[:0:-1]))
]
"""The first revision and the last two; those between are left to soak."""


def _opens(owned: Owned, user: str, password: str = PASSWORD) -> bool:
    database = Database(parse_address(owned.address.url(user)), lambda: password)
    try:
        check_schema(database)
    except CannotConnect:
        return False
    finally:
        database.close()
    return True


def _exactly(owned: Owned, wanted: KindOfAccount) -> None:
    """Assert that an account has what its kind may do with the tables that are there, and nothing else."""
    with owned.root.writer.connect() as connection:
        seen = inspect(connection)
        schema = {name: frozenset(one["name"] for one in seen.get_columns(name)) for name in seen.get_table_names()}
    rights = allowed(wanted.kind, also_gate=wanted.also_gate)
    said = {line for line in owned.grants_of(wanted.account.user) if not line.startswith("GRANT USAGE ON *.*")}
    assert {_parts(line) for line in said} == {
        _parts(line) for line in grants(owned.name, schema, rights, wanted.account)
    }


def _parts(line: str) -> tuple[str, bool, frozenset[tuple[str, str]]]:
    """Take a GRANT apart: the servers name columns in another order."""
    verbs, _, place = line.removeprefix("GRANT ").partition(" ON ")
    found = {
        (verb, column)
        for verb, columns in re.findall(r"([A-Z]+)(?: \(([^)]*)\))?", verbs)
        for column in columns.replace("`", "").split(", ")
    }
    return place.partition(" TO ")[0], "GRANT OPTION" in place, frozenset(found)


@pytest.mark.parametrize("also_gate", [False, True])
def test_an_account_is_made_with_the_rights_of_its_kind(owned: Owned, *, also_gate: bool) -> None:
    wanted = KindOfAccount(Account(owned.new_user()), COUNTER, also_gate=also_gate)
    given = give_rights(owned.owner, wanted, PASSWORD)
    assert given.statements
    assert given.beyond == ()
    assert not any(PASSWORD in statement for statement in given.statements)
    assert _opens(owned, wanted.account.user)
    assert known_accounts(owned.owner) == (wanted,)
    _exactly(owned, wanted)


def test_an_account_of_another_kind_keeps_nothing_of_it(owned: Owned) -> None:
    account = Account(owned.new_user())
    give_rights(owned.owner, KindOfAccount(account, TillKind.OFFICE), PASSWORD)
    owned.administer(f"GRANT UPDATE, DELETE ON {owned.name}.audit_entry TO {account.quoted()} WITH GRANT OPTION")
    gate = KindOfAccount(account, GATE)
    give_rights(owned.owner, gate, None)
    _exactly(owned, gate)
    assert known_accounts(owned.owner) == (gate,)
    # Its password was not asked for, and stays.
    assert _opens(owned, account.user)


def test_the_account_that_all_tills_had_becomes_a_counters(owned: Owned) -> None:
    user = owned.make_user("another one")
    owned.administer(f"GRANT ALL ON {owned.name}.* TO `{user}`@`%` WITH GRANT OPTION")
    wanted = KindOfAccount(Account(user), COUNTER)
    given = give_rights(owned.owner, wanted, PASSWORD)
    assert given.was_there
    _exactly(owned, wanted)
    # It may be an administrator's, named by mistake: nobody else's password is changed unasked.
    assert _opens(owned, user, "another one")
    assert not _opens(owned, user)
    assert not give_rights(owned.owner, wanted, PASSWORD).was_there
    assert _opens(owned, user)


def test_an_account_of_somebody_else_takes_another_password_where_that_is_asked_for(owned: Owned) -> None:
    user = owned.make_user("another one")
    assert give_rights(owned.owner, KindOfAccount(Account(user), COUNTER), PASSWORD, change_password=True).was_there
    assert _opens(owned, user)


def test_rights_from_outside_the_database_are_told_to_who_may_see_them(owned: Owned) -> None:
    account = Account(owned.new_user())
    wanted = KindOfAccount(account, COUNTER)
    give_rights(owned.root, wanted, PASSWORD)
    owned.administer(f"GRANT SELECT, FILE ON *.* TO {account.quoted()}")
    given = give_rights(owned.root, wanted, None)
    assert given.beyond == ("GRANT SELECT, FILE ON *.*",)


@pytest.mark.parametrize("stem", ["na`me", "o'clock", 'the "desk"', "Kasse Süd", "100%", "a_b", "-- x", "каса", "a\\b"])
def test_a_name_is_an_account_whatever_is_in_it(owned: Owned, stem: str) -> None:
    name = new_name(stem)
    account = sound_account(name, "127.0.0.%")
    wanted = KindOfAccount(account, GATE)
    try:
        given = give_rights(owned.owner, wanted, PASSWORD)
        assert given.statements
        with owned.line(name) as cursor:
            cursor.execute("SELECT CURRENT_USER()")
            assert cursor.fetchone() == (f"{name}@127.0.0.%",)
        assert known_accounts(owned.owner) == (wanted,)
    finally:
        owned.administer(f"DROP USER IF EXISTS {account.quoted()}")


@pytest.mark.parametrize("password", ["it's", 'say "x"', "back\\slash", "100%s", "ключ`"])
def test_a_password_is_taken_as_it_is(owned: Owned, password: str) -> None:
    user = owned.new_user()
    give_rights(owned.owner, KindOfAccount(Account(user), GATE), password)
    assert _opens(owned, user, password)
    give_rights(owned.owner, KindOfAccount(Account(user), GATE), f"{password}2")
    assert _opens(owned, user, f"{password}2")


@pytest.mark.parametrize(
    ("user", "host"),
    [("", "%"), ("x" * 33, "%"), (" desk", "%"), ("de\nsk", "%"), ("🎭", "%"), ("desk", "h" * 256), ("desk", "a@b")],
)
def test_a_name_that_no_server_keeps_is_refused(user: str, host: str) -> None:
    with pytest.raises(InvalidInput):
        sound_account(user, host)


def test_only_an_owner_makes_accounts(owned: Owned) -> None:
    wanted = KindOfAccount(Account(owned.new_user()), COUNTER)
    for rights in (
        ["ALL ON {database}.* TO {user}"],
        ["ALL ON {database}.* TO {user}", "CREATE USER ON *.* TO {user}"],
        ["ALL ON {database}.* TO {user} WITH GRANT OPTION"],
        ["SELECT ON {database}.till TO {user}"],
    ):
        user = owned.make_user()
        for right in rights:
            owned.administer("GRANT " + right.format(database=owned.name, user=f"`{user}`@`%`"))
        poor = owned.database(user)
        with pytest.raises(RightsMissing, match="may not make accounts"):
            give_rights(poor, wanted, PASSWORD)
        poor.close()


def test_an_owner_does_not_make_a_counter_of_itself(owned: Owned) -> None:
    with pytest.raises(InvalidInput, match="connected as"):
        give_rights(owned.owner, KindOfAccount(Account(owned.owner_name), COUNTER), PASSWORD)


def test_an_account_that_is_not_there_is_not_made_without_a_password(owned: Owned) -> None:
    wanted = KindOfAccount(Account(owned.new_user()), COUNTER)
    with pytest.raises(NotFound):
        give_rights(owned.owner, wanted, None)
    assert known_accounts(owned.owner) == ()
    assert not owned.administer(f"SELECT user FROM mysql.user WHERE user = '{wanted.account.user}'")


def test_what_is_planned_holds_no_password_and_does_nothing(owned: Owned) -> None:
    wanted = KindOfAccount(Account(owned.new_user()), COUNTER)
    statements = planned(owned.owner, wanted)
    assert statements[0] == f"CREATE USER {wanted.account.quoted()} IDENTIFIED BY '...'"
    assert not owned.administer(f"SELECT user FROM mysql.user WHERE user = '{wanted.account.user}'")
    assert known_accounts(owned.owner) == ()


def test_an_account_made_on_an_encrypted_line_is_let_in_on_encrypted_lines_only(
    owned: Owned, server_of: Callable[[str], Server]
) -> None:
    flavour = next(one for one in flavours() if server_of(one).port == owned.address.servers[0].port)
    authority = server_of(flavour).folder / "tls" / "ca.pem"
    by_port = replace(owned.address, user=owned.owner_name, options={"ssl_ca": str(authority)})
    encrypted = Database(by_port, lambda: PASSWORD)
    user = owned.new_user()
    wanted = KindOfAccount(Account(user), COUNTER)
    assert planned(encrypted, wanted)[0].endswith("IDENTIFIED BY '...' REQUIRE SSL")
    give_rights(encrypted, wanted, PASSWORD)
    encrypted.close()
    server = owned.address.servers[0]
    with pytest.raises(pymysql.err.OperationalError):
        pymysql.connect(host=server.host, port=server.port, user=user, password=PASSWORD, ssl_disabled=True)
    # A till on the server's own machine takes an encrypted line then.
    assert _opens(owned, user)


def test_a_file_knows_no_accounts(sqlite_url: str) -> None:
    database = Database(parse_address(sqlite_url))
    upgrade_schema(database)
    with pytest.raises(InvalidInput, match="knows no accounts"):
        give_rights(database, KindOfAccount(Account(new_name("desk")), COUNTER), PASSWORD)
    assert renew_rights(database).renewed == ()
    database.close()


@pytest.mark.slow
@pytest.mark.parametrize("revision", IN_EACH_RUN)
def test_an_upgrade_renews_the_rights_of_all_accounts(bare: Owned, revision: str) -> None:
    """From each revision: the accounts have then what this version needs, and nothing of what they had too much."""
    make_schema_of(bare.root, revision)
    counter, gate = (KindOfAccount(Account(bare.make_user()), kind) for kind in (COUNTER, GATE))
    gone = KindOfAccount(Account(f"{bare.owner_name}x"), GATE)
    with bare.root.writer.connect() as connection:
        # A Foyer of that time that knew of accounts would have written them down.
        DatabaseAccount.__table__.create(connection, checkfirst=True)  # type: ignore[attr-defined]  # a Table
        for one in (counter, gate, gone):
            connection.execute(
                text("INSERT INTO database_account (user, host, kind, also_gate) VALUES (:user, '%', :kind, 0)"),
                {"user": one.account.user, "kind": one.kind},
            )
        connection.commit()
    for one in (counter, gate):
        bare.administer(f"GRANT SELECT ON {bare.name}.alembic_version TO {one.account.quoted()}")
        bare.administer(f"GRANT SELECT, DELETE ON {bare.name}.orders TO {one.account.quoted()}")
    upgrade_schema(bare.owner)
    renewed = renew_rights(bare.owner)
    assert set(renewed.renewed) == {counter, gate}
    assert renewed.gone == (gone.account,)
    # It was taken from the list, and not made anew, which MariaDB would do, without a password.
    assert set(known_accounts(bare.owner)) == {counter, gate}
    assert not bare.administer(f"SELECT user FROM mysql.user WHERE user = '{gone.account.user}'")
    for one in (counter, gate):
        _exactly(bare, one)
        assert _opens(bare, one.account.user)


def test_a_till_cannot_renew_and_is_told_who_can(owned: Owned) -> None:
    user = owned.new_user()
    give_rights(owned.owner, KindOfAccount(Account(user), COUNTER), PASSWORD)
    counter = owned.database(user)
    with pytest.raises(RightsMissing, match="owner"):
        renew_rights(counter)
    counter.close()


def test_an_owner_who_does_not_see_other_accounts_waits_for_their_last_sign_of_life(
    bare: Owned, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(revisions, "LEAVING_SECONDS", 0.1)
    make_schema_of(bare.root, "0011")
    bare.administer(
        "INSERT INTO till (machine_key, name, kind, ticket_queue, paper, created_at, last_seen_at)"
        " VALUES ('a', 'Till 1', 'counter', '', 'a4', UTC_TIMESTAMP(6), UTC_TIMESTAMP(6))"
    )
    bare.administer("CREATE TABLE database_account (user VARCHAR(9), host VARCHAR(9), kind VARCHAR(9), also_gate INT)")
    bare.administer("INSERT INTO database_account VALUES ('desk', 'h', 'counter', 0)")
    bare.root.close()
    with pytest.raises(OthersAtWork, match="Till 1"):
        upgrade_schema(bare.owner)
    bare.administer(f"GRANT PROCESS ON *.* TO `{bare.owner_name}`@`%`")
    bare.root.close()
    bare.owner.close()
    upgrade_schema(bare.owner)
    check_schema(bare.owner)
