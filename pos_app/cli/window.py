"""`foyer` and `foyer demo`: the window."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from pos_app.cli.passwords import password_source
from pos_app.computer.settings import load_settings
from pos_app.domain.errors import PosError
from pos_app.opening.opener import Opener, demo_settings

if TYPE_CHECKING:
    import argparse

    from pos_app.opening.open_house import OpenHouse, Tell


def require_display() -> None:
    """Raise PosError where no window can be shown; Qt itself would end the process."""
    if sys.platform != "linux" or os.environ.get("QT_QPA_PLATFORM"):
        return
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        raise PosError(
            "There is no display here to open a window on.", advice="“foyer tour --out DIR” works without one."
        )


def run_window(options: argparse.Namespace) -> int:
    """Open the box office of the settings, or of --database; where there is none yet, the window sets it up."""
    require_display()
    from pos_app.app import run

    settings = load_settings()
    # At a terminal the window asks for the password all the same: a question behind it would not be seen.
    ask = password_source(options) if options.password_stdin else None
    opener = Opener(settings, options.database or settings.database_url(), ask)
    return run(settings, opener.open, opener)


def run_demo(options: argparse.Namespace) -> int:
    """Open the demo box office, embedded unless --database names a server."""
    require_display()
    from pos_app.app import run

    settings = demo_settings(load_settings())
    url = options.database or f"sqlite:///{settings.state_folder / 'demo.db'}"
    ask = password_source(options)

    def open_with(tell: Tell) -> OpenHouse:
        # Behind the window, which is there at once.
        from pos_app.opening.open_house import open_demo

        return open_demo(settings, url, ask=ask, on_progress=tell)

    return run(settings, open_with)
