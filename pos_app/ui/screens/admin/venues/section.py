"""The section of venues: one page at a time, from the venues to the plans of one, to the drawing of one plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QStackedWidget

from pos_app.ui.look.dressing import dress
from pos_app.ui.screens.admin.venues.editor_page import EditorPage
from pos_app.ui.screens.admin.venues.generator_page import GeneratorPage
from pos_app.ui.screens.admin.venues.import_page import ImportPage
from pos_app.ui.screens.admin.venues.page import VenuesPage
from pos_app.ui.screens.admin.venues.plans_page import PlansPage
from pos_app.ui.unsaved import leave_widget, unsaved_in
from pos_app.ui.words.messages import Level, Message

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QFocusEvent
    from PySide6.QtWidgets import QWidget

    from pos_app.domain.venues.plan_records import OpenPlan
    from pos_app.domain.venues.records import VenueRecord
    from pos_app.ui.screens.admin.venues.drawing import DrawnPlan
    from pos_app.ui.screens.admin.venues.operations import VenueOperations

_TOAST_SECONDS = 12


class VenuesSection(QStackedWidget):
    """Leads from page to page. No signals."""

    def __init__(self, operations: VenueOperations) -> None:
        super().__init__()
        self.venues = VenuesPage(operations)
        self.plans = PlansPage(operations)
        self.importing = ImportPage(operations)
        self.generator = GeneratorPage(operations)
        self.editor = EditorPage(operations)
        for page in (self.venues, self.plans, self.importing, self.generator, self.editor):
            self.addWidget(page)
            dress(page)
        self.venues.plans_asked.connect(self._on_plans)
        self.plans.back_asked.connect(lambda: self._show(self.venues))
        self.plans.import_asked.connect(self._on_import)
        self.plans.draw_asked.connect(self._on_draw)
        self.plans.edit_asked.connect(self._on_edit)
        self.editor.left.connect(self._on_edited)
        for making in (self.importing, self.generator):
            making.left.connect(lambda: self._show(self.plans))
            making.stored.connect(self._on_stored)

    def unsaved(self) -> tuple[str, ...]:
        """Name what is unsaved on any page."""
        return unsaved_in(*(self.widget(at) for at in range(self.count())))

    def leave(self, go_on: Callable[[], object]) -> None:
        """Go on when nothing is unsaved; else the page that is open asks."""
        leave_widget(self.currentWidget(), go_on)

    def ask_file(self) -> str:
        """Ask for a file to read; "" for none."""
        path, _ = QFileDialog.getOpenFileName(self, self.tr("Import a seating plan"), "", "JSON (*.json);;* (*)")
        return path

    def _show(self, page: QWidget) -> None:
        self.setCurrentWidget(page)
        page.setFocus()

    def _on_plans(self, venue: VenueRecord) -> None:
        self.plans.show_venue(venue)
        self._show(self.plans)

    def _on_import(self) -> None:
        path = self.ask_file()
        if path and self.plans.venue is not None:
            self._show(self.importing)
            self.importing.read(self.plans.venue, path)

    def _on_draw(self) -> None:
        if self.plans.venue is not None:
            self._show(self.generator)
            self.generator.start(self.plans.venue)

    def _on_edit(self, opened: OpenPlan, drawn: DrawnPlan) -> None:
        self._show(self.editor)
        self.editor.edit(opened, drawn)

    def _on_edited(self) -> None:
        if self.editor.opened is not None:
            self.plans.show_stored(self.editor.opened)
        self._show(self.plans)

    def _on_stored(self, opened: OpenPlan) -> None:
        self.plans.show_stored(opened)
        self._show(self.plans)
        words = self.tr("“{0}” was stored. Put performances on it in Events.").format(opened.plan.name)
        self.plans.say(Message(words, "", Level.OK), _TOAST_SECONDS)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Hand the keyboard to the page that is open."""
        super().focusInEvent(event)
        page = self.currentWidget()
        if page is not None:
            page.setFocus()
