"""The logo of the house: chosen from a file or dropped, looked at, taken away."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout

from pos_app.ui.widgets.buttons import text_button
from pos_app.ui.widgets.labels import set_tone, text_label
from pos_app.ui.widgets.picture_box import PictureBox
from pos_app.ui.widgets.records.field import FieldEditor

_HEIGHT: Final = 92


class LogoField(FieldEditor):
    """A PNG with its buttons; its value is its bytes, made harmless by whoever listens, or None.

    Signals: file_given(str): a person chose or dropped a file, by its path; see FieldEditor.
    """

    file_given = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._png: bytes | None = None
        self.box = PictureBox((".png",), height=_HEIGHT)
        self.choose_button = text_button(self.tr("Choose a file…"))
        self.remove_button = text_button(self.tr("Remove"), icon_name="trash", variant="ghost")
        self.said = text_label("", "small", wrap=True)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.choose_button)
        row.addWidget(self.remove_button)
        row.addWidget(self.said, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.box)
        column.addLayout(row)
        self.setFocusProxy(self.choose_button)
        self.box.dropped.connect(self.file_given)
        self.box.clicked.connect(self.choose)
        self.choose_button.clicked.connect(self.choose)
        self.remove_button.clicked.connect(lambda: self.take(None))

    def value(self) -> object:
        """Return the PNG."""
        return self._png

    def show_value(self, value: object) -> None:
        """Show a PNG."""
        self._png = value if isinstance(value, bytes) else None
        image = QImage.fromData(self._png) if self._png is not None else QImage()
        self.box.show_image(image, self.tr("Drop a PNG here, or choose a file."))
        self.remove_button.setVisible(self._png is not None)
        self.choose_button.setText(self.tr("Another…") if self._png is not None else self.tr("Choose a file…"))
        self._say("", "muted")

    def typed(self) -> object:
        """Return the PNG."""
        return self._png

    def words_of(self, value: object) -> str:
        """Tell whether there is a logo, and two apart."""
        if not isinstance(value, bytes):
            return self.tr("No logo")
        image = QImage.fromData(value)
        return self.tr("A logo of {0} by {1} pixels").format(image.width(), image.height())

    def take(self, png: bytes | None) -> None:
        """Take another logo, or none, as a person's choice."""
        self.show_value(png)
        self.edited.emit()

    def show_busy(self) -> None:
        """Say that a file is being looked at."""
        self._say(self.tr("Looking at it…"), "muted")

    def show_refusal(self, sentence: str) -> None:
        """Say why a file cannot be used; the logo stays as it was."""
        self._say(sentence, "danger")

    def set_open(self, is_open: bool) -> None:  # noqa: FBT001 - see FieldEditor
        """Let a person change it, or not."""
        for widget in (self.box, self.choose_button, self.remove_button):
            widget.setEnabled(is_open)

    def choose(self) -> None:
        """Ask for a file."""
        path, _ = QFileDialog.getOpenFileName(self, self.tr("Logo of the house"), "", "PNG (*.png)")
        if path:
            self.file_given.emit(path)

    def _say(self, words: str, tone: str) -> None:
        self.said.setText(words)
        set_tone(self.said, tone)
