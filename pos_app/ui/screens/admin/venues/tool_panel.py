"""The tools of the plan editor, beside its map."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QGridLayout, QScrollArea, QWidget

from pos_app.domain.seats import SeatKind
from pos_app.ui.screens.admin.venues.category_list import CategoryList
from pos_app.ui.screens.admin.venues.editor_map import Tool
from pos_app.ui.widgets.boxes import add, column
from pos_app.ui.widgets.key_button import KeyButton
from pos_app.ui.widgets.labels import panel, text_label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pos_app.services.seats.map_data import PlanCategory
    from pos_app.ui.screens.admin.venues.selection import Selection

WIDTH: Final = 344


class ToolPanel(QWidget):
    """What can be done with the chosen seats, with rows and zones, with areas and the focal point.

    Signals: kind_chosen(SeatKind); number_asked(); row_asked(); zone_asked(); remove_asked(); tool_asked(Tool); and
    those of `categories`.
    """

    kind_chosen = Signal(object)
    number_asked = Signal()
    row_asked = Signal()
    zone_asked = Signal()
    remove_asked = Signal()
    tool_asked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setFixedWidth(WIDTH)
        self.title = text_label("", "heading")
        self.where = text_label("", "muted", wrap=True)
        self.categories = CategoryList()
        self.kinds = {
            SeatKind.SEAT: KeyButton(self.tr("Ordinary"), "O"),
            SeatKind.WHEELCHAIR: KeyButton(self.tr("Wheelchair"), "W"),
            SeatKind.COMPANION: KeyButton(self.tr("Companion"), "C"),
            SeatKind.RESTRICTED: KeyButton(self.tr("Restricted"), "V"),
        }
        for kind, button in self.kinds.items():
            button.clicked.connect(lambda _checked=False, kind=kind: self.kind_chosen.emit(kind))
        self.number_button = KeyButton(self.tr("Number…"), "N")
        self.row_button = KeyButton(self.tr("Row…"), "R")
        self.zone_button = KeyButton(self.tr("Zone…"), "Z")
        self.remove_button = KeyButton(self.tr("Remove"), "Del")
        self.area_button = KeyButton(self.tr("Add area"), "A")
        self.focus_button = KeyButton(self.tr("Focal point"), "F")
        for button in (self.area_button, self.focus_button):
            button.setCheckable(True)
        for button, asked in (
            (self.number_button, self.number_asked),
            (self.row_button, self.row_asked),
            (self.zone_button, self.zone_asked),
            (self.remove_button, self.remove_asked),
        ):
            button.clicked.connect(asked)
        self.area_button.clicked.connect(lambda on: self.tool_asked.emit(Tool.AREA if on else Tool.SELECT))
        self.focus_button.clicked.connect(lambda on: self.tool_asked.emit(Tool.FOCUS if on else Tool.SELECT))
        for at in range(9):
            key = QShortcut(QKeySequence(f"{at + 1}"), self, lambda at=at: self.categories.press(at))
            key.setContext(Qt.ShortcutContext.WindowShortcut)
        self._arrange()

    def show_selection(self, selection: Selection, categories: Sequence[PlanCategory]) -> None:
        """Offer what can be done with these seats."""
        some = bool(selection.guids)
        self.title.setText(selection.title() or self.tr("No seat chosen"))
        hint = self.tr("Draw a frame over seats, or double-click one for its row. Alt and arrows move.")
        self.where.setText(selection.where() or hint)
        self.categories.show_categories(categories, selection.of_category)
        for button in (*self.kinds.values(), self.number_button, self.row_button, self.remove_button):
            button.setEnabled(some)
        self.zone_button.setEnabled(len(selection.zones) == 1)

    def show_tool(self, tool: Tool) -> None:
        """Press the button of the tool in hand."""
        self.area_button.setChecked(tool is Tool.AREA)
        self.focus_button.setChecked(tool is Tool.FOCUS)

    def _arrange(self) -> None:
        inside, frame = QWidget(), panel()
        tools = column(self.title, self.where, inside=inside, margins=(16, 14, 14, 14), spacing=8)
        seats = (self.number_button, self.row_button, self.zone_button, self.remove_button)
        for words, what in (
            (self.tr("Category"), self.categories),
            (self.tr("Kind of seat"), _pairs(*self.kinds.values())),
            (self.tr("Names and numbers"), _pairs(*seats)),
            (self.tr("The house"), _pairs(self.area_button, self.focus_button)),
        ):
            tools.addSpacing(4)
            tools.addWidget(text_label(words, "strong"))
            add(tools, what)
        tools.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidget(inside)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column(scroll, inside=frame, margins=1)
        column(frame, inside=self)


def _pairs(*buttons: QWidget) -> QGridLayout:
    grid = QGridLayout()
    grid.setSpacing(8)
    for at, button in enumerate(buttons):
        grid.addWidget(button, at // 2, at % 2)
    return grid
