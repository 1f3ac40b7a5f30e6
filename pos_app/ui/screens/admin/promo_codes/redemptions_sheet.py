"""Who used a promo code, when, and what it saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedWidget

from pos_app.domain.codes import grouped
from pos_app.ui.records.table.columns import Column
from pos_app.ui.records.table.view import RecordTable
from pos_app.ui.widgets.empty_state import EmptyState
from pos_app.ui.widgets.labels import text_label
from pos_app.ui.widgets.sheets.base import Sheet
from pos_app.ui.words.amounts import shown_amount, shown_sum
from pos_app.ui.words.sentences import spoken_count
from pos_app.ui.words.times import shown_dated_moment

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from pos_app.domain.promo_codes.records import Redemption

_HEIGHT = 400


class RedemptionsSheet(Sheet):
    """A table of the uses, the latest first. Signals: those of Sheet."""

    def __init__(self, parent: QWidget, title: str, redemptions: Sequence[Redemption], time_zone: str) -> None:
        super().__init__(parent, title, width=900)
        columns: tuple[Column[Redemption], ...] = (
            Column(
                "at", self.tr("When"), lambda one: shown_dated_moment(one.at, time_zone), lambda one: one.at, width=190
            ),
            Column("order", self.tr("Order"), lambda one: grouped(one.order_number), width=120, strong=True),
            Column("code", self.tr("Code"), lambda one: one.code, lower=lambda one: one.customer_name),
            Column(
                "saved",
                self.tr("Saved"),
                lambda one: shown_amount(one.saved_minor, one.currency),
                lambda one: one.saved_minor,
                width=100,
                right=True,
            ),
            Column("till", self.tr("Till"), lambda one: one.till, width=110),
            Column("state", "", lambda one: self.tr("Taken back") if one.undone else "", width=110),
        )
        self.table = RecordTable(
            "redemptions",
            columns,
            key=lambda one: (one.order_number, one.code),
            search=lambda one: (one.order_number, one.code),
            is_faded=lambda one: one.undone,
        )
        self.table.show_records(redemptions)
        pages = QStackedWidget()
        pages.addWidget(self.table)
        pages.addWidget(EmptyState("tag", self.tr("Not used yet"), self.tr("Each order that takes it appears here.")))
        pages.setCurrentIndex(0 if redemptions else 1)
        self.summary = text_label(self._summary(redemptions), "muted", wrap=True)
        self.body.addWidget(pages)
        self.let_give_way(pages, _HEIGHT)
        self.body.addWidget(self.summary)
        self.summary.setVisible(bool(redemptions))
        self.add_button(self.tr("Close"), "Esc").clicked.connect(self.cancel)

    def _summary(self, redemptions: Sequence[Redemption]) -> str:
        standing = [one for one in redemptions if not one.undone]
        saved = shown_sum((one.saved_minor, one.currency) for one in standing)
        if not standing:
            return self.tr("All were taken back.")
        return spoken_count(
            "Used once, saved {saved} in all.", "Used {count} times, saved {saved} in all.", len(standing), saved=saved
        )
