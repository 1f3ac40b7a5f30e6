"""How a line to a MySQL or MariaDB server is made: encrypted and verified, unless it stays on this machine."""

from __future__ import annotations

import ssl
import stat
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from pos_app.domain.errors import CannotConnect
from pos_app.domain.sentences import say

if TYPE_CHECKING:
    from pymysql import Connection

    from pos_app.db.connection.addresses import DatabaseAddress, Server

CONNECT_SECONDS: Final = 5
ANSWER_SECONDS: Final = 10
_MOST_OF_AUTHORITIES: Final = 5_000_000
"""Bytes; all authorities of a system together are a tenth of it."""
_REFUSED_IN_CLEAR: Final = {1045, 3159}
"""An account that REQUIREs SSL is refused in clear as if its password were wrong; a whole server says it (3159)."""


def verifying_tls(address: DatabaseAddress, server: Server) -> ssl.SSLContext | None:
    """Return what verifies the certificate and the name of a server; None for one that is on this machine.

    Raises CannotConnect when the file of the authority cannot be read.
    """
    authority = address.options.get("ssl_ca")
    if server.is_local and authority is None:
        return None
    try:
        if authority is not None and not _is_small_file(Path(authority)):
            raise ValueError("no file of an authority")  # noqa: TRY301 - told below
        context = ssl.create_default_context(cafile=authority)
    except (OSError, ValueError) as error:
        raise CannotConnect(
            say("The file of the server's authority cannot be read: {file}.", file=authority or ""),
            advice=say("Correct ssl_ca in the address."),
        ) from error
    if authority is not None:
        # Python 3.13 refuses authorities without a “key usage”, which is how MySQL makes its own.
        context.verify_flags &= ~ssl.VERIFY_X509_STRICT
    return context


def _is_small_file(path: Path) -> bool:
    """Tell whether it can be read at once: a device or a pipe would be read for ever."""
    facts = path.stat()
    return stat.S_ISREG(facts.st_mode) and facts.st_size <= _MOST_OF_AUTHORITIES


def unverified_tls() -> ssl.SSLContext:
    """Return what encrypts without looking at the certificate: for a server on this machine that insists on TLS."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def new_line(
    address: DatabaseAddress,
    server: Server,
    password: str,
    tls: ssl.SSLContext | None,
    *,
    seconds: int = 0,
    **more: Any,
) -> Connection:
    """Return a line that is yet to be connected. seconds: how long an answer may take, if not as long as usual.

    Without tls it is told to be in clear: PyMySQL would read this machine's certificates for each line otherwise, fifty
    times the work of connecting. The password goes as UTF-8, as servers keep it; PyMySQL knows only Latin letters.
    """
    import pymysql

    return pymysql.connect(
        host=server.host,
        port=server.port,
        user=address.user,
        password=password.encode("utf-8", "surrogatepass"),
        charset="utf8mb4",
        connect_timeout=CONNECT_SECONDS,
        read_timeout=seconds or ANSWER_SECONDS,
        write_timeout=seconds or ANSWER_SECONDS,
        ssl=tls,
        ssl_disabled=tls is None,
        defer_connect=True,
        **more,
    )


def insists_on_tls(line: Connection, error: BaseException) -> bool:
    """Tell whether a server that refused a line in clear might accept an encrypted one."""
    from pymysql.constants import CLIENT

    offered: int = getattr(line, "server_capabilities", 0)
    return bool(error.args) and error.args[0] in _REFUSED_IN_CLEAR and bool(offered & CLIENT.SSL)
