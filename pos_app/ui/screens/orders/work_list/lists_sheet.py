"""Which performances have orders to be worked off."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal

from pos_app.ui.records.table.columns import Column
from pos_app.ui.records.table.view import RecordTable
from pos_app.ui.screens.orders.work_list.words import short_kind_words
from pos_app.ui.widgets.labels import say, text_label
from pos_app.ui.widgets.sheets.base import Sheet
from pos_app.ui.words.amounts import shown_number
from pos_app.ui.words.evenings import shown_whole_when
from pos_app.ui.words.messages import message_for
from pos_app.ui.words.sentences import spoken_count

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from pos_app.domain.orders.work_lists import WorkListRow
    from pos_app.ui.screens.orders.work_list.operations import WorkListOperations

_WIDTH: Final = 760
_TABLE_HEIGHT: Final = 280


class WorkListsSheet(Sheet):
    """Open work lists, and cancelled performances whose orders wait for one. Signals: chosen(int): the performance."""

    chosen = Signal(int)

    def __init__(self, parent: QWidget, operations: WorkListOperations) -> None:
        super().__init__(parent, self.tr("Work lists"), width=_WIDTH)
        columns: tuple[Column[WorkListRow], ...] = (
            Column("when", self.tr("Performance"), shown_whole_when, lambda one: one.starts_at, lower=_title),
            Column("kind", self.tr("Why"), self._why, lower=self._standing, width=190),
            Column(
                "left", self.tr("Left"), lambda one: shown_number(one.left), lambda one: one.left, width=80, right=True
            ),
        )
        self.table = RecordTable(
            "work_lists", columns, key=lambda one: one.performance_id, search=lambda one: (one.title,)
        )
        self.table.setAccessibleName(self.tr("Work lists"))
        self.table.opened.connect(self._on_yes)
        self.nothing = text_label(self.tr("Reading…"), "muted", wrap=True)
        self.body.addWidget(self.nothing)
        self.body.addWidget(self.table)
        self.let_give_way(self.table, _TABLE_HEIGHT)
        self.yes, self.no = self.add_answers(self.tr("Open"), self._on_yes)
        self.yes.setEnabled(False)
        operations.lists(self).then(self._on_lists, lambda error: say(self.nothing, message_for(error).sentence))

    def _on_lists(self, rows: Sequence[WorkListRow]) -> None:
        nothing = self.tr(
            "No order waits. A list is opened from a performance that was cancelled, under Manage, Events."
        )
        say(self.nothing, "" if rows else nothing)
        self.table.show_records(rows)
        self.table.mark(rows[0].performance_id if rows else None)
        self.yes.setEnabled(bool(rows))
        self.table.setFocus()

    def _why(self, one: WorkListRow) -> str:
        return short_kind_words(one.kind, cancelled=one.cancelled)

    def _standing(self, one: WorkListRow) -> str:
        if one.list_id is None:
            return self.tr("Not begun")
        return spoken_count("{count} order on the list", "{count} orders on the list", one.orders)

    def _on_yes(self) -> None:
        current = self.table.current
        if isinstance(current, int):
            self.close_sheet()
            self.chosen.emit(current)


def _title(one: WorkListRow) -> str:
    return one.title
