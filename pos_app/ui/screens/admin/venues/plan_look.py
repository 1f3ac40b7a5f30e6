"""The right half of the page of plans: the chosen one on the map, and what can be done with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from pos_app.ui.screens.admin.venues.plan_map import PlanMap
from pos_app.ui.screens.admin.venues.plan_words import content_words, standing_words
from pos_app.ui.widgets.boxes import column, row
from pos_app.ui.widgets.buttons import text_button
from pos_app.ui.widgets.key_button import KeyButton
from pos_app.ui.widgets.labels import Chip, ElidedLabel, panel, text_label
from pos_app.ui.widgets.wrapping_row import WrappingRow

if TYPE_CHECKING:
    from pos_app.domain.venues.plan_records import OpenPlan, PlanRecord
    from pos_app.ui.screens.admin.venues.drawing import DrawnPlan


class PlanLook(QWidget):
    """Shows a plan, with buttons for what can be done with it. No signals but those of the buttons."""

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
        self._buttons = (
            self.archive_button,
            self.restore_button,
            self.export_button,
            self.move_button,
            self.rename_button,
            self.edit_button,
        )
        self._arrange()
        self.show_nothing("")

    def show_nothing(self, sentence: str) -> None:
        """Show no plan, and say why."""
        self._title.show_words("")
        self._chip.hide()
        self._facts.setText("")
        self.map.clear(sentence)
        for button in self._buttons:
            button.hide()

    def show_record(self, record: PlanRecord) -> None:
        """Name a plan; its drawing is being read."""
        self._title.show_words(record.name)
        self._chip.show_text(*standing_words(record))
        self._chip.show()
        self._facts.setText("")
        self.map.clear(self.tr("Reading the plan…"))
        for button in self._buttons:
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

    def _arrange(self) -> None:
        head = row((self._title, 1), self._chip, margins=(18, 12, 14, 0), spacing=10)
        facts = row(self._facts, margins=(18, 0, 14, 8))
        between = QWidget()
        foot = WrappingRow(*self._buttons[:2], between, *self._buttons[2:], spacing=10, grows=between)
        foot.setContentsMargins(14, 10, 14, 12)
        frame = panel()
        column(head, facts, (self.map, 1), foot, inside=frame, margins=1, spacing=0)
        column(frame, inside=self)
