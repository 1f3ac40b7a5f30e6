"""The picture of an event: chosen from a file or dropped, looked at, taken away."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QBuffer, QByteArray, QSize, Qt, Signal
from PySide6.QtGui import QImage, QImageReader
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout

from pos_app.ui.widgets.buttons import text_button
from pos_app.ui.widgets.labels import set_tone, text_label
from pos_app.ui.widgets.picture_box import PictureBox
from pos_app.ui.widgets.records.field import FieldEditor

if TYPE_CHECKING:
    from pos_app.domain.event_records import Artwork

_LONGEST_SHOWN: Final = 800
_ENDINGS: Final = (".png", ".jpg", ".jpeg")


class ArtworkField(FieldEditor):
    """A picture with its buttons; its value is a picture that is still to be saved with a new event, else None.

    That of a stored event is changed at once by whoever listens, and shown with show_artwork.
    Signals: file_given(str): a person chose or dropped a file, by its path. removed(): it is to be taken away.
    """

    file_given = Signal(str)
    removed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._unsaved: Artwork | None = None
        self.artwork: Artwork | None = None
        self.box = PictureBox(_ENDINGS)
        self.choose_button = text_button(self.tr("Choose a file…"))
        self.remove_button = text_button(self.tr("Remove"), icon_name="trash", variant="ghost")
        self._about = text_label("", "small", wrap=True)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.choose_button)
        row.addWidget(self.remove_button)
        row.addWidget(self._about, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.box)
        column.addLayout(row)
        self.setFocusProxy(self.choose_button)
        self.box.dropped.connect(self._on_given)
        self.box.clicked.connect(self.choose)
        self.choose_button.clicked.connect(self.choose)
        self.remove_button.clicked.connect(self.removed)
        self.show_artwork(None)

    def value(self) -> object:
        """Return the picture that is to be saved with the form."""
        return self._unsaved

    def show_value(self, value: object) -> None:
        """Begin with another record: nothing is to be saved. `value` is not looked at."""
        del value
        self._unsaved = None
        self.show_artwork(None)

    def typed(self) -> object:
        """Return the picture that is to be saved with the form."""
        return self._unsaved

    def hold(self, artwork: Artwork | None) -> None:
        """Keep a picture to be saved with the form."""
        self._unsaved = artwork
        self.show_artwork(artwork)
        self.edited.emit()

    def show_artwork(self, artwork: Artwork | None) -> None:
        """Show a picture as it is stored, or none."""
        self.artwork = artwork
        image = _decoded(artwork) if artwork is not None else QImage()
        self.box.show_image(image, self.tr("Drop a PNG or JPEG here, or choose a file."))
        self.remove_button.setVisible(artwork is not None)
        self.choose_button.setText(self.tr("Another…") if artwork is not None else self.tr("Choose a file…"))
        size = self.tr("{0} by {1} pixels, {2} kB")
        about = size.format(artwork.width, artwork.height, len(artwork.image) // 1000 + 1) if artwork else ""
        self._say(about, "muted")

    def show_busy(self) -> None:
        """Say that the picture is being looked at."""
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
        self.choose_button.setAccessibleName(f"{name}: {self.choose_button.text()}")

    def choose(self) -> None:
        """Ask for a file."""
        path, _ = QFileDialog.getOpenFileName(
            self, self.tr("Picture of the event"), "", "PNG, JPEG (*.png *.jpg *.jpeg)"
        )
        if path:
            self._on_given(path)

    def _on_given(self, path: str) -> None:
        self.file_given.emit(path)

    def _say(self, words: str, tone: str) -> None:
        self._about.setText(words)
        set_tone(self._about, tone)


def _decoded(artwork: Artwork) -> QImage:
    """Decode no more pixels than are shown: a JPEG is the faster for it."""
    content = QByteArray(artwork.image)
    buffer = QBuffer(content)
    buffer.open(QBuffer.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    full = QSize(artwork.width, artwork.height)
    reader.setScaledSize(
        full.scaled(_LONGEST_SHOWN, _LONGEST_SHOWN, Qt.AspectRatioMode.KeepAspectRatio).boundedTo(full)
    )
    return reader.read()
