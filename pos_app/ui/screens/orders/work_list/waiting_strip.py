"""The line of a work list about who waits for its performance, and what is on resale."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from pos_app.ui.screens.orders.work_list.waiting_words import ended_words, waiting_words
from pos_app.ui.widgets.boxes import row
from pos_app.ui.widgets.key_button import KeyButton
from pos_app.ui.widgets.labels import text_label
from pos_app.ui.widgets.sheets.confirm import confirm
from pos_app.ui.words.messages import Level, Message

if TYPE_CHECKING:
    from pos_app.domain.orders.work_lists import WorkListPage
    from pos_app.ui.screens.orders.work_list.operations import WorkListOperations


class WaitingStrip(QWidget):
    """Tells who waits, and ends all waiting for a performance that is not given; hidden where nobody waits or did.

    Signals: said(Message). stopped(Exception): it could not be ended. outdated(): read the list again.
    """

    said = Signal(object)
    stopped = Signal(object)
    outdated = Signal()

    def __init__(self, operations: WorkListOperations) -> None:
        super().__init__()
        self._operations = operations
        self._page: WorkListPage | None = None
        self.words = text_label("", "body", wrap=True)
        self.end_button = KeyButton("", "F10")
        self.end_button.clicked.connect(self._ask)
        row((self.words, 1), self.end_button, inside=self, spacing=12)

    def show_page(self, page: WorkListPage) -> None:
        """Show who waits as it is now, or what has ended."""
        self._page = page
        words = waiting_words(page) or ended_words(page.ended)
        self.words.setText(words)
        self.setVisible(bool(words))
        self.end_button.set_words(
            self.tr("End the waiting list…") if page.waiting.parties else self.tr("End the resale…")
        )
        self.end_button.setVisible(page.cancelled and page.waiting.is_any)

    def let_end(self, may: bool) -> None:  # noqa: FBT001 - reads well as let_end(not busy)
        """Allow to end it; while orders are worked off nothing else is begun."""
        self.end_button.setEnabled(may)

    def _ask(self) -> None:
        page = self._page
        if page is None or not self.end_button.isVisibleTo(self):
            return
        waits = bool(page.waiting.parties)
        sheet = confirm(
            self,
            self.tr("End the waiting list?") if waits else self.tr("End the resale?"),
            self.tr("Each party that can be reached gets one letter, with the reason of the cancellation.")
            if waits
            else self.tr("These tickets are refunded with the other tickets of their orders."),
            yes=self.tr("End it"),
            lost=(waiting_words(page), *((_for_good(),) if waits else ())),
        )
        sheet.confirmed.connect(lambda: self._end(page.list_id))

    def _end(self, list_id: int) -> None:
        self.let_end(may=False)
        self._operations.end_around(self, list_id).then(lambda _ended: self._on_ended(), self._on_error)

    def _on_ended(self) -> None:
        self.let_end(may=True)
        page = self._page
        text = self.tr("The resale has ended.")
        if page is not None and page.waiting.parties:
            text = self.tr("The waiting list has ended, and its parties are told.")
        self.said.emit(Message(text, "", Level.OK))
        self.outdated.emit()

    def _on_error(self, error: Exception) -> None:
        self.let_end(may=True)
        self.stopped.emit(error)


def _for_good() -> str:
    return QCoreApplication.translate(
        "WaitingStrip", "Who waited keeps no place, even if the performance is reinstated."
    )
