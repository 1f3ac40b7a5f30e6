"""The prices and fees of one performance, as they are typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from pos_app.domain.editing import FieldRefused
from pos_app.domain.season.prices import PriceDraft
from pos_app.ui.records.fields.base import Field
from pos_app.ui.records.fields.number_fields import MoneyField
from pos_app.ui.records.form import RecordForm
from pos_app.ui.screens.admin.prices.model import PriceModel
from pos_app.ui.screens.admin.prices.table import PriceTable
from pos_app.ui.widgets.boxes import column
from pos_app.ui.widgets.labels import text_label
from pos_app.ui.words.lists import labelled

if TYPE_CHECKING:
    from pos_app.domain.season.prices import PriceGrid

SIDE: Final = 14
_FEES_HEIGHT: Final = 104


class PriceForm(QWidget):
    """A grid of category by ticket type, and the fees below it; `notes` is a column between, for what is said.

    Signals: edited(): it holds something else, or a person began to type.
    """

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.grid: PriceGrid | None = None
        self.model = PriceModel()
        self.table = PriceTable(self.model)
        self._fees = MoneyField(""), MoneyField("")
        self.fees = RecordForm(
            (
                Field("ticket_fee_minor", self.tr("Fee a ticket"), self._fees[0], half=True),
                Field("order_fee_minor", self.tr("Fee an order"), self._fees[1], half=True),
            ),
            side=SIDE,
        )
        self.fees.setFixedHeight(_FEES_HEIGHT)
        self.wrong = text_label("", "small", tone="danger", wrap=True)
        self.notes = column(self.wrong, margins=(SIDE, 6, SIDE, 8))
        column((self.table, 1), self.notes, self.fees, inside=self, spacing=0)
        self.setFocusProxy(self.table)
        for edited in (self.model.edited, self.table.typing, self.fees.edited):
            edited.connect(self._on_edited)

    @property
    def is_dirty(self) -> bool:
        """Tell whether anything is not as it is stored."""
        return self.grid is not None and (self.model.is_dirty or self.fees.is_dirty or self.table.is_typing)

    def clear(self) -> None:
        """Hold no prices."""
        self.grid = None

    def show_grid(self, grid: PriceGrid) -> None:
        """Show prices as they are stored; nothing is unsaved then."""
        self.grid = grid
        for field in self._fees:
            field.set_currency(grid.currency)
        self.model.show_grid(grid)
        self.fees.show_values({name: getattr(grid, name) for name in self.fees.names})

    def show_draft(self, draft: PriceDraft) -> None:
        """Show other prices and fees, as if a person had typed them."""
        self.model.show_amounts(draft.amounts)
        self.fees.change_values({"ticket_fee_minor": draft.ticket_fee_minor, "order_fee_minor": draft.order_fee_minor})

    def read(self) -> PriceDraft | None:
        """Return what is typed; None, and said beside each, when anything cannot be read."""
        self.table.finish()
        amounts, problems = self.model.read()
        try:
            fees = self.fees.values()
        except FieldRefused as error:
            self.fees.show_problems(error.fields)
            return None
        if problems:
            self._show_wrong()
            self.table.begin()
            self.table.setCurrentIndex(self.model.index_of(next(iter(problems))))
            return None
        ticket, order = fees["ticket_fee_minor"], fees["order_fee_minor"]
        return PriceDraft(amounts, ticket if isinstance(ticket, int) else 0, order if isinstance(order, int) else 0)

    def name_of(self, field: str) -> str:
        """Return what a fee or a cell ("category/type", by id) is called."""
        if "/" not in field:
            return self.fees.label(field)
        category, _, kind = field.partition("/")
        return self.model.name_of((int(category), int(kind)))

    def pause(self, paused: bool) -> None:  # noqa: FBT001 - one flag, named by the method
        """Take no keys for a while."""
        self.table.pause(paused)
        self.fees.setEnabled(not paused)

    def _on_edited(self) -> None:
        self._show_wrong()
        self.edited.emit()

    def _show_wrong(self) -> None:
        _, problems = self.model.read()
        lines = [labelled(self.model.name_of(kind), problem) for kind, problem in problems.items()]
        self.wrong.setText("\n".join(lines[:3]))
        self.wrong.setVisible(bool(lines))
