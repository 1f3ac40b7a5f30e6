"""What a test of the connection says of what is not there, is no such server, or is one that Foyer cannot use."""

from __future__ import annotations

import socket
import threading
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import TYPE_CHECKING

import pytest

from pos_app.db.probe import probing, reaching
from pos_app.db.probe.probing import grants_creation, probe_database
from pos_app.domain.house.setup import ServerAccount, SetupRefused, Trouble
from pos_app.domain.house.stopping import Stop
from tests.db.probe.probing import refusal

if TYPE_CHECKING:
    from collections.abc import Iterator


def test_a_name_that_nobody_knows_is_told() -> None:
    for host in ("no-such-host.invalid", "мой-сервер.invalid", "a" * 64 + ".invalid", "..", "x" * 253):
        told = refusal(ServerAccount(host, 3306, "foyer", "foyer"))
        assert (told.trouble, told.field) == (Trouble.UNKNOWN_HOST, "host")


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_a_closed_port_is_told(host: str) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        told = refusal(ServerAccount(host, closed.getsockname()[1], "foyer", "foyer"))
    assert (told.trouble, told.field) == (Trouble.REFUSED, "port")


class _Pages(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_error(404)

    def log_message(self, *_: object) -> None:
        pass


def test_a_web_server_is_no_database_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reaching, "GREETING_SECONDS", 0.2)
    with HTTPServer(("127.0.0.1", 0), _Pages) as pages:
        thread = threading.Thread(target=pages.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            told = refusal(ServerAccount("127.0.0.1", pages.server_port, "foyer", "foyer"))
        finally:
            pages.shutdown()
            thread.join()
    assert (told.trouble, told.field) == (Trouble.NOT_MYSQL, "port")


@contextmanager
def speaking(*words: bytes) -> Iterator[int]:
    """Say something to whoever connects, an answer to each thing that is said; give the port."""
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        with suppress(OSError):
            while True:
                line, _ = listener.accept()
                with line, suppress(OSError):
                    for word in words:
                        line.sendall(word)
                        line.recv(4096)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield listener.getsockname()[1]
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join(5)


@pytest.mark.parametrize(
    "words", [(b"SSH-2.0-OpenSSH_9.2\r\n",), (), (b"220 mail ESMTP\r\n",), (b"\x05\0\0\0\x0a8.0",), (b"\xff" * 200,)]
)
def test_other_servers_are_no_database_servers(words: tuple[bytes, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(probing, "PROBE_SECONDS", 1)
    with speaking(*words) as port:
        told = refusal(ServerAccount("127.0.0.1", port, "foyer", "foyer"))
    assert told.trouble in {Trouble.NOT_MYSQL, Trouble.NO_ANSWER, Trouble.OTHER}
    assert "Traceback" not in str(told)


def test_a_port_that_never_says_a_word_is_told_and_can_be_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        account = ServerAccount("127.0.0.1", silent.getsockname()[1], "foyer", "foyer")
        stop = Stop()
        threading.Timer(0.1, stop.ask).start()
        with pytest.raises(SetupRefused) as refused:
            probe_database(account, stop)
        assert refused.value.trouble is Trouble.CANCELLED
        monkeypatch.setattr(reaching, "GREETING_SECONDS", 0.1)
        told = refusal(account)
    assert (told.trouble, told.field) == (Trouble.NO_ANSWER, "port")


def _greeting(version: bytes) -> bytes:
    body = b"\x0a" + version + b"\0" + b"\1\0\0\0" + b"a" * 8 + b"\0" + b"\xff\xf7\x21\2\0\x0f\x80\x15" + b"\0" * 10
    body += b"b" * 12 + b"\0mysql_native_password\0"
    return len(body).to_bytes(3, "little") + b"\0" + body


_OK = b"\7\0\0\2\0\0\0\2\0\0\0"


@pytest.mark.parametrize(
    ("version", "words"),
    [
        (b"5.7.44-log", "MySQL 5.7.44"),
        (b"5.5.5-10.3.39-MariaDB", "MariaDB 10.3.39"),
        (b"8.0.15", "MySQL 8.0.15"),
        (b"5.7.25-TiDB-v7.5.0", "MySQL 5.7.25"),
    ],
)
def test_a_server_that_is_too_old_is_told_with_its_version(version: bytes, words: str) -> None:
    with speaking(_greeting(version), _OK) as port:
        told = refusal(ServerAccount("127.0.0.1", port, "foyer", "foyer"))
    assert (told.trouble, words in told.message) == (Trouble.TOO_OLD, True)


def test_another_machine_that_does_not_encrypt_is_refused(far: None) -> None:
    with speaking(_greeting(b"8.0.36")) as port:
        told = refusal(ServerAccount("plain.house.test", port, "foyer", "foyer", "secret"))
    assert told.trouble is Trouble.NO_TLS
    assert "secret" not in str(told)


@pytest.mark.parametrize(
    ("grant", "database", "may"),
    [
        ("GRANT ALL PRIVILEGES ON *.* TO `root`@`%` WITH GRANT OPTION", "foyer", True),
        ("GRANT SELECT, CREATE, DROP ON `foyer`.* TO `a`@`%`", "foyer", True),
        ("GRANT SELECT, CREATE VIEW ON `foyer`.* TO `a`@`%`", "foyer", False),
        ("GRANT SELECT, CREATE USER ON *.* TO `a`@`%`", "foyer", False),
        (r"GRANT ALL PRIVILEGES ON `foyer\_%`.* TO `a`@`%`", "foyer_1", True),
        (r"GRANT ALL PRIVILEGES ON `foyer\_%`.* TO `a`@`%`", "foyer1", False),
        ("GRANT CREATE ON `foyer`.`ticket` TO `a`@`%`", "foyer", False),
        ("GRANT USAGE ON *.* TO `a`@`%` IDENTIFIED BY PASSWORD '*AA'", "foyer", False),
    ],
)
def test_the_grants_tell_whether_a_database_may_be_made(grant: str, database: str, *, may: bool) -> None:
    assert grants_creation(grant, database) is may
