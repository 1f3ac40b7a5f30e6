"""Fields that only the first start needs: secrets, a file, and a choice out of hundreds of names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtWidgets import QFileDialog, QLineEdit

from pos_app.ui.look.icons import icon
from pos_app.ui.records.fields.text_fields import TextField
from pos_app.ui.widgets.buttons import text_button
from pos_app.ui.widgets.popup_list import suggest_words

if TYPE_CHECKING:
    from collections.abc import Iterable


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

    def _on_eye(self) -> None:
        hidden = self.line.echoMode() is QLineEdit.EchoMode.Password
        self.line.setEchoMode(QLineEdit.EchoMode.Normal if hidden else QLineEdit.EchoMode.Password)
        self._eye.setIcon(icon("eye-slash" if hidden else "eye", role="muted"))


class FileField(TextField):
    """The name of a file, with a button that looks for it. Signals: edited()."""

    def __init__(self, words: str, pattern: str) -> None:
        super().__init__(longest=1000)
        self._pattern = pattern
        self._title = words
        self.button = text_button(self.tr("Choose…"))
        self.button.clicked.connect(self._on_choose)
        layout = self.layout()
        if layout is not None:
            layout.addWidget(self.button)

    def _on_choose(self) -> None:
        dialog = QFileDialog(self.window(), self._title, self.line.text(), self._pattern)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self._on_file)
        dialog.open()

    def _on_file(self, name: str) -> None:
        self.show_value(name)
        self.edited.emit()


class NameField(TextField):
    """One of many known names, offered while a part of it is typed. Signals: edited()."""

    def __init__(self, names: Iterable[str], *, longest: int = 80) -> None:
        super().__init__(longest=longest)
        completer = suggest_words(self.line, QStringListModel(sorted(names), self))
        completer.activated.connect(lambda _name: self.edited.emit())
