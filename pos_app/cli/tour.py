"""`foyer tour`: an evening without a person."""

from __future__ import annotations

import argparse
import os
import re
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from pos_app.cli.passwords import password_source
from pos_app.domain.errors import InvalidInput, PosError
from pos_app.settings import load_settings

if TYPE_CHECKING:
    from collections.abc import Callable

    from pos_app.cli.program import Program
    from pos_app.opening import AskPassword, OpenHouse
    from pos_app.settings import Settings


def run_tour(options: argparse.Namespace, program: Program) -> int:
    """Drive the window and write pictures, PDFs and tour.json; 0 only if every step did what it says."""
    size = _size(options.size)
    folder = _folder(options.out)
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory(prefix="foyer-tour-") as state:
        # The tour is a till of its own: nothing that this computer remembers is read or changed.
        os.environ["FOYER_STATE"] = state
        settings = replace(
            load_settings(),
            state_folder=Path(state),
            save_tickets_in=Path(state) / "tickets",
            ticket_queue="",
            lock_after_seconds=0,
            sounds=False,
            till_name="Tour till",
        )
        url = options.database or f"sqlite:///{Path(state) / 'tour.db'}"
        ask = password_source(options)

        refused: list[PosError] = []

        def open_with(tell: Callable[[float, str], None]) -> OpenHouse:
            from pos_app.opening import open_demo

            try:
                if options.admin:
                    return _open_new(settings, url, ask)
                return open_demo(settings, url, ask=ask, on_progress=tell)
            except PosError as error:
                refused.append(error)
                raise

        ok = program.tour(settings, open_with, folder, size=size, dark=options.dark, admin=options.admin)
    if refused:
        raise refused[0]
    print(f"Pictures, tickets and tour.json are in {folder}")
    return 0 if ok else 1


def _open_new(settings: Settings, url: str, ask: AskPassword) -> OpenHouse:
    """Make a box office with its first manager in an empty database, and open it."""
    from pos_app.cli.database import run_database
    from pos_app.demo.tour.season.desk import MANAGER, PASSWORD
    from pos_app.opening import open_house

    os.environ["FOYER_MANAGER_PASSWORD"] = PASSWORD
    run_database(
        argparse.Namespace(
            deed="create", url=url, manager=MANAGER, venue="", time_zone="Europe/Oslo", currency="EUR", password_stdin=0
        )
    )
    return open_house(settings, url, ask)


def _size(text: str) -> tuple[int, int]:
    found = re.fullmatch(r"(\d{3,4})x(\d{3,4})", text)
    if found is None:
        raise InvalidInput(f"“{text}” is no size of a window.", advice="Write it like 1280x800.")
    return int(found[1]), int(found[2])


def _folder(path: Path) -> Path:
    try:
        path.mkdir(parents=True, exist_ok=True)
        for old in (
            *path.glob("[0-9][0-9]-*.png"),
            *path.glob("tickets-*.pdf"),
            *path.glob("tour.json"),
            *path.glob("tour-*.*"),
        ):
            old.unlink()
    except OSError as error:
        raise InvalidInput(f"The folder {path} cannot be written: {error.strerror}.") from None
    return path.resolve()
