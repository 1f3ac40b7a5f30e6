"""What the program remembers of its windows on this machine: nothing that matters, and no secrets."""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtCore import QSettings


def remembered() -> QSettings:
    """Open the small file of window positions and choices; below FOYER_STATE where that is set."""
    state = os.environ.get("FOYER_STATE", "")
    if state:
        return QSettings(str(Path(state) / "window.ini"), QSettings.Format.IniFormat)
    return QSettings(QSettings.Format.IniFormat, QSettings.Scope.UserScope, "Foyer", "Foyer")
