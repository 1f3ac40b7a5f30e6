from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

import pymysql
import pytest
from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from pos_app.computer.journal import Journal
from pos_app.db.connection.disk_failures import may_have_reached_disk
from pos_app.db.connection.failures import translate
from pos_app.domain.errors import CannotConnect, DiskRefused, PosError, ServerBusy
from pos_app.flows.sell import sell_basket
from pos_app.services.selling.holds import load_hold
from tests.bounded import ROOT
from tests.kinds import SQLITE
from tests.services.stories import cash_request, hold

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import Any

    from pos_app.domain.selling.sales import Sale, SaleRequest
    from tests.houses import OpenHouse


@pytest.fixture
def full(house: OpenHouse) -> Iterator[list[int]]:
    """The database file may grow no more, as on a full disk, once something is put into the list: SQLite says so."""
    begun: list[int] = []

    def limit(connection: Any) -> None:
        pages = 1 if begun else 1_000_000_000
        connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")

    event.listen(house.database.writer, "begin", limit)
    yield begun
    event.remove(house.database.writer, "begin", limit)
    house.database.close()


def sell_it(house: OpenHouse, tmp_path: Path, request: SaleRequest) -> Sale:
    journal = Journal(tmp_path / "journal")
    try:
        return sell_basket(house.database, journal, house.small.cashier, request, currency="EUR", places="Row A")
    finally:
        assert journal.pending() == ()


@SQLITE
def test_a_sale_that_no_longer_fits_on_the_disk_is_told_so_and_not_made(
    house: OpenHouse, full: list[int], tmp_path: Path
) -> None:
    """SQLite itself says that the disk is full."""
    house.database.close()
    with closing(sqlite3.connect(house.url.removeprefix("sqlite:///"))) as packed:
        packed.execute("VACUUM")  # or sales would find room in pages that are free
    seats = [house.small.seat(row, number) for row in (1, 2, 3) for number in range(1, house.small.seats_per_row + 1)]
    requests = [replace(cash_request(house, hold(house, [seat])), note="n" * 200) for seat in seats]
    full.append(1)
    error: Exception | None = None
    for request in requests:
        try:
            sell_it(house, tmp_path, request)
        except PosError as refused:
            error = refused
            break
    assert isinstance(error, DiskRefused)
    assert (
        str(error) == "The disk of this computer is full. Nothing was changed. Make room on the disk, then do it again."
    )
    full.clear()
    assert house.database.read(load_hold, request.basket_key).seats == (request.lines[0].seat,)
    sale = sell_it(house, tmp_path, request)
    assert sale.total_minor == request.total_minor


@pytest.mark.parametrize("code", [3, 20, 28, 1021, 1026, 1114])
@pytest.mark.parametrize("writes", [True, False])
def test_the_disk_of_a_server_is_told_from_that_of_this_computer(code: int, writes: bool) -> None:  # noqa: FBT001
    told = translate(OperationalError("x", {}, pymysql.err.OperationalError(code, "full")), writes=writes)
    assert isinstance(told, ServerBusy)
    assert told.message == "The server's disk is full."
    assert ("Nothing was changed" in told.advice) is writes


def test_the_number_of_a_storage_engine_stands_in_its_text() -> None:
    for words in (
        'Got error 28 "No space left on device" from storage engine InnoDB',
        "Got error 28 from table handler",
    ):
        told = translate(OperationalError("x", {}, pymysql.err.OperationalError(1030, words)))
        assert told is not None
        assert told.message == "The server's disk is full."
    assert translate(OperationalError("x", {}, pymysql.err.OperationalError(1030, "Got error 122"))) is None


@pytest.mark.parametrize("code", [1037, 1038, 1041])
def test_a_server_without_memory_is_told(code: int) -> None:
    told = translate(OperationalError("x", {}, pymysql.err.OperationalError(code, "out")))
    assert isinstance(told, ServerBusy)
    assert told.message == "The server is out of memory."


@SQLITE
def test_a_database_that_cannot_be_written_any_more_is_told(house: OpenHouse, tmp_path: Path) -> None:
    request = cash_request(house, hold(house, [house.small.seat(1, 1)]))

    def read_only(connection: Any) -> None:
        connection.exec_driver_sql("PRAGMA query_only=ON")

    event.listen(house.database.writer, "begin", read_only)
    try:
        with pytest.raises(CannotConnect, match=r"cannot be written\. Nothing was changed\."):
            sell_it(house, tmp_path, request)
    finally:
        event.remove(house.database.writer, "begin", read_only)
        house.database.close()


_ON_A_SMALL_DISK = """
import resource, sys
from pathlib import Path
from pos_app.db.connection.addresses import parse_address
from pos_app.db.database import Database
from pos_app.domain.errors import PosError
from sqlalchemy import text

path = Path(sys.argv[1])
database = Database(parse_address(str(path)))
database.transact(lambda session: session.execute(text("CREATE TABLE t (id INTEGER PRIMARY KEY, words TEXT)")))
most = sum(one.stat().st_size for one in path.parent.iterdir()) + 20_000
resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
for number in range(10_000):
    try:
        database.transact(lambda session: session.execute(text("INSERT INTO t (words) VALUES (:w)"), {"w": "w" * 3000}))
    except PosError as error:
        print(type(error).__name__, error, sep="|")
        break
"""


@pytest.mark.skipif(sys.platform == "win32", reason="limits of processes are those of POSIX")
def test_a_disk_that_refuses_what_is_written_is_told_at_once(tmp_path: Path) -> None:
    """A file that may grow no more: the system refuses the write, and SQLite calls it an error of the disk."""
    done = subprocess.run(
        [sys.executable, "-c", _ON_A_SMALL_DISK, str(tmp_path / "a.db")],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
        cwd=ROOT,
    )
    kind, _, told = done.stdout.strip().partition("|")
    assert kind == "DiskRefused", done.stdout + done.stderr
    assert told.endswith("Nothing was changed. Tell whoever looks after this computer at once.")


def test_a_commit_that_the_disk_has_not_confirmed_is_in_doubt_and_one_that_it_refused_is_not() -> None:
    for code, doubtful in (
        (sqlite3.SQLITE_IOERR_FSYNC, True),
        (sqlite3.SQLITE_IOERR_WRITE, False),
        (sqlite3.SQLITE_FULL, False),
    ):
        error = sqlite3.OperationalError("disk I/O error")
        error.sqlite_errorcode = code
        assert may_have_reached_disk(OperationalError("x", {}, error)) is doubtful
