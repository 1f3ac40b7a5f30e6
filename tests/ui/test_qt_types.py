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


def test_all_types_are_made_with_the_application_whatever_is_asked_for_first() -> None:
    done = subprocess.run(
        [sys.executable, "-c", _TELL], capture_output=True, text=True, timeout=PROGRAM_SECONDS, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "[]"
