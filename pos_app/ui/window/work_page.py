"""The page of who is signed in: the strip at the top, the screens below it, and over them what the window says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QStackedWidget, QWidget

from pos_app.ui.widgets.boxes import column
from pos_app.ui.widgets.sheets.base import HOSTS_SHEETS

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from pos_app.ui.widgets.banner import Banner
    from pos_app.ui.window.top_bar import TopBar

_MARGIN: Final = 8
_WIDEST: Final = 560
_MIDDLE: Final = 0.455
"""Of the width: there the sell screen has the head of its map, and neither its search nor its basket."""


class WorkPage(QWidget):
    """Lays the banner over the head of the screens: nothing moves under the hand when the window says something.

    No signals.
    """

    def __init__(self, top_bar: TopBar, banner: Banner, screens: QStackedWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty(HOSTS_SHEETS, True)
        self._top_bar = top_bar
        self._banner = banner
        column(top_bar, (screens, 1), inside=self, spacing=0)
        banner.setParent(self)
        banner.installEventFilter(self)

    def _place_banner(self) -> None:
        width = min(_WIDEST, self.width() - 2 * _MARGIN)
        height = max(self._banner.heightForWidth(width), self._banner.minimumSizeHint().height())
        top = self._top_bar.geometry().bottom() + 1 + _MARGIN
        left = max(_MARGIN, round(self.width() * _MIDDLE - width / 2))
        self._banner.setGeometry(left, top, width, height)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Place the banner when it appears, and when its words are others."""
        # The kind of the event comes first: those of its own end come when its attributes are gone.
        if event.type() in {QEvent.Type.Show, QEvent.Type.LayoutRequest} and watched is self._banner:
            self._place_banner()
            self._banner.raise_()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the banner in its place."""
        super().resizeEvent(event)
        self._place_banner()
