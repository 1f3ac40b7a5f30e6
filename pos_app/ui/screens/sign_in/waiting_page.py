"""Before anybody can sign in: the connection is being made, or cannot be made."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from pos_app.ui.announce import announce
from pos_app.ui.widgets.boxes import Gap, column
from pos_app.ui.widgets.buttons import text_button
from pos_app.ui.widgets.key_button import KeyButton
from pos_app.ui.widgets.labels import IconLabel, text_label
from pos_app.ui.widgets.line_bounds import bound_line
from pos_app.ui.widgets.spinner import Spinner

_LONGEST: Final = 300


class WaitingPage(QWidget):
    """A turning arc with a sentence, or what is wrong with what can be done: try again, a password, another server.

    Signals:
        retry_asked(): try again.
        password_given(str): try again with this password of the database.
        setup_asked(): say anew how to connect.
    """

    retry_asked = Signal()
    password_given = Signal(str)
    setup_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._asks = False
        self._spinner = Spinner(40)
        self._icon = IconLabel("plugs", 44, "danger")
        self._words = text_label("", "heading", wrap=True)
        self._words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._advice = text_label("", "muted", wrap=True)
        self._advice.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.retry_button = KeyButton(self.tr("Try again"), icon_name="arrow-clockwise", variant="primary")
        self.retry_button.print_key("Return")
        self.retry_button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.retry_button.clicked.connect(self._on_again)
        self.password_field = QLineEdit(echoMode=QLineEdit.EchoMode.Password)
        bound_line(self.password_field, _LONGEST)
        self.password_field.setAccessibleName(self.tr("Password of the database"))
        self.password_field.setPlaceholderText(self.tr("Password of the database"))
        self.password_field.setFixedWidth(320)
        self.password_field.returnPressed.connect(self._on_again)
        self.setup_button = text_button(self.tr("Change the connection"), icon_name="plugs-connected", variant="ghost")
        self.setup_button.clicked.connect(self.setup_asked)
        self._may_set_up = False
        middle = Qt.AlignmentFlag.AlignHCenter
        signs = ((one, 0, middle) for one in (self._spinner, self._icon))
        ways = ((one, 0, middle) for one in (self.password_field, self.retry_button, self.setup_button))
        column(1, *signs, Gap(10), self._words, self._advice, Gap(10), *ways, 1, inside=self, margins=40, spacing=8)
        self.show_waiting("")

    def set_may_set_up(self, may: bool) -> None:  # noqa: FBT001 - one flag, named by the method
        """Offer to say anew how to connect, beside each problem."""
        self._may_set_up = may

    def show_waiting(self, sentence: str) -> None:
        """Say what is being done."""
        self._show(sentence, "", problem=False)

    def show_problem(self, text: str, advice: str, *, asks: bool = False) -> None:
        """Say what is wrong and what to do. asks: for the password of the database."""
        self._show(text, advice, problem=True)
        self._asks = asks
        self.password_field.setVisible(asks)
        self.retry_button.set_words(self.tr("Connect") if asks else self.tr("Try again"))
        (self.password_field if asks else self.retry_button).setFocus()
        announce(self, f"{text} {advice}".strip(), urgent=True)

    def _show(self, words: str, advice: str, *, problem: bool) -> None:
        self._spinner.setVisible(not problem)
        self._icon.setVisible(problem)
        self._words.setText(words)
        self._advice.setText(advice)
        self._advice.setVisible(bool(advice))
        self.retry_button.setVisible(problem)
        self.setup_button.setVisible(problem and self._may_set_up)
        self.password_field.hide()
        self.password_field.clear()

    def _on_again(self) -> None:
        if not self._asks:
            self.retry_asked.emit()
        elif self.password_field.text():
            self.password_given.emit(self.password_field.text())
        else:
            self.password_field.setFocus()
