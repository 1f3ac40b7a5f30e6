"""Keeps one private database server for a test run, and takes it down when the run is gone, however it went.

    python keep_server.py FOLDER PORT FLAVOUR PROGRAM

Run by tests/servers.py in a session of its own. It lives as long as its standard input stays open: the test run
holds the other end, so that even `kill -9` of the run closes it. The data is thrown away, so nothing is shut down
gently. What went wrong is written to FOLDER/failed.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import shutil
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import FrameType

_PR_SET_PDEATHSIG = 1
# With names not resolved, 127.0.0.1 is not "localhost", the only host that MySQL lets its root in from.
_LET_ROOT_IN = """CREATE USER IF NOT EXISTS 'root'@'127.0.0.1';
GRANT ALL ON *.* TO 'root'@'127.0.0.1' WITH GRANT OPTION;
"""


def die_with_parent() -> None:
    """Have the kernel kill this process when the one that started it ends."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def _commands(folder: Path, port: str, flavour: str, program: str) -> list[list[str]]:
    """Return the command that lays out an empty server, and the one that runs it."""
    data = f"--datadir={folder / 'data'}"
    as_root = ["--user=root"] if os.geteuid() == 0 else []
    serve = [
        *as_root,
        data,
        f"--socket={folder / 'sock'}",
        f"--port={port}",
        "--bind-address=127.0.0.1",
        f"--pid-file={folder / 'pid'}",
        f"--log-error={folder / 'error.log'}",
        f"--init-file={folder / 'init.sql'}",
        f"--tmpdir={folder}",
        "--skip-name-resolve",
        "--performance-schema=OFF",
        "--max-connections=300",
        f"--ssl-ca={folder / 'tls' / 'ca.pem'}",
        f"--ssl-cert={folder / 'tls' / 'server.pem'}",
        f"--ssl-key={folder / 'tls' / 'server.key'}",
    ]
    if flavour == "mysql":
        return [
            [program, *as_root, "--initialize-insecure", data, f"--log-error={folder / 'install.log'}"],
            # Unlike MariaDB it would write a binary log, and make a redo log of 100 MB.
            [program, *serve, "--mysqlx=OFF", "--skip-log-bin", "--loose-innodb-redo-log-capacity=16M"],
        ]
    small = "--innodb-log-file-size=16M"
    return [
        [
            "mariadb-install-db",
            "--no-defaults",
            *as_root,
            data,
            "--auth-root-authentication-method=normal",
            "--skip-test-db",
            # A machine whose own name leads nowhere will do.
            "--force",
            small,
        ],
        [program, "--no-defaults", *serve, small],
    ]


class _Keeper:
    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._child: subprocess.Popen[bytes] | None = None

    def run(self, commands: list[list[str]]) -> None:
        (self._folder / "init.sql").write_text(_LET_ROOT_IN)
        *before, serve = commands
        with (self._folder / "install.log").open("ab") as log:
            for command in [*before, serve]:
                self._child = subprocess.Popen(
                    command,
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                    process_group=0,
                    preexec_fn=die_with_parent,  # noqa: PLW1509 - the only other thread waits for a pipe
                )
                if self._child.wait() != 0 or command is serve:
                    (self._folder / "failed").write_text(f"{command[0]} ended with {self._child.returncode}\n")
                    return

    def end(self) -> None:
        """Kill the server, remove its folder, and leave."""
        if self._child is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._child.pid, signal.SIGKILL)
            self._child.wait()
        # What a dying helper still writes is removed in the second round.
        while self._folder.exists():
            shutil.rmtree(self._folder, ignore_errors=True)
        os._exit(0)


def main() -> None:
    folder = Path(sys.argv[1])
    keeper = _Keeper(folder)

    def on_signal(_number: int, _frame: FrameType | None) -> None:
        keeper.end()

    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, on_signal)
    worker = threading.Thread(target=keeper.run, args=(_commands(folder, *sys.argv[2:5]),), daemon=True)
    worker.start()
    sys.stdin.buffer.read()
    keeper.end()


if __name__ == "__main__":
    main()
