"""Show a document in the desktop's own viewer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QUrl
from PySide6.QtGui import QDesktopServices

from pos_app.domain.errors import NotFound, PosError

if TYPE_CHECKING:
    from pathlib import Path


def open_document(path: Path) -> None:
    """Open a file and return at once. Raises NotFound when it is gone, PosError when nothing shows such files."""
    if not path.exists():
        raise NotFound(
            QCoreApplication.translate("Documents", "{0} is no longer there.").replace("{0}", path.name),
            advice=QCoreApplication.translate("Documents", "Print the tickets anew to make it again."),
        )
    if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
        raise PosError(
            QCoreApplication.translate("Documents", "This computer has no program that shows PDF files."),
            advice=str(path),
        )
