"""The page of who is signed in: the strip at the top, what the window says, and the screens below both."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedWidget, QWidget

from pos_app.ui.widgets.boxes import column
from pos_app.ui.widgets.sheets.base import HOSTS_SHEETS

if TYPE_CHECKING:
    from pos_app.ui.widgets.banner import Banner
    from pos_app.ui.window.top_bar import TopBar


class WorkPage(QWidget):
    """Gives the banner its own room above the screens: it covers nothing that the person works with. No signals."""

    def __init__(self, top_bar: TopBar, banner: Banner, screens: QStackedWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty(HOSTS_SHEETS, True)
        # Its own margins go with it; those of a layout around it would stay.
        banner.setContentsMargins(14, 10, 14, 0)
        column(top_bar, banner, (screens, 1), inside=self, spacing=0)
