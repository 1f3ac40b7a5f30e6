"""A database server of one test's own, which may be killed and started again on the same data and the same port."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Self

from tests.certificates import make_certificates
from tests.keep_server import _LET_ROOT_IN, _commands, die_with_parent
from tests.servers import Server, _free_port, find_server

if TYPE_CHECKING:
    from types import TracebackType


class MortalServer:
    """Use `with MortalServer(flavour) as mortal`; mortal.server then is up.

    Its data lies on the disk and not in memory, so that a COMMIT lasts as long as it does in a theatre.
    """

    def __init__(self, flavour: str) -> None:
        folder = Path(tempfile.mkdtemp(prefix="foyer-"))
        make_certificates(folder / "tls")
        self.server = Server(flavour, folder, _free_port())
        program = find_server(flavour)
        assert program is not None
        *self._lay_out, self._serve = _commands(folder, str(self.server.port), flavour, program)
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        (self.server.folder / "init.sql").write_text(_LET_ROOT_IN)
        for command in self._lay_out:
            subprocess.run(command, check=True, stdin=subprocess.DEVNULL, capture_output=True)
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.kill()
        shutil.rmtree(self.server.folder, ignore_errors=True)

    def start(self) -> None:
        """Start it, and wait until it answers."""
        self._process = subprocess.Popen(
            self._serve,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            preexec_fn=die_with_parent,  # noqa: PLW1509 - other threads of the test only listen to tills
        )
        self.server.connect().close()

    def kill(self) -> None:
        """End it with SIGKILL: what it had not written down is gone."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None
