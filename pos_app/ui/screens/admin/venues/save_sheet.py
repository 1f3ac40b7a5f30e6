"""Say what saving a changed plan will do, before it is done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from pos_app.ui.counted import counted
from pos_app.ui.times import shown_dated_moment
from pos_app.ui.widgets.labels import text_label
from pos_app.ui.widgets.records.choice_fields import CheckField
from pos_app.ui.widgets.sheet import Sheet

if TYPE_CHECKING:
    from pos_app.domain.plan_records import PerformanceMove, PlanChange, PlanRecord

_HIGHEST: Final = 300
_HINDRANCES_NAMED: Final = 6


class SaveSheet(Sheet):
    """What is added, removed and changed; for a plan with sales which performances go over to the new version.

    Signals: confirmed(object): save it; the ids of the performances that go over.
    """

    confirmed = Signal(object)

    def __init__(self, parent: QWidget, plan: PlanRecord, change: PlanChange) -> None:
        title = self._heading(plan, change)
        super().__init__(parent, title, width=600)
        self._boxes: dict[int, CheckField] = {}
        self.sentence = self._sentence(change)
        self.setAccessibleDescription(self.sentence)
        self.body.addWidget(text_label(self.sentence, wrap=True))
        self.hindrances = [one.spoken() for move in change.performances for one in move.hindrances]
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(2, 0, 8, 0)
        self._column.setSpacing(6)
        for move in change.performances:
            if change.new_version or move.hindrances or move.unpriced:
                self._add(move, choosable=change.new_version)
        self._column.addStretch(1)
        if self._column.count() > 1:
            scroll = QScrollArea()
            scroll.setWidget(inside)
            scroll.setWidgetResizable(True)
            scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            scroll.setFixedHeight(min(_HIGHEST, inside.sizeHint().height() + 8))
            self.body.addWidget(scroll)
        refused = bool(self.hindrances) and not change.new_version
        self.yes = self.add_button(self.tr("Save"), "Return", variant="primary")
        self.yes.setVisible(not refused)
        self.yes.setEnabled(not refused)
        self.no = self.add_button(self.tr("Back to the plan"), "Esc")
        self.yes.clicked.connect(self._on_yes)
        self.no.clicked.connect(self.cancel)

    def choose(self, performance_id: int, *, goes_over: bool) -> None:
        """Let a performance go over to the new version, or stay. Raises KeyError for one that cannot be chosen."""
        self._boxes[performance_id].show_value(goes_over)

    def _heading(self, plan: PlanRecord, change: PlanChange) -> str:
        hindered = any(move.hindrances for move in change.performances)
        if change.new_version:
            return self.tr("Save as version {0}?").format(plan.version + 1)
        return self.tr("This plan cannot be saved so") if hindered else self.tr("Save the plan?")

    def _sentence(self, change: PlanChange) -> str:
        counts = (
            (change.added, self.tr("1 place is added"), self.tr("{0} places are added")),
            (change.removed, self.tr("1 place is removed"), self.tr("{0} places are removed")),
            (change.changed, self.tr("1 place is changed"), self.tr("{0} places are changed")),
        )
        parts = [counted(count, one, many) for count, one, many in counts if count]
        told = ", ".join(parts) + "." if parts else self.tr("No place is changed.")
        if change.new_version:
            more = self.tr(
                "Tickets were sold by this plan, so it stays as it is and the change becomes a new version. "
                "Choose the performances that go over to it; their tickets stay valid."
            )
        elif any(move.hindrances for move in change.performances):
            more = self.tr("Somebody has places that would be gone or called otherwise:")
        elif change.performances:
            more = counted(
                len(change.performances),
                self.tr("Nothing was sold by it yet: 1 performance gets it at once."),
                self.tr("Nothing was sold by it yet: {0} performances get it at once."),
            )
        else:
            more = self.tr("No performance stands on it yet.")
        return f"{told[:1].upper()}{told[1:]} {more}"

    def _add(self, move: PerformanceMove, *, choosable: bool) -> None:
        name = f"{move.title}, {shown_dated_moment(move.starts_at, move.time_zone)}"
        taken = counted(move.taken, self.tr("1 place taken"), self.tr("{0} places taken"))
        words = f"{name} ({taken})" if move.taken else name
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
            self._note(f"{one.spoken()}.", "danger")
        if len(move.hindrances) > _HINDRANCES_NAMED:
            self._note(self.tr("And {0} more.").format(len(move.hindrances) - _HINDRANCES_NAMED), "danger")
        if move.unpriced:
            self._note(self.tr("Has no price there yet: {0}.").format(", ".join(move.unpriced)), "warn")

    def _note(self, words: str, tone: str) -> None:
        label = text_label(words, "small", tone=tone, wrap=True)
        label.setContentsMargins(28, 0, 0, 0)
        self._column.addWidget(label)

    def _on_yes(self) -> None:
        chosen = frozenset(key for key, box in self._boxes.items() if box.value())
        self.close_sheet()
        self.confirmed.emit(chosen)
