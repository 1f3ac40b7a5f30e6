"""The command `foyer`, also `python -m pos_app`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from pos_app.cli.command import run_command

if TYPE_CHECKING:
    from pathlib import Path

    from pos_app.cli.program import OpenWith
    from pos_app.computer.settings import Settings
    from pos_app.opening.choice import Reception


class _Program:
    """The windows, imported only when one is asked for."""

    @staticmethod
    def run(settings: Settings, open_with: OpenWith, reception: Reception | None = None) -> int:
        from pos_app.app import run

        return run(settings, open_with, reception)

    @staticmethod
    def tour(settings: Settings, open_with: OpenWith, folder: Path, *, size: tuple[int, int], dark: bool) -> bool:
        from pos_app.app import tour

        return tour(settings, open_with, folder, size=size, dark=dark)

    @staticmethod
    def admin_tour(reception: Reception, folder: Path, *, password: str, size: tuple[int, int], dark: bool) -> bool:
        from pos_app.app import admin_tour

        return admin_tour(reception, folder, password=password, size=size, dark=dark)


def main() -> None:
    """Run the command line and leave with its exit code."""
    sys.exit(run_command(sys.argv[1:], _Program()))


if __name__ == "__main__":
    main()
