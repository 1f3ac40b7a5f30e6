"""The logo of the house."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QImage

from pos_app.ui.records.fields.picture_field import PictureField
from pos_app.ui.words.amounts import shown_number

_HEIGHT: Final = 92


class LogoField(PictureField):
    """A PNG; its value is its bytes, made harmless by whoever listens, or None. No signals of its own."""

    def __init__(self) -> None:
        title = QCoreApplication.translate("LogoField", "Logo of the house")
        super().__init__(title, ("PNG",), (".png",), height=_HEIGHT)
        self._png: bytes | None = None
        self.removed.connect(lambda: self.take(None))

    def value(self) -> object:
        """Return the PNG."""
        return self._png

    def show_value(self, value: object) -> None:
        """Show a PNG."""
        self._png = value if isinstance(value, bytes) else None
        self.show_image(QImage.fromData(self._png) if self._png is not None else None)

    def typed(self) -> object:
        """Return the PNG."""
        return self._png

    def words_of(self, value: object) -> str:
        """Tell whether there is a logo, and two apart."""
        if not isinstance(value, bytes):
            return self.tr("No logo")
        image = QImage.fromData(value)
        return self.tr("A logo of {0} by {1} pixels").format(shown_number(image.width()), shown_number(image.height()))

    def take(self, png: bytes | None) -> None:
        """Take another logo, or none, as a person's choice."""
        self.show_value(png)
        self.edited.emit()
