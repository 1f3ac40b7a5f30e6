"""The statements that make an account of a kind of machine, as MariaDB and MySQL both take them.

Rights are given directly, by table and column, and through no role: a role must be switched on at each connection, and
the two servers do it in different ways. Names stand in backticks, which no mode of a server turns off. In rights on a
table the name of its database is taken as it stands; in rights on a whole database % and _ are patterns.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pos_app.domain.errors import InvalidInput
from pos_app.domain.sentences import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pos_app.db.grants.right import Allowed

LONGEST_USER: Final = 32
"""Of MySQL; MariaDB allows more, and a house may move from the one to the other."""
LONGEST_HOST: Final = 255
EVERYWHERE: Final = "%"
_BEYOND: Final = 0xFFFF
"""Neither server keeps characters beyond this in the name of an account."""

Schema = dict[str, frozenset[str]]
"""The tables of a database, each with its columns."""


@dataclass(frozen=True, slots=True)
class Account:
    """An account of a server: a name, and from where it may come (% and _ are patterns there)."""

    user: str
    host: str = EVERYWHERE

    def quoted(self) -> str:
        """Return the account as it stands in a statement."""
        return f"{quoted(self.user)}@{quoted(self.host)}"

    def __str__(self) -> str:
        return f"{self.user}@{self.host}"


def sound_account(user: str, host: str = EVERYWHERE) -> Account:
    """Return an account whose name a server keeps as it was typed. Raises InvalidInput."""
    if not user:
        raise InvalidInput(
            say("The account needs a name."), advice=say("An empty one would let everybody in."), field="user"
        )
    if len(user) > LONGEST_USER:
        raise InvalidInput(
            say("The name of an account has {longest} characters at the most.", longest=LONGEST_USER), field="user"
        )
    if len(host) > LONGEST_HOST:
        raise InvalidInput(
            say("The name of a host has {longest} characters at the most.", longest=LONGEST_HOST), field="host"
        )
    if _is_odd(user):
        raise InvalidInput(say("A server does not keep this name of an account as it is typed."), field="user")
    if _is_odd(host) or "@" in host:
        raise InvalidInput(
            say("This is no host that an account can come from."),
            advice=say("Write its address or its name, with % for any part of it."),
            field="host",
        )
    return Account(user, host or EVERYWHERE)


def _is_odd(name: str) -> bool:
    return name != name.strip() or any(ord(one) > _BEYOND or unicodedata.category(one)[0] == "C" for one in name)


def quoted(name: str) -> str:
    """Return a name in backticks, whatever is in it."""
    return f"`{name.replace('`', '``')}`"


def creation(account: Account, *, encrypted: bool = False) -> str:
    """Return the statement that makes an account; the password is its one parameter (%s).

    encrypted: the server lets it in on encrypted lines only.
    """
    return f"CREATE USER {_as_text(account)} IDENTIFIED BY %s" + (" REQUIRE SSL" if encrypted else "")


def new_password(account: Account) -> str:
    """Return the statement that gives an account another password, which is its one parameter (%s)."""
    return f"ALTER USER {_as_text(account)} IDENTIFIED BY %s"


def _as_text(account: Account) -> str:
    return account.quoted().replace("%", "%%")


def withdrawals(database: str, tables: Mapping[str, object], account: Account) -> Iterator[str]:
    """Yield what takes everything back that an account may have on a database as a whole.

    An error that says that there is no such right is no error.
    """
    escaped = database.replace("\\", "\\\\").replace("_", "\\_").replace("%", "\\%")
    for name in dict.fromkeys((database, escaped)):
        yield f"REVOKE ALL PRIVILEGES ON {quoted(name)}.* FROM {account.quoted()}"
        yield f"REVOKE GRANT OPTION ON {quoted(name)}.* FROM {account.quoted()}"
    for table in sorted(tables):
        yield f"REVOKE GRANT OPTION ON {quoted(database)}.{quoted(table)} FROM {account.quoted()}"


def renewals(
    database: str, schema: Schema, rights: Mapping[str, Allowed], account: Account
) -> Iterator[tuple[str, str]]:
    """Yield for each table what takes an account's rights on it back, and what gives those that it has now ("": none).

    schema: what the database has; what the rights name and it has not is left out. Both are sent one right after the
    other, so that a till at work is without its rights on one table for a moment only.
    """
    for table, columns in sorted(schema.items()):
        place = f"{quoted(database)}.{quoted(table)}"
        taken = f"REVOKE ALL PRIVILEGES ON {place} FROM {account.quoted()}"
        verbs = ", ".join(_verbs(rights[table], columns)) if table in rights else ""
        yield taken, f"GRANT {verbs} ON {place} TO {account.quoted()}" if verbs else ""


def grants(database: str, schema: Schema, rights: Mapping[str, Allowed], account: Account) -> Iterator[str]:
    """Yield the statements that give an account its rights, by table."""
    yield from (given for _, given in renewals(database, schema, rights, account) if given)


def _verbs(right: Allowed, columns: frozenset[str]) -> Iterator[str]:
    for verb, wanted in (("SELECT", right.read), ("INSERT", right.insert), ("UPDATE", right.update)):
        there = wanted & columns
        if there == columns:
            yield verb
        elif there:
            yield f"{verb} ({', '.join(map(quoted, sorted(there)))})"
    if right.delete:
        yield "DELETE"
