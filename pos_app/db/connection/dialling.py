"""How a line to a MySQL or MariaDB server is made: verified, so that a password is told to the server and nobody else.

To another machine it is encrypted, and the certificate checked. On this machine, where a tunnel may begin as well, it
goes by the first of these: the server's socket; TLS with a certificate that is checked; and in clear, where a password
is told only by ways that disclose nothing, or encrypted for the server's key that is kept here (see guarded.py).
"""

from __future__ import annotations

import ssl
import stat
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from pos_app.db.connection.local_sockets import open_socket, usual_socket
from pos_app.domain.errors import CannotConnect
from pos_app.domain.sentences import say

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable

    from pos_app.db.connection.addresses import DatabaseAddress, Server
    from pos_app.db.connection.guarded import GuardedConnection

CONNECT_SECONDS: Final = 5
ANSWER_SECONDS: Final = 10
_MOST_OF_AUTHORITIES: Final = 5_000_000
"""Bytes; all authorities of a system together are a tenth of it."""
_REFUSED_IN_CLEAR: Final = {1045, 3159}
"""An account that REQUIREs SSL is refused in clear as if its password were wrong; a whole server says it (3159)."""
_MAY_BE_ANOTHER: Final = {1044, 1045, 1049, 1130, 1698}
"""The server of the usual socket does not know the account or the database: another may listen on the port."""


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


def _unchecked_tls() -> ssl.SSLContext:
    """Return what encrypts without looking at the certificate, for an account on this machine that insists on TLS.

    The line counts as private by its socket, or not at all.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


class Dialler:
    """Makes the lines to the servers of one address, each in the way that was found to work before, from any thread.

    seconds: how long an answer may take, if not as long as usual. on_line: told of each line before it is connected,
    which may take as long as any answer. reach: connects to the port, in the place of PyMySQL.
    """

    def __init__(
        self,
        address: DatabaseAddress,
        *,
        seconds: int = 0,
        on_line: Callable[[GuardedConnection], object] = lambda _line: None,
        reach: Callable[[], socket.socket] | None = None,
    ) -> None:
        self._address = address
        self._seconds = seconds
        self._on_line = on_line
        self._reach = reach
        self._by_port: set[Server] = set()
        self._encrypted: set[Server] = set()

    def dial(self, server: Server, password: str, **more: Any) -> GuardedConnection:
        """Return a connected line. Raises PyMySQL's errors, OSError, CannotConnect, PasswordNotTold."""
        from pymysql.err import MySQLError

        options = self._address.options
        if "socket" in options:
            return self._through_socket(Path(options["socket"]), server, password, told=True, **more)
        found = None if "ssl_ca" in options or server in self._by_port else usual_socket(server)
        refused: BaseException | None = None
        if found is not None:
            try:
                line = self._through_socket(found, server, password, told=False, **more)
                if _listens_on(line, server):
                    return line
                line.close()
            except (OSError, CannotConnect):
                pass
            except MySQLError as error:
                if not error.args or error.args[0] not in _MAY_BE_ANOTHER:
                    raise
                refused = error
        try:
            line = self._open(server, password, verifying_tls(self._address, server), self._reach, **more)
        except Exception:
            self._by_port.discard(server)
            if refused is not None:
                raise refused from None
            raise
        self._by_port.add(server)
        return line

    def _through_socket(
        self, path: Path, server: Server, password: str, *, told: bool, **more: Any
    ) -> GuardedConnection:
        def reach() -> socket.socket:
            return open_socket(path, CONNECT_SECONDS, told=told)

        return self._open(server, password, None, reach, peer_is_known=True, **more)

    def _open(
        self,
        server: Server,
        password: str,
        tls: ssl.SSLContext | None,
        reach: Callable[[], socket.socket] | None,
        **more: Any,
    ) -> GuardedConnection:
        """Connect in clear, or encrypt where the server insists on it; or encrypt from the beginning, by tls."""
        from pymysql.err import OperationalError

        insisted = tls is None and server in self._encrypted
        line = self._new_line(server, password, _unchecked_tls() if insisted else tls, **more)
        self._on_line(line)
        try:
            line.connect(None if reach is None else reach())
        except OperationalError as error:
            if insisted:
                self._encrypted.discard(server)
            if insisted or tls is not None or not insists_on_tls(line, error):
                raise
            self._encrypted.add(server)
            return self._open(server, password, None, reach, **more)
        return line

    def _new_line(self, server: Server, password: str, tls: ssl.SSLContext | None, **more: Any) -> GuardedConnection:
        """Return a line that is yet to be connected.

        Without tls it is told to be in clear: PyMySQL would read this machine's certificates for each line otherwise,
        fifty times the work of connecting. The password goes as UTF-8, as servers keep it; PyMySQL knows only Latin
        letters.
        """
        from pos_app.db.connection.guarded import GuardedConnection

        return GuardedConnection(
            host=server.host,
            port=server.port,
            user=self._address.user,
            password=password.encode("utf-8", "surrogatepass"),
            charset="utf8mb4",
            connect_timeout=CONNECT_SECONDS,
            read_timeout=self._seconds or ANSWER_SECONDS,
            write_timeout=self._seconds or ANSWER_SECONDS,
            ssl=tls,
            ssl_disabled=tls is None,
            defer_connect=True,
            known_key=_known_key(self._address),
            **more,
        )


def insists_on_tls(line: GuardedConnection, error: BaseException) -> bool:
    """Tell whether a server that refused a line in clear might accept an encrypted one."""
    from pymysql.constants import CLIENT

    offered: int = getattr(line, "server_capabilities", 0)
    return bool(error.args) and error.args[0] in _REFUSED_IN_CLEAR and bool(offered & CLIENT.SSL)


def _known_key(address: DatabaseAddress) -> bytes | None:
    """Return the server's public key that is kept on this computer. Raises CannotConnect when it cannot be read."""
    file = address.options.get("server_key")
    if file is None:
        return None
    try:
        key = Path(file).read_bytes()
    except OSError:
        key = b""
    if b"-----BEGIN PUBLIC KEY-----" not in key:
        raise CannotConnect(
            say("The file of the server's public key cannot be read: {file}.", file=file),
            advice=say("Correct server_key in the address; MySQL keeps the key as public_key.pem among its data."),
        )
    return key


def _listens_on(line: GuardedConnection, server: Server) -> bool:
    """Tell whether the server behind a socket that was found is the one whose port was named."""
    with line.cursor() as cursor:
        cursor.execute("SELECT @@port, @@skip_networking")
        port, silent = cursor.fetchone() or (0, 0)
    if silent:
        # It listens on no port at all; “localhost” means its socket all the same.
        return server.host.lower() == "localhost"
    return int(port) == server.port
