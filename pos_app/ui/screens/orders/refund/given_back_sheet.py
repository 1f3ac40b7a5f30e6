"""What the customer is told, and given, at the end of a change: the amount stands large."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame

from pos_app.ui.widgets.boxes import column
from pos_app.ui.widgets.labels import FittedLabel, text_label
from pos_app.ui.widgets.sheets.base import Sheet

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class GivenBackSheet(Sheet):
    """Says the amount in large; Enter closes it.

    caption: what is done with the amount ("Give back"). sentences: for the customer, one below the other.
    No signals of its own.
    """

    def __init__(self, parent: QWidget, title: str, caption: str, amount: str, *sentences: str) -> None:
        super().__init__(parent, title, width=560)
        middle = Qt.AlignmentFlag.AlignHCenter
        self.amount = FittedLabel(amount, 72, align=middle)
        self.sentences = tuple(sentence for sentence in sentences if sentence)
        self.setAccessibleDescription(" ".join((caption, amount, *self.sentences)))
        well = QFrame()
        well.setProperty("role", "well")
        column(
            (text_label(caption, "strong", tone="muted"), 0, middle),
            self.amount,
            inside=well,
            margins=(18, 16, 18, 16),
            spacing=2,
        )
        self.body.addWidget(well)
        for at, sentence in enumerate(self.sentences):
            self.body.addWidget(text_label(sentence, "body" if at else "strong", wrap=True))
        self.done = self.add_button(self.tr("Done"), "Return", variant="primary", size="large")
        self.done.setMinimumWidth(180)
        self.done.clicked.connect(self.close_sheet)
