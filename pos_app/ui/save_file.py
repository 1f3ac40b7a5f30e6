"""Asking where a file shall go, and writing it there: what became of it is said."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog

from pos_app.computer.files import write_whole
from pos_app.domain.disk_faults import why_disk
from pos_app.ui.words.messages import Level, Message, message_for
from pos_app.ui.words.sentences import spoken

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from pos_app.ui.background import Background

CSV = "CSV (*.csv)"
JSON = "JSON (*.json)"
PDF = "PDF (*.pdf)"


def ask_path(parent: QWidget, title: str, name: str, kind: str) -> str:
    """Ask for a file to write to; "" for none. name: what it may be called; kind: CSV, JSON or PDF."""
    path, _ = QFileDialog.getSaveFileName(parent, title, name.replace("/", "-"), kind)
    return path


def write_file(
    owner: QWidget,
    background: Background,
    path: str,
    make: Callable[[], bytes],
    done: str,
    say: Callable[[Message], object],
) -> None:
    """Write what `make` returns, which it does on a worker. done: said when it is written, the path beside it."""
    background.outside(owner, _write, Path(path), make).then(
        lambda _done: say(Message(done, path, Level.OK)), lambda error: say(refusal(error))
    )


def refusal(error: Exception) -> Message:
    """Say why a file was not written."""
    if isinstance(error, OSError):
        words = _tr("The file could not be written: {0}.").format(spoken(why_disk(error)))
        return Message(words, _tr("Choose another place."), Level.WARNING)
    return message_for(error)


def _write(path: Path, make: Callable[[], bytes]) -> None:
    place = path.resolve()  # of a link, what it leads to is meant
    place.parent.stat()  # no folder is made that nobody has chosen
    # What was there under this name stays, unless all of the new one fits.
    write_whole(place, make())


def _tr(words: str) -> str:
    return QCoreApplication.translate("SaveFile", words)
