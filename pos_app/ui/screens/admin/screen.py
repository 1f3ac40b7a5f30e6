"""The manager's screen: a rail of sections at the left, the open one beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QButtonGroup, QPushButton, QSizePolicy, QStackedWidget, QWidget

from pos_app.ui.look.dressing import dress
from pos_app.ui.unsaved import leave_widget, unsaved_in
from pos_app.ui.widgets.boxes import column, row
from pos_app.ui.widgets.buttons import text_button
from pos_app.ui.widgets.labels import panel, text_label
from pos_app.ui.widgets.told_keys import tell_keys

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QFocusEvent, QShowEvent

_RAIL_WIDTH: Final = 168
_RAIL_SIDE: Final = 10
_LINE: Final = 1
"""The line around a panel."""


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the screen. make: builds it when it is opened for the first time.

    A section with unsaved changes has the methods of KeepsChanges, as RecordPage does.
    """

    key: str
    title: str
    icon: str
    make: Callable[[], QWidget]


class AdminScreen(QWidget):
    """Shows one section at a time; another one is opened once the changes in the first are saved or given up.

    Keys: Ctrl+1 and on open the sections. Signals: section_opened(str), by its key.
    """

    section_opened = Signal(str)

    def __init__(self, sections: Sequence[Section]) -> None:
        super().__init__()
        self._sections = {section.key: section for section in sections}
        self._made: dict[str, QWidget] = {}
        self._buttons: dict[str, QPushButton] = {}
        self._group = QButtonGroup(self)
        self._stack = QStackedWidget()
        self.notice = text_label(wrap=True, tone="warn")
        self.notice.hide()
        self._arrange()

    @property
    def current(self) -> str:
        """Return the key of the open section, "" before the first is opened."""
        shown = self._stack.currentWidget()
        return next((key for key, widget in self._made.items() if widget is shown), "")

    @property
    def keys(self) -> tuple[str, ...]:
        """Return the keys of the sections, from top to bottom."""
        return tuple(self._sections)

    def section(self, key: str) -> QWidget:
        """Return the widget of a section; it is built when it is asked for first. Raises KeyError."""
        if key not in self._made:
            self._made[key] = self._sections[key].make()
            self._stack.addWidget(self._made[key])
            dress(self._made[key])
        return self._made[key]

    def open_section(self, key: str) -> None:
        """Open a section; asks first when something is unsaved in the one that is open."""
        if key == self.current:
            return
        self._mark(self.current)
        self.leave(lambda: self._open(key))

    def show_may_decide(self, may: bool) -> None:  # noqa: FBT001 - the answer of a service
        """Say beforehand where the database account of this computer may not write what is decided here."""
        self.notice.setText(
            self.tr(
                "This computer's database account may not change what is decided here: look at it, and change it at the"
                " office."
            )
        )
        self.notice.setVisible(not may)

    def unsaved(self) -> tuple[str, ...]:
        """Name what is unsaved."""
        return unsaved_in(*self._made.values())

    def leave(self, go_on: Callable[[], object]) -> None:
        """Go on when nothing is unsaved; else the section that is open asks."""
        leave_widget(self._stack.currentWidget(), go_on)

    def _arrange(self) -> None:
        rail = panel()
        for number, section in enumerate(self._sections.values(), 1):
            button = text_button(section.title, icon_name=section.icon, variant="nav")
            button.setCheckable(True)
            button.setToolTip(f"{section.title} (Ctrl+{number})")
            button.setStyleSheet("text-align: left")
            button.clicked.connect(lambda _checked=False, key=section.key: self.open_section(key))
            key = QShortcut(QKeySequence(f"Ctrl+{number}"), self, lambda key=section.key: self.open_section(key))
            key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            self._group.addButton(button)
            self._buttons[section.key] = button
        sides = (_RAIL_SIDE, 12, _RAIL_SIDE, 12)
        names = column(*self._buttons.values(), 1, inside=rail, margins=sides, spacing=6)
        rows = tuple((f"Ctrl+{number}", one.title) for number, one in enumerate(self._sections.values(), 1))
        tell_keys(rail, lambda: rows, everywhere=True)
        # Words of another language may make it wider.
        names.addStrut(_RAIL_WIDTH - 2 * (_RAIL_SIDE + _LINE))
        rail.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        dress(rail)
        dress(self.notice)
        row(rail, (column(self.notice, (self._stack, 1), spacing=8), 1), inside=self, margins=14, spacing=14)

    def _mark(self, key: str) -> None:
        if key:
            self._buttons[key].setChecked(True)

    def _open(self, key: str) -> None:
        self._stack.setCurrentWidget(self.section(key))
        self._mark(key)
        self.section_opened.emit(key)

    def showEvent(self, event: QShowEvent) -> None:
        """Open the first section when the screen is shown for the first time, with the keyboard or without it."""
        super().showEvent(event)
        if not self.current and self._sections:
            self._open(self.keys[0])

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Hand the keyboard to the open section."""
        super().focusInEvent(event)
        shown = self._stack.currentWidget()
        if shown is not None:
            shown.setFocus()
