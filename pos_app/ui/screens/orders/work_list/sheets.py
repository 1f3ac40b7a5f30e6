"""What is asked before orders are refunded or moved; for many at once Enter alone is no answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSignalBlocker, Qt, Signal

from pos_app.domain.orders.work_lists import WorkDeed
from pos_app.ui.records.table.columns import Column
from pos_app.ui.records.table.view import RecordTable
from pos_app.ui.screens.orders.work_list.words import deed_words, held_words, question_words, what_words
from pos_app.ui.widgets.keys import ENTER
from pos_app.ui.widgets.labels import say, text_label
from pos_app.ui.widgets.sheets.base import Sheet
from pos_app.ui.words.amounts import shown_number
from pos_app.ui.words.evenings import shown_whole_when
from pos_app.ui.words.lists import following

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QFocusEvent, QKeyEvent
    from PySide6.QtWidgets import QWidget

    from pos_app.domain.orders.work_lists import MoveTarget, WorkOrder
    from pos_app.ui.words.messages import Message

_WIDTH: Final = 620
_TABLE_HEIGHT: Final = 260


class RefundOrdersSheet(Sheet):
    """What goes back. warning: what speaks against it, said first. Signals: given()."""

    given = Signal()

    def __init__(self, parent: QWidget, orders: Sequence[WorkOrder], warning: str = "") -> None:
        super().__init__(parent, question_words(WorkDeed.REFUND, orders), width=_WIDTH)
        due = self.tr("The money is not paid out by this: cash and card stand under Refunds due until they are.")
        self.setAccessibleDescription(following(warning, held_words(orders), due))
        _add_warning(self, warning)
        self.body.addWidget(text_label(held_words(orders), "strong", wrap=True))
        self.body.addWidget(
            text_label(
                self.tr(
                    "Only the tickets for this performance are given back, with their fees. They open no door any "
                    "more. What else an order holds stays good."
                ),
                wrap=True,
            )
        )
        self.body.addWidget(text_label(due, wrap=True))
        yes = deed_words(WorkDeed.REFUND, len(orders))
        self.yes, self.no = self.add_answers(yes, self._on_yes, variant="danger", deliberate=len(orders) > 1)

    def _on_yes(self) -> None:
        self.given.emit()
        self.close_sheet()


class MoveOrdersSheet(Sheet):
    """To which performance guests are moved. warning: what speaks against it. Signals: given(int): the performance."""

    given = Signal(int)

    def __init__(self, parent: QWidget, orders: Sequence[WorkOrder], before: int | None, warning: str = "") -> None:
        yes = deed_words(WorkDeed.MOVE, len(orders))
        super().__init__(parent, self.tr("To where?"), width=_WIDTH + 80)
        self._last = before
        _add_warning(self, warning)
        self.body.addWidget(text_label(what_words(orders), "strong", wrap=True))
        self.body.addWidget(
            text_label(
                self.tr(
                    "Each gets the same seats where they are free, else the best together in the same category, for "
                    "what was paid. Who cannot be seated stays on the list, with the reason."
                ),
                wrap=True,
            )
        )
        columns: tuple[Column[MoveTarget], ...] = (
            Column("when", self.tr("Performance"), shown_whole_when, lambda one: one.starts_at, lower=_title),
            Column("venue", self.tr("Venue"), lambda one: one.venue, width=190),
            Column(
                "free", self.tr("Free"), lambda one: shown_number(one.free), lambda one: one.free, width=90, right=True
            ),
        )
        self.nothing = text_label(self.tr("Reading…"), "muted", wrap=True)
        self.table = _Targets(
            "move_targets", columns, key=lambda one: one.performance_id, search=lambda one: (one.title, one.venue)
        )
        self.table.setAccessibleName(self.tr("To where?"))
        self.table.chosen.connect(lambda _key: say(self.nothing, ""))
        if len(orders) == 1:
            self.table.opened.connect(self._on_yes)
        self.body.addWidget(self.table)
        self.body.addWidget(self.nothing)
        self.let_give_way(self.table, _TABLE_HEIGHT)
        self.yes, self.no = self.add_answers(yes, self._on_yes, deliberate=len(orders) > 1)
        self.yes.setEnabled(False)

    def show_targets(self, targets: Sequence[MoveTarget]) -> None:
        """Offer performances; marked is the one that was moved to before, else the next one of the same event.

        Guests come to another event only where somebody chooses it.
        """
        say(
            self.nothing,
            "" if targets else self.tr("No other performance is on sale in this currency. Make one, or refund them."),
        )
        self.table.show_records(targets)
        known = {one.performance_id for one in targets}
        alike = next((one.performance_id for one in targets if one.same_event), None)
        self.table.mark(self._last if self._last in known else alike)
        self.yes.setEnabled(bool(targets))
        self.table.setFocus()

    def refuse(self, message: Message) -> None:
        """Say why nothing can be offered."""
        say(self.nothing, message.sentence)

    def _on_yes(self) -> None:
        chosen = self.table.current
        if not isinstance(chosen, int):
            say(self.nothing, self.tr("Choose the performance to move them to."))
            return
        self.given.emit(chosen)
        self.close_sheet()


class _Targets(RecordTable):
    """Goes to no performance by itself when it gets the keyboard. No signals of its own."""

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Leave it to the person to choose, where nothing is marked: Qt would go to the first."""
        marked = self.current
        with QSignalBlocker(self.selectionModel()):
            super().focusInEvent(event)
        self.mark(marked)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave Ctrl+Enter to the sheet."""
        if event.key() in ENTER and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
            return
        super().keyPressEvent(event)


def _add_warning(sheet: Sheet, warning: str) -> None:
    if warning:
        sheet.body.addWidget(text_label(warning, "strong", tone="danger", wrap=True))


def _title(one: MoveTarget) -> str:
    return one.title
