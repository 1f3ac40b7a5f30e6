"""Private database servers for the tests: started by the run, shared by all its workers, gone with it."""

from __future__ import annotations

import os
import random
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final
from uuid import uuid4

import pymysql
from sqlalchemy import text

from tests.certificates import make_certificates

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pos_app.db.database import Database

FLAVOURS: Final = ("mariadb", "mysql")
_KEEPER = Path(__file__).with_name("keep_server.py")
_ROOM_NEEDED = 1 << 30
_START_SECONDS = 90.0


def find_server(flavour: str) -> str | None:
    """Return the program of a "mariadb" or "mysql" server on this machine, or None.

    MySQL is what FOYER_TEST_MYSQLD names, or a mysqld on PATH that is not MariaDB's.
    """
    path = f"{os.environ.get('PATH', '')}:/usr/local/sbin:/usr/sbin:/sbin"
    if flavour == "mariadb":
        return shutil.which("mariadbd", path=path)
    named = os.environ.get("FOYER_TEST_MYSQLD")
    if named:
        return named
    found = shutil.which("mysqld", path=path)
    if found is None:
        return None
    return None if "MariaDB" in _version(found) else found


@cache
def _version(program: str) -> str:
    return subprocess.run([program, "--version"], capture_output=True, text=True, check=False).stdout


def flavours() -> tuple[str, ...]:
    """Return the kinds of server of this run; a story that is told on one server is told on the first of them.

    They are MariaDB, and MySQL where there is a program; FOYER_TEST_SERVER=mysql takes MySQL in the place of MariaDB.
    """
    only = os.environ.get("FOYER_TEST_SERVER")
    if only is None:
        return FLAVOURS if find_server("mysql") else FLAVOURS[:1]
    if only not in FLAVOURS:
        raise ValueError(f"FOYER_TEST_SERVER names {only!r}, and not one of: {', '.join(FLAVOURS)}.")
    return (only,)


def _free_port() -> int:
    """Return a port below those that the kernel gives away by itself, so that nobody takes it meanwhile."""
    for _ in range(200):
        port = random.randrange(20000, 32000)
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
        return port
    raise RuntimeError("No free port was found on 127.0.0.1 between 20000 and 32000.")


def _roomy_folder() -> str:
    """Return the folder for the server's data: memory when it is large enough; short, for sockets' names are."""
    memory = Path("/dev/shm")  # noqa: S108 - mkdtemp below makes a folder of our own in it
    if memory.is_dir() and os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > _ROOM_NEEDED:
        return str(memory)
    return tempfile.gettempdir()


@dataclass(frozen=True)
class Server:
    """A running or starting server. address is plain data, so that it can travel to another worker."""

    flavour: str
    folder: Path
    port: int

    @property
    def address(self) -> tuple[str, str, int]:
        return self.flavour, str(self.folder), self.port

    @classmethod
    def at(cls, address: tuple[str, str, int]) -> Server:
        """Return the server that another process started."""
        flavour, folder, port = address
        return cls(flavour, Path(folder), port)

    def connect(self) -> pymysql.Connection:
        """Connect as root, waiting until the server is up. Raises RuntimeError when it does not come up."""
        deadline = time.monotonic() + _START_SECONDS
        while True:
            try:
                connection = pymysql.connect(
                    host="127.0.0.1", port=self.port, user="root", autocommit=True, ssl_disabled=True
                )
            except pymysql.err.OperationalError as error:
                failed = self.folder / "failed"
                if failed.exists() or not self.folder.exists() or time.monotonic() > deadline:
                    raise RuntimeError(f"The {self.flavour} server did not start: {error}\n{self._logs()}") from error
                time.sleep(0.05)
                continue
            with connection.cursor() as cursor:
                cursor.execute("SELECT @@datadir")
                (datadir,) = cursor.fetchone() or ("",)
            if not str(datadir).startswith(str(self.folder)):
                raise RuntimeError(f"Port {self.port} belongs to another server, with its data in {datadir}.")
            return connection

    def _logs(self) -> str:
        texts = [
            (self.folder / name).read_text(errors="replace")[-2000:]
            for name in ("failed", "install.log", "error.log")
            if (self.folder / name).exists()
        ]
        return "\n".join(texts)

    @contextmanager
    def fresh_database(self) -> Iterator[str]:
        """Give the URL of a new, empty database; it is dropped afterwards, whoever is still connected to it."""
        name = f"foyer_{uuid4().hex[:12]}"
        with self.connect() as connection, connection.cursor() as cursor:
            cursor.execute(f"CREATE DATABASE {name} CHARACTER SET utf8mb4")
        try:
            yield f"mysql+pymysql://root@127.0.0.1:{self.port}/{name}"
        finally:
            with self.connect() as connection, connection.cursor() as cursor:
                # Not from the table of the same: MySQL refuses to tell what has letters beyond the first plane.
                cursor.execute("SHOW PROCESSLIST")
                for thread in [row[0] for row in cursor.fetchall() if row[3] == name]:
                    # Gone by itself meanwhile is as good (error 1094).
                    try:
                        cursor.execute(f"KILL {thread}")
                    except pymysql.err.OperationalError as error:
                        if error.args[0] != pymysql.constants.ER.NO_SUCH_THREAD:
                            raise
                cursor.execute(f"DROP DATABASE {name}")


def by_socket(database: Database) -> str:
    """Return what an address ends with that leads through the socket of its server: MySQL is told a password there."""
    return f"?socket={database.read(lambda session: session.execute(text('SELECT @@socket')).scalar_one())}"


class KeptServer:
    """Starts a server at once and without waiting; stop() ends it, and so does the end of this process."""

    def __init__(self, flavour: str, program: str) -> None:
        folder = Path(tempfile.mkdtemp(prefix="foyer-", dir=_roomy_folder()))
        make_certificates(folder / "tls")
        self.server = Server(flavour, folder, _free_port())
        self._keeper = subprocess.Popen(
            [sys.executable, "-I", str(_KEEPER), str(folder), str(self.server.port), flavour, program],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    @property
    def pid(self) -> int:
        return self._keeper.pid

    def stop(self) -> None:
        """End the server and remove its data."""
        if self._keeper.stdin is not None:
            self._keeper.stdin.close()
        self._keeper.wait(timeout=90)


@contextmanager
def another_server(flavour: str | None = None) -> Iterator[KeptServer]:
    """Give a server that no other test uses, for one that stops it or sets what holds for all; it is up in a second."""
    kind = flavour or flavours()[0]
    program = find_server(kind)
    assert program is not None, f"No {kind} server is here."
    kept = KeptServer(kind, program)
    try:
        kept.server.connect().close()
        yield kept
    finally:
        kept.stop()
