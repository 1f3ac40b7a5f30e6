"""A place for a picture, onto which a file can be dropped."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos_app.ui.look.theme import current_theme, ui_font

if TYPE_CHECKING:
    from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QMouseEvent, QPaintEvent

_ROUND: Final = 10


class PictureBox(QWidget):
    """Shows a picture as large as there is room, or says what to do; takes a file that is dropped on it.

    endings: of the names of files that it takes, in small letters.
    Signals: dropped(str): a picture file, by its path. clicked().
    """

    dropped = Signal(str)
    clicked = Signal()

    def __init__(self, endings: tuple[str, ...], *, height: int = 170) -> None:
        super().__init__()
        self._endings = endings
        self._image = QImage()
        self._words = ""
        self._is_over = False
        self.setAcceptDrops(True)
        self.setFixedHeight(height)
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
        if self._dropped_path(event):
            event.acceptProposedAction()
            self._set_over(over=True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """The file went on."""
        del event
        self._set_over(over=False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Take the file."""
        self._set_over(over=False)
        path = self._dropped_path(event)
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

    def _dropped_path(self, event: QDropEvent) -> str:
        urls = event.mimeData().urls()
        path = urls[0].toLocalFile() if len(urls) == 1 else ""
        return path if path.lower().endswith(self._endings) else ""
