"""`foyer` and `foyer demo`: the window."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

from pos_app.cli.passwords import password_source
from pos_app.domain.errors import PosError
from pos_app.settings import load_settings

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from pos_app.cli.program import Program
    from pos_app.opening import OpenHouse
    from pos_app.settings import Settings


def require_display() -> None:
    """Raise PosError where no window can be shown; Qt itself would end the process."""
    if sys.platform != "linux" or os.environ.get("QT_QPA_PLATFORM"):
        return
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        raise PosError(
            "There is no display here to open a window on.", advice="“foyer tour --out DIR” works without one."
        )


def run_window(options: argparse.Namespace, program: Program) -> int:
    """Open the box office of the settings, or of --database."""
    require_display()
    settings = load_settings()
    url = options.database or settings.database_url()
    ask = password_source(options)

    def open_with(_tell: Callable[[float, str], None]) -> OpenHouse:
        from pos_app.opening import open_house

        return open_house(settings, url, ask)

    return program.run(settings, open_with)


def demo_settings(settings: Settings) -> Settings:
    """Return the settings of the demo: a folder of its own, so that nothing real is touched."""
    folder = settings.state_folder / "demo"
    return replace(settings, state_folder=folder, save_tickets_in=folder / "tickets")


def run_demo(options: argparse.Namespace, program: Program) -> int:
    """Open the demo box office, embedded unless --database names a server."""
    require_display()
    settings = demo_settings(load_settings())
    url = options.database or f"sqlite:///{settings.state_folder / 'demo.db'}"
    ask = password_source(options)

    def open_with(tell: Callable[[float, str], None]) -> OpenHouse:
        from pos_app.opening import open_demo

        return open_demo(settings, url, ask=ask, on_progress=tell)

    return program.run(settings, open_with)
