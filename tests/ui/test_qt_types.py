"""No type of Qt is first made in the midst of something else."""

from __future__ import annotations

import subprocess
import sys

from tests.hands import PROGRAM_SECONDS

_TELL = """
from PySide6 import QtCore, QtGui, QtWidgets
from pos_app.app import make_application
def missing():
    return [name for module in (QtCore, QtGui, QtWidgets) for name in known[module] if name not in vars(module)]
known = {module: [name for name in dir(module) if name.startswith("Q")] for module in (QtCore, QtGui, QtWidgets)}
assert known[QtWidgets]
make_application()
print(missing())
"""

_TWO_AT_ONCE = """
import os
import sys
from threading import Barrier, Thread
from PySide6 import QtCore, QtGui, QtWidgets
from pos_app.ui.background import Background
application = QtWidgets.QApplication([])
background = Background()
asked = [(module, name) for module in (QtWidgets, QtGui, QtCore) for name in dir(module) if name.startswith("Q")]
ready = Barrier(2)
def ask():
    ready.wait()
    for module, name in asked:
        getattr(module, name)
sys.setswitchinterval(1e-6)
beside = Thread(target=ask)
beside.start()
ask()
beside.join()
print(len(asked), flush=True)
os._exit(0)
"""


def _run(program: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        timeout=PROGRAM_SECONDS,
        check=False,
    )
    assert done.returncode == 0, f"ended with {done.returncode}: {done.stderr}"
    return done.stdout.strip()


def test_all_types_are_made_with_the_application_whatever_is_asked_for_first() -> None:
    assert _run(_TELL) == "[]"


def test_a_worker_and_the_window_may_ask_for_the_same_types_at_once() -> None:
    """Whoever opens the window in a way of their own, a test say, has workers all the same."""
    assert int(_run(_TWO_AT_ONCE)) > 500
