"""Somebody who listens in the place of a server, and asks for the password in every way that the protocol knows.

MySQL's documentation, "Connection Phase": the greeting (protocol 10), AuthSwitchRequest (0xfe, plugin, data),
AuthMoreData (0x01, data), ERR (0xff). All that is heard is kept, what came encrypted too.
"""

from __future__ import annotations

import socket
import ssl
import struct
import threading
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_SSL: Final = 0x800
_CAPABILITIES: Final = 1 | 8 | 0x200 | 0x8000 | 0x80000
_REFUSED: Final = b"\xff" + struct.pack("<H", 1045) + b"#28000Access denied for user (using password: YES)"
_SALT: Final = b"a" * 8 + b"b" * 12
WANTS_A_KEY: Final = {b"\1", b"\2"}


def switch_to(plugin: bytes) -> bytes:
    """Return what asks for another way of signing in."""
    return b"\xfe" + plugin + b"\0" + _SALT + b"\0"


def more(data: bytes) -> bytes:
    """Return what goes on with the way that was agreed."""
    return b"\1" + data


@dataclass
class FalseServer:
    """steps: what it says after the sign-in, one for each answer (or several at once); THE_KEY is its own public key.

    tls: what it encrypts with; then it refuses who does not.
    """

    steps: tuple[bytes | tuple[bytes, ...], ...]
    plugin: bytes = b"mysql_native_password"
    tls: ssl.SSLContext | None = None
    heard: list[bytes] = field(default_factory=list)
    key: rsa.RSAPrivateKey = field(default_factory=lambda: rsa.generate_private_key(65537, 2048))

    @property
    def public_key(self) -> bytes:
        public = self.key.public_key()
        return public.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)

    def knows(self, password: str) -> bool:
        """Tell whether the password is in what was heard, as it is or encrypted for its own key."""
        secret = password.encode()
        return any(secret in words or secret in self._opened(words) for words in self.heard)

    def _opened(self, words: bytes) -> bytes:
        with suppress(ValueError):
            oaep = padding.OAEP(padding.MGF1(hashes.SHA1()), hashes.SHA1(), None)  # noqa: S303 - as MySQL has it
            hidden = self.key.decrypt(words[-256:], oaep)
            return bytes(letter ^ _SALT[at % len(_SALT)] for at, letter in enumerate(hidden))
        return b""

    @contextmanager
    def listening(self) -> Iterator[int]:
        """Listen on a port of this machine; gives the port."""
        listener = socket.create_server(("127.0.0.1", 0))

        def serve() -> None:
            with suppress(OSError):
                while True:
                    line, _ = listener.accept()
                    line.settimeout(20)
                    with line, suppress(OSError, ConnectionError, ssl.SSLError):
                        self._talk(line)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        try:
            yield listener.getsockname()[1]
        finally:
            listener.shutdown(socket.SHUT_RDWR)
            listener.close()
            thread.join(20)

    def _talk(self, line: socket.socket) -> None:
        offered = _CAPABILITIES | (_SSL if self.tls else 0)
        greeting = b"\x0a8.4.0\0" + struct.pack("<I", 7) + _SALT[:8] + b"\0" + struct.pack("<H", offered & 0xFFFF)
        greeting += b"\x2d" + struct.pack("<H", 2) + struct.pack("<H", offered >> 16) + bytes([21]) + b"\0" * 10
        _say(line, 0, greeting + _SALT[8:] + b"\0" + self.plugin + b"\0")
        number, words = _hear(line)
        if self.tls is not None:
            if not struct.unpack("<I", words[:4])[0] & _SSL:
                self.heard.append(words)
                _say(line, number + 1, _REFUSED)
                return
            with self.tls.wrap_socket(line, server_side=True) as inside:
                self._sign_in(inside, *_hear(inside))
        else:
            self._sign_in(line, number, words)

    def _sign_in(self, line: socket.socket, number: int, words: bytes) -> None:
        self.heard.append(words)
        for step in self.steps:
            for question in (step,) if isinstance(step, bytes) else step:
                number += 1
                _say(line, number, question.replace(b"THE_KEY", self.public_key))
            number, words = _hear(line)
            self.heard.append(words)
        _say(line, number + 1, _REFUSED)


def _say(line: socket.socket, number: int, words: bytes) -> None:
    line.sendall(struct.pack("<I", len(words))[:3] + bytes([number]) + words)


def _hear(line: socket.socket) -> tuple[int, bytes]:
    head = _exactly(line, 4)
    return head[3], _exactly(line, int.from_bytes(head[:3], "little"))


def _exactly(line: socket.socket, count: int) -> bytes:
    found = b""
    while len(found) < count:
        part = line.recv(count - len(found))
        if not part:
            raise ConnectionError
        found += part
    return found


def self_made_tls(folder: Path) -> ssl.SSLContext:
    """Return what encrypts with the certificate of tests/certificates.py, which no computer trusts by itself."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "server.pem", folder / "server.key")
    return context
