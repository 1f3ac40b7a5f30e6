"""The seating plans of one venue."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from pos_app.domain.venues.pretix.writer import write_plan
from pos_app.ui import save_file
from pos_app.ui.records.kind import RecordKind, RecordWords, View
from pos_app.ui.records.list import RecordList
from pos_app.ui.records.table.columns import Column
from pos_app.ui.screens.admin.venues.drawing import draw
from pos_app.ui.screens.admin.venues.keys import plans_keys
from pos_app.ui.screens.admin.venues.moving import Moving
from pos_app.ui.screens.admin.venues.name_sheet import NameSheet
from pos_app.ui.screens.admin.venues.plan_look import PlanLook
from pos_app.ui.screens.admin.venues.plan_words import used_words
from pos_app.ui.widgets.banner import Banner
from pos_app.ui.widgets.boxes import column, row
from pos_app.ui.widgets.buttons import text_button
from pos_app.ui.widgets.key_button import KeyButton
from pos_app.ui.widgets.labels import ElidedLabel
from pos_app.ui.widgets.told_keys import tell_keys
from pos_app.ui.words.amounts import shown_number
from pos_app.ui.words.messages import Level, Message, failure_message, message_for

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QShowEvent

    from pos_app.domain.venues.plan_records import OpenPlan, PlanRecord
    from pos_app.domain.venues.records import VenueRecord
    from pos_app.ui.screens.admin.venues.drawing import DrawnPlan
    from pos_app.ui.screens.admin.venues.operations import VenueOperations

_LIST_WIDTH: Final = 440
_TOAST_SECONDS: Final = 12


class PlansPage(QWidget):
    """The plans of a venue in a table, the chosen one on the map beside it.

    Keys: Ctrl+N import, Ctrl+G draw by numbers, Ctrl+E edit, Esc back to the venues, F5 read again.
    Signals: back_asked(); import_asked(); draw_asked(); edit_asked(OpenPlan, DrawnPlan).
    """

    back_asked = Signal()
    import_asked = Signal()
    draw_asked = Signal()
    edit_asked = Signal(object, object)

    def __init__(self, operations: VenueOperations) -> None:
        super().__init__()
        self._operations = operations
        self.venue: VenueRecord | None = None
        self.opened: OpenPlan | None = None
        self.drawn: DrawnPlan | None = None
        self._wanted: int | None = None
        self._is_arriving = False
        self.banner = Banner()
        self.list = RecordList(self._kind())
        self.list.new_button.hide()
        self.list.setFixedWidth(_LIST_WIDTH)
        self.look = PlanLook()
        self.back_button = text_button(self.tr("Venues"), icon_name="arrow-left", variant="ghost")
        self._title = ElidedLabel("", "title")
        self.draw_button = KeyButton(self.tr("Draw a plan…"), "Ctrl+G", icon_name="magic-wand")
        self.import_button = KeyButton(self.tr("Import a seating plan…"), "Ctrl+N", icon_name="plus", variant="primary")
        self.moving = Moving(self, operations)
        self._connect()
        self._arrange()

    def show_venue(self, venue: VenueRecord) -> None:
        """Show the plans of a venue."""
        self.venue = venue
        self.opened = self.drawn = self._wanted = None
        self._is_arriving = True
        self._title.show_words(venue.name)
        self.banner.dismiss()
        self.list.look_at("current")
        self.list.show_reading()
        self.look.show_nothing(self.tr("Reading…"))
        self.refresh()

    def refresh(self) -> None:
        """Read the plans again."""
        if self.venue is not None:
            self._operations.plans(self, self.venue.venue_id).then(self._on_plans, self._on_unreadable)

    def show_stored(self, opened: OpenPlan) -> None:
        """Show a plan that was stored just now."""
        self._wanted = opened.plan.plan_id
        self.refresh()

    def say(self, message: Message, seconds: int = 0) -> None:
        """Say something above the plans."""
        self.banner.show_message(message, seconds=seconds)

    def _toast(self, message: Message) -> None:
        self.say(message, _TOAST_SECONDS)

    def _kind(self) -> RecordKind[PlanRecord]:
        tr = self.tr
        return RecordKind(
            name="plans",
            icon="armchair",
            words=RecordWords(
                title=tr("Seating plans"),
                new=tr("Import a seating plan…"),
                unsaved=tr("A new seating plan that is not saved"),
                nothing=tr("This venue has no seating plan yet"),
                first=tr("Import the file of a plan editor, or draw a plan by its zones and rows."),
                choose=tr("Choose a seating plan in the table, or make a new one."),
            ),
            columns=(
                Column("name", tr("Plan"), lambda one: one.name, strong=True,
                       lower=lambda one: tr("Version {0}").format(one.version)),
                Column("places", tr("Places"), lambda one: shown_number(one.places), lambda one: one.places, width=86,
                       right=True),
                Column("used", tr("In use by"), used_words, lambda one: one.performances, width=130),
            ),
            key=lambda one: one.plan_id,
            title=lambda one: one.name,
            search=lambda one: (one.name,),
            values=lambda _one: {},
            is_archived=lambda one: one.archived,
            views=(
                View("current", tr("Newest"), lambda one: one.newest and not one.archived),
                View("old", tr("Older"), lambda one: not one.newest and not one.archived),
                View("archived", tr("Archived"), lambda one: one.archived),
            ),
        )  # fmt: skip

    def _connect(self) -> None:
        self.list.chosen.connect(self._on_chosen)
        self.list.opened.connect(self._on_edit)
        self.list.new_asked.connect(self.import_asked)
        self.list.retry_asked.connect(self.refresh)
        self.back_button.clicked.connect(self.back_asked)
        self.import_button.clicked.connect(self.import_asked)
        self.draw_button.clicked.connect(self.draw_asked)
        for button, do in (
            (self.look.edit_button, self._on_edit),
            (self.look.rename_button, self._on_rename),
            (self.look.export_button, self._on_export),
            (self.look.archive_button, lambda: self._put_away(self._record())),
            (self.look.restore_button, lambda: self._bring_back(self._record())),
            (self.look.move_button, self._on_move),
        ):
            button.clicked.connect(do)
        self.moving.moved.connect(self._on_moved)
        self.moving.refused.connect(self.say)
        tell_keys(self, plans_keys)
        for key, do in (("F5", self.refresh), ("Esc", self.back_asked.emit)):
            shortcut = QShortcut(QKeySequence(key), self, do)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def _arrange(self) -> None:
        head = row(self.back_button, (self._title, 1), self.draw_button, self.import_button, spacing=10)
        body = row(self.list, (self.look, 1), spacing=14)
        column(head, self.banner, (body, 1), inside=self, spacing=10)
        self.setFocusProxy(self.list.table)

    def _record(self) -> PlanRecord:
        if self.opened is None:
            raise LookupError("no plan is open")
        return self.opened.plan

    def _on_plans(self, records: Sequence[PlanRecord]) -> None:
        wanted = self._wanted or self.list.table.current
        self.list.show_records(records)
        found = next((one for one in records if one.plan_id == wanted), None)
        if found is None:
            found = next((one for one in records if one.newest and not one.archived), None)
        if self._is_arriving:
            self._is_arriving = False
            self.list.begin()
        if found is None:
            self.look.show_nothing(self.tr("The plans of this venue are shown here."))
            return
        self._wanted = None
        self.list.show_view_of(found)
        self.list.table.mark(found.plan_id)
        if self.opened is None or self.opened.plan != found:
            self._show(found)

    def _on_unreadable(self, error: Exception) -> None:
        if self.list.table.records:
            self.say(failure_message(error, self.refresh))
        else:
            self.look.show_nothing("")
            self.list.show_unreadable(message_for(error))

    def _on_chosen(self, plan_id: object) -> None:
        record = self.list.table.record(plan_id)
        if record is not None:
            self._show(record)

    def _show(self, record: PlanRecord) -> None:
        self.opened = self.drawn = None
        self.look.show_record(record)
        self._operations.open_plan(self, record.plan_id).then(self._on_opened, self._on_unopened)

    def _on_opened(self, opened: OpenPlan) -> None:
        self._operations.background.compute(self, draw, opened.draft, self.look.map.sight()).then(
            partial(self._on_drawn, opened), self._on_unopened
        )

    def _on_drawn(self, opened: OpenPlan, drawn: DrawnPlan) -> None:
        if self.list.table.current != opened.plan.plan_id:
            return
        self.opened, self.drawn = opened, drawn
        self.look.show_plan(opened, drawn)

    def _on_unopened(self, error: Exception) -> None:
        self.look.map.clear(message_for(error).sentence)

    def _on_edit(self) -> None:
        if self.opened is not None and self.look.edit_button.isVisible():
            self.edit_asked.emit(self.opened, self.drawn)

    def _on_rename(self) -> None:
        record = self._record()
        sentence = self.tr("All its versions are called so from then on.")
        sheet = NameSheet(self, self.tr("Rename the plan"), name=record.name, yes=self.tr("Rename"), sentence=sentence)

        def renamed(stored: PlanRecord) -> None:
            sheet.close_sheet()
            self._after(stored, self.tr("The plan is called “{0}” now."), None)

        sheet.given.connect(
            lambda name: self._operations.rename_plan(self, record, name).then(renamed, sheet.show_refusal)
        )
        sheet.open()

    def _put_away(self, record: PlanRecord) -> None:
        self._operations.archive_plan(self, record).then(
            lambda stored: self._after(stored, self.tr("“{0}” was archived."), partial(self._bring_back, stored)),
            self._say_error,
        )

    def _bring_back(self, record: PlanRecord) -> None:
        self._operations.restore_plan(self, record).then(
            lambda stored: self._after(stored, self.tr("“{0}” was restored."), partial(self._put_away, stored)),
            self._say_error,
        )

    def _after(self, stored: PlanRecord, words: str, undo: Callable[[], Any] | None) -> None:
        self._wanted = stored.plan_id
        self.refresh()
        action = self.tr("Undo") if undo else ""
        self._toast(Message(words.format(stored.name), "", Level.OK, action, undo))

    def _on_move(self) -> None:
        old = self._record()
        newest = next((one for one in self.list.table.records if one.newest and one.name == old.name), None)
        if newest is not None:
            self.moving.ask(old, newest)

    def _on_moved(self, message: Message) -> None:
        self.refresh()
        self._toast(message)

    def _on_export(self) -> None:
        if self.opened is None:
            return
        draft, title = self.opened.draft, self.tr("Export the seating plan")
        path = save_file.ask_path(self, title, f"{draft.name}.json", save_file.JSON)
        if path:
            make, done = partial(write_plan, draft), self.tr("The plan was exported.")
            save_file.write_file(self, self._operations.background, path, make, done, self._toast)

    def _say_error(self, error: Exception) -> None:
        self.say(message_for(error))

    def showEvent(self, event: QShowEvent) -> None:
        """Read what others made of the plans."""
        super().showEvent(event)
        self.refresh()
