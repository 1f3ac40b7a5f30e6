"""Ask once before something is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from pos_app.ui.widgets.labels import text_label
from pos_app.ui.widgets.sheets.base import Sheet
from pos_app.ui.words.lists import following

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class ConfirmSheet(Sheet):
    """A question with what will be lost, and two buttons: Enter does it, Esc keeps everything as it is.

    deliberate: Enter alone does nothing, Ctrl+Enter does it.
    Signals: confirmed().
    """

    confirmed = Signal()

    def __init__(
        self,
        parent: QWidget,
        title: str,
        sentence: str,
        *,
        yes: str,
        no: str,
        lost: tuple[str, ...],
        danger: bool,
        deliberate: bool = False,
    ) -> None:
        super().__init__(parent, title)
        self.setAccessibleDescription(following(sentence, *lost))
        if sentence:
            self.body.addWidget(text_label(sentence, wrap=True))
        for line in lost:
            self.body.addWidget(text_label(f"•  {line}", "strong", wrap=True))
        self.yes, self.no = self.add_answers(
            yes, self._on_yes, no=no, variant="danger" if danger else "primary", deliberate=deliberate
        )

    def _on_yes(self) -> None:
        self.confirmed.emit()
        self.close_sheet()


def confirm(
    parent: QWidget,
    title: str,
    sentence: str,
    *,
    yes: str,
    no: str = "",
    lost: tuple[str, ...] = (),
    danger: bool = True,
    deliberate: bool = False,
) -> ConfirmSheet:
    """Open a question over the parent's window; connect to its confirmed and cancelled signals.

    yes, no: the words of the buttons ("Release 4 seats", "Keep them"). lost: lines that name what will be lost.
    deliberate: yes is Ctrl+Enter, and Enter alone is no answer.
    """
    sheet = ConfirmSheet(parent, title, sentence, yes=yes, no=no, lost=lost, danger=danger, deliberate=deliberate)
    sheet.open()
    return sheet
