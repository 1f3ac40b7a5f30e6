"""A line that does not give the password away.

A driver answers whatever it is asked for while it signs in: with the password in clear, or encrypted for a key that
came with the question. Whoever listens on the port of a server that is down may ask. So who is told a password is known
first: by a certificate that was checked, by the owner of a socket, or by a key that was kept beforehand. Anybody else
gets only answers that disclose nothing: scrambles of mysql_native_password and caching_sha2_password, signatures.
(MySQL's protocol: "Connection Phase", AuthSwitchRequest and AuthMoreData.)
"""

from __future__ import annotations

import ssl
import struct
from typing import TYPE_CHECKING, Any, Final

from pymysql.connections import Connection
from pymysql.constants import CLIENT, CR
from pymysql.err import OperationalError

from pos_app.domain.errors import PasswordNotTold
from pos_app.domain.sentences import say

if TYPE_CHECKING:
    import socket

    from pos_app.domain.sentences import Sentence

_DISCLOSES_NOTHING: Final = {
    b"mysql_native_password",
    b"caching_sha2_password",
    b"sha256_password",
    b"client_ed25519",
}
"""A scramble, a signature; and of the two with SHA-256, what is encrypted for the key that is known here."""
_ASKS_FOR_IT: Final = {b"mysql_clear_password", b"dialog"}
_SHOWS_TOO_MUCH: Final = b"mysql_old_password"
"""Its scramble is undone in no time."""


class GuardedConnection(Connection):
    """PyMySQL's connection, but for what it tells to whom.

    known_key: the server's public key (PEM) that was kept beforehand. peer_is_known: it goes through a socket whose
    owner was looked at. is_of_a_cluster: noted by who asked the server.
    """

    is_of_a_cluster = False
    # PyMySQL's own, which its types do not name.
    _sock: socket.socket | None
    _auth_plugin_name: str
    server_capabilities: int
    ctx: ssl.SSLContext

    def __init__(self, *, known_key: bytes | None = None, peer_is_known: bool = False, **named: Any) -> None:
        self._known_key = known_key
        self._peer_is_known = peer_is_known
        super().__init__(**named)

    @property
    def is_encrypted(self) -> bool:
        """Tell whether nobody can listen in between."""
        return isinstance(self._sock, ssl.SSLSocket)

    @property
    def wants_to_encrypt(self) -> bool:
        """Tell whether it was to be encrypted."""
        return bool(getattr(self, "ssl", False))

    @property
    def is_private(self) -> bool:
        """Tell whether the other end is known to be the server, and nobody listens in between."""
        line = self._sock
        return self._peer_is_known or (
            isinstance(line, ssl.SSLSocket) and line.context.verify_mode is ssl.CERT_REQUIRED
        )

    @property
    def _secure(self) -> bool:
        """Answer PyMySQL before it sends a password as it is: that it encrypts is not enough."""
        return self.is_private

    @_secure.setter
    def _secure(self, _claimed: bool) -> None:
        """PyMySQL's own opinion does not count."""

    @property
    def server_public_key(self) -> bytes | None:
        """The key that a password is encrypted for; asked for when a server wants that. Raises PasswordNotTold."""
        if not self.password:
            return None
        # Inside TLS a server takes what is encrypted like this for the password itself.
        if self._known_key is None or self.is_encrypted:
            raise _not_told(
                say("The server asks for the password in a way that would tell it to anybody who listens in its place.")
            )
        return self._known_key

    @server_public_key.setter
    def server_public_key(self, key: bytes | None) -> None:
        """Refuse a key that came over the line. Raises PasswordNotTold."""
        if key is not None and (self._known_key is None or key.split() != self._known_key.split()):
            raise _not_told(say("The server shows another key than the one that is known here."))

    def _request_authentication(self) -> None:
        encrypts = self.wants_to_encrypt
        if encrypts and not self.server_capabilities & CLIENT.SSL:
            raise OperationalError(CR.CR_SSL_CONNECTION_ERROR, "The server does not encrypt.")
        checks = encrypts and self.ctx.verify_mode is ssl.CERT_REQUIRED
        if self._auth_plugin_name == "sha256_password" and not (checks or self._peer_is_known):
            # Its first word would be the password, or a question for a key: let the server ask, and judge that.
            self._auth_plugin_name = "caching_sha2_password"
        try:
            super()._request_authentication()  # type: ignore[misc]  # not named by its types
        except OSError:
            # A certificate that is not trusted is a ValueError as well.
            raise
        except (ValueError, LookupError, TypeError, AssertionError, struct.error) as error:
            raise _no_server() from error
        except OperationalError as error:
            if error.args and isinstance(error.args[0], int):
                raise
            raise _no_server() from error

    def _process_auth(self, plugin_name: bytes, auth_packet: Any, *more: Any) -> Any:
        if plugin_name in _ASKS_FOR_IT and not self.is_private:
            raise _not_told(say("The server asks for the password in clear."))
        if plugin_name == _SHOWS_TOO_MUCH or plugin_name not in _DISCLOSES_NOTHING | _ASKS_FOR_IT:
            raise _unknown_way(plugin_name)
        try:
            return super()._process_auth(plugin_name, auth_packet, *more)  # type: ignore[misc]  # nor this
        except RuntimeError as error:
            # A library for this way is missing.
            raise _unknown_way(plugin_name) from error


def _no_server() -> OperationalError:
    return OperationalError(CR.CR_SERVER_HANDSHAKE_ERR, "What it says while signing in is no answer of a server.")


def _unknown_way(plugin_name: bytes) -> OperationalError:
    name = plugin_name[:40].decode("ascii", "replace")
    return OperationalError(CR.CR_AUTH_PLUGIN_CANNOT_LOAD, f"The way “{name}” of signing in is not supported.")


def _not_told(message: Sentence) -> PasswordNotTold:
    return PasswordNotTold(
        message,
        advice=say(
            "It was not told. If the server runs, let the address say how to know it: ?socket=FILE, ?ssl_ca=FILE, or"
            " ?server_key=FILE (its public key)."
        ),
    )
