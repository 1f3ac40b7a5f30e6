"""A field of a password or PIN."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit

from pos_app.ui.look.icons import icon
from pos_app.ui.records.fields.text_fields import TextField


class SecretField(TextField):
    """A password or PIN, with an eye that shows it; its value is what was typed, spaces too. Signals: edited()."""

    def __init__(self, *, longest: int = 200, placeholder: str = "") -> None:
        super().__init__(longest=longest, placeholder=placeholder, secret=True)
        self._eye = self.line.addAction(icon("eye", role="muted"), QLineEdit.ActionPosition.TrailingPosition)
        self._eye.setText(self.tr("Show what is typed"))
        self._eye.triggered.connect(self._on_eye)

    def value(self) -> object:
        """Return what was typed. Raises InvalidInput for more than fits."""
        return self.fitting(self.line.text())

    def typed(self) -> object:
        """Return what was typed."""
        return self.line.text()

    def words_of(self, value: object) -> str:
        """Never write a secret out."""
        return "•" * min(8, len(str(value or "")))

    def begin_anew(self) -> None:
        """Choose all of it while it is hidden: typed behind what was wrong, the right one would be wrong too."""
        if self.line.echoMode() is QLineEdit.EchoMode.Password:
            self.line.selectAll()

    def _on_eye(self) -> None:
        hidden = self.line.echoMode() is QLineEdit.EchoMode.Password
        self.line.setEchoMode(QLineEdit.EchoMode.Normal if hidden else QLineEdit.EchoMode.Password)
        self._eye.setIcon(icon("eye-slash" if hidden else "eye", role="muted"))
