"""Pages as they will come out of the printer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos_app.ui.look.theme import current_theme
from pos_app.ui.widgets.boxes import column, row
from pos_app.ui.widgets.buttons import icon_button
from pos_app.ui.widgets.labels import text_label
from pos_app.ui.words.amounts import shown_number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QMouseEvent, QPaintEvent

_LEAST: Final = QSize(120, 110)


class PageView(QWidget):
    """One page, as large as there is room.

    Signals: clicked().
    """

    clicked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._image = QImage()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_image(self, image: QImage) -> None:
        """Show another page; a null image shows nothing."""
        self._image = image
        self.update()

    def page_rect(self) -> QRectF:
        """Return where the page is painted; empty without a page."""
        if self._image.isNull():
            return QRectF()
        size = self._image.size().scaled(self.size() - QSize(2, 2), Qt.AspectRatioMode.KeepAspectRatio)
        return QRectF((self.width() - size.width()) // 2, 1, size.width(), size.height())

    def sizeHint(self) -> QSize:
        """Small; it takes what is left."""
        return _LEAST

    def minimumSizeHint(self) -> QSize:
        """Less could not be recognised."""
        return _LEAST

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Tell of a click on the page."""
        if self.page_rect().contains(event.position()):
            self.clicked.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the page with a thin edge."""
        del event
        rect = self.page_rect()
        if rect.isEmpty():
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        ratio = self.devicePixelRatioF()
        target = (rect.size() * ratio).toSize()
        # Scaled in one step, a page loses its thin lines; this one averages.
        smooth = self._image.scaled(
            target, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
        painter.drawImage(rect, smooth)
        painter.setPen(QPen(current_theme().color("line_strong"), 1))
        painter.drawRect(rect.adjusted(-0.5, -0.5, 0.5, 0.5))


class PagePreview(QWidget):
    """A page, and where there are several the way from one to the next.

    Signals: enlarge_asked() by a click on the page.
    """

    enlarge_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._images: tuple[QImage, ...] = ()
        self._at = 0
        self.view = PageView()
        self.view.clicked.connect(self.enlarge_asked)
        self.earlier = icon_button("arrow-left", self.tr("The ticket before"))
        self.earlier.clicked.connect(lambda: self.show_page(self._at - 1))
        self.later = icon_button("arrow-right", self.tr("The next ticket"))
        self.later.clicked.connect(lambda: self.show_page(self._at + 1))
        self.which = text_label("", "muted")
        self._pager = QWidget()
        row((self.which, 1), self.earlier, self.later, inside=self._pager)
        for button in (self.earlier, self.later):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        column(self._pager, (self.view, 1), inside=self, spacing=4)
        self.show_images(())

    @property
    def images(self) -> tuple[QImage, ...]:
        """Return all the pages."""
        return self._images

    @property
    def page(self) -> int:
        """Return which page is shown; the first is 0."""
        return self._at

    def show_images(self, images: Sequence[QImage], at: int = 0) -> None:
        """Show other pages."""
        self._images = tuple(images)
        self._pager.setVisible(len(self._images) > 1)
        self.view.setCursor(Qt.CursorShape.PointingHandCursor if self._images else Qt.CursorShape.ArrowCursor)
        self.show_page(at)

    def show_page(self, at: int) -> None:
        """Turn to a page; beyond the last one it stays at the last."""
        last = max(0, len(self._images) - 1)
        self._at = min(max(0, at), last)
        self.view.show_image(self._images[self._at] if self._images else QImage())
        words = self.tr("Page {0} of {1}").format(shown_number(self._at + 1), shown_number(last + 1))
        self.which.setText(words)
        self.view.setAccessibleName(words if self._images else "")
        self.earlier.setEnabled(self._at > 0)
        self.later.setEnabled(self._at < last)
