"""Letters under Manage: how they are sent, and how they are worded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QWidget

from pos_app.ui.screens.admin.letters.sending_page import SendingPage
from pos_app.ui.screens.admin.letters.wording_page import WordingPage
from pos_app.ui.unsaved import leave_widget, unsaved_in
from pos_app.ui.widgets.boxes import column, row
from pos_app.ui.widgets.key_button import KeyButton

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QFocusEvent

    from pos_app.ui.office import Office


class LettersSection(QWidget):
    """Two pages; another one is opened once the changes in the first are saved or given up. locale: of the house."""

    def __init__(self, office: Office, locale: str) -> None:
        super().__init__()
        self.sending = SendingPage(office)
        self.wording = WordingPage(office, locale)
        self._stack = QStackedWidget()
        self.buttons: list[KeyButton] = []
        for at, (page, words, key) in enumerate(
            ((self.sending, self.tr("Sending"), "F3"), (self.wording, self.tr("Wording"), "F4"))
        ):
            self._stack.addWidget(page)
            button = KeyButton(words, key)
            button.setCheckable(True)
            button.clicked.connect(lambda _checked=False, at=at: self.open_page(at))
            self.buttons.append(button)
        column(row(*self.buttons, 1, spacing=6), (self._stack, 1), inside=self, spacing=10)
        self._mark()

    def open_page(self, at: int) -> None:
        """Open a page, from 0; asks first when something is unsaved in the one that is open."""
        self._mark()
        if at != self._stack.currentIndex():
            self.leave(lambda: self._open(at))

    def unsaved(self) -> tuple[str, ...]:
        """Name what is unsaved."""
        return unsaved_in(self.sending, self.wording)

    def leave(self, go_on: Callable[[], object]) -> None:
        """Go on when nothing is unsaved; else the page that is open asks."""
        leave_widget(self._stack.currentWidget(), go_on)

    def _open(self, at: int) -> None:
        self._stack.setCurrentIndex(at)
        self._mark()
        page = self._stack.currentWidget()
        if page is not None:
            page.setFocus(Qt.FocusReason.OtherFocusReason)

    def _mark(self) -> None:
        for at, button in enumerate(self.buttons):
            button.setChecked(at == self._stack.currentIndex())

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Hand the keyboard to the open page."""
        super().focusInEvent(event)
        page = self._stack.currentWidget()
        if page is not None:
            page.setFocus()
