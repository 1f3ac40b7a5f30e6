"""What the commands need of the program with windows; the entry point hands it in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pos_app.computer.settings import Settings
    from pos_app.opening.choice import Reception
    from pos_app.opening.open_house import OpenHouse

    OpenWith = Callable[[Callable[[float, str], None]], OpenHouse]


class Program(Protocol):
    """The window, and the window driven by the tour."""

    def run(self, settings: Settings, open_with: OpenWith, reception: Reception | None = None) -> int:
        """Run until the window is closed; returns the exit code. reception: lets a person set up what is missing."""
        ...

    def tour(self, settings: Settings, open_with: OpenWith, folder: Path, *, size: tuple[int, int], dark: bool) -> bool:
        """Drive the window through an evening; True if every step did what it says."""
        ...

    def admin_tour(
        self, reception: Reception, folder: Path, *, password: str, size: tuple[int, int], dark: bool
    ) -> bool:
        """Drive the window through a manager's season, from the first start on; True if every step did what it says."""
        ...
