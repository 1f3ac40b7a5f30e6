"""An open work list on screen: its orders, what is done to those that are chosen, and how far that is."""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QWidget

from pos_app.domain.orders.work_lists import WorkDeed, WorkStep, count_work
from pos_app.ui.screens.orders.work_list.progress import ProgressStrip
from pos_app.ui.screens.orders.work_list.running import WorkRun
from pos_app.ui.screens.orders.work_list.sheets import MoveOrdersSheet, RefundOrdersSheet
from pos_app.ui.screens.orders.work_list.table import ALL, DONE, FAILED, LEFT, is_looked_at, orders_table
from pos_app.ui.screens.orders.work_list.waiting_strip import WaitingStrip
from pos_app.ui.screens.orders.work_list.words import (
    count_words,
    deed_words,
    done_words,
    failure_words,
    good_tickets_words,
    held_words,
    kind_words,
    question_words,
    what_words,
)
from pos_app.ui.widgets.boxes import column, row
from pos_app.ui.widgets.buttons import SegmentedButtons, text_button
from pos_app.ui.widgets.key_button import KeyButton
from pos_app.ui.widgets.labels import panel, say, text_label
from pos_app.ui.widgets.search_field import SearchField
from pos_app.ui.widgets.sheets.confirm import confirm
from pos_app.ui.words.messages import Level, Message, message_for

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent

    from pos_app.domain.orders.work_lists import WorkDone, WorkListPage, WorkOrder
    from pos_app.ui.screens.orders.work_list.operations import WorkListOperations


class WorkListView(QWidget):
    """Acts on the orders that are chosen, and on no other; after a single one, the next that is left is chosen.

    Keys: Ctrl+A chooses all that are shown and left, F6 refunds, F7 moves, F8 keeps, F9 pauses and goes on, F10 ends
    the waiting list.
    Signals: said(Message). stopped(Exception): what stops every order. outdated(): read the list again.
    close_asked(int, int): close this list, of which so many orders are left.
    """

    said = Signal(object)
    stopped = Signal(object)
    outdated = Signal()
    close_asked = Signal(int, int)

    def __init__(self, operations: WorkListOperations) -> None:
        super().__init__()
        self._operations = operations
        self._page: WorkListPage | None = None
        self._orders: dict[int, WorkOrder] = {}
        self._tried: Counter[bool] = Counter()
        self._deed = WorkDeed.KEEP
        self._next: tuple[int, ...] = ()
        self.run = WorkRun(operations, self)
        self.run.changed.connect(self._show_foot)
        self.run.stepped.connect(self._on_stepped)
        self.run.stopped.connect(self.stopped)
        self.run.ended.connect(self._on_ended)
        self.table = orders_table()
        self.table.setAccessibleName(self.tr("Orders"))
        self.table.several.connect(self._show_foot)
        self.search = SearchField(self.tr("Order, customer, seat"))
        self.search.searched.connect(self._look_for)
        self.which = SegmentedButtons(
            [
                (ALL, self.tr("All")),
                (LEFT, self.tr("To do")),
                (FAILED, self.tr("Not possible")),
                (DONE, self.tr("Done")),
            ]
        )
        self.which.chosen.connect(self._look_at)
        self.all_button = KeyButton(self.tr("Choose all"), "Ctrl+A")
        self.all_button.told_as = self.tr("Choose all orders that are shown and left to do")
        self.all_button.clicked.connect(self._choose_all)
        self.progress = ProgressStrip(self.run)
        self.waiting = WaitingStrip(operations)
        self.waiting.said.connect(self.said)
        self.waiting.stopped.connect(self.stopped)
        self.waiting.outdated.connect(self.outdated)
        self._buttons = {
            WorkDeed.KEEP: self._button(WorkDeed.KEEP, "F8", "check", ""),
            WorkDeed.MOVE: self._button(WorkDeed.MOVE, "F7", "swap", ""),
            WorkDeed.REFUND: self._button(WorkDeed.REFUND, "F6", "hand-coins", "primary"),
        }
        self._arrange()

    @property
    def chosen(self) -> tuple[WorkOrder, ...]:
        """Return the orders that a button is for: of those that are chosen, the ones that can still be done."""
        return tuple(one for one in self.table.selected if not one.state.is_final)

    def button(self, deed: WorkDeed) -> KeyButton:
        """Return the button of a deed."""
        return self._buttons[deed]

    def show_page(self, page: WorkListPage) -> None:
        """Show a list as it is now; who was chosen stays chosen."""
        if self._page is None or self._page.list_id != page.list_id:
            self.which.choose(ALL)
            self.table.keep(None)
            self.table.mark(None)
        self._page = page
        self._orders = {one.order_id: one for one in page.orders}
        self.title.setText(kind_words(page.kind, cancelled=page.cancelled))
        self.table.show_records(page.orders)
        self.waiting.show_page(page)
        self._show_foot()

    def _button(self, deed: WorkDeed, key: str, icon_name: str, variant: str) -> KeyButton:
        button = KeyButton("", key, icon_name=icon_name, variant=variant, size="large")
        button.clicked.connect(partial(self._ask, deed))
        return button

    def _arrange(self) -> None:
        self.title = text_label("", "heading")
        self.count = text_label("", "muted")
        self.close_button = text_button(self.tr("Close the list…"), variant="ghost")
        self.close_button.clicked.connect(self._on_close)
        self.about = text_label("", "strong")
        self.why = text_label("", "body", tone="danger", wrap=True)
        head = row((column(self.title, self.count, spacing=2), 1), self.close_button)
        tools = row(self.which, (self.search, 1), self.all_button, spacing=12)
        buttons = row((self.about, 1), *self._buttons.values(), spacing=10)
        frame = panel()
        column(
            head,
            self.waiting,
            tools,
            (self.table, 1),
            self.why,
            self.progress,
            buttons,
            inside=frame,
            margins=(18, 14, 18, 16),
            spacing=10,
        )
        column(frame, inside=self)

    def _look_for(self, words: str) -> None:
        self.table.look_for(words)
        self._show_foot()

    def _look_at(self, which: str) -> None:
        self.table.keep(None if which == ALL else lambda order: is_looked_at(order, which))
        self._show_foot()

    def _show_foot(self) -> None:
        """Say what the buttons would do; while orders are worked off, nothing else is begun."""
        if self._page is None:
            return
        orders, busy = self.chosen, self.run.is_busy
        self.count.setText(count_words(count_work(self._orders.values())))
        may_choose = not self.table.selected and bool(self._left)
        self.about.setText(self._about_words(orders, may_choose=may_choose))
        for deed, button in self._buttons.items():
            button.set_words(deed_words(deed, len(orders)))
            button.setEnabled((bool(orders) or may_choose) and not busy)
            button.setVisible(not busy)
        self.about.setVisible(not busy)
        self.close_button.setEnabled(not busy)
        self.waiting.let_end(not busy)
        self.all_button.setEnabled(bool(self._left) and not busy)
        selected = self.table.selected
        say(self.why, failure_words(selected[0].failure) if len(selected) == 1 else "")

    def _about_words(self, orders: tuple[WorkOrder, ...], *, may_choose: bool) -> str:
        if orders:
            return what_words(orders)
        return _choose_words() if may_choose else self.tr("Nothing is left to be done here.")

    @property
    def _left(self) -> tuple[int, ...]:
        """Return what is shown and left to do, by its id."""
        return tuple(one.order_id for one in self.table.shown if one.state.is_left)

    def _choose_all(self) -> None:
        self.table.select(set(self._left))
        self._show_foot()

    def _ask(self, deed: WorkDeed) -> None:
        page, orders = self._page, self.chosen
        if page is None or self.run.is_busy:
            return
        if not orders:
            self.said.emit(Message(_choose_words(), "", Level.WARNING))
            return
        match deed:
            case WorkDeed.REFUND:
                sheet = RefundOrdersSheet(self, orders, good_tickets_words(page))
                sheet.given.connect(lambda: self._start(page, orders, deed))
                sheet.open()
            case WorkDeed.MOVE:
                self._ask_target(page, orders)
            case WorkDeed.KEEP:
                self._ask_keep(page, orders)

    def _ask_target(self, page: WorkListPage, orders: tuple[WorkOrder, ...]) -> None:
        sheet = MoveOrdersSheet(self, orders, page.to_performance_id, good_tickets_words(page))

        def given(performance_id: int) -> None:
            self._operations.aim(self, page.list_id, performance_id).then(None, self.stopped.emit)
            self._start(page, orders, WorkDeed.MOVE, performance_id)

        sheet.given.connect(given)
        sheet.open()
        self._operations.targets(sheet, page.performance_id).then(
            sheet.show_targets, lambda error: sheet.refuse(message_for(error))
        )

    def _ask_keep(self, page: WorkListPage, orders: tuple[WorkOrder, ...]) -> None:
        words = deed_words(WorkDeed.KEEP, len(orders))
        sheet = confirm(
            self,
            question_words(WorkDeed.KEEP, orders),
            _kept_words(page),
            yes=words,
            lost=(held_words(orders),),
            danger=False,
            deliberate=len(orders) > 1,
        )
        sheet.confirmed.connect(lambda: self._start(page, orders, WorkDeed.KEEP))

    def _start(
        self,
        page: WorkListPage,
        orders: tuple[WorkOrder, ...],
        deed: WorkDeed,
        to: int | None = None,
    ) -> None:
        self._tried.clear()
        self._deed = deed
        self._next = ()
        if len(orders) == 1:
            shown = [one.order_id for one in self.table.shown]
            at = shown.index(orders[0].order_id) if orders[0].order_id in shown else 0
            self._next = (*shown[at:], *shown[:at])
        else:
            self.table.mark(None)
        self.run.start(WorkStep(page.list_id, one.order_id, deed, page.is_reinstated, to) for one in orders)

    def _on_stepped(self, done: WorkDone) -> None:
        self._tried[done.state.is_left] += 1
        known = self._orders.get(done.order_id)
        if known is not None:
            self._orders[done.order_id] = known.after(done)
            self.table.put(self._orders[done.order_id])

    def _on_ended(self) -> None:
        text, advice = done_words(self._deed, self._tried[False], self._tried[True])
        left = set(self._left)
        self.table.mark(next((order_id for order_id in self._next if order_id in left), None))
        self._show_foot()
        self.said.emit(Message(text, advice, Level.WARNING if advice else Level.OK))
        self.outdated.emit()

    def _on_close(self) -> None:
        if self._page is not None:
            self.close_asked.emit(self._page.list_id, count_work(self._orders.values()).left)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Let the arrow keys walk the orders."""
        super().focusInEvent(event)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)


def _choose_words() -> str:
    return QCoreApplication.translate("WorkListView", "Choose orders, or all with Ctrl+A.")


def _kept_words(page: WorkListPage) -> str:
    if page.cancelled:
        return QCoreApplication.translate(
            "WorkListView", "Their tickets open no door while the performance is cancelled, and no money goes back."
        )
    if page.is_reinstated:
        return QCoreApplication.translate("WorkListView", "Their tickets are good as they are.")
    return QCoreApplication.translate("WorkListView", "Their tickets are good for the new date as they are.")
