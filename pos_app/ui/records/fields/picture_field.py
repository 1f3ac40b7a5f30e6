"""A picture in a form: chosen from a file or dropped, looked at, taken away."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog

from pos_app.ui.records.fields.base import FieldEditor
from pos_app.ui.widgets.boxes import column, row
from pos_app.ui.widgets.buttons import text_button
from pos_app.ui.widgets.labels import set_tone, text_label
from pos_app.ui.widgets.picture_box import PictureBox
from pos_app.ui.words.lists import either, labelled, listed


class PictureField(FieldEditor):
    """The picture, its buttons and what is said of it; what its value is, and who reads a file, is its heir's.

    Signals: file_given(str): a person chose or dropped a file, by its path. removed(): it is to be taken away.
    """

    file_given = Signal(str)
    removed = Signal()

    def __init__(
        self, title: str, kinds: tuple[str, ...], endings: tuple[str, ...], *, height: int | None = None
    ) -> None:
        """Take the title of the file dialog, what files it offers (PNG, JPEG), and the endings of their names."""
        super().__init__()
        self._title = title
        self._offered = f"{listed(kinds)} ({' '.join(f'*{ending}' for ending in endings)})"
        self._invitation = self.tr("Drop a {0} here, or choose a file.").format(either(kinds))
        self.box = PictureBox(endings) if height is None else PictureBox(endings, height=height)
        self.choose_button = text_button(self.tr("Choose a file…"))
        self.remove_button = text_button(self.tr("Remove"), icon_name="trash", variant="ghost")
        self.said = text_label("", "small", wrap=True)
        below = row(self.choose_button, self.remove_button, (self.said, 1), spacing=8)
        column(self.box, below, inside=self, spacing=8)
        self.setFocusProxy(self.choose_button)
        self.box.dropped.connect(self.file_given)
        self.box.clicked.connect(self.choose)
        self.choose_button.clicked.connect(self.choose)
        self.remove_button.clicked.connect(self.removed)

    def show_image(self, image: QImage | None, about: str = "") -> None:
        """Show a picture, or, for None, where to drop one. about: what is said of it."""
        self.box.show_image(image if image is not None else QImage(), self._invitation)
        self.remove_button.setVisible(image is not None)
        self.choose_button.setText(self.tr("Choose a file…") if image is None else self.tr("Another…"))
        self._say(about, "muted")

    def show_busy(self) -> None:
        """Say that a file is being looked at."""
        self._say(self.tr("Looking at it…"), "muted")

    def show_refusal(self, sentence: str) -> None:
        """Say why a file cannot be used; the picture stays as it was."""
        self._say(sentence, "danger")

    def set_open(self, is_open: bool) -> None:  # noqa: FBT001 - see FieldEditor
        """Let a person change it, or not."""
        for widget in (self.box, self.choose_button, self.remove_button):
            widget.setEnabled(is_open)

    def set_name(self, name: str) -> None:
        """Name the button for screen readers."""
        self.choose_button.setAccessibleName(labelled(name, self.choose_button.text()))

    def choose(self) -> None:
        """Ask for a file."""
        path, _ = QFileDialog.getOpenFileName(self, self._title, "", self._offered)
        if path:
            self.file_given.emit(path)

    def _say(self, words: str, tone: str) -> None:
        self.said.setText(words)
        set_tone(self.said, tone)
