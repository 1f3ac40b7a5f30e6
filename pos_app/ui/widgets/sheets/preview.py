"""Tickets in large, before or after they are printed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal

from pos_app.ui.widgets.page_preview import PagePreview
from pos_app.ui.widgets.sheets.base import Sheet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QImage, QKeyEvent
    from PySide6.QtWidgets import QWidget

_WIDEST: Final = 980
_LOWEST: Final = 240
_SIDES: Final = 56
_PAGER: Final = 52
"""Room for the way from page to page."""


class PreviewSheet(Sheet):
    """Shows pages over the window; the arrow keys turn them, Enter and Esc close it.

    Signals: open_asked() by "Open PDF".
    """

    open_asked = Signal()

    def __init__(self, parent: QWidget, title: str, images: Sequence[QImage], at: int = 0) -> None:
        window = parent.window()
        width = min(_WIDEST, window.width() - 80)
        super().__init__(parent, title, width=width)
        self.preview = PagePreview()
        self.preview.show_images(images, at)
        # No higher than the highest page needs: below it there would be nothing.
        needed = max((round((width - _SIDES) * one.height() / max(1, one.width())) for one in images), default=0)
        self.preview.setFixedHeight(max(_LOWEST, min(window.height() - 250, needed + _PAGER)))
        self.body.addWidget(self.preview)
        self.close_button = self.add_button(self.tr("Close"), "Return", variant="primary")
        self.close_button.clicked.connect(self.close_sheet)
        self.open_button = self.add_button(self.tr("Open PDF"))
        self.open_button.clicked.connect(self.open_asked)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Turn pages with the arrow keys."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
        if event.key() in step:
            self.preview.show_page(self.preview.page + step[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)
