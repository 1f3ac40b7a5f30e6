"""Show a document in the desktop's own viewer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from pos_app.domain.errors import NotFound, PosError
from pos_app.domain.sentences import say

if TYPE_CHECKING:
    from pathlib import Path


def open_document(path: Path) -> None:
    """Open a file and return at once. Raises NotFound when it is gone, PosError when nothing shows such files."""
    if not path.exists():
        raise NotFound(
            say("{file} is no longer there.", file=path.name), advice=say("Print the tickets anew to make it again.")
        )
    if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
        raise PosError(
            say("This computer has no program that shows PDF files."),
            advice=say("Whoever looks after this computer can install one."),
        )
