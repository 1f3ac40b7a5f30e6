"""The way of changed prices to the database: what will change is told, two managers are told of each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from pos_app.domain.editing import ChangedMeanwhile, FieldRefused
from pos_app.domain.season.prices import PriceDraft, PriceGrid
from pos_app.ui.screens.admin.prices.changes_sheet import ChangesSheet
from pos_app.ui.words.amounts import shown_amount
from pos_app.ui.words.messages import Level, Message, failure_message
from pos_app.ui.words.sentences import spoken_count

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QWidget

    from pos_app.domain.season.prices import PricePreview
    from pos_app.ui.records.change_guard import ChangeGuard, Values
    from pos_app.ui.screens.admin.prices.form import PriceForm
    from pos_app.ui.screens.admin.prices.operations import PriceOperations
    from pos_app.ui.widgets.banner import Banner

_TOAST_SECONDS: Final = 12
_FEES: Final = ("ticket_fee_minor", "order_fee_minor")


class PriceSaving(QObject):
    """Saves what a form of prices holds; one change at a time, with an undo.

    Signals: stored(PriceGrid): the prices as they are stored now, to be shown. rebased(PriceGrid): those that somebody
    else stored, to be shown before what is to hold is typed again. saved(tuple): all grids that were saved.
    """

    stored = Signal(object)
    rebased = Signal(object)
    saved = Signal(object)

    def __init__(
        self, panel: QWidget, operations: PriceOperations, form: PriceForm, banner: Banner, guard: ChangeGuard
    ) -> None:
        super().__init__(panel)
        self._panel = panel
        self._operations = operations
        self._form = form
        self._banner = banner
        self._guard = guard

    def save(self, others: Sequence[int], then: Callable[[], object] | None = None) -> None:
        """Save what the form holds; others: performances that get it, too; then: what to do once it is stored."""
        wanted, grid = self._form.read(), self._form.grid
        if self._guard.is_busy or grid is None or wanted is None:
            return
        self._guard.begin()
        self._operations.preview(self._panel, (grid.performance_id, *others), wanted).then(
            lambda previews: self._on_preview(previews, wanted, then), lambda error: self._on_failed(error, then)
        )

    def _on_preview(
        self, previews: Sequence[PricePreview], wanted: PriceDraft, then: Callable[[], object] | None
    ) -> None:
        self._guard.end()
        before = self._form.grid
        if before is None or before.performance_id != previews[0].grid.performance_id:
            return
        if draft_of(previews[0].grid) != draft_of(before):
            self._settle(before, previews[0].grid, wanted, then)
            return
        grids = (before, *(one.grid for one in previews[1:]))
        concerns = any(one.on_sale or any(change.sold or change.held for change in one.changes) for one in previews)
        if not concerns and len(previews) == 1:
            self._send(grids, wanted, then)
            return
        sheet = ChangesSheet(self._panel, previews, wanted)
        sheet.agreed.connect(lambda: self._send(grids, wanted, then))
        sheet.open()

    def _send(self, before: Sequence[PriceGrid], wanted: PriceDraft, then: Callable[[], object] | None) -> None:
        self._guard.begin()
        self._operations.change(self._panel, before, wanted).then(
            lambda saved: self._on_saved(before, saved, then), lambda error: self._on_failed(error, then)
        )

    def _on_saved(
        self, before: Sequence[PriceGrid], saved: Sequence[PriceGrid], then: Callable[[], object] | None
    ) -> None:
        self.stored.emit(saved[0])
        self._guard.end()
        words = spoken_count("The prices are saved.", "The prices are saved on {count} performances.", len(saved))
        message = Message(words, "", Level.OK)
        if len(saved) == 1:
            undo = draft_of(before[0])
            message = Message(words, "", Level.OK, self.tr("Undo"), lambda: self._put_back(saved, undo))
        self._banner.show_message(message, seconds=_TOAST_SECONDS)
        self.saved.emit(tuple(saved))
        if then is not None:
            then()

    def _put_back(self, saved: Sequence[PriceGrid], undo: PriceDraft) -> None:
        self._guard.leave(lambda: self._send(saved, undo, None))

    def _on_failed(self, error: Exception, then: Callable[[], object] | None) -> None:
        self._guard.end()
        if isinstance(error, ChangedMeanwhile) and isinstance(error.current, PriceGrid):
            wanted, grid = self._form.read(), self._form.grid
            if grid is not None and wanted and error.current.performance_id == grid.performance_id:
                self._settle(grid, error.current, wanted, then)
                return
        elsewhere = self._form.fees.show_problems(error.fields) if isinstance(error, FieldRefused) else None
        if elsewhere == ():
            return
        kept = self.tr("What you typed is still here.")
        self._banner.show_message(failure_message(error, lambda: self._guard.save(then), kept))

    def _settle(
        self, before: PriceGrid, current: PriceGrid, wanted: PriceDraft, then: Callable[[], object] | None
    ) -> None:
        """Somebody else changed the same prices: what both changed is chosen, the rest put together."""

        def take(values: Values) -> None:
            self.rebased.emit(current)
            self._form.show_draft(_draft(values))
            self._guard.save(then)

        base, mine, theirs = (_values(draft_of(before)), _values(wanted), _values(draft_of(current)))
        names = sorted(base.keys() | mine.keys() | theirs.keys())
        base, mine, theirs = ({name: one.get(name) for name in names} for one in (base, mine, theirs))
        self._guard.settle(
            self.tr("Somebody else changed these prices after you opened them. Choose what is to hold."),
            base,
            mine,
            theirs,
            label=self._form.name_of,
            words=lambda _name, amount: self._words(amount, current.currency),
            take=take,
        )

    def _words(self, amount: object, currency: str) -> str:
        return shown_amount(amount, currency) if isinstance(amount, int) else self.tr("not offered")


def draft_of(grid: PriceGrid) -> PriceDraft:
    """Return the prices and fees of a grid as they would be saved."""
    return PriceDraft(dict(grid.amounts), grid.ticket_fee_minor, grid.order_fee_minor)


def _values(draft: PriceDraft) -> Values:
    cells: Values = {f"{category}/{kind}": amount for (category, kind), amount in draft.amounts.items()}
    return {**cells, **{fee: getattr(draft, fee) for fee in _FEES}}


def _draft(values: Values) -> PriceDraft:
    amounts: dict[tuple[int, int], int] = {}
    for name, amount in values.items():
        if "/" in name and isinstance(amount, int):
            category, _, kind = name.partition("/")
            amounts[int(category), int(kind)] = amount
    fees = [amount if isinstance(amount := values[fee], int) else 0 for fee in _FEES]
    return PriceDraft(amounts, fees[0], fees[1])
