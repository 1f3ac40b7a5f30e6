"""The socket of a server on this machine: where it usually lies, and whether it is the server's and nobody else's.

A port belongs to whoever is first, and so does a name in /tmp. But a file has an owner, and a line through it tells who
listens at its other end.
"""

from __future__ import annotations

import os
import socket
import stat
import struct
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pos_app.domain.errors import CannotConnect
from pos_app.domain.sentences import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pos_app.db.connection.addresses import Server

USUAL_PORT: Final = 3306
"""Who names another port means another server than the usual one, whose socket lies in the usual place."""
USUAL_PLACES: Final = (
    "/run/mysqld/mysqld.sock",
    "/var/run/mysqld/mysqld.sock",
    "/var/lib/mysql/mysql.sock",
    "/run/mysql/mysql.sock",
    "/var/run/mysql/mysql.sock",
    "/tmp/mysql.sock",  # noqa: S108 - whose it is is looked at
)
_SERVICES: Final = ("mysql", "mariadb", "_mysql")
_CREDENTIALS: Final = struct.Struct("3i")
"""Linux's struct ucred: process, user, group (unix(7), SO_PEERCRED)."""


def usual_socket(server: Server) -> Path | None:
    """Return the socket of the server that a machine usually has, where it is meant and there is one."""
    if not hasattr(socket, "AF_UNIX") or not server.is_local or server.port != USUAL_PORT:
        return None
    for place in map(Path, USUAL_PLACES):
        try:
            found = place.stat()
        except OSError:
            continue
        if stat.S_ISSOCK(found.st_mode) and found.st_uid in _trusted():
            return place
    return None


def open_socket(path: Path, seconds: float, *, told: bool) -> socket.socket:
    """Return a socket that is connected to the server's and to nobody else's.

    told: a person said that the server is there, and did not merely have it found. Raises CannotConnect when it may be
    a stranger's, and OSError.
    """
    if not hasattr(socket, "AF_UNIX"):
        raise CannotConnect(say("This computer knows no sockets."), advice=say("Leave socket= out of the address."))
    made = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        made.settimeout(seconds)
        place = path.resolve()
        owner = place.stat().st_uid
        made.connect(str(place))
        owners = {owner, _listener(made, owner)}
        if not owners <= _trusted() and not (told and len(owners) == 1 and _only_for(owner, place)):
            raise CannotConnect(  # noqa: TRY301 - the socket is closed on the way out
                say(
                    "The socket {path} does not belong to the server's account, so no password is told there.",
                    path=path,
                ),
                advice=say("Look who made it: it may stand in the server's place."),
            )
    except BaseException:
        made.close()
        raise
    return made


def _trusted() -> set[int]:
    """Return who may be a server: root, the accounts of database services, and who could read our memory anyway."""
    return {0, os.geteuid(), *_service_accounts()}


def _service_accounts() -> Iterator[int]:
    import pwd

    for name in _SERVICES:
        try:
            yield pwd.getpwnam(name).pw_uid
        except KeyError:
            continue


def _listener(line: socket.socket, owner: int) -> int:
    """Return who listens at the other end; where the system does not say so, it is whose the file is."""
    if not hasattr(socket, "SO_PEERCRED"):
        return owner
    _process, user, _group = _CREDENTIALS.unpack(
        line.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, _CREDENTIALS.size)
    )
    return int(user)


def _only_for(owner: int, place: Path) -> bool:
    """Tell whether only its own account can put a socket into this folder: then who named it named the account."""
    mine = {0, os.geteuid(), owner}
    for folder in place.parents:
        found = folder.stat()
        open_to_others = bool(found.st_mode & (stat.S_IWGRP | stat.S_IWOTH))
        kept_apart = bool(found.st_mode & stat.S_ISVTX) and folder != place.parent
        if found.st_uid not in mine or (open_to_others and not kept_apart):
            return False
    return True
