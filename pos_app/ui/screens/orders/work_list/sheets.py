"""What is asked before many orders are refunded or moved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal

from pos_app.domain.orders.work_lists import WorkDeed
from pos_app.ui.records.table.columns import Column
from pos_app.ui.records.table.view import RecordTable
from pos_app.ui.screens.orders.work_list.words import deed_words, what_words
from pos_app.ui.widgets.buttons import SegmentedButtons
from pos_app.ui.widgets.labels import say, text_label
from pos_app.ui.widgets.sheets.base import Sheet
from pos_app.ui.words.amounts import shown_number
from pos_app.ui.words.evenings import shown_whole_when

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from pos_app.domain.orders.work_lists import MoveTarget, WorkOrder
    from pos_app.ui.words.messages import Message

_DUE, _NOW = "due", "now"
_WIDTH: Final = 620
_TABLE_HEIGHT: Final = 260


class RefundOrdersSheet(Sheet):
    """What goes back, and whether it is paid back at once. Signals: given(bool): whether it is."""

    given = Signal(bool)

    def __init__(self, parent: QWidget, orders: Sequence[WorkOrder]) -> None:
        yes = deed_words(WorkDeed.REFUND, len(orders))
        super().__init__(parent, self.tr("{0}?").format(yes), width=_WIDTH)
        self.ways = SegmentedButtons(
            [(_DUE, self.tr("Leave the money due")), (_NOW, self.tr("It goes back the way it came"))]
        )
        self.ways.chosen.connect(self._explain)
        self.why = text_label("", "muted", wrap=True)
        self.body.addWidget(text_label(what_words(orders), "strong", wrap=True))
        self.body.addWidget(
            text_label(
                self.tr(
                    "Only the tickets for this performance are given back, with their fees. They open no door any "
                    "more. What else an order holds stays good."
                ),
                wrap=True,
            )
        )
        self.body.addWidget(self.ways)
        self.body.addWidget(self.why)
        self.yes, self.no = self.add_answers(yes, self._on_yes, variant="danger")
        self._explain()

    def _explain(self) -> None:
        self.why.setText(
            self.tr("Each amount stands under Refunds due until it is paid out.")
            if self.ways.current == _DUE
            else self.tr("It is written down as paid back. What was paid in cash is left due: its owner is not here.")
        )

    def _on_yes(self) -> None:
        self.given.emit(self.ways.current == _NOW)
        self.close_sheet()


class MoveOrdersSheet(Sheet):
    """To which performance guests are moved. Signals: given(int): the performance."""

    given = Signal(int)

    def __init__(self, parent: QWidget, orders: Sequence[WorkOrder], before: int | None) -> None:
        yes = deed_words(WorkDeed.MOVE, len(orders))
        super().__init__(parent, self.tr("To where?"), width=_WIDTH + 80)
        self._last = before
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
        self.table = RecordTable(
            "move_targets", columns, key=lambda one: one.performance_id, search=lambda one: (one.title, one.venue)
        )
        self.table.setAccessibleName(self.tr("To where?"))
        self.table.chosen.connect(self._on_chosen)
        self.table.opened.connect(self._on_yes)
        self.nothing = text_label(self.tr("Reading…"), "muted", wrap=True)
        self.body.addWidget(self.table)
        self.body.addWidget(self.nothing)
        self.let_give_way(self.table, _TABLE_HEIGHT)
        self.yes, self.no = self.add_answers(yes, self._on_yes)
        self.yes.setEnabled(False)

    def show_targets(self, targets: Sequence[MoveTarget]) -> None:
        """Offer performances; the one that was moved to before, else the first of them, is marked."""
        say(
            self.nothing,
            "" if targets else self.tr("No other performance is on sale in this currency. Make one, or refund them."),
        )
        self.table.show_records(targets)
        known = {one.performance_id for one in targets}
        first = targets[0].performance_id if targets else None
        self.table.mark(self._last if self._last in known else first)
        self.yes.setEnabled(bool(targets))
        self.table.setFocus()

    def refuse(self, message: Message) -> None:
        """Say why nothing can be offered."""
        say(self.nothing, message.sentence)

    def _on_chosen(self, _key: object) -> None:
        self.yes.setEnabled(True)

    def _on_yes(self) -> None:
        chosen = self.table.current
        if isinstance(chosen, int):
            self.given.emit(chosen)
            self.close_sheet()


def _title(one: MoveTarget) -> str:
    return one.title
