"""Fields that only the first start needs: a file, and a choice out of hundreds of names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtWidgets import QFileDialog

from pos_app.ui.records.fields.text_fields import TextField
from pos_app.ui.widgets.buttons import text_button
from pos_app.ui.widgets.popup_list import suggest_words

if TYPE_CHECKING:
    from collections.abc import Iterable


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
