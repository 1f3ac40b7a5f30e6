"""A plan that is not stored yet: on the map at the left, what can be said about it at the right."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from pos_app.domain.editing import FieldRefused
from pos_app.ui.records.change_guard import ChangeGuard
from pos_app.ui.screens.admin.venues.busy_bar import BusyBar
from pos_app.ui.screens.admin.venues.keys import making_keys
from pos_app.ui.screens.admin.venues.plan_map import PlanMap
from pos_app.ui.screens.admin.venues.plan_words import content_words
from pos_app.ui.widgets.banner import Banner
from pos_app.ui.widgets.boxes import column, row
from pos_app.ui.widgets.key_button import KeyButton
from pos_app.ui.widgets.labels import ElidedLabel, panel, rule, text_label
from pos_app.ui.widgets.sheets.confirm import confirm
from pos_app.ui.widgets.told_keys import tell_keys
from pos_app.ui.words.messages import failure_message, message_for

if TYPE_CHECKING:
    from collections.abc import Callable

    from pos_app.domain.venues.plan_draft import PlanDraft
    from pos_app.domain.venues.plan_records import OpenPlan
    from pos_app.domain.venues.records import VenueRecord
    from pos_app.ui.screens.admin.venues.drawing import DrawnPlan
    from pos_app.ui.screens.admin.venues.operations import VenueOperations

SIDE_WIDTH: Final = 400


class NewPlanPage(QWidget):
    """Shows a drawing and stores it when a person says so; nothing is stored before. Pages of a kind fill `side`.

    Keys: Ctrl+S store, Esc leave. Signals: stored(OpenPlan); left(): the person is done here, or has given it up.
    """

    stored = Signal(object)
    left = Signal()

    def __init__(self, operations: VenueOperations, sentence: str) -> None:
        super().__init__()
        self.operations = operations
        self.venue: VenueRecord | None = None
        self.drawn: DrawnPlan | None = None
        question = self.tr("Give this plan up?")
        self.guard = ChangeGuard(self, question, unsaved=self.unsaved, save=None, discard=self._discard)
        self.map = PlanMap(sentence)
        self.banner = Banner()
        self.facts = text_label("", "small")
        self._title = ElidedLabel("", "title")
        self.side = column(spacing=10)
        self.store_button = KeyButton(self.tr("Store this plan"), "Ctrl+S", icon_name="floppy-disk", variant="primary")
        self.store_button.setEnabled(False)
        self.store_button.clicked.connect(self._on_store)
        self.cancel_button = KeyButton(self.tr("Cancel"))
        self.cancel_button.clicked.connect(self.ask_to_leave)
        self.busy = BusyBar()
        tell_keys(self, making_keys)
        self._esc = QShortcut(QKeySequence("Esc"), self, self.ask_to_leave)
        self._esc.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._arrange()

    def draft(self) -> PlanDraft | None:
        """Return what is to be stored, with the name it is to have; None while there is nothing."""
        raise NotImplementedError

    def show_name_refused(self, sentence: str) -> None:
        """Say beside its field why the plan cannot be called so."""
        raise NotImplementedError

    def doubts(self, draft: PlanDraft) -> tuple[str, ...]:  # noqa: ARG002 - for the kinds of pages that have any
        """Say what is to be agreed to before this is stored; what a page shows beside the plan, it need not ask."""
        return ()

    def begin(self, venue: VenueRecord, title: str) -> None:
        """Begin a new plan of a venue."""
        self.venue = venue
        self.drawn = None
        self._title.show_words(title)
        self.facts.setText("")
        self.banner.dismiss()
        self.store_button.setEnabled(False)

    def show_drawn(self, drawn: DrawnPlan, *, keep_view: bool = False) -> None:
        """Show a drawing that can be stored."""
        self.drawn = drawn
        self.map.show_drawn(drawn, keep_view=keep_view)
        self.facts.setText(content_words(drawn.draft))
        self.store_button.setEnabled(not self.guard.is_busy)

    def unsaved(self) -> tuple[str, ...]:
        """Name the plan that is not stored."""
        if self.drawn is None or not self.isEnabled():
            return ()
        return (self.tr("The plan “{0}” that is not stored").format(self.drawn.draft.name),)

    def leave(self, go_on: Callable[[], object]) -> None:
        """Go on when nothing would be lost; else ask."""
        self.guard.leave(go_on)

    def ask_to_leave(self) -> None:
        """Go back to the plans; asks first when something would be lost."""
        self.leave(self.left.emit)

    def say_error(self, error: Exception) -> None:
        """Say what went wrong."""
        self.banner.show_message(message_for(error))

    def forget(self) -> None:
        """Let go of the drawing: it is stored, or given up."""
        self.drawn = None
        self.store_button.setEnabled(False)

    def _discard(self) -> None:
        self.forget()
        # Whoever comes back to this section finds the plans, not what was given up.
        self.left.emit()

    def _arrange(self) -> None:
        left, right = panel(), panel()
        right.setFixedWidth(SIDE_WIDTH)
        head = row((self._title, 1), self.facts, margins=(18, 12, 14, 8), spacing=10)
        column(head, (self.map, 1), inside=left, margins=1, spacing=0)
        foot = row(1, self.cancel_button, self.store_button, margins=(14, 10, 14, 12), spacing=10)
        column((self.side, 1), self.busy, rule(), foot, inside=right, margins=1, spacing=0)
        column(self.banner, (row((left, 1), right, spacing=14), 1), inside=self, spacing=10)

    def _on_store(self) -> None:
        draft = self.draft()
        if draft is None or self.venue is None or self.guard.is_busy:
            return
        self.banner.dismiss()
        doubts = self.doubts(draft)
        if not doubts:
            self._store(self.venue, draft)
            return
        sheet = confirm(
            self,
            self.tr("Store the plan like this?"),
            "",
            yes=self.tr("Store it"),
            no=self.tr("Back to the form"),
            lost=doubts,
            danger=False,
        )
        sheet.confirmed.connect(partial(self._store, self.venue, draft))

    def _store(self, venue: VenueRecord, draft: PlanDraft) -> None:
        self.guard.begin()
        self.store_button.setEnabled(False)
        share = self.busy.show_busy(self.tr("Storing the plan…"))
        self.operations.add_plan(self, venue.venue_id, draft, share.tell).then(self._on_stored, self._on_refused)

    def _on_stored(self, opened: OpenPlan) -> None:
        self.busy.show_busy("")
        self.forget()
        self.stored.emit(opened)
        self.guard.end()

    def _on_refused(self, error: Exception) -> None:
        self.busy.show_busy("")
        self.store_button.setEnabled(True)
        self.guard.end(stay=True)
        if isinstance(error, FieldRefused) and "name" in error.fields:
            self.show_name_refused(error.fields["name"])
            return
        self.banner.show_message(failure_message(error, self._on_store, self.tr("The drawing is still here.")))
