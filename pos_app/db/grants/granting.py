"""Making an account of a kind of machine, and renewing those that the house has made before.

Which these are stands in a table of the house (models/accounts.py), for an owner of the database may not read the
server's own tables. All of it is done by an owner: an account with all rights on the database, the right to hand them
on, and, to make accounts, the right CREATE USER.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from sqlalchemy import delete, insert, inspect, select
from sqlalchemy.exc import SQLAlchemyError

from pos_app.db.connection.failures import RIGHTS_MISSING, driver_code, translate
from pos_app.db.grants.beyond import rights_beyond
from pos_app.db.grants.rights import allowed
from pos_app.db.grants.statements import Account, Schema, creation, grants, new_password, renewals, withdrawals
from pos_app.db.models import DatabaseAccount
from pos_app.db.schema.upgrade_turn import take_turn
from pos_app.domain.errors import InvalidInput, NotFound, RightsMissing
from pos_app.domain.sentences import say
from pos_app.domain.tills.kinds import TillKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection

    from pos_app.db.connection.addresses import DatabaseAddress
    from pos_app.db.database import Database

_THERE_ALREADY: Final = 1396
"""CREATE USER of an account that there is, and ALTER USER of one that there is not."""
_NO_SUCH_RIGHT: Final = {1141, 1147}
_NO_SUCH_ACCOUNT: Final = {1133, 1396, 1410}
_TOO_WEAK: Final = {1819, 1820}
_NO_NAME: Final = {1300, 1470}


@dataclass(frozen=True, slots=True)
class KindOfAccount:
    """An account, and what it is for. also_gate: its machine stands at the door as well."""

    account: Account
    kind: TillKind
    also_gate: bool = False


@dataclass(frozen=True, slots=True)
class Given:
    """What an account was granted; beyond: rights that reach into the database and were not given here, if any show.

    was_there: somebody else had made it, and it keeps its password; what more it may do does not show to every owner.
    """

    statements: tuple[str, ...]
    beyond: tuple[str, ...]
    was_there: bool = False


@dataclass(frozen=True, slots=True)
class Renewed:
    """What an upgrade did for the accounts of the house. gone: those that the server does not have any more."""

    renewed: tuple[KindOfAccount, ...] = ()
    gone: tuple[Account, ...] = field(default=())


def known_accounts(database: Database) -> tuple[KindOfAccount, ...]:
    """Return the accounts that the house has made, in their order. Raises RightsMissing where this is no owner's."""
    with _open(database) as connection:
        return _known(connection)


def planned(database: Database, wanted: KindOfAccount) -> tuple[str, ...]:
    """Return the statements that make an account in this database, or renew it, without a password; does nothing.

    Raises InvalidInput for an embedded database.
    """
    with _open(database) as connection:
        schema, name = _schema(connection), database.address.name
        rights = allowed(wanted.kind, also_gate=wanted.also_gate)
        if wanted.account not in {one.account for one in _known(connection)}:
            made = creation(wanted.account, encrypted=_is_encrypted(connection))
            made = made.replace("%%", "%").replace("BY %s", "BY '...'")
            return (made, *grants(name, schema, rights, wanted.account))
        renewed = (statement for both in renewals(name, schema, rights, wanted.account) for statement in both)
        return (*filter(None, renewed), *withdrawals(name, schema, wanted.account))


def give_rights(
    database: Database, wanted: KindOfAccount, password: str | None, *, change_password: bool = False
) -> Given:
    """Make an account, or renew it, so that it has exactly the rights of its kind; returns what it was granted.

    password: of the account from now on; None: it keeps the one it has, and so does one that the house did not make,
    for it may be an administrator's; change_password: that one takes it, too. May be run again after it was cut off.

    Raises RightsMissing (this account is no owner's, or may not make accounts), NotFound (None, and there is no such
    account), InvalidInput (an embedded database, or the account that is connected here).
    """
    with _open(database) as connection:
        take_turn(connection)
        _refuse_own(connection, wanted.account)
        known = _known(connection)  # whoever may not read it may not grant either, and is told before anything is done
        connection.rollback()
        ours = wanted.account in {one.account for one in known}
        was_there = (
            password is not None
            and _make(connection, wanted.account, password, renew=ours or change_password)
            and not ours
        )
        # Written before the rights are given: cut off in between, the next upgrade gives them.
        _remember(connection, wanted, known)
        done = _renew(connection, database.address.name, wanted)
        if done is None:
            _forget(connection, wanted.account)
            raise NotFound(
                say("There is no account {account} on this server.", account=str(wanted.account)),
                advice=say("Give it a password, and it is made."),
            )
        return Given(done, rights_beyond(connection, wanted.account, database.address.name), was_there)


def renew_rights(database: Database) -> Renewed:
    """Give all accounts of the house the rights of this version, and take back what is not among them.

    An embedded database has no accounts. Raises RightsMissing where accounts are to be renewed by who is no owner.
    """
    if database.embedded:
        return Renewed()
    with _open(database) as connection:
        take_turn(connection)
        known = _known(connection)
        renewed, gone = [], []
        for one in known:
            if _renew(connection, database.address.name, one) is None:
                _forget(connection, one.account)
                gone.append(one.account)
            else:
                renewed.append(one)
        return Renewed(tuple(renewed), tuple(gone))


def require_accounts(address: DatabaseAddress) -> None:
    """Raise InvalidInput for an embedded database: it knows no accounts."""
    if address.embedded:
        raise InvalidInput(
            say("This database is a file of this computer, and knows no accounts."),
            advice=say("Who may open it is decided by the rights of its folder."),
        )


@contextmanager
def _open(database: Database) -> Iterator[Connection]:
    """Give a connection of its own, on which no right makes an account; errors are told in sentences."""
    require_accounts(database.address)
    try:
        with database.writer.connect() as connection:
            try:
                if getattr(connection.dialect, "is_mariadb", False):
                    # Else a GRANT to an account that is not there would make one, without a password.
                    connection.exec_driver_sql(
                        "SET SESSION sql_mode = CONCAT(@@SESSION.sql_mode, ',NO_AUTO_CREATE_USER')"
                    )
                yield connection
            finally:
                connection.invalidate()
    except SQLAlchemyError as error:
        code = driver_code(error)
        if code in RIGHTS_MISSING:
            raise RightsMissing(
                say("This account may not make accounts and give them rights."),
                advice=say(
                    "Use an owner's: one with all rights on the database, WITH GRANT OPTION, and with CREATE USER."
                ),
            ) from error
        if code in _TOO_WEAK:
            raise InvalidInput(say("The server does not accept this password."), field="password") from error
        if code in _NO_NAME:
            raise InvalidInput(say("The server does not accept this name of an account."), field="user") from error
        told = translate(error)
        if told is None:
            raise
        raise told from error


def _schema(connection: Connection) -> Schema:
    seen = inspect(connection)
    return {name: frozenset(one["name"] for one in seen.get_columns(name)) for name in seen.get_table_names()}


def _known(connection: Connection) -> tuple[KindOfAccount, ...]:
    """Return the accounts of the house; none in a database that is older than the table of them."""
    if not inspect(connection).has_table(DatabaseAccount.__tablename__):
        return ()
    rows = connection.execute(
        select(DatabaseAccount.user, DatabaseAccount.host, DatabaseAccount.kind, DatabaseAccount.also_gate).order_by(
            DatabaseAccount.user, DatabaseAccount.host
        )
    ).all()
    return tuple(KindOfAccount(Account(row.user, row.host), TillKind(row.kind), bool(row.also_gate)) for row in rows)


def _refuse_own(connection: Connection, account: Account) -> None:
    """An owner that makes a counter of itself could not make it undone."""
    own = str(connection.exec_driver_sql("SELECT CURRENT_USER()").scalar())
    if own == str(account):
        raise InvalidInput(
            say("{account} is the account that you are connected as.", account=own),
            advice=say("Name another one: an owner's is needed again at the next upgrade."),
            field="user",
        )


def _make(connection: Connection, account: Account, password: str, *, renew: bool) -> bool:
    """Make an account with a password; tell whether it was there, and then takes the password if that is to be renewed.

    Where the owner comes on an encrypted line the server can do that, and the account must.
    """
    try:
        connection.exec_driver_sql(creation(account, encrypted=_is_encrypted(connection)), (password,))
    except SQLAlchemyError as error:
        if driver_code(error) != _THERE_ALREADY:
            raise
        if renew:
            connection.exec_driver_sql(new_password(account), (password,))
        return True
    return False


def _is_encrypted(connection: Connection) -> bool:
    return bool(connection.exec_driver_sql("SHOW SESSION STATUS LIKE 'Ssl_cipher'").one()[1])


def _renew(connection: Connection, database: str, wanted: KindOfAccount) -> tuple[str, ...] | None:
    """Give an account exactly the rights of its kind; returns what was granted, None where there is no such account."""
    schema = _schema(connection)
    rights = allowed(wanted.kind, also_gate=wanted.also_gate)
    given = []
    try:
        for taken, statement in renewals(database, schema, rights, wanted.account):
            _take_back(connection, taken)
            if statement:
                connection.exec_driver_sql(statement.replace("%", "%%"))
                given.append(statement)
    except SQLAlchemyError as error:
        if driver_code(error) in _NO_SUCH_ACCOUNT:
            return None
        raise
    # Last: whoever had rights on the whole database is never without those of its kind.
    for statement in withdrawals(database, schema, wanted.account):
        _take_back(connection, statement)
    return tuple(given)


def _take_back(connection: Connection, statement: str) -> None:
    try:
        connection.exec_driver_sql(statement.replace("%", "%%"))
    except SQLAlchemyError as error:
        if driver_code(error) not in _NO_SUCH_RIGHT:
            raise


def _remember(connection: Connection, wanted: KindOfAccount, known: tuple[KindOfAccount, ...]) -> None:
    if wanted in known:
        return
    _forget(connection, wanted.account)
    connection.execute(
        insert(DatabaseAccount).values(
            user=wanted.account.user, host=wanted.account.host, kind=wanted.kind, also_gate=wanted.also_gate
        )
    )
    connection.commit()


def _forget(connection: Connection, account: Account) -> None:
    connection.execute(
        delete(DatabaseAccount).where(DatabaseAccount.user == account.user, DatabaseAccount.host == account.host)
    )
    connection.commit()
