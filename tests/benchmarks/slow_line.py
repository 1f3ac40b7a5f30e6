"""A line to a server over which every answer comes a little later, as over a network."""

from __future__ import annotations

import contextlib
import queue
import socket
import threading
import time
from typing import TYPE_CHECKING, Self
from urllib.parse import urlsplit, urlunsplit

from tests.servers import _free_port

if TYPE_CHECKING:
    from types import TracebackType


class SlowLine:
    """Use `with SlowLine(url, seconds) as line`, and line.url; seconds: how much later each answer comes."""

    def __init__(self, url: str, seconds: float) -> None:
        parts = urlsplit(url)
        assert parts.port is not None
        self._server = ("127.0.0.1", parts.port)
        self._port = _free_port()
        self._seconds = seconds
        self._ends: list[socket.socket] = []
        self._threads: list[threading.Thread] = []
        user = parts.netloc.rpartition("@")[0]
        self.url = urlunsplit(parts._replace(netloc=f"{user}@127.0.0.1:{self._port}"))

    def __enter__(self) -> Self:
        door = socket.create_server(("127.0.0.1", self._port))
        self._ends.append(door)
        self._start(self._accept, door)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        for end in self._ends:
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()
        for thread in self._threads:
            thread.join(timeout=5)

    def _start(self, work: object, *arguments: object) -> None:
        thread = threading.Thread(target=work, args=arguments, name="slow line", daemon=True)  # type: ignore[arg-type]
        self._threads.append(thread)
        thread.start()

    def _accept(self, door: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _ = door.accept()
                server = socket.create_connection(self._server)
                for end in (client, server):
                    end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                self._ends += [client, server]
                late: queue.SimpleQueue[tuple[float, bytes]] = queue.SimpleQueue()
                self._start(_pass_on, client, server)
                self._start(self._take, server, late)
                self._start(_give, late, client)

    def _take(self, server: socket.socket, late: queue.SimpleQueue[tuple[float, bytes]]) -> None:
        data = b"."
        while data:
            try:
                data = server.recv(65536)
            except OSError:
                data = b""
            late.put((time.monotonic() + self._seconds, data))


def _pass_on(client: socket.socket, server: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while data := client.recv(65536):
            server.sendall(data)
        server.shutdown(socket.SHUT_WR)


def _give(late: queue.SimpleQueue[tuple[float, bytes]], client: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while True:
            due, data = late.get()
            if not data:
                client.shutdown(socket.SHUT_WR)
                return
            time.sleep(max(0.0, due - time.monotonic()))
            client.sendall(data)
