"""Performances that may go over to another version of their plan, and what is in the way of some."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QWidget

from pos_app.domain.sentences import say
from pos_app.ui.records.fields.choice_fields import CheckField
from pos_app.ui.widgets.boxes import column
from pos_app.ui.widgets.labels import text_label
from pos_app.ui.words.evenings import shown_dated_when
from pos_app.ui.words.sentences import spoken, spoken_count

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QShowEvent

    from pos_app.domain.venues.plan_records import PerformanceMove

_HIGHEST: Final = 300
_HINDRANCES_NAMED: Final = 6


class MoveList(QScrollArea):
    """A line for each performance, to be ticked when it goes over (choosable); below it what is in the way.

    No signals.
    """

    def __init__(self, moves: Sequence[PerformanceMove], *, choosable: bool) -> None:
        super().__init__()
        self._boxes: dict[int, CheckField] = {}
        self._inside = QWidget()
        self._column = column(inside=self._inside, margins=(2, 0, 8, 0), spacing=6)
        for move in moves:
            self._add(move, choosable=choosable)
        self._column.addStretch(1)
        self.setWidget(self._inside)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        if not moves:
            self.hide()

    def showEvent(self, event: QShowEvent) -> None:
        """Be as high as the lines are: in the window they have their true size."""
        self.setFixedHeight(min(_HIGHEST, self._inside.sizeHint().height() + 8))
        super().showEvent(event)

    @property
    def offered(self) -> frozenset[int]:
        """Return the performances with nothing in the way, by id."""
        return frozenset(self._boxes)

    @property
    def chosen(self) -> frozenset[int]:
        """Return the performances that go over, by id."""
        return frozenset(key for key, box in self._boxes.items() if box.value())

    def choose(self, performance_id: int, *, goes_over: bool) -> None:
        """Let a performance go over, or stay. Raises KeyError for one that cannot be chosen."""
        self._boxes[performance_id].show_value(goes_over)

    def _add(self, move: PerformanceMove, *, choosable: bool) -> None:
        words = f"{move.title}, {shown_dated_when(move)}"
        if move.taken:
            words = spoken_count(
                "{performance} ({count} place taken)",
                "{performance} ({count} places taken)",
                move.taken,
                performance=words,
            )
        if choosable:
            box = CheckField(words)
            box.show_value(not move.hindrances)
            box.set_open(not move.hindrances)
            self._column.addWidget(box)
            if not move.hindrances:
                self._boxes[move.performance_id] = box
        else:
            self._column.addWidget(text_label(words, "strong", wrap=True))
        for one in move.hindrances[:_HINDRANCES_NAMED]:
            self._note(spoken(say("{hindrance}.", hindrance=one.spoken())), "danger")
        more = len(move.hindrances) - _HINDRANCES_NAMED
        if more > 0:
            self._note(spoken_count("And {count} more.", "And {count} more.", more), "danger")
        if move.unpriced:
            self._note(self.tr("Has no price there yet: {0}.").format(", ".join(move.unpriced)), "warn")

    def _note(self, words: str, tone: str) -> None:
        label = text_label(words, "small", tone=tone, wrap=True)
        label.setContentsMargins(28, 0, 0, 0)
        self._column.addWidget(label)
