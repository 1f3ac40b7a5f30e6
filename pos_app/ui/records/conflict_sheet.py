"""Somebody else saved the same record first, and a person chooses what is to hold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QScrollArea, QWidget

from pos_app.ui.widgets.buttons import SegmentedButtons
from pos_app.ui.widgets.labels import text_label
from pos_app.ui.widgets.sheets.base import Sheet

if TYPE_CHECKING:
    from collections.abc import Sequence

MINE: Final = "mine"
THEIRS: Final = "theirs"
_ROWS_SHOWN: Final = 5
_ROW_HEIGHT: Final = 58
_WIDTH: Final = 760
_SIDES: Final = 66
_INSET: Final = 12


@dataclass(frozen=True, slots=True)
class Difference:
    """A field whose stored value is not the one that would be saved. touched: the person here changed it, too."""

    name: str
    label: str
    mine: str
    theirs: str
    touched: bool


class ConflictSheet(Sheet):
    """Each field that differs, with yours and theirs; yours is chosen where you changed it, else theirs.

    Signals: settled(frozenset): the names of the fields in which mine is to hold. Esc leaves the form as it is.
    """

    settled = Signal(object)

    def __init__(self, parent: QWidget, title: str, sentence: str, differences: Sequence[Difference]) -> None:
        super().__init__(parent, title, width=_WIDTH)
        self.choices: dict[str, SegmentedButtons] = {}
        self.body.addWidget(text_label(sentence, wrap=True))
        rows = QWidget()
        grid = QGridLayout(rows)
        grid.setContentsMargins(0, 0, 8, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(10)
        for at, words in enumerate((self.tr("Field"), self.tr("Yours"), self.tr("Theirs"))):
            grid.addWidget(text_label(words, "small"), 0, at)
        for row, one in enumerate(differences, 1):
            self._add_row(grid, row, one)
        for at, share in enumerate((2, 3, 3, 0)):
            grid.setColumnStretch(at, share)
        grid.setRowStretch(len(differences) + 1, 1)
        area = QScrollArea()
        area.setWidget(rows)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        least, most = (32 + _ROW_HEIGHT * rows for rows in (min(_ROWS_SHOWN, len(differences)), _ROWS_SHOWN))
        self.body.addWidget(area)
        self.let_give_way(area, max(least, min(most, grid.heightForWidth(_WIDTH - _SIDES))))
        self.yes = self.add_button(self.tr("Save so"), "Return", variant="primary")
        self.no = self.add_button(self.tr("Back to the form"), "Esc")
        self.all_mine = self.add_button(self.tr("All mine"), "Ctrl+M")
        self.all_theirs = self.add_button(self.tr("All theirs"), "Ctrl+T")
        self.yes.clicked.connect(self._on_yes)
        self.no.clicked.connect(self.cancel)
        self.all_mine.clicked.connect(lambda: self._choose_all(MINE))
        self.all_theirs.clicked.connect(lambda: self._choose_all(THEIRS))

    def _add_row(self, grid: QGridLayout, row: int, one: Difference) -> None:
        choice = SegmentedButtons([(MINE, self.tr("Keep mine")), (THEIRS, self.tr("Take theirs"))])
        choice.setAccessibleName(one.label)
        choice.choose(MINE if one.touched else THEIRS)
        self.choices[one.name] = choice
        words = (
            text_label(one.label, "strong", wrap=True),
            text_label(one.mine or "-", wrap=True),
            text_label(one.theirs or "-", wrap=True),
        )
        # A long text begins beside its field and its buttons, also where it has to be scrolled.
        top = Qt.AlignmentFlag.AlignTop
        for column, label in enumerate(words):
            label.setContentsMargins(0, _INSET, 0, 0)
            grid.addWidget(label, row, column, top)
        grid.addWidget(choice, row, 3, top)

    def _choose_all(self, side: str) -> None:
        for choice in self.choices.values():
            choice.choose(side)

    def _on_yes(self) -> None:
        mine = frozenset(name for name, choice in self.choices.items() if choice.current == MINE)
        self.close_sheet()
        self.settled.emit(mine)
