"""The work list of one performance."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QWidget

from pos_app.domain.orders.work_lists import NotCancelledNow, WorkListClosed
from pos_app.ui.screens.orders.work_list.keys import work_list_keys
from pos_app.ui.screens.orders.work_list.listed import WorkListView
from pos_app.ui.screens.orders.work_list.waiting_words import met_words
from pos_app.ui.screens.orders.work_list.words import orders_words
from pos_app.ui.widgets.banner import Banner
from pos_app.ui.widgets.boxes import column
from pos_app.ui.widgets.empty_state import EmptyState
from pos_app.ui.widgets.labels import panel
from pos_app.ui.widgets.sheets.confirm import confirm
from pos_app.ui.widgets.sheets.reason import ReasonSheet
from pos_app.ui.widgets.told_keys import tell_keys
from pos_app.ui.words.lists import following
from pos_app.ui.words.messages import Level, Message, failure_message, message_for
from pos_app.ui.words.sentences import spoken_count

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Protocol

    from PySide6.QtGui import QFocusEvent

    from pos_app.domain.orders.work_lists import WorkOutlook
    from pos_app.ui.screens.orders.work_list.operations import WorkListOperations

    class Performed(Protocol):
        """A performance, by its id."""

        @property
        def performance_id(self) -> int:
            """Return its id."""


_SAID_SECONDS: Final = 12


class WorkListPanel(QWidget):
    """Says what there is to work off at a performance, opens its list, and shows it.

    Keys: F5 reads it again; those of its buttons. No signals.
    """

    def __init__(self, operations: WorkListOperations) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._operations = operations
        self._performance_id: int | None = None
        self._outlook: WorkOutlook | None = None
        self._on_empty: Callable[[], object] = self.refresh
        self.banner = Banner()
        self.empty = EmptyState("receipt", self.tr("Reading…"))
        self.empty.asked.connect(self._on_asked)
        self.view = WorkListView(operations)
        self.view.said.connect(lambda message: self.banner.show_message(message, seconds=_SAID_SECONDS))
        self.view.stopped.connect(self._on_stopped)
        self.view.outdated.connect(self.refresh)
        self.view.close_asked.connect(self._ask_close)
        self._pages = QStackedWidget()
        empty_page = panel()
        column(self.empty, inside=empty_page)
        self._pages.addWidget(empty_page)
        self._pages.addWidget(self.view)
        tell_keys(self, work_list_keys)
        self._refresh_key = QShortcut(QKeySequence("F5"), self, self.refresh)
        self._refresh_key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        column((self._pages, 1), self.banner, inside=self, spacing=10)

    def show_performance(self, record: Performed) -> None:
        """Show the list of a performance; a run over another one's orders stops after the order that is under way."""
        if record.performance_id != self._performance_id:
            if self.view.run.is_busy:
                self.view.run.leave_rest()
            self._performance_id = record.performance_id
            self._outlook = None
            self.banner.dismiss()
            self._say_nothing(self.tr("Reading…"))
        self.refresh()

    def refresh(self) -> None:
        """Read it again; while orders are being worked off, the list tells their outcomes by itself."""
        if self._performance_id is not None and not (self.view.run.is_busy and not self.view.run.is_paused):
            self._operations.look(self, self._performance_id).then(self._on_outlook, self._on_unreadable)

    def unsaved(self) -> tuple[str, ...]:
        """Name the orders that are left in the middle of a run."""
        left = self.view.run.waiting
        if not left:
            return ()
        return (spoken_count("{count} order of a work list is left", "{count} orders of a work list are left", left),)

    def leave(self, go_on: Callable[[], object]) -> None:
        """Go on when nothing is being worked off; else ask, and stop after the order that is under way."""
        left = self.view.run.waiting
        if not left:
            go_on()
            return
        sheet = confirm(
            self,
            spoken_count("{count} order is left", "{count} orders are left", left),
            self.tr("What is done stays. The list goes on where it stopped, whenever it is opened again."),
            yes=self.tr("Stop here"),
            no=self.tr("Stay"),
            danger=False,
        )

        def stop() -> None:
            self.view.run.leave_rest()
            go_on()

        sheet.confirmed.connect(stop)

    def _on_outlook(self, outlook: WorkOutlook) -> None:
        if outlook.performance_id != self._performance_id:
            return
        self._outlook = outlook
        if outlook.page is not None:
            self.view.show_page(outlook.page)
            self._pages.setCurrentWidget(self.view)
            if self.hasFocus():
                self.view.setFocus()
            return
        if not outlook.orders and outlook.cancelled and outlook.waiting.is_any:
            self._say_nothing(
                self.tr("This performance is cancelled"),
                following(
                    self.tr("No order has a ticket for this performance any more."), f"{met_words(outlook.waiting)}."
                ),
                self.tr("Open the work list"),
            )
            self._on_empty = partial(self._open, "")
            return
        if not outlook.orders:
            self._say_nothing(
                self.tr("Nothing to work off"), self.tr("No order has a ticket for this performance any more.")
            )
            return
        held = following(
            spoken_count("{count} order holds tickets for it.", "{count} orders hold tickets for it.", outlook.orders),
            spoken_count(
                "Refund it, move it to another performance, or keep it.",
                "Refund them, move them to another performance, or keep them: one by one, or many at once.",
                outlook.orders,
            )
            if outlook.cancelled
            else self.tr("Where it was moved to another day, its tickets stay good, and who cannot come is refunded."),
        )
        action = self.tr("Open the work list") if outlook.cancelled else self.tr("It was moved: open the work list…")
        title = self.tr("This performance is cancelled") if outlook.cancelled else self.tr("No work list is open")
        self._say_nothing(title, held, action)
        self._on_empty = partial(self._open, "") if outlook.cancelled else self._ask_reason

    def _on_asked(self) -> None:
        self._on_empty()

    def _say_nothing(self, title: str, sentence: str = "", action: str = "") -> None:
        self._on_empty = self.refresh
        self.empty.show_words("receipt", title, sentence, action=action)
        self._pages.setCurrentIndex(0)

    def _on_unreadable(self, error: Exception) -> None:
        if self._outlook is None:
            self._on_empty = self.refresh
            self.empty.show_trouble(message_for(error))
            self._pages.setCurrentIndex(0)
        else:
            self.banner.show_message(failure_message(error, self.refresh))

    def _ask_reason(self) -> None:
        sheet = ReasonSheet(
            self,
            self.tr("Why was it moved?"),
            self.tr("Each refund of the list bears this reason."),
            choices=(self.tr("Illness"), self.tr("Technical fault"), self.tr("Weather"), self.tr("Another date")),
            yes=self.tr("Open the work list"),
        )
        sheet.given.connect(lambda reason: self._open(reason.text, sheet))
        sheet.open()

    def _open(self, reason: str, sheet: ReasonSheet | None = None) -> None:
        performance_id = self._performance_id
        if performance_id is None:
            return

        def opened(_list_id: int) -> None:
            self._operations.note_opened(performance_id)
            if sheet is not None:
                sheet.close_sheet()
            self.refresh()

        def refused(error: Exception) -> None:
            if sheet is not None:
                sheet.show_problem(message_for(error).sentence)
            else:
                self.banner.show_message(message_for(error))

        self._operations.open(self, performance_id, reason).then(opened, refused)

    def _ask_close(self, list_id: int, left: int) -> None:
        sheet = confirm(
            self,
            self.tr("Close the work list?"),
            self.tr("What it did stays, and it can be looked at in the orders."),
            yes=self.tr("Close it"),
            no=self.tr("Keep it open"),
            lost=(self.tr("Not done yet: {0}.").format(orders_words(left)),) if left else (),
            danger=bool(left),
        )
        sheet.confirmed.connect(
            lambda: self._operations.close(self, list_id).then(
                lambda _done: self._on_closed(), lambda error: self.banner.show_message(message_for(error))
            )
        )

    def _on_closed(self) -> None:
        self.banner.show_message(Message(self.tr("The work list is closed."), "", Level.OK), seconds=_SAID_SECONDS)
        self.refresh()

    def _on_stopped(self, error: Exception) -> None:
        """Something stops every order: say what, and go on from the same order when the person says so."""
        if isinstance(error, WorkListClosed | NotCancelledNow):
            self.view.run.leave_rest()
            self.banner.show_message(message_for(error))
            self.refresh()
            return
        self.banner.show_message(
            failure_message(error, self.view.run.go_on, self.tr("The work waits; each order is done once."))
        )

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Hand the keyboard to what is shown."""
        super().focusInEvent(event)
        if self._pages.currentWidget() is self.view:
            self.view.setFocus()
