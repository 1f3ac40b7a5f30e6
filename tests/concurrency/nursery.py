"""Where till processes come from: a process that has imported the program already, and forks a till when it is asked.

    python -m tests.concurrency.nursery SOCKET

Importing takes half a second of a core, and these tests start a hundred tills. A till shares nothing with its
siblings: it opens its own database after the fork. Each request on the socket brings the three files that become the
till's standard input, output and error; the answer is the number of the process.
"""

from __future__ import annotations

import os
import signal
import socket
import sys
import traceback

from tests.cheap_secrets import make_secrets_cheap
from tests.concurrency import (
    deeds,
    gate_window_deeds,
    order_deeds,
    pick_up_deeds,
    queue_deeds,
    seller_deeds,
    till,
    window_deeds,
)
from tests.keep_server import die_with_parent

PID_BYTES = 8
IMPORTED_BEFORE_THE_FORK = (
    deeds,
    gate_window_deeds,
    order_deeds,
    pick_up_deeds,
    queue_deeds,
    seller_deeds,
    window_deeds,
)


def main() -> None:
    die_with_parent()
    make_secrets_cheap()
    # Whoever dies is not waited for.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    requests = socket.socket(fileno=int(sys.argv[1]))
    while True:
        _, files, _, _ = socket.recv_fds(requests, 1, 3)
        if not files:
            return
        pid = os.fork()
        if pid == 0:
            requests.close()
            _become_a_till(files)
        for file in files:
            os.close(file)
        requests.sendall(pid.to_bytes(PID_BYTES, "little"))


def _become_a_till(files: list[int]) -> None:
    code = 1
    try:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        for standard, file in enumerate(files):
            os.dup2(file, standard)
            os.close(file)
        till.main()
        code = 0
    except BaseException:  # noqa: BLE001 - whatever it was, the test reads it, and the fork ends here
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    main()
