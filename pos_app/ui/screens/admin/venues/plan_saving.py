"""A changed plan on its way to the database: what it will do, doing it, and what came in between."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from pos_app.domain.editing import ChangedMeanwhile
from pos_app.domain.venues.plan_records import OpenPlan
from pos_app.ui.screens.admin.venues.save_sheet import SaveSheet
from pos_app.ui.widgets.sheets.confirm import confirm
from pos_app.ui.words.messages import Message, message_for

if TYPE_CHECKING:
    from collections.abc import Callable

    from pos_app.domain.venues.plan_draft import PlanDraft
    from pos_app.domain.venues.plan_records import PlanChange, SavedPlan
    from pos_app.ui.screens.admin.venues.editor_page import EditorPage
    from pos_app.ui.screens.admin.venues.services import VenueServices


class PlanSaving(QObject):
    """Saves for the plan editor. No signals."""

    def __init__(self, page: EditorPage, services: VenueServices) -> None:
        super().__init__(page)
        self._page = page
        self._services = services
        self._waiting: Callable[[], object] | None = None
        self.is_busy = False

    def wait(self, go_on: Callable[[], object]) -> None:
        """Go on when what is on its way has come to an end."""
        self._waiting = go_on

    def save(self, before: OpenPlan, wanted: PlanDraft, then: Callable[[], object] | None = None) -> None:
        """Ask what saving would do, say it, and save when the person agrees; then: what to do once it is stored."""
        if self.is_busy:
            return
        self._begin(self.tr("Looking what stands on this plan…"))

        def told(change: PlanChange) -> None:
            self._end()
            sheet = SaveSheet(self._page, before.plan, change)
            sheet.confirmed.connect(lambda move: self._write(before, wanted, move, then))
            sheet.open()

        self._services.preview_change(self, before, wanted).then(told, lambda error: self._on_refused(error, then))

    def _write(
        self, before: OpenPlan, wanted: PlanDraft, move: frozenset[int], then: Callable[[], object] | None
    ) -> None:
        share = self._begin(self.tr("Saving the plan…"))

        def saved(stored: SavedPlan) -> None:
            self._page.show_saved(stored)
            self._end()
            if then is not None:
                then()

        self._services.save_plan(self, before, wanted, move, share).then(
            saved, lambda error: self._on_refused(error, then)
        )

    def _on_refused(self, error: Exception, then: Callable[[], object] | None) -> None:
        self._end()
        page = self._page
        if isinstance(error, ChangedMeanwhile) and isinstance(error.current, OpenPlan):
            self._ask_whose(error.current, then)
            return
        message = message_for(error)
        kept = self.tr("Your drawing is still here.")
        page.banner.show_message(
            Message(message.text, f"{message.advice} {kept}".strip(), message.level, self.tr("Try again"),
                    lambda: page.save(then))
        )  # fmt: skip

    def _ask_whose(self, current: OpenPlan, then: Callable[[], object] | None) -> None:
        page = self._page
        sheet = confirm(
            page,
            self.tr("Changed meanwhile"),
            self.tr("Somebody else saved this plan after you opened it. Nothing of yours is lost."),
            yes=self.tr("Mine instead of theirs…"),
            no=self.tr("Go on drawing"),
            danger=False,
        )  # fmt: skip
        theirs = sheet.add_button(self.tr("Take theirs, drop mine"))
        theirs.clicked.connect(sheet.close_sheet)
        theirs.clicked.connect(lambda: self._ask_drop(current))

        def mine() -> None:
            page.rebase(current)
            page.save(then)

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
        sheet.confirmed.connect(lambda: self._page.open_other(current))

    def _begin(self, what: str) -> Callable[[float], None]:
        self.is_busy = True
        self._page.banner.dismiss()
        return self._page.show_busy(what).tell

    def _end(self) -> None:
        self.is_busy = False
        self._page.show_busy("")
        waiting, self._waiting = self._waiting, None
        if waiting is not None:
            waiting()
