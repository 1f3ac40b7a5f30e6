"""Where a database is: a URL without a password, with one or several servers, or an embedded file."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import parse_qsl, unquote, urlsplit

from pos_app.domain.errors import CannotConnect

DEFAULT_PORT: Final = 3306
_NETWORK_FILE_SYSTEMS: Final = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "sshfs", "fuse.sshfs", "9p", "afs", "ceph"}


@dataclass(frozen=True, slots=True)
class Server:
    """One server of a list."""

    host: str
    port: int

    @property
    def is_local(self) -> bool:
        """Tell whether the connection stays on this machine."""
        if self.host in {"localhost", ""}:
            return True
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return False


@dataclass(frozen=True, slots=True)
class DatabaseAddress:
    """A parsed address. servers is empty for an embedded database, path is empty for a server.

    options: from the URL's query: ssl_ca (a file), ssl (on, off; off only for tests on a private network).
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
        places = ",".join(f"{server.host}:{server.port}" for server in self.servers)
        return f"{self.user}@{places}/{self.name}"

    def credential_name(self) -> str:
        """Return the name under which the keyring keeps the password."""
        return f"mysql://{self.shown()}"


def parse_address(url: str) -> DatabaseAddress:
    """Read "mysql://user@host:3306,host2/name?ssl_ca=FILE" or "sqlite:///path" or a path ending in .db.

    Raises CannotConnect when it is neither, or when a password stands in it.
    """
    if "://" not in url:
        if url.endswith((".db", ".sqlite", ".sqlite3")):
            return DatabaseAddress((), "", "", Path(url).expanduser(), {})
        raise CannotConnect(
            f"“{url[:80]}” is not a database address.", advice="Write mysql://user@host:3306/database or a .db file."
        )
    parts = urlsplit(url)
    kind = parts.scheme.split("+", 1)[0]
    options = dict(parse_qsl(parts.query))
    if kind == "sqlite":
        path = unquote(parts.path).removeprefix("/")
        if not path:
            raise CannotConnect("The address names no database file.", advice="Write sqlite:////folder/foyer.db.")
        return DatabaseAddress((), "", "", Path(path).expanduser(), options)
    if kind not in {"mysql", "mariadb"}:
        raise CannotConnect(f"Foyer does not work on “{kind}”.", advice="Use a MariaDB or MySQL server, or SQLite.")
    credentials, _, places = parts.netloc.rpartition("@")
    if ":" in credentials:
        raise CannotConnect(
            "A password must not stand in the address.",
            advice="Leave it out: Foyer takes it from the keyring, FOYER_DATABASE_PASSWORD or --password-stdin.",
        )
    name = unquote(parts.path).strip("/")
    if not name:
        raise CannotConnect("The address names no database.", advice="Write mysql://user@host:3306/database.")
    return DatabaseAddress(
        servers=tuple(_server(place) for place in places.split(",")),
        user=unquote(credentials) or "foyer",
        name=name,
        path=None,
        options=options,
    )


def _server(place: str) -> Server:
    host, port = place, ""
    if place.startswith("["):
        host, _, rest = place[1:].partition("]")
        port = rest.removeprefix(":")
    elif ":" in place:
        host, _, port = place.rpartition(":")
    try:
        number = int(port) if port else DEFAULT_PORT
    except ValueError:
        raise CannotConnect(f"“{port[:20]}” is not a port.", advice="MySQL usually listens on 3306.") from None
    if not host or not 0 < number < 65536:
        raise CannotConnect(f"“{place[:80]}” is not a server.", advice="Write host or host:port.")
    return Server(host, number)


def refuse_network_folder(path: Path) -> None:
    """Raise CannotConnect if the file lies on a network folder, where SQLite's locks cannot be trusted."""
    mounts = Path("/proc/mounts")
    if not mounts.exists():
        return
    folder = path.resolve().parent
    best, kind = "", ""
    for line in mounts.read_text(encoding="utf-8", errors="replace").splitlines():
        fields = line.split()
        place = fields[1].replace("\\040", " ")
        if folder.is_relative_to(place) and len(place) > len(best):
            best, kind = place, fields[2]
    if kind in _NETWORK_FILE_SYSTEMS:
        raise CannotConnect(
            f"{folder} is on a network folder ({kind}); the embedded database would not be safe there.",
            advice="Choose a folder on this computer, or connect to a MySQL server.",
        )
