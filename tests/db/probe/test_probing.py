"""What a test of the connection says: real servers, and accounts of every kind."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from pos_app.db.connection.addresses import parse_address
from pos_app.db.database import Database
from pos_app.db.grants.granting import KindOfAccount, give_rights
from pos_app.db.grants.statements import Account
from pos_app.db.probe.probing import create_database, probe_database
from pos_app.db.schema.revisions import upgrade_schema
from pos_app.domain.errors import CannotConnect
from pos_app.domain.house.setup import DatabaseState, ServerAccount, Trouble
from pos_app.domain.house.stopping import Stop
from pos_app.domain.tills.kinds import TillKind
from tests.accounts import a_database, an_account, new_name
from tests.certificates import SERVER_NAME
from tests.db.probe.probing import refusal
from tests.servers import flavours

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.servers import Server

pytestmark = pytest.mark.parametrize("flavour", [pytest.param(name, marks=pytest.mark.server) for name in flavours()])


@pytest.fixture
def server(flavour: str, server_of: Callable[[str], Server]) -> Server:
    return server_of(flavour)


@pytest.fixture
def empty(server: Server) -> Iterator[ServerAccount]:
    """Give a new, empty database as root sees it; MySQL is told passwords by its socket (see test_dialling)."""
    with server.fresh_database() as url:
        address = parse_address(url)
        by = str(server.folder / "sock") if server.flavour == "mysql" else ""
        yield ServerAccount("127.0.0.1", server.port, address.name, "root", socket=by)


@contextmanager
def a_right_user(server: Server, stem: str, *grants: str, more: str = "", password: str = "right") -> Iterator[str]:
    with server.connect() as line, an_account(line, stem, *grants, password=password, more=more) as name:
        yield name


def test_an_empty_database_is_found_and_left_empty(empty: ServerAccount, flavour: str) -> None:
    found = probe_database(replace(empty, host=" 127.0.0.1 "), Stop())
    assert found.state is DatabaseState.EMPTY
    assert found.server.startswith({"mariadb": "MariaDB 1", "mysql": "MySQL "}[flavour])
    assert not found.encrypted
    assert probe_database(empty, Stop()).state is DatabaseState.EMPTY


def test_a_house_is_told_from_an_older_a_newer_and_an_unfinished_one(empty: ServerAccount) -> None:
    database = Database(parse_address(empty.url()))
    upgrade_schema(database)
    assert probe_database(empty, Stop()).state is DatabaseState.HOUSE

    def become(revision: str) -> None:
        database.transact(lambda session: session.execute(text(f"UPDATE alembic_version SET version_num='{revision}'")))

    become("0001")
    older = probe_database(empty, Stop()).state
    become("r9999")
    assert refusal(empty).trouble is Trouble.NEWER
    database.transact(lambda session: session.execute(text("DELETE FROM alembic_version")))
    assert probe_database(empty, Stop()).state is DatabaseState.UNFINISHED
    database.transact(lambda session: session.execute(text("CREATE TABLE wp_posts (id INT)")))
    told = refusal(empty)
    assert (told.trouble, "wp_posts" in told.message) == (Trouble.SOMETHING_ELSE, True)
    database.close()
    assert older is DatabaseState.OLDER


@pytest.mark.parametrize("kind", TillKind)
def test_a_house_is_found_by_the_account_of_each_kind(empty: ServerAccount, server: Server, kind: TillKind) -> None:
    root = Database(parse_address(empty.url()))
    upgrade_schema(root)
    machine = new_name("machine")
    try:
        give_rights(root, KindOfAccount(Account(machine), kind), "right")
        found = probe_database(replace(empty, user=machine, password="right"), Stop())
        assert found.state is DatabaseState.HOUSE
    finally:
        root.close()
        with server.connect() as connection, connection.cursor() as cursor:
            cursor.execute("DROP USER %s@'%%'", (machine,))


def test_a_database_of_somebody_else_is_not_touched(empty: ServerAccount) -> None:
    database = Database(parse_address(empty.url()))
    database.transact(lambda session: session.execute(text("CREATE TABLE ticket (id INT)")))
    database.transact(lambda session: session.execute(text("CREATE TABLE wp_posts (id INT)")))
    assert refusal(empty).trouble is Trouble.SOMETHING_ELSE
    tables = database.read(lambda session: set(session.execute(text("SHOW TABLES")).scalars()))
    database.close()
    assert tables == {"ticket", "wp_posts"}


def test_a_wrong_or_missing_password_is_told_and_never_repeated(empty: ServerAccount, server: Server) -> None:
    with a_right_user(server, "guest", f"ALL ON {empty.database}.*", password="pässwörd ☃") as guest:
        mine = replace(empty, user=guest)
        for password in ("secret", "", "Ünicode ☃", "x" * 300, "\udc80"):
            told = refusal(replace(mine, password=password))
            assert (told.trouble, told.field) == (Trouble.WRONG_PASSWORD, "password")
            assert "secret" not in str(told)
        assert probe_database(replace(mine, password="pässwörd ☃"), Stop()).state is DatabaseState.EMPTY
        database = Database(parse_address(mine.url()), lambda: "pässwörd ☃")
        assert database.read(lambda session: session.execute(text("SELECT 1")).scalar()) == 1
        database.close()
    assert refusal(replace(empty, user="nobody-at-all")).trouble is Trouble.WRONG_PASSWORD


def test_a_database_that_is_missing_can_be_made_by_an_account_that_may(empty: ServerAccount, server: Server) -> None:
    missing = replace(empty, database=f"{empty.database}_more")
    told = refusal(missing)
    assert (told.trouble, told.may_create) == (Trouble.NO_DATABASE, True)
    with a_right_user(server, "maker", f"ALL ON `{empty.database.replace('_', chr(92) + '_')}\\_%`.*") as maker:
        told = refusal(replace(missing, user=maker, password="right"))
        assert (told.trouble, told.may_create) == (Trouble.NO_DATABASE, True)
        create_database(replace(missing, user=maker, password="right"), Stop())
        assert probe_database(replace(missing, user=maker, password="right"), Stop()).state is DatabaseState.EMPTY
    with server.connect() as connection, connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE {missing.database}")


def test_an_account_without_rights_is_told_what_to_ask_for(empty: ServerAccount, server: Server) -> None:
    with a_right_user(server, "guest") as guest:
        told = refusal(replace(empty, user=guest, password="right"))
        assert (told.trouble, told.may_create) == (Trouble.NO_RIGHTS, False)
        assert "GRANT ALL ON" in told.advice
    for grants in ("SELECT, INSERT", "SELECT, INSERT, UPDATE, DELETE, CREATE, DROP"):
        with a_right_user(server, "reader", f"{grants} ON {empty.database}.*") as reader:
            told = refusal(replace(empty, user=reader, password="right"))
            assert (told.trouble, told.field) == (Trouble.NO_RIGHTS, "user")
    assert probe_database(empty, Stop()).state is DatabaseState.EMPTY


def test_the_rights_to_ask_for_can_be_given_as_they_are_told(empty: ServerAccount, server: Server) -> None:
    with (
        server.connect() as line,
        a_right_user(server, "o'hara; --") as user,
        a_database(line, "n'; drop") as odd,
        line.cursor() as cursor,
    ):
        mine = replace(empty, database=odd, user=user, password="right")
        for rights in ("", "SELECT"):
            if rights:
                cursor.execute(f"REVOKE ALL ON `{odd}`.* FROM %s@'%%'", (user,))
                cursor.execute(f"GRANT {rights} ON `{odd}`.* TO %s@'%%'", (user,))
            told = refusal(mine)
            assert told.trouble is Trouble.NO_RIGHTS
            cursor.execute(told.advice.partition(": ")[2].removesuffix("."))
            assert probe_database(mine, Stop()).state is DatabaseState.EMPTY


def test_an_account_that_must_encrypt_may_do_so_on_this_machine(empty: ServerAccount, server: Server) -> None:
    with a_right_user(server, "careful", f"ALL ON {empty.database}.*", more="REQUIRE SSL") as careful:
        mine = replace(empty, user=careful, password="right")
        assert probe_database(mine, Stop()).encrypted
        assert refusal(replace(mine, password="wrong")).trouble is Trouble.WRONG_PASSWORD
        database = Database(parse_address(mine.url()), lambda: "right")
        status = text("SHOW STATUS LIKE 'Ssl_cipher'")
        for way in (database.read, database.transact, database.read):
            assert way(lambda session: session.execute(status).one()[1])
        database.close()
        wrong = Database(parse_address(mine.url()), lambda: "wrong")
        with pytest.raises(CannotConnect) as refused:
            wrong.read(lambda session: session.execute(text("SELECT 1")))
        wrong.close()
        assert refused.value.wrong_password


def test_an_account_that_must_encrypt_is_told_of_it_where_the_server_does_not(
    empty: ServerAccount, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    with a_right_user(server, "careful", f"ALL ON {empty.database}.*", more="REQUIRE SSL") as careful:
        mine = replace(empty, user=careful, password="right")
        # Where the line is encrypted, it is the password.
        assert "REQUIRE SSL" not in refusal(replace(mine, password="wrong")).advice
        monkeypatch.setattr("pos_app.db.connection.dialling.insists_on_tls", lambda _line, _error: False)
        told = refusal(mine)
        assert (told.trouble, told.field) == (Trouble.WRONG_PASSWORD, "password")
        assert told.message == f"The server refuses “{careful}” with this password."
        assert "REQUIRE SSL" in told.advice
        assert "TLS" in told.advice


def test_another_machine_must_show_a_certificate_for_its_name(
    empty: ServerAccount, server: Server, far: None, tmp_path: Path
) -> None:
    with a_right_user(server, "till", f"ALL ON {empty.database}.*") as till:
        mine = replace(empty, host=SERVER_NAME, user=till, password="right", socket="")
        right, other = str(server.folder / "tls" / "ca.pem"), str(server.folder / "tls" / "other-ca.pem")
        assert probe_database(replace(mine, certificate=right), Stop()).encrypted
        assert refusal(mine).trouble is Trouble.CERTIFICATE
        told = refusal(replace(mine, certificate=other))
        assert (told.trouble, told.field) == (Trouble.CERTIFICATE, "certificate")
        told = refusal(replace(mine, host="other.house.test", certificate=right))
        assert (told.trouble, told.field) == (Trouble.WRONG_NAME, "host")
        letter = tmp_path / "Brief an Ə.pem"
        letter.write_text("Dear customer")
        for file in (str(letter), str(tmp_path / "none.pem"), str(tmp_path)):
            told = refusal(replace(mine, certificate=file))
            assert (told.trouble, told.field) == (Trouble.CERTIFICATE_FILE, "certificate")
        copy = tmp_path / "a?b&c ca%20.pem"
        copy.write_bytes((server.folder / "tls" / "ca.pem").read_bytes())
        assert probe_database(replace(mine, certificate=str(copy)), Stop()).encrypted
