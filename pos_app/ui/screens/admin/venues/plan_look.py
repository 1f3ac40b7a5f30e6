"""The right half of the page of plans: the chosen one on the map, and what can be done with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos_app.ui.screens.admin.venues.plan_map import PlanMap
from pos_app.ui.screens.admin.venues.plan_words import content_words, standing_words
from pos_app.ui.widgets.buttons import text_button
from pos_app.ui.widgets.key_button import KeyButton
from pos_app.ui.widgets.labels import Chip, ElidedLabel, panel, text_label

if TYPE_CHECKING:
    from pos_app.domain.venues.plan_records import OpenPlan, PlanRecord
    from pos_app.ui.screens.admin.venues.drawing import DrawnPlan


class PlanLook(QWidget):
    """Shows a plan, and offers to edit, rename, export and archive it.

    Signals: edit_asked(); rename_asked(); export_asked(); archive_asked(); restore_asked(); move_asked():
    its performances are to go over to the newest version.
    """

    edit_asked = Signal()
    rename_asked = Signal()
    export_asked = Signal()
    archive_asked = Signal()
    restore_asked = Signal()
    move_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._title = ElidedLabel("", "title")
        self._chip = Chip()
        self._facts = text_label("", "small")
        self.map = PlanMap("")
        self.edit_button = KeyButton(self.tr("Edit plan"), "Ctrl+E", icon_name="pencil-simple", variant="primary")
        self.rename_button = text_button(self.tr("Rename…"), variant="tool")
        self.export_button = text_button(self.tr("Export…"), icon_name="floppy-disk", variant="tool")
        self.archive_button = text_button(self.tr("Archive"), icon_name="trash", variant="ghost")
        self.restore_button = text_button(self.tr("Restore"), icon_name="arrow-counter-clockwise", variant="tool")
        self.move_button = text_button(self.tr("Move performances…"), icon_name="arrow-right", variant="tool")
        for button, asked in (
            (self.edit_button, self.edit_asked),
            (self.rename_button, self.rename_asked),
            (self.export_button, self.export_asked),
            (self.archive_button, self.archive_asked),
            (self.restore_button, self.restore_asked),
            (self.move_button, self.move_asked),
        ):
            button.clicked.connect(asked)
        self._arrange()
        self.show_nothing("")

    def show_nothing(self, sentence: str) -> None:
        """Show no plan, and say why."""
        self._title.show_words("")
        self._chip.hide()
        self._facts.setText("")
        self.map.clear(sentence)
        for button in self._buttons():
            button.hide()

    def show_record(self, record: PlanRecord) -> None:
        """Name a plan; its drawing is being read."""
        self._title.show_words(record.name)
        self._chip.show_text(*standing_words(record))
        self._chip.show()
        self._facts.setText("")
        self.map.clear(self.tr("Reading the plan…"))
        for button in self._buttons():
            button.hide()

    def show_plan(self, opened: OpenPlan, drawn: DrawnPlan) -> None:
        """Show a plan and what can be done with it."""
        record = opened.plan
        self._facts.setText(content_words(opened.draft))
        self.map.show_drawn(drawn)
        current = record.newest and not record.archived
        self.edit_button.setVisible(current)
        self.rename_button.setVisible(current)
        self.export_button.show()
        self.move_button.setVisible(not record.newest and not record.archived and bool(record.upcoming))
        self.archive_button.setVisible(current)
        self.restore_button.setVisible(record.archived and record.newest)

    def show_unreadable(self, sentence: str) -> None:
        """Say why there is nothing to be seen."""
        self.map.clear(sentence)

    def _buttons(self) -> tuple[QWidget, ...]:
        return (
            self.archive_button,
            self.restore_button,
            self.export_button,
            self.move_button,
            self.rename_button,
            self.edit_button,
        )

    def _arrange(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(18, 12, 14, 0)
        head.setSpacing(10)
        head.addWidget(self._title, 1)
        head.addWidget(self._chip)
        facts = QHBoxLayout()
        facts.setContentsMargins(18, 0, 14, 8)
        facts.addWidget(self._facts)
        foot = QHBoxLayout()
        foot.setContentsMargins(14, 10, 14, 12)
        foot.setSpacing(10)
        foot.addWidget(self.archive_button)
        foot.addWidget(self.restore_button)
        foot.addStretch(1)
        for button in (self.export_button, self.move_button, self.rename_button, self.edit_button):
            foot.addWidget(button)
        frame = panel()
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.setSpacing(0)
        inside.addLayout(head)
        inside.addLayout(facts)
        inside.addWidget(self.map, 1)
        inside.addLayout(foot)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(frame)
