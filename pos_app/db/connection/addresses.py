"""Where a database is: a URL without a password, with one or several servers, or an embedded file."""

from __future__ import annotations

import ipaddress
import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import parse_qsl, quote, unquote, urlencode

from pos_app.domain.errors import CannotConnect
from pos_app.domain.sentences import say

DEFAULT_PORT: Final = 3306
_OPTIONS: Final = {"ssl_ca", "socket", "server_key"}
_PLACE: Final = re.compile(r"(?:\[(?P<address>[0-9A-Fa-f:.]+)\]|(?P<host>[^\s:\[\]\x00]+))(?::(?P<port>[0-9]{1,5}))?")
_NETWORK_FILE_SYSTEMS: Final = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "sshfs", "fuse.sshfs", "9p", "afs", "ceph"}

_LONGEST_NAME: Final = 255
_LONGEST_PATH: Final = 4095
"""Bytes of a part of a path, and of all of it (POSIX NAME_MAX, PATH_MAX); Windows tells of its own, shorter ones."""
_LONGEST_SHOWN: Final = 60
_LONGEST_HOST: Final = 253


@dataclass(frozen=True, slots=True)
class Server:
    """One server of a list."""

    host: str
    port: int

    @property
    def is_local(self) -> bool:
        """Tell whether the connection stays on this machine."""
        if self.host.lower() == "localhost":
            return True
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return False


@dataclass(frozen=True, slots=True)
class DatabaseAddress:
    """A parsed address. servers is empty for an embedded database, path is empty for a server.

    options: from the URL's query: ssl_ca (the file of the authority that vouches for the server's certificate), and for
    one server on this machine socket (the file it listens on) and server_key (the file of its public key).
    """

    servers: tuple[Server, ...]
    user: str
    name: str
    path: Path | None
    options: dict[str, str]

    @property
    def embedded(self) -> bool:
        """Tell whether this is the SQLite file of one machine."""
        return self.path is not None

    def shown(self) -> str:
        """Return the address as a person may see it."""
        if self.path is not None:
            return str(self.path)
        return f"{self.user}@{self._places()}/{self.name}"

    def url(self, user: str) -> str:
        """Return the address of the same database for another account."""
        options = f"?{urlencode(self.options)}" if self.options else ""
        return f"mysql://{quote(user, safe='')}@{self._places()}/{quote(self.name, safe='')}{options}"

    def told(self) -> str:
        """Return what anybody at a till may read of it: the servers, or the file's name; no account and no folder."""
        return self.path.name if self.path is not None else self._places()

    def _places(self) -> str:
        return ",".join(
            f"[{server.host}]:{server.port}" if ":" in server.host else f"{server.host}:{server.port}"
            for server in self.servers
        )

    def house_name(self) -> str:
        """Return where the house is, whatever account this computer has there."""
        return str(self.path.absolute()) if self.path is not None else f"{self._places()}/{self.name}"

    def credential_name(self) -> str:
        """Return the name under which the keyring keeps the password."""
        return f"mysql://{self.shown()}"


def parse_address(url: str) -> DatabaseAddress:
    """Read "mysql://user@host:3306,host2/name?ssl_ca=FILE" or "sqlite:///path" or a path ending in .db.

    Taken apart by hand: urlsplit knows no list of servers. Raises CannotConnect when it is neither, or when a
    password stands in it; what might be a password is never repeated.
    """
    kind, found, rest = url.partition("://")
    if not found:
        if "@" not in url and "\x00" not in url and url.endswith((".db", ".sqlite", ".sqlite3")):
            return DatabaseAddress((), "", "", _file(url), {})
        if ":" in url.partition("@")[0] and "@" in url:
            raise _password_given()
        raise CannotConnect(
            say("That is not a database address."), advice=say("Write mysql://user@host:3306/database or a .db file.")
        )
    kind = kind.lower().split("+", 1)[0]
    if kind == "sqlite":
        path = rest.removeprefix("/")  # as it stands: a folder may well be called "50% off"
        if not path:
            raise CannotConnect(
                say("The address names no database file."), advice=say("Write sqlite:////folder/foyer.db.")
            )
        return DatabaseAddress((), "", "", _file(path), {})
    if kind not in {"mysql", "mariadb"}:
        raise CannotConnect(
            say("Foyer does not work on “{kind}”.", kind=kind[:20]),
            advice=say("Use a MariaDB or MySQL server, or SQLite."),
        )
    credentials, _, place = rest.rpartition("@")
    if ":" in credentials:
        raise _password_given()
    place, _, query = place.partition("?")
    servers, _, name = place.partition("/")
    name = unquote(name).strip("/")
    if not name:
        raise CannotConnect(say("The address names no database."), advice=say("Write mysql://user@host:3306/database."))
    listed = tuple(_server(server) for server in servers.split(","))
    return DatabaseAddress(
        servers=listed,
        user=unquote(credentials) or "foyer",
        name=name,
        path=None,
        options=_options(query, listed),
    )


def _file(name: str) -> Path:
    """Return the path of a database file. Raises CannotConnect for one that no disk can have."""
    try:
        path = Path(name).expanduser()
        encoded = [os.fsencode(part) for part in path.parts]
    except (RuntimeError, ValueError) as error:
        raise CannotConnect(
            say("There is no folder as it stands before “{file}”.", file=name[-_LONGEST_SHOWN:]),
            advice=say("Write sqlite:////folder/foyer.db."),
        ) from error
    if "\x00" in name:
        raise CannotConnect(say("The address names no database file."), advice=say("Write sqlite:////folder/foyer.db."))
    if max(map(len, encoded)) > _LONGEST_NAME or sum(map(len, encoded)) + len(encoded) > _LONGEST_PATH:
        raise CannotConnect(
            say("The name of the database file “{file}…” is too long.", file=path.name[:_LONGEST_SHOWN]),
            advice=say("Choose a shorter name, or another folder."),
        )
    return path


def _password_given() -> CannotConnect:
    return CannotConnect(
        say("A password must not stand in the address."),
        advice=say("Leave it out: Foyer takes it from the keyring, FOYER_DATABASE_PASSWORD or --password-stdin."),
    )


def _options(query: str, servers: tuple[Server, ...]) -> dict[str, str]:
    """Refuse what is not known: whoever asks for a safer connection must not be given another one in silence."""
    options = dict(parse_qsl(query))
    if options.keys() & {"password", "passwd", "pwd"}:
        raise _password_given()
    if unknown := options.keys() - _OPTIONS:
        raise CannotConnect(
            say("“{unknown}” is not an option of an address.", unknown=min(unknown)[:20]),
            advice=say("There are ssl_ca=FILE, socket=FILE and server_key=FILE."),
        )
    if options.keys() & {"socket", "server_key"} and not (len(servers) == 1 and servers[0].is_local):
        raise CannotConnect(
            say("socket= and server_key= are for one server on this computer."),
            advice=say("Leave them out, or write localhost as the server."),
        )
    return options


def _server(place: str) -> Server:
    found = _PLACE.fullmatch(place)
    if found is None or (found["host"] and not can_be_looked_up(found["host"])):
        raise CannotConnect(
            say("“{place}” is not a server.", place=place[:80]),
            advice=say("Write host or host:port, and [address] around an IPv6 address."),
        )
    port = int(found["port"] or DEFAULT_PORT)
    if not 0 < port < 65536:
        raise CannotConnect(say("{port} is not a port.", port=str(port)), advice=say("MySQL usually listens on 3306."))
    return Server(found["address"] or found["host"], port)


def can_be_looked_up(host: str) -> bool:
    """Tell whether a name of a host can be asked for at all (RFC 1035: labels of 1 to 63 octets)."""
    try:
        encoded = host.encode("idna")
    except UnicodeError:
        return False
    return len(encoded) <= _LONGEST_HOST


def refuse_network_folder(path: Path, mounts: Path = Path("/proc/mounts")) -> None:
    """Raise CannotConnect if the file lies on a network folder, where SQLite's locks cannot be trusted."""
    if not mounts.exists():
        return
    folder = path.resolve().parent
    best, kind = "", ""
    for line in mounts.read_text(encoding="utf-8", errors="replace").splitlines():
        fields = line.split()
        place = fields[1].replace("\\040", " ")
        if folder.is_relative_to(place) and len(place) >= len(best):
            best, kind = place, fields[2]
    if kind in _NETWORK_FILE_SYSTEMS:
        raise CannotConnect(
            say(
                "{folder} is on a network folder ({kind}); the embedded database would not be safe there.",
                folder=folder,
                kind=kind,
            ),
            advice=say("Choose a folder on this computer, or connect to a MySQL server."),
        )
