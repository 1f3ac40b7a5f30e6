"""Testing a connection before anything is set up: what is wrong in one sentence, or what the database holds."""

from __future__ import annotations

import re
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any, Final

import pymysql

from pos_app.db.connection.addresses import can_be_looked_up, parse_address
from pos_app.db.connection.dialling import Dialler, verifying_tls
from pos_app.db.connection.lines import OpenLines
from pos_app.db.probe.connections import count_connections
from pos_app.db.probe.findings import judge_tables, require_rights
from pos_app.db.probe.reaching import reach_server, unknown_host
from pos_app.db.probe.words import describe, missing_database, wrong_certificate_file
from pos_app.db.schema.revisions import refuse_old
from pos_app.domain.errors import CannotConnect
from pos_app.domain.house.setup import DatabaseFound, DatabaseState, ServerAccount, SetupRefused, Trouble, sound_account

if TYPE_CHECKING:
    import socket

    from pos_app.db.connection.addresses import DatabaseAddress
    from pos_app.db.connection.guarded import GuardedConnection
    from pos_app.domain.house.stopping import Stop

PROBE_SECONDS: Final = 5
_NO_DATABASE: Final = 1049
_SHUT: Final = 1044
_ACCESS_DENIED: Final = 1045
_DISGUISE: Final = "5.5.5-"
"""MariaDB writes this before its version, for old replicas."""


def probe_database(given: ServerAccount, stop: Stop) -> DatabaseFound:
    """Connect as a till would, and look at what is there; changes nothing but for a table made and removed again.

    Raises SetupRefused with what is wrong and what to do.
    """
    account = sound_account(given)
    line = _open(account, stop)
    try:
        stop.check()
        server, encrypted = _server_of(line), line.is_encrypted
        with line.cursor() as cursor:
            state = judge_tables(cursor, account.database)
            # Whoever upgrades a house may be somebody else than this computer's account, and is asked for then.
            if state not in {DatabaseState.HOUSE, DatabaseState.OLDER}:
                require_rights(cursor, account)
            connections = count_connections(partial(_answer, cursor), has_house=state is DatabaseState.HOUSE)
    except pymysql.err.MySQLError as error:
        raise describe(error, account) from error
    finally:
        line.close()
    return DatabaseFound(state, server, encrypted=encrypted, connections=connections)


def _answer(cursor: Any, question: str) -> Any:
    cursor.execute(question)
    return cursor.fetchone()


def create_database(given: ServerAccount, stop: Stop) -> None:
    """Make the database that is missing. Raises SetupRefused."""
    account = sound_account(given)
    line = _open(account, stop, named=False)
    try:
        with line.cursor() as cursor:
            cursor.execute(f"CREATE DATABASE IF NOT EXISTS `{account.database}` CHARACTER SET utf8mb4")
    except pymysql.err.MySQLError as error:
        raise describe(error, account) from error
    finally:
        line.close()


def _open(account: ServerAccount, stop: Stop, *, named: bool = True) -> Any:
    """Return an open line in the database, or in none."""
    if not can_be_looked_up(account.host):
        raise unknown_host(account.host)
    address = parse_address(account.url())
    try:
        verifying_tls(address, address.servers[0])
    except CannotConnect as error:
        raise wrong_certificate_file(account) from error
    try:
        return _connect(account, address, stop, named=named)
    except SetupRefused:
        raise
    except CannotConnect as error:
        raise SetupRefused(
            error.message,
            advice=error.advice,
            trouble=Trouble.UNSAFE,
            field="host",
        ) from error
    except pymysql.err.OperationalError as error:
        stop.check()
        if named and error.args and error.args[0] in {_NO_DATABASE, _SHUT}:
            raise missing_database(account, error.args[0], may_create=_may_create(account, stop)) from error
        raise describe(error, account) from error
    except (pymysql.err.MySQLError, OSError, RuntimeError) as error:
        stop.check()
        raise describe(error, account) from error
    except (ValueError, IndexError, LookupError, TypeError) as error:
        # A greeting that begins like MySQL's and goes on otherwise.
        raise describe(pymysql.err.InternalError(str(error)), account) from error


def _connect(account: ServerAccount, address: DatabaseAddress, stop: Stop, *, named: bool) -> Any:
    made: list[GuardedConnection] = []
    lines = OpenLines()

    def reach() -> socket.socket:
        return reach_server(account.host, account.port, stop)

    def note(line: GuardedConnection) -> None:
        made.append(line)
        lines.add(line)
        stop.watch(lines.hang_up)

    dialler = Dialler(address, seconds=PROBE_SECONDS, on_line=note, reach=reach)
    more = {"database": address.name} if named else {}
    try:
        line = dialler.dial(address.servers[0], account.password, autocommit=True, **more)
    except pymysql.err.OperationalError as error:
        _refuse_old_of(made[-1])
        if error.args[:1] == (_ACCESS_DENIED,) and not made[-1].wants_to_encrypt:
            raise describe(error, account, in_clear=True) from error
        raise
    except BaseException:
        # Whoever is too old may speak in a way that is not understood.
        if made:
            _refuse_old_of(made[-1])
        raise
    _refuse_old_of(line)
    return line


def _refuse_old_of(line: Any) -> None:
    version = str(getattr(line, "server_version", "")).removeprefix(_DISGUISE)
    numbers = re.match(r"(\d+)\.(\d+)\.(\d+)", version)
    if numbers is None:
        return
    try:
        refuse_old(tuple(map(int, numbers.groups())), is_mariadb="mariadb" in version.lower())
    except CannotConnect as error:
        with suppress(pymysql.err.MySQLError):
            line.close()
        raise SetupRefused(error.message, advice=error.advice, trouble=Trouble.TOO_OLD, field="host") from error


def _server_of(line: Any) -> str:
    version = str(line.server_version).removeprefix(_DISGUISE)
    numbers = re.match(r"[\d.]+", version)
    name = "MariaDB" if "mariadb" in version.lower() else "MySQL"
    return f"{name} {numbers[0].rstrip('.') if numbers else version[:20]}"


def _may_create(account: ServerAccount, stop: Stop) -> bool:
    """Tell whether the account's grants let it make this database; what a role gives is not seen."""
    try:
        line = _open(account, stop, named=False)
    except SetupRefused:
        return False
    try:
        with line.cursor() as cursor:
            cursor.execute("SHOW GRANTS")
            return any(grants_creation(str(row[0]), account.database) for row in cursor.fetchall())
    except pymysql.err.MySQLError:
        return False
    finally:
        line.close()


def grants_creation(grant: str, database: str) -> bool:
    """Tell whether a line of SHOW GRANTS lets a database of this name be made (% and _ are patterns in it)."""
    found = re.match(r"GRANT (?P<rights>.+?) ON (?:\*|`(?P<name>(?:[^`]|``)+)`)\.\* TO ", grant)
    if found is None or not re.search(r"\bALL PRIVILEGES\b|\bCREATE\b(?! [A-Z])", found["rights"]):
        return False
    if found["name"] is None:
        return True
    parts = re.findall(r"\\.|.", found["name"].replace("``", "`"))
    pattern = "".join({"%": ".*", "_": "."}.get(part, re.escape(part.removeprefix("\\"))) for part in parts)
    return re.fullmatch(pattern, database) is not None
