"""Filling the grid from elsewhere: another performance, a percentage; and saving it on others, too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from pos_app.ui.records.fields.choice_fields import Option
from pos_app.ui.records.fields.option_sheets import ChoosingSheet, PickSheet
from pos_app.ui.screens.admin.prices.percent_sheet import PercentSheet
from pos_app.ui.words.evenings import shown_when
from pos_app.ui.words.lists import listed
from pos_app.ui.words.messages import Level, Message

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtWidgets import QWidget

    from pos_app.domain.season.performances import PerformanceRecord
    from pos_app.domain.season.prices import CopiedPrices
    from pos_app.ui.screens.admin.prices.form import PriceForm
    from pos_app.ui.screens.admin.prices.operations import PriceOperations
    from pos_app.ui.widgets.banner import Banner

_SAID_SECONDS = 8


class Filling(QObject):
    """Fills a form of prices with what a person asks for.

    Signals: others_chosen(list): the performances, by id, on which the same prices are to be saved, too.
    unreadable(Exception): why nothing can be offered.
    """

    others_chosen = Signal(object)
    unreadable = Signal(object)

    def __init__(self, panel: QWidget, operations: PriceOperations, form: PriceForm, banner: Banner) -> None:
        super().__init__(panel)
        self._panel = panel
        self._operations = operations
        self._form = form
        self._banner = banner

    def ask_from_where(self, record: PerformanceRecord) -> None:
        """Ask whose prices are to be copied; those of the same plan come first, the latest before the others."""
        self._operations.performances(self).then(
            lambda performances: self._offer_to_copy(record, performances), self.unreadable.emit
        )

    def ask_percent(self) -> None:
        """Ask for a percentage, for the ticket type in which the cursor is."""
        types, at = self._form.model.ticket_types, self._form.table.currentIndex()
        column = at.column() if at.isValid() and at.column() > 0 else min(1, len(types) - 1)
        sheet = PercentSheet(self._panel, types, types[column].ticket_type_id)

        def fill(asked: Mapping[str, int]) -> None:
            sheet.close_sheet()
            self._form.model.fill_percent(asked["target"], asked["percent"], asked["base"])

        sheet.given.connect(fill)
        sheet.open()

    def ask_for_which(self, record: PerformanceRecord, others: Sequence[int]) -> None:
        """Ask on which other performances of the plan these prices are to be saved, too; others: chosen so far."""
        self._operations.performances(self).then(
            lambda performances: self._offer_others(record, others, performances), self.unreadable.emit
        )

    def _offer_to_copy(self, record: PerformanceRecord, performances: Sequence[PerformanceRecord]) -> None:
        others = [one for one in reversed(performances) if one.prices and _is_another(one, record)]
        options = [_option(one) for one in sorted(others, key=lambda one: one.plan_id != record.plan_id)]
        nothing = self.tr("No other performance has prices yet.")
        sheet = PickSheet(self._panel, self.tr("Copy the prices of"), options, yes=self.tr("Copy"), nothing=nothing)
        sheet.picked.connect(lambda performance_id: self._copy(performance_id, record.performance_id))
        sheet.open()

    def _copy(self, from_id: int, to_id: int) -> None:
        self._operations.copied(self, from_id, to_id).then(
            lambda copied: self._on_copied(copied, to_id), self.unreadable.emit
        )

    def _on_copied(self, copied: CopiedPrices, to_id: int) -> None:
        if self._form.grid is None or self._form.grid.performance_id != to_id:
            return
        self._form.show_draft(copied.draft)
        advice = self.tr("Nothing is saved yet.")
        if copied.unknown:
            names = listed(self.tr("“{0}”").format(name) for name in copied.unknown)
            words = self.tr("Copied, except for {0}: there is no such category here.").format(names)
            self._banner.show_message(Message(words, advice, Level.WARNING))
        else:
            self._banner.show_message(Message(self.tr("The prices are copied."), advice), seconds=_SAID_SECONDS)
        self._form.table.begin()

    def _offer_others(
        self, record: PerformanceRecord, others: Sequence[int], performances: Sequence[PerformanceRecord]
    ) -> None:
        same_plan = [one for one in performances if one.plan_id == record.plan_id and _is_another(one, record)]
        none = self.tr("Only for this performance.")
        if not same_plan:
            none = self.tr("There is no other performance on this plan.")
        options = [_option(one) for one in same_plan]
        sheet = ChoosingSheet(self._panel, self.tr("The same prices also for"), none, options, others)
        sheet.given.connect(lambda keys: self.others_chosen.emit(sorted(keys)))
        sheet.open()


def performance_words(one: PerformanceRecord) -> str:
    """Return what a performance is called: its title and when it is."""
    return f"{one.title}, {shown_when(one)}"


def _is_another(one: PerformanceRecord, record: PerformanceRecord) -> bool:
    return not one.archived and one.performance_id != record.performance_id


def _option(one: PerformanceRecord) -> Option:
    where = one.venue if one.plan == one.venue else f"{one.venue}, {one.plan}"
    return Option(one.performance_id, performance_words(one), where)
