"""Filling the grid from elsewhere: another performance, a percentage; and saving it on others, too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from pos_app.ui.records.fields.choice_fields import Option
from pos_app.ui.records.fields.many_field import ChoosingSheet
from pos_app.ui.records.pick_sheet import PickSheet
from pos_app.ui.screens.admin.prices.percent_sheet import PercentSheet
from pos_app.ui.words.messages import Level, Message
from pos_app.ui.words.times import shown_moment

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pos_app.domain.season.performances import PerformanceRecord
    from pos_app.domain.season.prices import CopiedPrices
    from pos_app.ui.screens.admin.prices.panel import PricesPanel
    from pos_app.ui.screens.admin.prices.services import PriceServices

_SAID_SECONDS = 8


class Filling(QObject):
    """Works for the panel of prices. No signals."""

    def __init__(self, panel: PricesPanel, services: PriceServices) -> None:
        super().__init__(panel)
        self._panel = panel
        self._services = services

    def ask_from_where(self) -> None:
        """Ask whose prices are to be copied; those of the same plan come first, the latest before the others."""
        self._services.performances(self._panel).then(self._offer_to_copy, self._panel.show_unreadable)

    def ask_percent(self) -> None:
        """Ask for a percentage, for the ticket type in which the cursor is."""
        panel = self._panel
        types, at = panel.model.ticket_types, panel.table.currentIndex()
        column = at.column() if at.isValid() and at.column() > 0 else min(1, len(types) - 1)
        sheet = PercentSheet(panel, types, types[column].ticket_type_id)
        sheet.given.connect(panel.model.fill_percent)
        sheet.open()

    def ask_for_which(self) -> None:
        """Ask on which other performances of the plan these prices are to be saved, too."""
        self._services.performances(self._panel).then(self._offer_others, self._panel.show_unreadable)

    def _offer_to_copy(self, performances: Sequence[PerformanceRecord]) -> None:
        panel, record = self._panel, self._panel.record
        if record is None:
            return
        others = [one for one in reversed(performances) if one.prices and _is_another(one, record)]
        options = [_option(one) for one in sorted(others, key=lambda one: one.plan_id != record.plan_id)]
        nothing = self.tr("No other performance has prices yet.")
        sheet = PickSheet(panel, self.tr("Copy the prices of"), options, yes=self.tr("Copy"), nothing=nothing)
        sheet.picked.connect(lambda performance_id: self._copy(performance_id, record.performance_id))
        sheet.open()

    def _copy(self, from_id: int, to_id: int) -> None:
        self._services.copied(self._panel, from_id, to_id).then(
            lambda copied: self._on_copied(copied, to_id), self._panel.show_unreadable
        )

    def _on_copied(self, copied: CopiedPrices, to_id: int) -> None:
        panel = self._panel
        if panel.record is None or panel.record.performance_id != to_id:
            return
        panel.show_draft(copied.draft)
        advice = self.tr("Nothing is saved yet.")
        if copied.unknown:
            names = ", ".join(f"“{name}”" for name in copied.unknown)
            words = self.tr("Copied, except for {0}: there is no such category here.").format(names)
            panel.say(Message(words, advice, Level.WARNING))
        else:
            panel.say(Message(self.tr("The prices are copied."), advice), _SAID_SECONDS)
        panel.table.begin()

    def _offer_others(self, performances: Sequence[PerformanceRecord]) -> None:
        panel, record = self._panel, self._panel.record
        if record is None:
            return
        same_plan = [one for one in performances if one.plan_id == record.plan_id and _is_another(one, record)]
        none = self.tr("Only for this performance.")
        if not same_plan:
            none = self.tr("There is no other performance on this plan.")
        sheet = ChoosingSheet(
            panel, self.tr("The same prices also for"), none, [_option(one) for one in same_plan], panel.others
        )
        sheet.given.connect(lambda keys: panel.choose_others(sorted(keys)))
        sheet.open()


def performance_words(one: PerformanceRecord) -> str:
    """Return what a performance is called: its title and when it is."""
    return f"{one.title}, {shown_moment(one.starts_at, one.time_zone)}"


def _is_another(one: PerformanceRecord, record: PerformanceRecord) -> bool:
    return not one.archived and one.performance_id != record.performance_id


def _option(one: PerformanceRecord) -> Option:
    where = one.venue if one.plan == one.venue else f"{one.venue}, {one.plan}"
    return Option(one.performance_id, performance_words(one), where)
