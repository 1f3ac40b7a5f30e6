"""A recovery sheet on screen: its code, to be copied by hand, and a button that saves it to be printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from pos_app.domain.staff.recovery import recovery_sheet
from pos_app.ui.save_file import ask_path, write_file
from pos_app.ui.widgets.boxes import column, row
from pos_app.ui.widgets.buttons import text_button
from pos_app.ui.widgets.labels import text_label
from pos_app.ui.words.lists import following
from pos_app.ui.words.messages import Level, Message
from pos_app.ui.words.sentences import spoken

if TYPE_CHECKING:
    from pos_app.ui.background import Background


class RecoveryBox(QWidget):
    """Shown once: the code is kept nowhere. No signals."""

    def __init__(self, background: Background) -> None:
        super().__init__()
        self._background = background
        self._lines: tuple[str, ...] = ()
        self.code = text_label("", "title", wrap=True)
        self.code.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByKeyboard)
        self.code.setAccessibleName(self.tr("Code of the recovery sheet"))
        self._what_for = text_label("", "body", wrap=True)
        self._care = text_label("", "muted", wrap=True)
        self.save_button = text_button(self.tr("Save it to print…"), icon_name="floppy-disk")
        self.save_button.clicked.connect(self._on_save)
        self.said = text_label("", "small", wrap=True)
        column(
            self._what_for,
            self.code,
            self._care,
            row(self.save_button, (self.said, 1), spacing=12),
            inside=self,
            spacing=8,
        )

    def show_sheet(self, house: str, code: str) -> None:
        """Show the sheet of a house."""
        self._lines = tuple(spoken(line) for line in recovery_sheet(house, code))
        _, what_for, _, how, care, who = self._lines
        self.code.setText(code)
        self._what_for.setText(what_for)
        self._care.setText(following(how, care, who))

    def _on_save(self) -> None:
        path = ask_path(self, self.tr("Save the recovery sheet"), self.tr("recovery sheet.txt"), "Text (*.txt)")
        if not path:
            return
        content = ("\n\n".join(self._lines) + "\n").encode()
        done = self.tr("Saved. Print it, and remove the file.")
        write_file(self, self._background, path, lambda: content, done, self._say)

    def _say(self, message: Message) -> None:
        self.said.setText(message.text if message.level is Level.OK else message.sentence)
