"""The strip at the top comes to rest: what is laid out without end keeps clocks and lists from their turn."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

from pos_app.ui.window.top_bar import TopBar

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from tests.hands import PatientHands

PERSON = "Till 1 \N{MIDDLE DOT} Amina Əliyeva"


class LaidOut(QObject):
    """Counts how often a widget is asked to lay itself out."""

    def __init__(self, bar: TopBar) -> None:
        super().__init__(bar)
        self.times = 0
        bar.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's own name
        """Count, and let it pass."""
        self.times += event.type() == QEvent.Type.LayoutRequest
        return super().eventFilter(watched, event)


@pytest.mark.parametrize("width", [600, 900, 1280, 1920])
def test_it_is_laid_out_until_all_fits_and_then_no_more(qtbot: PatientHands, themed: QApplication, width: int) -> None:
    window = QWidget()
    window.resize(width, 400)
    qtbot.addWidget(window)
    bar = TopBar(window)
    laid_out = LaidOut(bar)
    for key, title in (("sell", "Sell"), ("orders", "Orders"), ("manage", "Manage")):
        bar.add_screen(key, title, "ticket")
    bar.show_for(["sell", "orders", "manage"], PERSON)
    bar.resize(width, bar.height())
    window.show()
    qtbot.waitUntil(bar.isVisible)

    qtbot.waitStill(lambda: laid_out.times)

    bar.show_for(["sell", "orders"], f"{PERSON} (manager)")
    qtbot.waitStill(lambda: laid_out.times)
