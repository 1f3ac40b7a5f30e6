"""A server that can be made silent: its process is stopped, so that the network still takes what is sent to it."""

from __future__ import annotations

import os
import signal
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

import psutil

from tests import standstill

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.servers import KeptServer


class Silence:
    """Stops the process of a server that nobody else uses, and lets it go on."""

    def __init__(self, kept: KeptServer) -> None:
        children = psutil.Process(kept.pid).children(recursive=True)
        self._pid = next(one.pid for one in children if one.name().startswith(("mariadbd", "mysqld")))

    @contextmanager
    def falls(self, seconds: float | None = None) -> Iterator[None]:
        """Keep the server silent in here; seconds: it comes back by itself, while whoever waits still waits."""
        back = None
        standstill.stop(self._pid)
        try:
            if seconds is not None:
                back = threading.Timer(seconds, self.end)
                back.start()
            yield
        finally:
            if back is not None:
                back.cancel()
                back.join()
            self.end()

    def end(self) -> None:
        """Let the server go on."""
        os.kill(self._pid, signal.SIGCONT)
