"""The section of events: the events, their performances, and what is set up for one performance."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QWidget

from pos_app.services.season.performance_records import open_performance
from pos_app.ui.look.dressing import dress
from pos_app.ui.screens.admin.events.keys import event_keys
from pos_app.ui.screens.admin.events.panel_page import PanelPage
from pos_app.ui.screens.admin.events.performances.page import PerformanceRecordsPage
from pos_app.ui.screens.admin.events.performances.words import named
from pos_app.ui.screens.admin.events.records_page import EventRecordsPage
from pos_app.ui.unsaved import leave_widget, unsaved_in
from pos_app.ui.widgets.boxes import column, row
from pos_app.ui.widgets.buttons import SegmentedButtons
from pos_app.ui.widgets.combo_box import ComboBox
from pos_app.ui.widgets.told_keys import tell_keys
from pos_app.ui.words.messages import message_for

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QFocusEvent

    from pos_app.domain.season.events import EventRecord
    from pos_app.domain.season.performances import PerformanceRecord, SetupChoices
    from pos_app.ui.office import Office
    from pos_app.ui.screens.admin.events.panel_page import Panel

EVENTS: Final = "events"
PERFORMANCES: Final = "performances"
_WIDEST_CHOICE: Final = 340


class EventsPage(QWidget):
    """Events and performances, a table and a form each; panels for one performance over the whole section.

    Keys: Ctrl+PgUp events, Ctrl+PgDown performances.
    Signals: note_wanted(int, str): a note is to be written to the guests of this performance, which is called so.
    """

    note_wanted = Signal(int, str)

    def __init__(self, office: Office, panels: Sequence[Panel] = ()) -> None:
        super().__init__()
        self._office = office
        self.events = EventRecordsPage(office)
        self.performances = PerformanceRecordsPage(office)
        self.panels = PanelPage(panels)
        self.parts = SegmentedButtons([(EVENTS, self.tr("Events")), (PERFORMANCES, self.tr("Performances"))])
        self.event_choice = ComboBox()
        self._head = QWidget()
        self._stack = QStackedWidget()
        self._keys = [
            self._key(keys, partial(self.open_part, part))
            for keys, part in (("Ctrl+PgUp", EVENTS), ("Ctrl+PgDown", PERFORMANCES))
        ]
        tell_keys(self, event_keys)
        self._arrange()
        self.parts.chosen.connect(self.open_part)
        self.event_choice.activated.connect(self._on_event_chosen)
        self.events.performances_asked.connect(self._on_performances_asked)
        self.performances.choices_read.connect(self._on_choices)
        self.panels.closed.connect(self._on_panel_closed)
        last_first = [
            self.performances.add_tool(panel.title, partial(self._open_panel, at), first=True)
            for at, panel in reversed(list(enumerate(panels)))
        ]
        self.panel_buttons = tuple(reversed(last_first))
        self.performances.opened.connect(self._on_opened)
        self._after_cancelling = next((at for at, panel in enumerate(panels) if panel.follows_a_cancellation), None)
        self.performances.changes.offers_orders = self._after_cancelling is not None
        self.performances.changes.orders_asked.connect(self._on_orders_asked)
        self._on_opened(None)

    @property
    def part(self) -> str:
        """Return what is shown: EVENTS, PERFORMANCES, or "" for a panel."""
        shown = self._stack.currentWidget()
        return EVENTS if shown is self.events else PERFORMANCES if shown is self.performances else ""

    def open_part(self, part: str) -> None:
        """Show events or performances; asks first when something is unsaved in the other."""
        before = self.part or PERFORMANCES
        self.parts.choose(before)
        self.leave(lambda: self._open_part(part))

    def show_orders_of(self, performance_id: int) -> None:
        """Show what becomes of the orders of a performance, once what is unsaved is settled."""
        self.leave(lambda: self._read_for_orders(performance_id))

    def offer_notes(self) -> None:
        """Offer a note to the guests of the performance that is in the form."""
        button = self.performances.add_tool(self.tr("Write to the guests…"), self._on_note, first=False)
        self.panel_buttons = (*self.panel_buttons, button)
        self._on_opened(self.performances.record)

    def unsaved(self) -> tuple[str, ...]:
        """Name what is unsaved."""
        return unsaved_in(self.events, self.performances, self.panels)

    def leave(self, go_on: Callable[[], object]) -> None:
        """Go on when nothing is unsaved; else what is shown asks."""
        leave_widget(self._stack.currentWidget(), go_on)

    def _key(self, keys: str, do: Callable[[], object]) -> QShortcut:
        shortcut = QShortcut(QKeySequence(keys), self, do)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        return shortcut

    def _arrange(self) -> None:
        self.event_choice.setAccessibleName(self.tr("Performances of"))
        self.event_choice.setFixedWidth(_WIDEST_CHOICE)
        self.event_choice.addItem(self.tr("All events"), None)
        self.event_choice.hide()
        row(self.parts, 1, self.event_choice, inside=self._head)
        for widget in (self.events, self.performances, self.panels):
            self._stack.addWidget(widget)
        # The largest page there is: its parts each by itself, so that the hand feels none of them.
        parts = self.performances.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
        for part in (self._head, self.events, *parts):
            dress(part)
        column(self._head, (self._stack, 1), inside=self, spacing=10)

    def _open_part(self, part: str) -> None:
        self.parts.choose(part)
        self.event_choice.setVisible(part == PERFORMANCES)
        self._head.show()
        shown = self.events if part == EVENTS else self.performances
        self._stack.setCurrentWidget(shown)
        shown.list.begin()

    def _on_performances_asked(self, event: EventRecord) -> None:
        self.events.leave(lambda: self._show_performances_of(event))

    def _show_performances_of(self, event: EventRecord) -> None:
        at = self.event_choice.findData(event.event_id)
        if at < 0:
            self.event_choice.addItem(event.title, event.event_id)
            at = self.event_choice.count() - 1
        self.event_choice.setCurrentIndex(at)
        self.performances.show_event(event.event_id)
        self._open_part(PERFORMANCES)

    def _on_event_chosen(self, at: int) -> None:
        """Show the performances of another event; the choice goes back while something unsaved is asked about."""
        wanted = self.event_choice.itemData(at)
        self.event_choice.setCurrentIndex(max(0, self.event_choice.findData(self.performances.event_id)))

        def go_on() -> None:
            self.event_choice.setCurrentIndex(max(0, self.event_choice.findData(wanted)))
            self.performances.show_event(wanted)

        self.performances.leave(go_on)

    def _on_choices(self, choices: SetupChoices) -> None:
        chosen = self.performances.event_id
        self.event_choice.clear()
        self.event_choice.addItem(self.tr("All events"), None)
        for one in choices.events:
            if not one.archived or one.event_id == chosen:
                self.event_choice.addItem(one.title, one.event_id)
        self.event_choice.setCurrentIndex(max(0, self.event_choice.findData(chosen)))

    def _open_panel(self, at: int) -> None:
        self.performances.leave(lambda: self.performances.read_whole(partial(self._show_panel, at)))

    def _show_panel(self, at: int, record: PerformanceRecord) -> None:
        self._head.hide()
        self._stack.setCurrentWidget(self.panels)
        self.panels.show_panel(at, record)

    def _read_for_orders(self, performance_id: int) -> None:
        at = self._after_cancelling
        if at is not None:
            self._office.read_latest(self, "orders of", open_performance, performance_id).then(
                lambda record: self._show_panel(at, record), lambda error: self.performances.say(message_for(error))
            )

    def _on_orders_asked(self) -> None:
        if self._after_cancelling is not None:
            self._open_panel(self._after_cancelling)

    def _on_note(self) -> None:
        record = self.performances.record
        if record is not None:
            self.leave(lambda: self.note_wanted.emit(record.performance_id, named(record)))

    def _on_panel_closed(self) -> None:
        self._open_part(PERFORMANCES)

    def _on_opened(self, record: object) -> None:
        for button in self.panel_buttons:
            button.setVisible(record is not None)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Hand the keyboard to what is shown."""
        super().focusInEvent(event)
        shown = self._stack.currentWidget()
        if shown is not None:
            shown.setFocus()
