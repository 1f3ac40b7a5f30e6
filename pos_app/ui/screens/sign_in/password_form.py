"""Name and password."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from pos_app.ui.look.icons import icon
from pos_app.ui.screens.sign_in.keys import form_keys
from pos_app.ui.widgets.boxes import Gap, column
from pos_app.ui.widgets.key_button import KeyButton
from pos_app.ui.widgets.labels import text_label
from pos_app.ui.widgets.line_bounds import bound_line
from pos_app.ui.widgets.told_keys import tell_keys

_LONGEST: Final = 200


class PasswordForm(QWidget):
    """Two fields and a button; Enter goes on from the name and signs in from the password.

    Signals: given(str, str), name and password.
    """

    given = Signal(str, str)

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name_field = QLineEdit()
        bound_line(self.name_field, _LONGEST)
        self.name_field.setAccessibleName(self.tr("Name"))
        self.name_field.returnPressed.connect(self._on_name_entered)
        tell_keys(self, form_keys)
        self._name_label = text_label(self.tr("Name"), "strong")
        self.password_field = QLineEdit(echoMode=QLineEdit.EchoMode.Password)
        bound_line(self.password_field, _LONGEST)
        self.password_field.setAccessibleName(self.tr("Password"))
        self.password_field.returnPressed.connect(self._on_asked)
        self._eye = self.password_field.addAction(icon("eye", role="muted"), QLineEdit.ActionPosition.TrailingPosition)
        self._eye.setText(self.tr("Show the password"))
        self._eye.triggered.connect(self._on_eye)
        self.button = KeyButton(words, icon_name="sign-in", variant="primary", size="large")
        self.button.print_key("Return")
        self.button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.button.clicked.connect(self._on_asked)
        column(
            self._name_label,
            self.name_field,
            Gap(8),
            text_label(self.tr("Password"), "strong"),
            self.password_field,
            Gap(14),
            self.button,
            1,
            inside=self,
            spacing=6,
        )

    def fix_name(self, name: str) -> None:
        """Ask this person only, for unlocking."""
        self.name_field.setText(name)
        self.name_field.hide()
        self._name_label.hide()

    def begin_for(self, name: str) -> None:
        """Ask this person for the password; somebody else may still type another name."""
        self.name_field.setText(name)
        self.start()

    def start(self) -> None:
        """Empty the password and put the cursor where typing begins."""
        self.password_field.clear()
        self.password_field.setEchoMode(QLineEdit.EchoMode.Password)
        (self.password_field if self.name_field.text() else self.name_field).setFocus()

    def forget(self) -> None:
        """Empty both fields."""
        self.name_field.clear()
        self.password_field.clear()

    def _on_name_entered(self) -> None:
        if self.password_field.text():
            self._on_asked()
        else:
            self.password_field.setFocus()

    def _on_asked(self) -> None:
        name, password = self.name_field.text().strip(), self.password_field.text()
        if not name:
            self.name_field.setFocus()
        elif not password:
            self.password_field.setFocus()
        else:
            self.given.emit(name, password)

    def _on_eye(self) -> None:
        hidden = self.password_field.echoMode() is QLineEdit.EchoMode.Password
        self.password_field.setEchoMode(QLineEdit.EchoMode.Normal if hidden else QLineEdit.EchoMode.Password)
        self._eye.setIcon(icon("eye-slash" if hidden else "eye", role="muted"))
