"""The middle of the door screen: the verdict, which stands over the lists at the side while it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QStackedWidget, QWidget

from pos_app.ui.screens.door.verdict_look import LOOKS

if TYPE_CHECKING:
    from pos_app.ui.screens.door.late_list import LateList
    from pos_app.ui.screens.door.side import DoorSide
    from pos_app.ui.screens.door.verdict_look import DoorState
    from pos_app.ui.screens.door.verdict_panel import VerdictPanel

_GAP: Final = 12
_PRESSES: Final = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space})
"""What would press a button that nobody sees."""


class DoorMiddle(QWidget):
    """Lays the panel, or the list of late verdicts, beside the lists at the side or over them.

    The lists stay as they are below: where they were scrolled to, what was typed, and the keyboard. Whoever uses them
    meanwhile sees them at once, and their first Enter does nothing but that.
    """

    def __init__(self, panel: VerdictPanel, late: LateList, side: DoorSide, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._panel = panel
        self._late = late
        self._covers = False
        self._pages = QStackedWidget()
        # Its round corners show the page, and not the lists below.
        self._pages.setProperty("role", "page")
        self._pages.addWidget(panel)
        self._pages.addWidget(late)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(_GAP)
        self._grid.setColumnStretch(0, 1)
        self._grid.addWidget(side, 0, 1)
        self._grid.addWidget(self._pages, 0, 0)
        finder = side.finder
        for widget in (finder.field, finder.results, finder.admit_button):
            widget.installEventFilter(self)
        side.asked_for.connect(self.step_aside)

    @property
    def covers(self) -> bool:
        """Tell whether the verdict stands over the lists."""
        return self._covers

    @property
    def lists_late(self) -> bool:
        """Tell whether the list of late verdicts stands there, and not one verdict."""
        return self._pages.currentWidget() is self._late

    def show_state(self, state: DoorState, *, listed: bool = False) -> None:
        """Lay out for a state that is shown from now on. listed: by the list of late verdicts."""
        self._pages.setCurrentWidget(self._late if listed else self._panel)
        self._lay(covers=LOOKS[state].covers)

    def step_aside(self) -> None:
        """Show the lists beside the verdict that stands there."""
        self._lay(covers=False)

    def _lay(self, *, covers: bool) -> None:
        if covers == self._covers:
            return
        self._covers = covers
        self._grid.removeWidget(self._pages)
        self._grid.addWidget(self._pages, 0, 0, 1, 2 if covers else 1)
        self._pages.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Uncover the search for whoever goes on typing in it."""
        del watched
        if not self._covers or event.type() is not QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        self.step_aside()
        return event.key() in _PRESSES
