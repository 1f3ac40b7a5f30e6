"""A door between a till and its server that can be shut at the worst moment: exactly at COMMIT, or at any statement.

It speaks just enough of the MySQL protocol (packets of a 3-byte length, a sequence number and a payload; a command has
sequence number 0; payload 0x03 is COM_QUERY) to see the statements of the client go by, and to keep encryption out of
the greeting. Interventions are armed in advance; each is used up by the COMMIT, or the statement, that it meets.
"""

from __future__ import annotations

import contextlib
import socket
import threading
from collections import deque
from enum import Enum, auto
from typing import TYPE_CHECKING, Final, Self
from urllib.parse import urlsplit, urlunsplit

import pytest

from tests.servers import _free_port

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import TracebackType

COM_QUERY: Final = 0x03
_CLIENT_SSL_BYTE: Final = 0x08
"""CLIENT_SSL, 0x0800, in the high byte of the two lower bytes of the server's capabilities."""
DEADLINE_SECONDS: Final = 60.0


class AtCommit(Enum):
    """What happens to the connection that wants to commit."""

    PASS = auto()
    """Nothing."""
    CUT_BEFORE = auto()
    """The server does not get the COMMIT: it sees the connection end."""
    CUT_AFTER = auto()
    """The server has committed and answered; the answer is lost."""
    CUT_MEANWHILE = auto()
    """The server gets the COMMIT, and both ends lose the connection at once."""
    HOLD = auto()
    """The COMMIT waits here, until deliver() or drop(); the client still waits too."""
    STRAND = auto()
    """The client loses the connection; the server does not know it: its transaction lives until deliver() or drop()."""


class Proxy:
    """A server that is reached through here: use `with Proxy(url) as proxy`, and proxy.url."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        assert parts.port is not None
        self._server = ("127.0.0.1", parts.port)
        self._port = _free_port()
        user = parts.netloc.rpartition("@")[0]
        self.url = urlunsplit(parts._replace(netloc=f"{user}@127.0.0.1:{self._port}"))
        self.held = threading.Event()
        """A COMMIT was met by HOLD or STRAND."""
        self.commits = 0
        """COMMITs seen, whatever became of them."""
        self.statements: list[str] = []
        """How the statements since at_statements() begin, COMMITs and those of new connections among them."""
        self._lock = threading.Lock()
        self._armed: deque[tuple[AtCommit, bool]] = deque()
        self._by_number: dict[int, tuple[AtCommit, bool]] = {}
        self._release = threading.Event()
        self._deliver = False
        self._door: socket.socket | None = None
        self._lines: set[_Line] = set()
        self._threads: list[threading.Thread] = []

    def __enter__(self) -> Self:
        self.open_door()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.drop()
        self.shut_door()
        for thread in self._threads:
            thread.join(timeout=DEADLINE_SECONDS)

    def at_commit(self, *what: AtCommit, and_shut: bool = False) -> None:
        """Arm for the next COMMITs, one after the other. and_shut: after the last one nobody gets in any more."""
        with self._lock:
            self._armed = deque((one, and_shut and number == len(what)) for number, one in enumerate(what, 1))
            self._release.clear()
            self.held.clear()

    def at_statements(self, what: Mapping[int, AtCommit], *, and_shut: bool = False) -> None:
        """Arm for statements by their number, the next one is 1. and_shut: after the last one nobody gets in."""
        with self._lock:
            last = max(what, default=0)
            self._by_number = {number: (one, and_shut and number == last) for number, one in what.items()}
            self.statements = []
            self._release.clear()
            self.held.clear()

    @property
    def is_armed(self) -> bool:
        """Whether a statement that at_statements() waits for has not come yet."""
        return bool(self._by_number)

    def require_held(self) -> None:
        """Wait until the COMMIT is here."""
        if not self.held.wait(DEADLINE_SECONDS):
            pytest.fail("No COMMIT came.")

    def deliver(self) -> None:
        """Let the COMMIT that waits here reach the server."""
        self._deliver = True
        self._release.set()

    def drop(self) -> None:
        """Throw away the COMMIT that waits here; the server sees the connection end."""
        self._deliver = False
        self._release.set()

    def open_door(self) -> None:
        """Let clients in."""
        door = socket.socket()
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        door.bind(("127.0.0.1", self._port))
        door.listen(64)
        self._door = door
        self._start(self._accept, door)

    def shut_door(self) -> None:
        """Refuse everybody, and cut all who are in."""
        with self._lock:
            door, self._door = self._door, None
            lines = list(self._lines)
        if door is not None:
            _end(door)
        for line in lines:
            line.cut()

    def _start(self, work: object, *arguments: object) -> None:
        thread = threading.Thread(target=work, args=arguments, name="proxy", daemon=True)  # type: ignore[arg-type]
        self._threads.append(thread)
        thread.start()

    def _accept(self, door: socket.socket) -> None:
        while True:
            try:
                client, _ = door.accept()
            except OSError:
                return
            line = _Line(client, socket.create_connection(self._server))
            with self._lock:
                self._lines.add(line)
            self._start(self._pass_up, line)
            self._start(line.pass_down)

    def _pass_up(self, line: _Line) -> None:
        """Pass on what the client says, packet by packet."""
        try:
            while (packet := _read_packet(line.client)) is not None:
                armed = self._armed_for(_statement(packet))
                if not self._meet(line, packet, *armed):
                    break
        except OSError:
            pass  # one of the two is gone: so is the other
        with self._lock:
            self._lines.discard(line)
        line.cut()

    def _armed_for(self, statement: str) -> tuple[AtCommit, bool]:
        """Count a statement, and return what is armed for it; nothing is for a packet that is none."""
        passed = AtCommit.PASS, False
        if not statement:
            return passed
        with self._lock:
            self.statements.append(statement)
            armed = self._by_number.pop(len(self.statements), passed)
            if statement == "COMMIT":
                self.commits += 1
                if self._armed:
                    return self._armed.popleft()
        return armed

    def _meet(self, line: _Line, packet: bytes, what: AtCommit, and_shut: bool) -> bool:  # noqa: FBT001 - as armed
        """Do what is armed for this packet; return whether the line lives on."""
        if what is AtCommit.PASS:
            line.server.sendall(packet)
            return True
        if what is AtCommit.CUT_AFTER:
            line.mute()
            line.server.sendall(packet)
            line.require_answer()
        elif what is AtCommit.CUT_MEANWHILE:
            line.mute()
            line.server.sendall(packet)
        elif what in {AtCommit.HOLD, AtCommit.STRAND}:
            if what is AtCommit.STRAND:
                line.mute()
                _end(line.client)
            self.held.set()
            self._release.wait(DEADLINE_SECONDS)
            if self._deliver:
                line.server.sendall(packet)
                if what is AtCommit.HOLD:
                    return True
                line.require_answer()
        if and_shut:
            self.shut_door()
        return False


class _Line:
    """One client's connection, and the one to the server that belongs to it."""

    def __init__(self, client: socket.socket, server: socket.socket) -> None:
        self.client = client
        self.server = server
        self._mute = threading.Event()
        self._answered = threading.Event()

    def mute(self) -> None:
        """From now on swallow what the server says."""
        self._mute.set()

    def require_answer(self) -> None:
        """Wait until the server has answered into the void."""
        self._answered.wait(DEADLINE_SECONDS)

    def cut(self) -> None:
        """End both connections."""
        _end(self.client)
        _end(self.server)

    def pass_down(self) -> None:
        """Pass on what the server says; take the offer of encryption out of its greeting."""
        with contextlib.suppress(OSError):
            greeting = _read_packet(self.server)
            if greeting is not None:
                self.client.sendall(_without_tls(greeting))
                while data := self.server.recv(65536):
                    if self._mute.is_set():
                        self._answered.set()
                    else:
                        self.client.sendall(data)
        self._answered.set()
        self.cut()


def _end(one: socket.socket) -> None:
    """End a connection, also under a thread that waits for it."""
    with contextlib.suppress(OSError):
        one.shutdown(socket.SHUT_RDWR)
    one.close()


def _read_exactly(one: socket.socket, size: int) -> bytes | None:
    data = b""
    while len(data) < size:
        more = one.recv(size - len(data))
        if not more:
            return None
        data += more
    return data


def _read_packet(one: socket.socket) -> bytes | None:
    """Return one packet with its header, or None at the end."""
    header = _read_exactly(one, 4)
    if header is None:
        return None
    payload = _read_exactly(one, int.from_bytes(header[:3], "little"))
    return None if payload is None else header + payload


def _statement(packet: bytes) -> str:
    """Return the statement of a COM_QUERY, or nothing for any other packet."""
    if packet[3] != 0 or packet[4:5] != bytes([COM_QUERY]):
        return ""
    return packet[5:64].decode("utf-8", "replace").strip().upper()


def _without_tls(greeting: bytes) -> bytes:
    """Clear CLIENT_SSL: it stands after the version (ended by NUL), a thread id of 4, 8 bytes of salt and a filler."""
    flags = greeting.index(b"\0", 5) + 1 + 4 + 8 + 1
    changed = bytearray(greeting)
    changed[flags + 1] &= ~_CLIENT_SSL_BYTE & 0xFF
    return bytes(changed)
