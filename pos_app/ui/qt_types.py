"""Make the types of Qt known to Python at once, on the GUI thread, and not each when it is first met.

PySide makes the Python side of a type the first time that it is asked for. A filter of all events is handed whatever is
sent an event, at any moment: also while another type is just being made, or while another thread makes one by an
import. Making one inside the making of another ends the process. So does the painting of the first icon, which asks for
the types of all that can be painted on, beside a thread that imports a screen. Where all are made before, none is made
then.
"""

from __future__ import annotations

from functools import cache

from PySide6 import QtCore, QtGui, QtWidgets


@cache
def make_types() -> int:
    """Make the types of the modules that every window needs, and return how many names they have; a tenth of a second.

    Call it on the GUI thread, before anything filters events and before another thread imports parts of the window.
    """
    return sum(getattr(module, name) is not None for module in (QtCore, QtGui, QtWidgets) for name in dir(module))
