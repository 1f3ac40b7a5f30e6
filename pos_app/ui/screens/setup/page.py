"""What the pages of the first start have in common: a heading, what is asked, what came of it, and buttons."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from pos_app.ui.screens.setup.outcome import Outcome
from pos_app.ui.widgets.boxes import Gap, column, row
from pos_app.ui.widgets.key_button import KeyButton
from pos_app.ui.widgets.labels import text_label

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

_ENTER: Final = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


class SetupPage(QWidget):
    """Put what is asked into `body`; Enter presses the button to go on, Esc goes back, or stops what is under way.

    Signals:
        asked_on(): go on.
        asked_back(): the page before.
        asked_stop(): give up what is under way.
        room_changed(): it has more or less to show than before.
    """

    asked_on = Signal()
    asked_back = Signal()
    asked_stop = Signal()
    room_changed = Signal()

    def __init__(self, title: str, sentence: str, *, go_on: str, back: bool = True) -> None:
        super().__init__()
        self._may_go_back = back
        self._may_stop = False
        self.title = text_label(title, "title", wrap=True)
        self.sentence = text_label(sentence, "muted", wrap=True)
        self.body = column(spacing=12)
        self.outcome = Outcome()
        self.on_button = KeyButton(go_on, variant="primary")
        self.on_button.print_key("Return")
        self.on_button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.on_button.clicked.connect(self.asked_on)
        self.back_button = KeyButton(self.tr("Back"), icon_name="arrow-left")
        self.back_button.print_key("Esc")
        self.back_button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.back_button.clicked.connect(self._on_back)
        self.buttons = row(self.back_button, 1, self.on_button, spacing=10)
        column(
            *(self.title, self.sentence, Gap(8), (self.body, 1), self.outcome, Gap(8), self.buttons),
            inside=self,
            margins=(32, 26, 32, 24),
            spacing=6,
        )
        # Not before it lies in here: shown by itself it would be a window.
        self.back_button.setVisible(back)

    def wanted_height(self) -> int:
        """Return how high it would have to be to show everything; 0 where that is not asked."""
        return 0

    def begin(self) -> None:
        """Put the cursor where typing begins."""
        self.on_button.setFocus()

    def show_busy(self, sentence: str, *, may_stop: bool) -> None:
        """Say what is being done; nothing can be changed meanwhile."""
        self._may_stop = may_stop
        self.set_open(False)
        self.outcome.show_busy(sentence)
        self.on_button.setEnabled(False)
        self.back_button.setVisible(may_stop or self._may_go_back)
        self.back_button.setEnabled(may_stop)
        self.back_button.set_words(self.tr("Stop") if may_stop else self.tr("Back"))
        if may_stop:
            self.back_button.setFocus()

    def show_ready(self) -> None:
        """Let a person go on, whatever came of it."""
        self._may_stop = False
        self.set_open(True)
        self.outcome.clear()
        self.on_button.setEnabled(True)
        self.back_button.setVisible(self._may_go_back)
        self.back_button.setEnabled(True)
        self.back_button.set_words(self.tr("Back"))

    def set_open(self, is_open: bool) -> None:  # noqa: FBT001 - one flag, named by the method
        """Let a person change what is asked, or not."""

    def _on_back(self) -> None:
        if self._may_stop:
            self.asked_stop.emit()
        else:
            self.asked_back.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on, Esc goes back."""
        if event.key() in _ENTER:
            if not event.isAutoRepeat():
                self.on_button.click()
        elif event.key() == Qt.Key.Key_Escape and not self.back_button.isHidden():
            self.back_button.click()
        else:
            super().keyPressEvent(event)
