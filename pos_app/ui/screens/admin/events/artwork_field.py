"""The picture of an event: chosen from a file or dropped, looked at, taken away."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QBuffer, QByteArray, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QImageReader, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from pos_app.ui.theme import current_theme, ui_font
from pos_app.ui.widgets.buttons import text_button
from pos_app.ui.widgets.labels import set_tone, text_label
from pos_app.ui.widgets.records.field import FieldEditor

if TYPE_CHECKING:
    from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QMouseEvent, QPaintEvent

    from pos_app.domain.event_records import Artwork

_HEIGHT: Final = 170
_LONGEST_SHOWN: Final = 800
_ROUND: Final = 10
_ENDINGS: Final = (".png", ".jpg", ".jpeg")


class PictureBox(QWidget):
    """Shows a picture as large as there is room, or says what to do; takes a file that is dropped on it.

    Signals: dropped(str): a picture file, by its path. clicked().
    """

    dropped = Signal(str)
    clicked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._image = QImage()
        self._words = ""
        self._is_over = False
        self.setAcceptDrops(True)
        self.setFixedHeight(_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def image(self) -> QImage:
        """Return what is shown, a null image for none."""
        return self._image

    def show_image(self, image: QImage, words: str) -> None:
        """Show a picture; words: what is said where there is none."""
        self._image = image
        self._words = words
        self.update()

    def _set_over(self, *, over: bool) -> None:
        self._is_over = over
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Tell of a click."""
        if self.isEnabled() and self.rect().contains(event.position().toPoint()):
            self.clicked.emit()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take one file of a kind that can be shown."""
        if _dropped_path(event):
            event.acceptProposedAction()
            self._set_over(over=True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """The file went on."""
        del event
        self._set_over(over=False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Take the file."""
        self._set_over(over=False)
        path = _dropped_path(event)
        if path:
            event.acceptProposedAction()
            self.dropped.emit(path)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the picture with round corners, or the place for one."""
        del event
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if self._image.isNull():
            pen = QPen(theme.color("accent" if self._is_over else "line_strong"), 1.5, Qt.PenStyle.DashLine)
            painter.setPen(pen)
            painter.setBrush(theme.color("accent_soft" if self._is_over else "bg"))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), _ROUND, _ROUND)
            painter.setPen(theme.color("muted"))
            painter.setFont(ui_font(13))
            inside = self.rect().adjusted(16, 8, -16, -8)
            painter.drawText(inside, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self._words)
            return
        size = self._image.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        target = QRectF(0, (self.height() - size.height()) / 2, size.width(), size.height())
        clip = QPainterPath()
        clip.addRoundedRect(target, _ROUND, _ROUND)
        painter.setClipPath(clip)
        painter.drawImage(target, self._image)


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
        self.box = PictureBox()
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


def _dropped_path(event: QDropEvent) -> str:
    urls = event.mimeData().urls()
    path = urls[0].toLocalFile() if len(urls) == 1 else ""
    return path if path.lower().endswith(_ENDINGS) else ""


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
