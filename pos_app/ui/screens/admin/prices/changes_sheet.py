"""What will be different, before it is saved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QScrollArea, QWidget

from pos_app.ui.widgets.labels import text_label
from pos_app.ui.widgets.sheets.base import Sheet
from pos_app.ui.words.amounts import shown_amount
from pos_app.ui.words.evenings import shown_when
from pos_app.ui.words.lists import listed
from pos_app.ui.words.sentences import spoken_count

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pos_app.domain.season.prices import PriceChange, PriceDraft, PricePreview

_ROW: Final = 30
_TALLEST: Final = 400


class ChangesSheet(Sheet):
    """Each price with its old and new amount, the tickets that keep what was paid, the places in baskets.

    Signals: agreed().
    """

    agreed = Signal()

    def __init__(self, parent: QWidget, previews: Sequence[PricePreview], wanted: PriceDraft) -> None:
        super().__init__(parent, self.tr("This will change"), width=760)
        sold = sum(change.sold for one in previews for change in one.changes)
        words = self.tr("Baskets that are open are told the new total before any money moves.")
        if sold:
            words = self.tr(
                "Tickets that are sold keep what was paid for them. "
                "Baskets that are open are told the new total before any money moves."
            )
        self.body.addWidget(text_label(words, wrap=True))
        self.lines: list[tuple[str, ...]] = []
        rows = QWidget()
        self._grid = QGridLayout(rows)
        self._grid.setContentsMargins(0, 0, 10, 0)
        self._grid.setHorizontalSpacing(18)
        self._grid.setVerticalSpacing(8)
        for column, heading in ((1, self.tr("Now")), (2, self.tr("From now on"))):
            self._grid.addWidget(text_label(heading, "small"), 0, column, Qt.AlignmentFlag.AlignRight)
        for one in previews:
            self._add_performance(one, wanted)
        for at, share in enumerate((3, 2, 2, 4)):
            self._grid.setColumnStretch(at, share)
        self._grid.setRowStretch(self._grid.rowCount(), 1)
        area = QScrollArea()
        area.setWidget(rows)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.body.addWidget(area)
        self.let_give_way(area, min(_TALLEST, _ROW * self._grid.rowCount() + 6))
        many = spoken_count("Save on {count} performance", "Save on {count} performances", len(previews))
        self.yes = self.add_button(self.tr("Save") if len(previews) == 1 else many, "Return", variant="primary")
        self.no = self.add_button(self.tr("Back to the prices"), "Esc")
        self.yes.clicked.connect(self._on_yes)
        self.no.clicked.connect(self.cancel)

    def _add_performance(self, one: PricePreview, wanted: PriceDraft) -> None:
        heading = f"{one.title}, {shown_when(one)}"
        row = self._grid.rowCount()
        self._grid.addWidget(text_label(heading, "heading", wrap=True), row, 0, 1, 4)
        currency = one.grid.currency
        lines = [
            (f"{change.category}, {change.ticket_type}", change.before_minor, change.after_minor, self._who(change))
            for change in one.changes
        ]
        fees = (
            (self.tr("Fee a ticket"), one.grid.ticket_fee_minor, wanted.ticket_fee_minor),
            (self.tr("Fee an order"), one.grid.order_fee_minor, wanted.order_fee_minor),
        )
        lines += [(name, before, after, "") for name, before, after in fees if before != after]
        for name, before, after, who in lines:
            self._add_line(name, self._words(before, currency), self._words(after, currency), who)
        if not lines:
            self._add_line(self.tr("Nothing: it has these prices already."), "", "", "")

    def _add_line(self, name: str, before: str, after: str, who: str) -> None:
        row = self._grid.rowCount()
        self.lines.append((name, before, after, who))
        top = Qt.AlignmentFlag.AlignTop
        self._grid.addWidget(text_label(name, wrap=True), row, 0, top)
        self._grid.addWidget(text_label(before, "muted"), row, 1, top | Qt.AlignmentFlag.AlignRight)
        self._grid.addWidget(text_label(after, "strong"), row, 2, top | Qt.AlignmentFlag.AlignRight)
        self._grid.addWidget(text_label(who, "muted", wrap=True), row, 3, top)

    def _words(self, amount: int | None, currency: str) -> str:
        return self.tr("not offered") if amount is None else shown_amount(amount, currency)

    def _who(self, change: PriceChange) -> str:
        told = []
        if change.sold:
            told.append(spoken_count("{count} ticket sold", "{count} tickets sold", change.sold))
        if change.held:
            told.append(spoken_count("{count} place in a basket", "{count} places in baskets", change.held))
        return listed(told)

    def _on_yes(self) -> None:
        self.close_sheet()
        self.agreed.emit()
