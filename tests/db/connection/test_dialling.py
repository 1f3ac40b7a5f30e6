"""Signing in to a real server on this machine with a password: by its socket, by its certificate, by its key."""

from __future__ import annotations

import os
import socket
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest
from sqlalchemy import text

from pos_app.db.connection import local_sockets
from pos_app.db.connection.addresses import Server as Place
from pos_app.db.connection.addresses import parse_address
from pos_app.db.connection.local_sockets import open_socket, usual_socket
from pos_app.db.database import Database
from pos_app.db.probe.probing import probe_database
from pos_app.domain.errors import CannotConnect, PasswordNotTold
from pos_app.domain.house.setup import DatabaseState, ServerAccount, SetupRefused, Trouble
from pos_app.domain.house.stopping import Stop
from tests.accounts import an_account
from tests.servers import find_server, flavours

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.servers import Server

PASSWORD: Final = "the till's pässword"
_OF_MYSQL = pytest.mark.skipif("mysql" not in flavours(), reason="caching_sha2_password is a way of MySQL's")


@pytest.fixture(params=flavours())
def server(request: pytest.FixtureRequest, server_of: Callable[[str], Server]) -> Server:
    return server_of(request.param)


@pytest.fixture
def mysql(server_of: Callable[[str], Server]) -> Server:
    return server_of("mysql")


@contextmanager
def _an_account(server: Server, way: str = "", more: str = "") -> Iterator[ServerAccount]:
    """Give an account with a password, new to the server, and an empty database for it."""
    with server.fresh_database() as url, server.connect() as line:
        name = parse_address(url).name
        with an_account(line, "till", f"ALL ON {name}.*", password=PASSWORD, way=way, more=more) as till:
            yield ServerAccount("127.0.0.1", server.port, name, till, PASSWORD)


def _asked(account: ServerAccount, question: str = "SELECT 1") -> Any:
    with closing(Database(parse_address(account.url()), lambda: account.password)) as database:
        return database.read(lambda session: session.execute(text(question)).scalar())


def _sign_in(account: ServerAccount) -> None:
    """Sign in as a till does, and as the page does on which a server is tested."""
    assert _asked(account) == 1
    assert probe_database(account, Stop()).state is DatabaseState.EMPTY


def _refused(account: ServerAccount) -> str:
    """Return what both say that are not let in."""
    with pytest.raises(PasswordNotTold) as told:
        _asked(account)
    with pytest.raises(SetupRefused) as probed:
        probe_database(account, Stop())
    assert probed.value.trouble is Trouble.UNSAFE
    assert probed.value.message == told.value.message
    return str(told.value)


@_OF_MYSQL
def test_the_first_sign_in_by_caching_sha2_goes_by_the_socket_the_certificate_or_the_key(mysql: Server) -> None:
    ways: tuple[Callable[[ServerAccount], ServerAccount], ...] = (
        lambda account: replace(account, socket=str(mysql.folder / "sock")),
        lambda account: replace(account, certificate=str(mysql.folder / "tls" / "ca.pem")),
        lambda account: replace(account, server_key=str(mysql.folder / "data" / "public_key.pem")),
    )
    for by in ways:
        with _an_account(mysql, "caching_sha2_password") as account:
            assert "not told" in _refused(account), "what the server does not remember it asks for in full"
            _sign_in(by(account))
            _sign_in(account)  # now a scramble is enough


@_OF_MYSQL
def test_the_key_and_the_certificate_of_another_server_are_no_help(mysql: Server, tmp_path: Path) -> None:
    from tests.db.connection.false_server import FalseServer

    other = tmp_path / "public_key.pem"
    other.write_bytes(FalseServer(()).public_key)
    with _an_account(mysql, "caching_sha2_password") as account:
        with pytest.raises(CannotConnect):
            _asked(replace(account, server_key=str(other)))
        with pytest.raises(CannotConnect, match="certificate"):
            _asked(replace(account, certificate=str(mysql.folder / "tls" / "other-ca.pem")))


@_OF_MYSQL
def test_an_account_that_must_encrypt_is_not_told_to_whoever_encrypts(mysql: Server) -> None:
    with _an_account(mysql, "caching_sha2_password", "REQUIRE SSL") as account:
        assert "ssl_ca" in _refused(account)
        _sign_in(replace(account, socket=str(mysql.folder / "sock")))
        assert probe_database(replace(account, certificate=str(mysql.folder / "tls" / "ca.pem")), Stop()).encrypted


def test_a_scramble_may_go_in_clear(server: Server) -> None:
    if server.flavour == "mysql":
        pytest.skip("MySQL 9 has no mysql_native_password any more.")
    with _an_account(server) as account:
        _sign_in(account)


def test_the_usual_socket_is_found_and_a_wrong_password_told(
    server: Server, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(local_sockets, "USUAL_PORT", server.port)
    monkeypatch.setattr(local_sockets, "USUAL_PLACES", (str(tmp_path / "none"), str(server.folder / "sock")))
    with _an_account(server) as account:
        _sign_in(account)
        assert "localhost" in str(_asked(account, "SELECT USER()")), "the socket's host"
        with pytest.raises(CannotConnect) as told:
            _asked(replace(account, password="wrong"))
        assert told.value.wrong_password


def test_a_server_that_listens_elsewhere_is_not_taken_for_the_one_that_is_meant(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Here the usual socket is of a server that knows the account as well, and another port is named."""
    monkeypatch.setattr(local_sockets, "USUAL_PLACES", (str(server.folder / "sock"),))
    with socket.create_server(("127.0.0.1", 0)) as meant:
        port = meant.getsockname()[1]
    monkeypatch.setattr(local_sockets, "USUAL_PORT", port)
    with _an_account(server) as account, pytest.raises(Exception, match="cannot be reached"):
        _asked(replace(account, port=port))


def test_a_socket_that_is_missing_is_told(server: Server, tmp_path: Path) -> None:
    with _an_account(server) as account, pytest.raises(Exception, match="cannot be reached"):
        _asked(replace(account, socket=str(tmp_path / "none.sock")))


@pytest.fixture
def folder() -> Iterator[Path]:
    """Give a folder with a short name, for sockets' names are."""
    import tempfile

    with tempfile.TemporaryDirectory(prefix="foyer-") as made:
        yield Path(made)


@contextmanager
def _listening(path: Path) -> Iterator[None]:
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(path))
        listener.listen()
        yield


def test_a_socket_of_a_stranger_is_not_spoken_to(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = folder / "mysql.sock"
    monkeypatch.setattr(local_sockets, "USUAL_PLACES", (str(path),))
    with _listening(path):
        assert usual_socket(Place("localhost", 3306)) == path, "it is ours"
        open_socket(path, 5, told=False).close()
        monkeypatch.setattr(local_sockets, "_trusted", lambda: {4_000_000})
        assert usual_socket(Place("localhost", 3306)) is None
        with pytest.raises(CannotConnect, match="does not belong"):
            open_socket(path, 5, told=False)


def test_a_socket_that_is_named_may_be_of_an_account_that_has_its_folder_to_itself(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = folder / "mysql.sock"
    monkeypatch.setattr(local_sockets, "_trusted", lambda: {4_000_000})
    with _listening(path):
        open_socket(path, 5, told=True).close()
        for mode in (0o777, 0o1777, 0o770):
            folder.chmod(mode)
            with pytest.raises(CannotConnect, match="does not belong"):
                open_socket(path, 5, told=True)
        if os.geteuid() == 0:
            folder.chmod(0o755)
            os.chown(folder, 4_000_001, -1)
            with pytest.raises(CannotConnect, match="does not belong"):
                open_socket(path, 5, told=True)


def test_only_the_usual_port_on_this_machine_means_the_usual_socket(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = folder / "mysql.sock"
    monkeypatch.setattr(local_sockets, "USUAL_PLACES", (str(path),))
    with _listening(path):
        assert usual_socket(Place("::1", 3306)) == path
        assert usual_socket(Place("127.0.0.1", 3307)) is None
        assert usual_socket(Place("tickets.example.org", 3306)) is None


def test_mysql_is_here_where_it_is_asked_for() -> None:
    """`make test-mysql` tells the stories of MySQL's own way of signing in."""
    if os.environ.get("FOYER_TEST_SERVER") == "mysql":
        assert find_server("mysql")
