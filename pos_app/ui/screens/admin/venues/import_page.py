"""A seating plan from a file: looked at, with what is odd about it, before it is stored."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QWidget

from pos_app.domain.editing import FieldRefused
from pos_app.ui.records.fields.base import Field
from pos_app.ui.records.fields.text_fields import TextField
from pos_app.ui.records.form import RecordForm
from pos_app.ui.screens.admin.venues.drawing import draw_file
from pos_app.ui.screens.admin.venues.new_plan_page import NewPlanPage
from pos_app.ui.widgets.boxes import column
from pos_app.ui.widgets.labels import set_tone, text_label
from pos_app.ui.words.sentences import spoken, spoken_count

if TYPE_CHECKING:
    from pos_app.domain.venues.plan_draft import PlanDraft
    from pos_app.domain.venues.records import VenueRecord
    from pos_app.ui.screens.admin.venues.drawing import DrawnFile
    from pos_app.ui.screens.admin.venues.operations import VenueOperations

_NAME_HEIGHT: Final = 100
"""Room for a field and a sentence below it."""


class ImportPage(NewPlanPage):
    """Reads a file, shows it on the map and lists what is odd. Signals: see NewPlanPage; left() when it is no plan."""

    def __init__(self, operations: VenueOperations) -> None:
        super().__init__(operations, "")
        self.form = RecordForm((Field("name", self.tr("Name of the plan"), TextField(longest=200)),))
        self.form.setFixedHeight(_NAME_HEIGHT)
        self.verdict = text_label("", "strong", wrap=True)
        self.verdict.setContentsMargins(18, 0, 18, 0)
        inside = QWidget()
        self._list = column(inside=inside, margins=(18, 0, 18, 12), spacing=8)
        self.warnings: tuple[str, ...] = ()
        self._reading = 0
        scroll = QScrollArea()
        scroll.setWidget(inside)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.side.addSpacing(10)
        self.side.addWidget(self.form)
        self.side.addWidget(self.verdict)
        self.side.addWidget(scroll, 1)

    def read(self, venue: VenueRecord, path: str) -> None:
        """Read a file for a venue."""
        self.begin(venue, Path(path).name)
        self.form.show_values({"name": ""})
        self.form.set_open(False)
        self._show_warnings(())
        self.verdict.setText("")
        self.map.clear(self.tr("Reading the file…"))
        self._reading += 1
        share, turn = self.busy.show_busy(self.tr("Reading the file…")), self._reading
        self.operations.background.compute(self, draw_file, path, self.map.sight(), share.tell).then(
            lambda found: self._on_read(turn, found), lambda error: self._on_unread(turn, error)
        )

    def draft(self) -> PlanDraft | None:
        """Return what was read, called as the person wishes; None, said beside it, for a name that cannot be."""
        if self.drawn is None:
            return None
        try:
            name = str(self.form.values()["name"])
        except FieldRefused as error:
            self.form.show_problems(error.fields)
            return None
        return replace(self.drawn.draft, name=name)

    def show_name_refused(self, sentence: str) -> None:
        """Say it below the name."""
        self.form.show_problems({"name": sentence})

    def forget(self) -> None:
        """Let go of the file, also of one that is still being read."""
        super().forget()
        self._reading += 1
        self.busy.show_busy("")

    def ask_to_leave(self) -> None:
        """Go back to the plans; a file that is still being read is dropped."""
        if self.drawn is None and not self.guard.is_busy:
            self.forget()
        super().ask_to_leave()

    def _on_read(self, turn: int, found: DrawnFile) -> None:
        if turn != self._reading:
            return
        self.busy.show_busy("")
        self.show_drawn(found.drawn)
        self.form.set_open(True)
        self.form.show_values({"name": found.drawn.draft.name})
        self._show_warnings(tuple(spoken(warning.spoken()) for warning in found.warnings))
        if self.warnings:
            words = spoken_count(
                "One thing is odd in this file. The plan was read as well as it can be:",
                "{count} things are odd in this file. The plan was read as well as it can be:",
                len(self.warnings),
            )
        else:
            words = self.tr("The file is in order. Look at the plan, then store it.")
        self.verdict.setText(words)
        set_tone(self.verdict, "warn" if self.warnings else "ok")
        self.map.setFocus()

    def _on_unread(self, turn: int, error: Exception) -> None:
        if turn != self._reading:
            return
        self.busy.show_busy("")
        self.map.clear(self.tr("Nothing was read."))
        self.say_error(error)

    def _show_warnings(self, warnings: tuple[str, ...]) -> None:
        self.warnings = warnings
        while (item := self._list.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        for warning in warnings:
            self._list.addWidget(text_label(f"•  {warning}", "body", wrap=True))
        self._list.addStretch(1)
