"""Customers who may be the one that is being made: told while the name is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from pos_app.domain.customers.records import CustomerDraft
from pos_app.ui.customers.words import marks_words
from pos_app.ui.widgets.boxes import column
from pos_app.ui.widgets.key_button import KeyButton
from pos_app.ui.widgets.labels import text_label
from pos_app.ui.words.lists import side_by_side

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pos_app.domain.customers.finding import CustomerRow
    from pos_app.ui.screens.customers.operations import CustomerOperations

_PAUSE_MS: Final = 250
_MOST: Final = 3
_FEWEST_LETTERS: Final = 2
_FIRST_KEY: Final = "F8"
"""As where a customer is found for a basket."""


class AlikeBox(QWidget):
    """Names up to three who are like what is typed, each a button.

    Signals: customer_chosen(int): that one is meant.
    """

    customer_chosen = Signal(int)

    def __init__(self, operations: CustomerOperations) -> None:
        super().__init__()
        self._operations = operations
        self._draft = CustomerDraft("")
        self.buttons: tuple[KeyButton, ...] = ()
        self._soon = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._soon.timeout.connect(self._ask)
        self._heading = text_label(
            self.tr("There already? Then take the one who is:"), "strong", tone="warn", wrap=True
        )
        self._column = column(self._heading, inside=self, margins=(18, 0, 18, 8), spacing=4)
        self.hide()

    def look_for(self, draft: CustomerDraft | None) -> None:
        """Look for those who are like what is typed, after a pause in typing; None: nobody is being made."""
        if draft is None or not _says_enough(draft):
            self._draft = CustomerDraft("")
            self._soon.stop()
            self._show(())
        elif _of_person(draft) != _of_person(self._draft):
            self._draft = draft
            self._soon.start()

    def _ask(self) -> None:
        asked = self._draft

        def found(rows: Sequence[CustomerRow]) -> None:
            if asked is self._draft:
                self._show(rows[:_MOST])

        # Nobody waits for it: where it cannot be asked, the address is refused at the latest when it is saved.
        self._operations.alike(self, asked).then(found, lambda _error: None)

    def _show(self, rows: Sequence[CustomerRow]) -> None:
        for button in self.buttons:
            self._column.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.buttons = tuple(self._button(row, _FIRST_KEY if at == 0 else "") for at, row in enumerate(rows))
        for button in self.buttons:
            self._column.addWidget(button)
        self.setVisible(bool(rows))

    def _button(self, row: CustomerRow, key: str) -> KeyButton:
        words = side_by_side(row.name, row.email or row.phone, marks_words(row.marks))
        button = KeyButton(words, key, icon_name="user", variant="ghost")
        button.setToolTip(side_by_side(row.name, row.email, row.phone))
        button.clicked.connect(lambda: self.customer_chosen.emit(row.customer_id))
        return button


def _of_person(draft: CustomerDraft) -> tuple[str, str, str]:
    return draft.name.strip(), draft.email.strip(), draft.phone.strip()


def _says_enough(draft: CustomerDraft) -> bool:
    return any(len(text) >= _FEWEST_LETTERS for text in _of_person(draft))
