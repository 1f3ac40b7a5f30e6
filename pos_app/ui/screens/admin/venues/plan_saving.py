"""A changed plan on its way to the database: what it will do, doing it, and what came in between."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from pos_app.domain.editing import ChangedMeanwhile
from pos_app.domain.venues.plan_records import OpenPlan
from pos_app.ui.screens.admin.venues.save_sheet import SaveSheet
from pos_app.ui.widgets.sheets.confirm import confirm
from pos_app.ui.words.messages import failure_message

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from pos_app.domain.venues.plan_draft import PlanDraft
    from pos_app.domain.venues.plan_records import PlanChange, SavedPlan
    from pos_app.ui.records.change_guard import ChangeGuard
    from pos_app.ui.screens.admin.venues.busy_bar import BusyBar
    from pos_app.ui.screens.admin.venues.drawing import Share
    from pos_app.ui.screens.admin.venues.operations import VenueOperations
    from pos_app.ui.widgets.banner import Banner


class PlanSaving(QObject):
    """Saves for the plan editor.

    Signals: saved(SavedPlan). rebased(OpenPlan): somebody else stored this; the drawing is to be a change of it.
    given_up(OpenPlan): the drawing is to be forgotten for what somebody else stored.
    """

    saved = Signal(object)
    rebased = Signal(object)
    given_up = Signal(object)

    def __init__(
        self, page: QWidget, operations: VenueOperations, banner: Banner, busy: BusyBar, guard: ChangeGuard
    ) -> None:
        super().__init__(page)
        self._page = page
        self._operations = operations
        self._banner = banner
        self._busy = busy
        self._guard = guard

    def save(self, before: OpenPlan, wanted: PlanDraft, then: Callable[[], object] | None = None) -> None:
        """Ask what saving would do, say it, and save when the person agrees; then: what to do once it is stored."""
        if self._guard.is_busy:
            return
        self._begin(self.tr("Looking what stands on this plan…"))

        def told(change: PlanChange) -> None:
            self._guard.end()
            sheet = SaveSheet(self._page, before.plan, change)
            sheet.confirmed.connect(lambda move: self._write(before, wanted, move, then))
            sheet.open()

        self._operations.preview_change(self, before, wanted).then(told, lambda error: self._on_refused(error, then))

    def _write(
        self, before: OpenPlan, wanted: PlanDraft, move: frozenset[int], then: Callable[[], object] | None
    ) -> None:
        share = self._begin(self.tr("Saving the plan…"))

        def saved(stored: SavedPlan) -> None:
            self.saved.emit(stored)
            self._guard.end()
            if then is not None:
                then()

        self._operations.save_plan(self, before, wanted, move, share.tell).then(
            saved, lambda error: self._on_refused(error, then)
        )

    def _begin(self, what: str) -> Share:
        self._banner.dismiss()
        self._guard.begin()
        return self._busy.show_busy(what)

    def _on_refused(self, error: Exception, then: Callable[[], object] | None) -> None:
        self._guard.end()
        if isinstance(error, ChangedMeanwhile) and isinstance(error.current, OpenPlan):
            self._ask_whose(error.current, then)
            return
        kept = self.tr("Your drawing is still here.")
        self._banner.show_message(failure_message(error, lambda: self._guard.save(then), kept))

    def _ask_whose(self, current: OpenPlan, then: Callable[[], object] | None) -> None:
        sheet = confirm(
            self._page,
            self.tr("Changed meanwhile"),
            self.tr("Somebody else saved this plan after you opened it. Nothing of yours is lost."),
            yes=self.tr("Mine instead of theirs…"),
            no=self.tr("Go on drawing"),
            danger=False,
        )
        theirs = sheet.add_button(self.tr("Take theirs, drop mine"))
        theirs.clicked.connect(sheet.close_sheet)
        theirs.clicked.connect(lambda: self._ask_drop(current))

        def mine() -> None:
            self.rebased.emit(current)
            self._guard.save(then)

        sheet.confirmed.connect(mine)

    def _ask_drop(self, current: OpenPlan) -> None:
        """Ask once more before a drawing is gone."""
        sheet = confirm(
            self._page,
            self.tr("Drop your drawing?"),
            self.tr("What you changed since you opened the plan is lost; the plan is shown as the other one saved it."),
            yes=self.tr("Drop mine"),
            no=self.tr("Keep drawing"),
        )
        sheet.confirmed.connect(lambda: self.given_up.emit(current))
