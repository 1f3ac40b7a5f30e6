"""The lines to a server, so that whoever waits on one can be woken when the program ends."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress
from typing import TYPE_CHECKING
from weakref import WeakSet

if TYPE_CHECKING:
    from pymysql import Connection


class OpenLines:
    """Connections in use, for any number of threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._open: WeakSet[Connection] = WeakSet()
        self.hung_up = False

    def add(self, connection: Connection) -> None:
        """Know a connection from now on, best before it is made: that may take as long as any answer."""
        with self._lock:
            self._open.add(connection)

    def hang_up(self) -> None:
        """End every line at once; a thread that waits for an answer gets an error instead.

        A line that is just being made may be missed, so whoever waits for such a thread calls this again.
        """
        with self._lock:
            self.hung_up = True
            lines = list(self._open)
        for line in lines:
            # PyMySQL has no public way to wake a thread, and close() would wait for the server.
            ours = line._sock  # type: ignore[attr-defined]  # noqa: SLF001
            if ours is not None:
                with suppress(OSError):
                    ours.shutdown(socket.SHUT_RDWR)

    def reopen(self) -> None:
        """Let new lines be made again."""
        self.hung_up = False
