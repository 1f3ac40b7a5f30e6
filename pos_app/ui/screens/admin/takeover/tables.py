"""The performances of a file with what they are here, and what stands in the way of taking it over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from pos_app.ui.records.table.columns import Column
from pos_app.ui.records.table.view import RecordTable
from pos_app.ui.widgets.boxes import column, row
from pos_app.ui.widgets.combo_box import ComboBox
from pos_app.ui.widgets.empty_state import EmptyState
from pos_app.ui.widgets.labels import text_label
from pos_app.ui.words.amounts import shown_number
from pos_app.ui.words.evenings import shown_dated_when
from pos_app.ui.words.sentences import spoken, spoken_count

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pos_app.domain.takeover.file import LineProblem
    from pos_app.domain.takeover.records import MatchedPerformance, OpenPerformance


def shown_performance(one: OpenPerformance) -> str:
    """Return a performance on one line: "Hamlet · 2 May 2031, 19:30 · Main House"."""
    return f"{one.title} · {shown_dated_when(one)} · {one.venue}"


class PerformancesPanel(QWidget):
    """A table of the file's performances; below it the one that is marked can be given another meaning.

    Signals: decided(str, int): this name of the file means this performance.
    """

    decided = Signal(str, int)

    def __init__(self) -> None:
        super().__init__()
        columns: tuple[Column[MatchedPerformance], ...] = (
            Column(
                "name",
                self.tr("In the file"),
                lambda one: one.name or self.tr("(empty)"),
                strong=True,
                lower=self._meaning,
                tone=lambda one: "danger" if one.here is None else "warn" if one.by_date_only else "muted",
            ),
            Column(
                "lines",
                self.tr("Lines"),
                lambda one: shown_number(one.lines),
                lambda one: one.lines,
                width=90,
                right=True,
            ),
        )
        self.table = RecordTable(
            "takeover_performances", columns, key=lambda one: one.name, search=lambda one: (one.name,)
        )
        self.table.chosen.connect(self._on_marked)
        self.choice = ComboBox()
        self.choice.setAccessibleName(self.tr("The performance here"))
        self.choice.setMinimumHeight(44)
        self.choice.activated.connect(self._on_choice)
        title = text_label(self.tr("Performances"), "heading")
        meaning = row(text_label(self.tr("Is here"), "muted"), (self.choice, 1))
        column(title, (self.table, 1), meaning, inside=self, spacing=8)

    def _meaning(self, one: MatchedPerformance) -> str:
        if one.here is None:
            return self.tr("not known here: choose below")
        shown = shown_performance(one.here)
        return self.tr("by its date only: {0}").format(shown) if one.by_date_only else shown

    def show_performances(self, performances: Sequence[MatchedPerformance], choices: Sequence[OpenPerformance]) -> None:
        """Show what the file names, and what it can be here; the first that is not known is marked."""
        self.choice.clear()
        self.choice.addItem(self.tr("Choose the performance…"), None)
        for one in choices:
            self.choice.addItem(shown_performance(one), one.performance_id)
        marked = self.table.current
        self.table.show_records(performances)
        names = {one.name: one for one in performances}
        unknown = next((one.name for one in performances if one.here is None or one.by_date_only), None)
        keep = marked if marked in names and unknown is None else unknown
        self.table.mark(keep if keep is not None else next(iter(names), None))
        self._show_choice()

    def _on_marked(self, _name: object) -> None:
        self._show_choice()

    def _marked(self) -> MatchedPerformance | None:
        return self.table.record(self.table.current)

    def _show_choice(self) -> None:
        one = self._marked()
        self.choice.setEnabled(one is not None)
        at = self.choice.findData(one.here.performance_id) if one is not None and one.here is not None else 0
        self.choice.setCurrentIndex(max(0, at))

    def _on_choice(self, _index: int) -> None:
        one, performance_id = self._marked(), self.choice.currentData()
        if one is not None and performance_id is not None:
            self.decided.emit(one.name, int(performance_id))


class ProblemsPanel(QWidget):
    """What must be mended first, and below it what was left out or taken otherwise. No signals."""

    def __init__(self) -> None:
        super().__init__()
        columns: tuple[Column[tuple[bool, LineProblem]], ...] = (
            Column(
                "line",
                self.tr("Line"),
                lambda one: shown_number(one[1].line),
                lambda one: one[1].line,
                width=80,
                right=True,
            ),
            Column("what", self.tr("What"), lambda one: spoken(one[1].sentence)),
        )
        self.table = RecordTable(
            "takeover_problems",
            columns,
            key=lambda one: one,
            search=lambda one: (spoken(one[1].sentence),),
            is_faded=lambda one: not one[0],
        )
        self._title = text_label(self.tr("In the way"), "heading")
        self._nothing = EmptyState(
            "check-circle", self.tr("Nothing is in the way"), self.tr("Every line has its seat.")
        )
        self._pages = QStackedWidget()
        self._pages.addWidget(self.table)
        self._pages.addWidget(self._nothing)
        column(self._title, (self._pages, 1), inside=self, spacing=8)

    def show_problems(self, problems: Sequence[LineProblem], warnings: Sequence[LineProblem]) -> None:
        """Show them; warnings are faint, for they are in nobody's way."""
        self.table.show_records([(True, one) for one in problems] + [(False, one) for one in warnings])
        self._pages.setCurrentIndex(0 if problems or warnings else 1)
        told = spoken_count("{count} line is in the way", "{count} lines are in the way", len(problems))
        beside = spoken_count("{count} line is taken otherwise", "{count} lines are taken otherwise", len(warnings))
        self._title.setText(told if problems else beside if warnings else self.tr("In the way"))
