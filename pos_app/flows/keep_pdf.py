"""Keeping a PDF that was set: where it should be, else for a while elsewhere, else nowhere."""

from __future__ import annotations

import errno
import logging
import os
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pos_app.computer.files import holds, write_new, write_whole
from pos_app.domain.disk_faults import why_disk
from pos_app.domain.sentences import NOTHING, say

if TYPE_CHECKING:
    from pos_app.domain.sentences import Sentence

_log = logging.getLogger(__name__)

_MOST_FILES: Final = 1000
"""Of one order: more are none of ours, and looking for a free name ends."""


def keep_pdf(folder: Path, name: str, pdf: bytes) -> tuple[Path | None, Sentence]:
    """Save a PDF as name.pdf, and never over another one; return where, and why not in the folder if it is not there.

    None: it could be kept nowhere. What is kept elsewhere lies there until this computer starts anew.
    """
    try:
        return _save(folder, name, pdf), NOTHING
    except OSError as error:
        unkept = say("The PDF could not be saved: {why}.", why=why_disk(error))
        _log.warning("%s (%s)", unkept, folder)
    try:
        path = Path(tempfile.mkdtemp(prefix="foyer-tickets-")) / f"{name}.pdf"
        write_whole(path, pdf, durable=False)
    except OSError:
        return None, unkept
    return path, unkept


def _save(folder: Path, name: str, pdf: bytes) -> Path:
    """Save a PDF as name.pdf, name-2.pdf, ...: on a till without a printer the file of a ticket is the ticket.

    So no file is replaced, of whatever till; tickets that were set just so before lie where they lay. Raises OSError.
    """
    for path in (folder / f"{name}{end}.pdf" for end in ("", *(f"-{at}" for at in range(2, _MOST_FILES)))):
        if holds(path, pdf):
            return path
        with suppress(FileExistsError):
            write_new(path, pdf)
            return path
    raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(folder / name))
