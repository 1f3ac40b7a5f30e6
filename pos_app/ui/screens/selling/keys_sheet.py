"""All keys of the sell screen on one sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QGridLayout

from pos_app.ui.widgets.labels import Chip, text_label
from pos_app.ui.widgets.sheets.base import Sheet
from pos_app.ui.words.payments import methods_with_a_key, payment_words

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


def sell_keys() -> tuple[tuple[str, str], ...]:
    """Return the keys and what they do, in the order of a sale."""

    def tr(words: str) -> str:
        return QCoreApplication.translate("SellKeys", words)

    return (
        ("F1", tr("These keys")),
        ("F2", tr("Search a performance")),
        ("F3", tr("List of free seats")),
        ("F4", tr("Best seats; again: the next best")),
        ("Shift+F4", tr("More of the best seats")),
        ("1 … 9", tr("How many, on the map")),
        ("F5", tr("Take the seats again, or what is offered")),
        ("F6", tr("Print the tickets")),
        ("F7", tr("Hold longer")),
        ("F8", tr("Name and note")),
        *((way.key, way.name) for way in map(payment_words, methods_with_a_key())),
        ("F11", tr("Promo code")),
        ("F12", tr("Ask for a seat held elsewhere")),
        ("Ctrl+Y, K", tr("Let a seat go that is asked for, or keep it")),
        ("Esc", tr("Release the basket")),
        ("Ctrl+Z", tr("Undo the last change")),
        ("← ↑ → ↓", tr("Walk the seats")),
        ("Enter", tr("Take it, or give it back")),
        ("+  -  0", tr("Zoom, whole house")),
        ("A, C, S …", tr("Ticket type of the last seat")),
        ("Shift+A …", tr("Ticket type of all seats")),
        ("Alt+1, 2", tr("Sell, orders")),
        ("Ctrl+L", tr("Lock")),
    )


class KeysSheet(Sheet):
    """Shows the keys; any of Enter and Esc closes it. No signals of its own."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, QCoreApplication.translate("SellKeys", "Keys"), width=720)
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(9)
        keys = sell_keys()
        half = (len(keys) + 1) // 2
        for at, (key, words) in enumerate(keys):
            column = 0 if at < half else 2
            grid.addWidget(Chip(key, "accent"), at % half, column, Qt.AlignmentFlag.AlignRight)
            grid.addWidget(text_label(words), at % half, column + 1)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(3, 1)
        self.body.addLayout(grid)
        self.close_button = self.add_button(self.tr("Close"), "Return", variant="primary")
        self.close_button.clicked.connect(self.close_sheet)
