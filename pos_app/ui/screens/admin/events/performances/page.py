"""Performances: a table beside the form of one, or beside what is done to several."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Signal

from pos_app.domain.season.performances import ListedPerformance, PerformanceRecord, SetupChoices, with_count
from pos_app.services.season.performance_records import count_places, load_setup_choices, open_performance
from pos_app.ui.records.page import RecordPage
from pos_app.ui.screens.admin.events.performances.changes import PerformanceChanges
from pos_app.ui.screens.admin.events.performances.fields import PerformanceFields
from pos_app.ui.screens.admin.events.performances.kind import PerformanceKind
from pos_app.ui.screens.admin.events.performances.moved_date import follow_saving
from pos_app.ui.screens.admin.events.performances.operations import PerformanceOperations
from pos_app.ui.screens.admin.events.performances.place_counts import PlaceCounts
from pos_app.ui.screens.admin.events.performances.several_panel import SeveralPanel
from pos_app.ui.screens.admin.events.performances.values import fresh_performance
from pos_app.ui.server_time import ServerTime
from pos_app.ui.widgets.buttons import text_button
from pos_app.ui.words.lists import following
from pos_app.ui.words.messages import Level, Message, message_for
from pos_app.ui.words.sentences import spoken

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from PySide6.QtWidgets import QPushButton

    from pos_app.domain.editing import FieldRefused
    from pos_app.ui.office import Office

_TOAST_SECONDS: Final = 12


class PerformanceRecordsPage(RecordPage):
    """The performances of one event, or of all.

    Signals: those of RecordPage. choices_read(SetupChoices): what performances can be set up from.
    """

    choices_read = Signal(object)

    def __init__(self, office: Office) -> None:
        self._office = office
        self.clock = ServerTime()
        self._choices: SetupChoices | None = None
        self.event_id: int | None = None
        self.season: tuple[ListedPerformance, ...] = ()
        self.fields = PerformanceFields(self.clock.now)
        self.counts = PlaceCounts(lambda ids: office.read(self.counts, count_places, ids), self.fields)
        self.kinds = PerformanceKind(self.clock.now, self.counts, self._fresh)
        super().__init__(self.kinds.make(), PerformanceOperations(office), self.fields.all)
        self.fields.setParent(self)
        self.kinds.setParent(self)
        self.several = SeveralPanel()
        self.several.setFixedWidth(self.editor.maximumWidth())
        self.several.hide()
        layout = self.layout()
        if layout is not None:
            layout.addWidget(self.several)
        self.again_button = self.add_tool(self.tr("Same again…"), lambda: self.leave(self._repeat))
        self.cancel_button = self.add_tool(self.tr("Cancel…"), lambda: self.leave(self._cancel_or_reinstate))
        self._connect_changes()
        self.form.edited.connect(self.fields.show_doors)
        self.opened.connect(self._on_opened)
        self.saved.connect(lambda record: self.show_all_stored([record]))
        self.list.table.several.connect(self._on_several)
        self.counts.counted.connect(self._on_counted)

    def add_tool(self, words: str, do: Callable[[], object], *, first: bool = False) -> QPushButton:
        """Put a button above the form, behind the others or before them; without an icon, for there is little room."""
        button = text_button(words, variant="tool" if first else "ghost")
        button.clicked.connect(lambda _checked=False: do())
        put = self.editor.extra.insert_first if first else self.editor.extra.addWidget
        put(button)
        return button

    def show_event(self, event_id: int | None) -> None:
        """Show the performances of one event, None: of all. What is open and saved is closed."""
        self.event_id = event_id
        if not self.unsaved():
            self.close_form()
        if self.list.is_read:
            super()._on_records(self._of_event())
        self._explain()

    def refresh(self) -> None:
        """Read what performances are set up from, then the performances; their places are counted anew."""
        self.counts.grow_old()
        asked = self._office.read_latest(self, "choices", load_setup_choices)
        asked.then(self._on_choices, self._on_unreadable)

    def unsaved(self) -> tuple[str, ...]:
        """Name what is unsaved, of one or of several."""
        return self.several.unsaved() if self.several.isVisibleTo(self) else super().unsaved()

    def save(self, then: Callable[[], object] | None = None) -> None:
        """Save one, or make the change of several."""
        if not self.several.isVisibleTo(self):
            super().save(then or follow_saving(self, self.changes))
        elif (change := self.several.change()) is not None:
            self.changes.change(self.several.records, change, then)

    def discard(self) -> None:
        """Take back what is unsaved, of one or of several."""
        if self.several.isVisibleTo(self):
            self.several.discard()
        else:
            super().discard()

    def read_whole(
        self,
        then: Callable[[PerformanceRecord], object] = lambda _record: None,
        on_error: Callable[[Exception], object] | None = None,
    ) -> None:
        """Read the performance in the form with its places; then: what to do with it. An error is said by default."""
        if self._record is None:
            return

        def read(record: PerformanceRecord) -> None:
            self._on_whole(record)
            then(record)

        asked = self._office.read_latest(self, "performance", open_performance, self._record.performance_id)
        asked.then(read, on_error or (lambda error: self.say(message_for(error))))

    def show_all_stored(self, records: Sequence[PerformanceRecord]) -> None:
        """Show several performances as they are stored now."""
        for record in records:
            self.counts.put(record.count)
        stored: dict[int, ListedPerformance] = {one.performance_id: one for one in records}
        known = {one.performance_id for one in self.season}
        self.season = tuple(stored.get(one.performance_id, one) for one in self.season)
        self.season += tuple(one for one in records if one.performance_id not in known)
        super()._on_records(self._of_event())

    def show_busy(self, busy: bool) -> None:  # noqa: FBT001 - see RecordPage
        """After a change, or a refusal of one, see what is sold now: it may be what was refused for."""
        super().show_busy(busy)
        if not busy:
            self.read_whole(on_error=lambda _error: None)

    def prepare(self, values: Mapping[str, object]) -> None:
        """Read times and amounts by the clock and in the currency of the venue."""
        if self._record is not None:
            self.fields.offer_plan_of(self._record)
        self.fields.prepare(values)

    def _connect_changes(self) -> None:
        self.changes = PerformanceChanges(self, self._office, self.saving.ask)
        self.changes.stored.connect(self.show_all_stored)
        self.changes.said.connect(self._on_said)
        self.changes.made.connect(self.several.discard)
        self.changes.refused.connect(self._on_change_refused)
        self.changes.outdated.connect(self.refresh)
        self.several.change_asked.connect(self.changes.change)
        self.several.cancel_asked.connect(self.changes.cancel_several)
        self.several.archive_asked.connect(self.changes.archive_several)
        self.several.closed.connect(lambda: self.leave(self._close_several))

    def _of_event(self) -> tuple[ListedPerformance, ...]:
        return tuple(one for one in self.season if self.event_id in (None, one.event_id))

    def _fresh(self) -> Mapping[str, object]:
        if self._choices is None:
            return {}
        return fresh_performance(self._choices, self.event_id, self.season, self.clock.now())

    def _explain(self) -> None:
        """Say what to do first while there is nothing."""
        choices = self._choices
        if choices is None:
            return
        events = [one for one in choices.events if not one.archived]
        if not choices.plans:
            first = self.tr("Make a venue and a seating plan first.")
        elif not events:
            first = self.tr("Make an event first.")
        else:
            first = self.tr("Make the first one; “Same again” makes the others.")
        self.list.explain(self.tr("No performances yet"), first, can_make=bool(choices.plans and events))

    def _on_choices(self, choices: SetupChoices) -> None:
        self.clock.take(choices.now)
        self._choices = choices
        self.fields.show_choices(choices)
        if self._record is not None:
            self.fields.offer_plan_of(self._record)
        self.choices_read.emit(choices)
        self._explain()
        super().refresh()

    def _on_records(self, records: Sequence[ListedPerformance]) -> None:
        self.season = tuple(records)
        super()._on_records(self._of_event())

    def _follow(self, record: Any) -> None:
        """Show what others made of the record in the form; its places are counted anew in any case."""
        if record is None:
            return
        if not self._is_as_shown(record):
            self._open(record)
        elif not isinstance(record, PerformanceRecord):
            self.read_whole()

    def _on_opened(self, record: ListedPerformance | None) -> None:
        self.again_button.setVisible(record is not None)
        self.cancel_button.setVisible(record is not None and not record.archived)
        if record is None:
            return
        words = self.tr("Reinstate…") if record.cancelled else self.tr("Cancel…")
        self.cancel_button.setText(words)
        if isinstance(record, PerformanceRecord):
            self.counts.put(record.count)
        else:
            self.read_whole()

    def _on_whole(self, record: PerformanceRecord) -> None:
        """Take the places of what is in the form; what others changed meanwhile is shown unless something is typed."""
        self.counts.put(record.count)
        self.list.table.viewport().update()
        current = self._record
        if current is None or current.performance_id != record.performance_id or self.guard.is_busy:
            return
        if self._is_as_shown(record):
            self._record = record
        elif self.form.is_dirty:
            # What others changed is to be found when this is saved, so only the places are taken.
            self._record = with_count(current, record.count)
        else:
            self._open(record)

    def _is_as_shown(self, record: ListedPerformance) -> bool:
        shown = self._record
        return self.kind.values(record) == self.kind.values(shown) and _standing(record) == _standing(shown)

    def _repeat(self) -> None:
        if self._record is not None:
            self.changes.repeat(self._record, self.season, self.clock.now)

    def _cancel_or_reinstate(self) -> None:
        if self._record is None:
            return
        if self._record.cancelled:
            self.changes.reinstate(self._record)
        else:
            self.changes.cancel([self._record.performance_id])

    def _on_said(self, message: Message) -> None:
        self.say(message, _TOAST_SECONDS if message.level is Level.OK else 0)

    def _on_change_refused(self, error: FieldRefused) -> None:
        elsewhere = self.several.form.show_problems(error.fields)
        if elsewhere:
            self.say(Message(following(*elsewhere), spoken(error.advice), Level.WARNING))

    def _on_several(self, records: Sequence[ListedPerformance]) -> None:
        """Show what can be done to several, once what is unsaved of one is settled."""
        if len(records) > 1 and not self.several.isVisibleTo(self) and (self.unsaved() or self.guard.is_busy):
            keys = {one.performance_id for one in records}
            self.list.table.mark(None)
            self.list.table.mark(self._record.performance_id if self._record is not None else None)
            self.leave(lambda: self.list.table.select(keys))
            return
        many = len(records) > 1
        self.several.show_records(records if many else ())
        self._show_several(many)

    def _show_several(self, shown: bool) -> None:  # noqa: FBT001 - one flag, named by the method
        self.several.setVisible(shown)
        self.editor.setVisible(not shown)
        self.guard.question = self.tr("Make the change first?") if shown else self.tr("Save the changes first?")

    def _on_back(self) -> None:
        """Go back to the table; from there, choose none of several."""
        if self.several.isVisibleTo(self) and self.list.table.hasFocus():
            self.leave(self._close_several)
        else:
            super()._on_back()

    def _close_several(self) -> None:
        self.list.table.mark(None)
        self._show_several(False)
        self.close_form()
        self.list.begin()

    def _on_counted(self, is_all: bool) -> None:  # noqa: FBT001 - a signal's argument
        table = self.list.table
        at_sold = table.horizontalHeader().sortIndicatorSection() == len(self.kind.columns) - 1
        if is_all and at_sold:
            table.show_records(table.records)
        else:
            table.viewport().update()


def _standing(one: ListedPerformance) -> tuple[object, ...]:
    return one.cancelled, one.cancel_reason, one.archived, one.prices
