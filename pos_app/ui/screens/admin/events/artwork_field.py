"""The picture of an event."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QBuffer, QByteArray, QCoreApplication, QSize, Qt
from PySide6.QtGui import QImageReader

from pos_app.ui.records.fields.picture_field import PictureField
from pos_app.ui.words.amounts import shown_number

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

    from pos_app.domain.season.events import Artwork

_LONGEST_SHOWN: Final = 800


class ArtworkField(PictureField):
    """Its value is a picture that is still to be saved with a new event, else None.

    That of a stored event is changed at once by whoever listens, and shown with show_artwork. No signals of its own.
    """

    def __init__(self) -> None:
        title = QCoreApplication.translate("ArtworkField", "Picture of the event")
        super().__init__(title, ("PNG", "JPEG"), (".png", ".jpg", ".jpeg"))
        self._unsaved: Artwork | None = None
        self.artwork: Artwork | None = None
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
        if artwork is None:
            self.show_image(None)
            return
        about = self.tr("{0} by {1} pixels, {2} kB")
        kilobytes = len(artwork.image) // 1000 + 1
        sizes = (shown_number(size) for size in (artwork.width, artwork.height, kilobytes))
        self.show_image(_decoded(artwork), about.format(*sizes))


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
