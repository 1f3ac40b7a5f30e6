"""What Foyer keeps on this computer is for its user only: new files from now on, and those that were made before."""

from __future__ import annotations

import logging
import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pos_app.computer.files import close_database, close_files, close_folder
from pos_app.computer.settings import load_settings, settings_path
from pos_app.domain.card_numbers import mask_card_numbers
from pos_app.domain.codes import ALPHABET
from pos_app.domain.errors import PosError
from pos_app.domain.sentences import say
from pos_app.logs import log_folder, start_logging
from pos_app.ui.words.sentences import spoken

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pos_app.computer.settings import Settings

_log = logging.getLogger(__name__)

_TICKETS: Final = re.compile(rf"[{ALPHABET}]{{8}}(-print-[0-9]+-[{ALPHABET}]+)?(-[0-9]+)?\.pdf")


def close_what_is_kept(database: str = "") -> None:
    """Take from others on this computer what Foyer keeps on it; where that fails, say so. Never raises.

    database: one that was named for this start, besides that of the settings.
    """
    try:
        settings = load_settings()
    except PosError:
        return  # the command itself says what is wrong with them
    left = tuple(dict.fromkeys(_close_all(settings, database)))
    if not left:
        return
    start_logging(conceal=mask_card_numbers)
    _log.warning("Others on this computer can read: %s", ", ".join(map(str, left)))
    told = say(
        "Others on this computer can read {file}, and only who owns it can change that.",
        file=left[0] if len(left) == 1 else left[0].parent,
    )
    print(f"foyer: {spoken(told)}", file=sys.stderr)


def _close_all(settings: Settings, database: str) -> Iterator[Path]:
    yield from close_folder(settings.state_folder)
    yield from close_folder(log_folder())
    # A folder that a person has chosen for tickets may hold other things, and stays as it is.
    yield from close_files(_tickets_in(settings.save_tickets_in))
    named = settings_path()
    if "FOYER_SETTINGS" in os.environ:
        close_files((named,))  # an administrator's may well be for all, and no secret stands in it
    else:
        yield from close_folder(named.parent)
    # Where Qt keeps the places of windows.
    yield from close_folder(Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "Foyer")
    for url in filter(None, (settings.database, database)):
        if (path := _embedded(url)) is not None:
            yield from close_database(path)


def _tickets_in(folder: Path) -> tuple[Path, ...]:
    try:
        return tuple(path for path in folder.iterdir() if _TICKETS.fullmatch(path.name))
    except OSError:
        return ()


def _embedded(url: str) -> Path | None:
    from pos_app.db.connection.addresses import parse_address

    try:
        return parse_address(url).path
    except PosError:
        return None
