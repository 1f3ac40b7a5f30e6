"""A process that was stopped does nothing more from the moment that stop() returns, and goes on afterwards."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from typing import Final

from tests import standstill

_COUNTS: Final = """
import threading, time
def count():
    while True:
        print(".", flush=True)
for _ in range(8):
    threading.Thread(target=count, daemon=True).start()
time.sleep(600)
"""


def test_nothing_is_written_by_any_thread_once_a_process_was_stopped() -> None:
    with subprocess.Popen([sys.executable, "-c", _COUNTS], stdout=subprocess.PIPE) as counter:
        assert counter.stdout is not None
        assert counter.stdout.read(1) == b"."
        assert not standstill.stands_still(counter.pid)
        standstill.stop(counter.pid)
        os.set_blocking(counter.stdout.fileno(), False)
        while counter.stdout.read(65536):
            pass
        time.sleep(0.05)  # that nothing comes is a matter of time: it wrote thousands of lines in this one before
        assert counter.stdout.read(1) is None
        os.kill(counter.pid, signal.SIGCONT)
        os.set_blocking(counter.stdout.fileno(), True)
        assert counter.stdout.read(1)
        counter.kill()
