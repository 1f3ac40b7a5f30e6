"""Setting a box office up: where its database is, what was found there, and what a new house needs to be told."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl, quote, unquote, urlencode

from pos_app.domain.errors import PosError
from pos_app.domain.sentences import NOTHING, Sentence, say

if TYPE_CHECKING:
    from pos_app.domain.house.connections import Connections

USUAL_PORT: Final = 3306
_LONGEST_HOST: Final = 253
_URL: Final = re.compile(r"\s*(?:mysql|mariadb)(?:\+\w+)?://(?P<rest>\S+)\s*", re.IGNORECASE)
_PLACE: Final = re.compile(r"(?:\[(?P<address>[^\]]*)\]|(?P<host>[^:]*))(?::(?P<port>[0-9]*))?")


class Trouble(StrEnum):
    """Why a server cannot be used as it was described."""

    INPUT = "input"
    UNKNOWN_HOST = "unknown host"
    REFUSED = "refused"
    NO_ANSWER = "no answer"
    NOT_MYSQL = "not mysql"
    KEPT_OUT = "kept out"
    WRONG_PASSWORD = "wrong password"  # noqa: S105 - the name of a trouble
    NO_DATABASE = "no database"
    NO_RIGHTS = "no rights"
    TOO_OLD = "too old"
    NO_TLS = "no tls"
    UNSAFE = "unsafe"
    CERTIFICATE = "certificate"
    WRONG_NAME = "wrong name"
    CERTIFICATE_FILE = "certificate file"
    SOMETHING_ELSE = "something else"
    NEWER = "newer"
    CANCELLED = "cancelled"
    OTHER = "other"


class SetupRefused(PosError):
    """It cannot be set up like this. trouble: why. field: the field of the form to look at, "" for none.

    may_create: the database is missing, and this account may make it.
    """

    def __init__(
        self,
        message: Sentence,
        *,
        trouble: Trouble,
        advice: Sentence = NOTHING,
        field: str = "",
        may_create: bool = False,
    ) -> None:
        super().__init__(message, advice=advice)
        self.trouble = trouble
        self.field = field
        self.may_create = may_create


class NoHouseYet(PosError):
    """There is no box office yet where one was looked for: it is to be set up."""


@dataclass(frozen=True, slots=True)
class ServerAccount:
    """A server as a person describes it. certificate: the file of the authority that vouches for it; "": none.

    socket, server_key: files of a server on this computer, that it listens on and that holds its public key; "": none.
    """

    host: str = ""
    port: int = USUAL_PORT
    database: str = ""
    user: str = ""
    password: str = field(default="", repr=False)
    certificate: str = ""
    socket: str = ""
    server_key: str = ""

    def url(self) -> str:
        """Return the address of the database, without the password."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        files = {"ssl_ca": self.certificate, "socket": self.socket, "server_key": self.server_key}
        query = urlencode({name: file for name, file in files.items() if file}, safe="/", quote_via=quote)
        place = f"mysql://{quote(self.user, safe='')}@{host}:{self.port}/{quote(self.database, safe='')}"
        return f"{place}?{query}" if query else place


@dataclass(frozen=True, slots=True)
class OwnerAccount:
    """The account of an owner of the database, for one deed: it is kept nowhere."""

    user: str
    password: str = field(repr=False)


class DatabaseState(StrEnum):
    """What a database holds. UNFINISHED: tables that were never finished, or a house that nobody may manage yet."""

    EMPTY = "empty"
    UNFINISHED = "unfinished"
    HOUSE = "house"
    OLDER = "older"


@dataclass(frozen=True, slots=True)
class DatabaseFound:
    """What a test of the connection found. server: "MariaDB 10.11.6". house: its name, "" where there is none.

    connections: how many it takes; None for the embedded one.
    """

    state: DatabaseState
    server: str = ""
    house: str = ""
    encrypted: bool = False
    connections: Connections | None = None


@dataclass(frozen=True, slots=True)
class HouseDraft:
    """What a new house is told: its name, ISO 4217 currency, IANA time zone; the first manager; this till's name."""

    house: str
    currency: str
    time_zone: str
    manager: str
    password: str = field(repr=False)
    again: str = field(repr=False)
    pin: str = field(repr=False)
    till_name: str


@dataclass(frozen=True, slots=True)
class JoinDraft:
    """How this computer joins a house. manager, password: of one who enrols the till now; empty: at a sign-in."""

    till_name: str
    manager: str = ""
    password: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class AccountDraft:
    """The account that this computer is to have on the server. kind: of machine, as a till has it."""

    kind: str
    also_gate: bool
    user: str
    password: str = field(repr=False)
    again: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Made:
    """What setting up has done. url: of the database, without a password; "": the embedded one of this computer.

    enrolled: the gates know this till. may_enrol: the account of this computer may have them know it; a counter's may
    not. is_gate: it lets guests in, and prints nothing that another gate would have to trust. may_grant: it was done by
    an owner's account, which should not stay here. notes: sentences that the person should read. house, recovery_code:
    of a house that was founded just now, and the code of its recovery sheet, which is shown this once; "": none.
    """

    url: str
    till_name: str
    password: str | None = field(default=None, repr=False)
    enrolled: bool = False
    may_enrol: bool = True
    is_gate: bool = False
    may_grant: bool = False
    notes: tuple[Sentence, ...] = ()
    house: str = ""
    recovery_code: str = field(default="", repr=False)


def taken_apart(text: str) -> dict[str, str]:
    """Return the fields that stand in a pasted address: mysql://user:password@host:port/database?ssl_ca=FILE.

    Something else than an address gives none; "host:port" and "[::1]:3306" give host and port.
    """
    found = _URL.fullmatch(text)
    rest = found["rest"] if found else text.strip()
    parts: dict[str, str] = {}
    if found:
        credentials, _, rest = rest.rpartition("@")
        user, _, password = credentials.partition(":")
        rest, _, query = rest.partition("?")
        rest, _, database = rest.partition("/")
        options = dict(parse_qsl(query))
        parts = {
            "user": unquote(user),
            "password": unquote(password),
            "database": unquote(database).strip("/"),
            "certificate": options.get("ssl_ca", ""),
            "socket": options.get("socket", ""),
            "server_key": options.get("server_key", ""),
        }
    place = _PLACE.fullmatch(rest.split(",")[0])
    if place is not None and (found or place["address"] or place["port"]):
        parts |= {"host": place["address"] or place["host"] or "", "port": place["port"] or ""}
    return {name: value for name, value in parts.items() if value}


def sound_account(account: ServerAccount) -> ServerAccount:
    """Return an account without spaces around its words. Raises SetupRefused naming the field that cannot be."""
    host, user = account.host.strip().strip("[]"), account.user.strip()
    database, certificate = account.database.strip(), account.certificate.strip()
    if not host:
        raise _wrong("host", say("The server's name is missing."), say("Type it, for example tickets.example.org."))
    if len(host) > _LONGEST_HOST or any(letter.isspace() or letter in "/@?#,\\'\"" for letter in host):
        raise _wrong("host", say("This is not the name of a server."), say("Type a name like tickets.example.org."))
    if not host.isprintable() or host.count(":") == 1:
        raise _wrong("host", say("This is not the name of a server."), say("Type the port in its own field."))
    if not 0 < account.port < 65536:
        raise _wrong("port", say("A port is a number from 1 to 65535."), say("MySQL usually listens on 3306."))
    if not database:
        raise _wrong("database", say("The name of the database is missing."), say("Type it, for example foyer."))
    if len(database) > 64 or not database.isprintable() or any(letter in "/\\.?#%`" for letter in database):
        raise _wrong(
            "database", say("This cannot be the name of a database."), say("Use letters, digits and _, 64 at the most.")
        )
    if not user:
        raise _wrong("user", say("The name of the account is missing."), say("Type it, for example foyer."))
    if len(user) > 80 or not user.isprintable() or any(letter in ":/?#" for letter in user):
        raise _wrong(
            "user", say("This cannot be the name of an account."), say("Type the name without a password and a host.")
        )
    return replace(account, host=host, database=database, user=user, certificate=certificate)


def _wrong(name: str, message: Sentence, advice: Sentence) -> SetupRefused:
    return SetupRefused(message, advice=advice, trouble=Trouble.INPUT, field=name)
