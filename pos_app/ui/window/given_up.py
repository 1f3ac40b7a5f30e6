"""What the person before left unsaved, when somebody else comes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from pos_app.ui.widgets.sheets.confirm import confirm

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget


def ask_to_give_up(parent: QWidget, name: str, unsaved: tuple[str, ...], go_on: Callable[[], object]) -> None:
    """Name what is lost with somebody else's sign-in, and go on if that may be. name: who left it."""
    sheet = confirm(
        parent,
        _tr("Left unfinished by {0}").format(name),
        _tr("It is given up when somebody else signs in. {0} can unlock and finish it.").format(name),
        lost=unsaved,
        yes=_tr("Give it up"),
        no=_tr("Keep it"),
    )
    sheet.confirmed.connect(go_on)


def _tr(words: str) -> str:
    return QCoreApplication.translate("MainWindow", words)
