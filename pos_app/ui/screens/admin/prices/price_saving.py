"""The way of changed prices to the database: what will change is told, two managers are told of each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject

from pos_app.domain.editing import ChangedMeanwhile, FieldRefused
from pos_app.domain.season.prices import PriceDraft, PriceGrid
from pos_app.ui.records.change_guard import Values, contested, merged
from pos_app.ui.records.conflict_sheet import ConflictSheet, Difference
from pos_app.ui.screens.admin.prices.changes_sheet import ChangesSheet
from pos_app.ui.words.amounts import counted, shown_amount
from pos_app.ui.words.messages import Level, Message, message_for

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pos_app.domain.season.prices import PricePreview
    from pos_app.ui.screens.admin.prices.panel import PricesPanel
    from pos_app.ui.screens.admin.prices.services import PriceServices

_TOAST_SECONDS: Final = 12
_FEES: Final = ("ticket_fee_minor", "order_fee_minor")


class PriceSaving(QObject):
    """Works for the panel of prices; one change at a time. No signals."""

    def __init__(self, panel: PricesPanel, services: PriceServices) -> None:
        super().__init__(panel)
        self._panel = panel
        self._services = services
        self._waiting: Callable[[], object] | None = None
        self.is_busy = False

    def wait(self, go_on: Callable[[], object]) -> None:
        """Go on when the change that is on its way has come to an end."""
        self._waiting = go_on

    def save(self, then: Callable[[], object] | None = None) -> None:
        """Save what the panel holds; then: what to do once it is stored."""
        panel = self._panel
        wanted = panel.read()
        if self.is_busy or panel.grid is None or wanted is None:
            return
        ids = (panel.grid.performance_id, *panel.others)
        self._begin()
        self._services.preview(panel, ids, wanted).then(
            lambda previews: self._on_preview(previews, wanted, then), lambda error: self._on_failed(error, then)
        )

    def _on_preview(
        self, previews: Sequence[PricePreview], wanted: PriceDraft, then: Callable[[], object] | None
    ) -> None:
        self._end()
        before = self._panel.grid
        if before is None or before.performance_id != previews[0].grid.performance_id:
            return
        if draft_of(previews[0].grid) != draft_of(before):
            self._ask_what_holds(before, previews[0].grid, wanted, then)
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
        self._begin()
        self._services.change(self._panel, before, wanted).then(
            lambda saved: self._on_saved(before, saved, then), lambda error: self._on_failed(error, then)
        )

    def _on_saved(
        self, before: Sequence[PriceGrid], saved: Sequence[PriceGrid], then: Callable[[], object] | None
    ) -> None:
        panel = self._panel
        panel.show_grid(saved[0])
        self._end()
        words = counted(
            len(saved), self.tr("The prices are saved."), self.tr("The prices are saved on {0} performances.")
        )
        if len(saved) == 1:
            undo = draft_of(before[0])
            message = Message(words, "", Level.OK, self.tr("Undo"), lambda: self._put_back(saved, undo))
        else:
            message = Message(words, "", Level.OK)
        panel.say(message, _TOAST_SECONDS)
        panel.saved.emit(tuple(saved))
        if then is not None:
            then()

    def _put_back(self, saved: Sequence[PriceGrid], undo: PriceDraft) -> None:
        self._panel.leave(lambda: self._send(saved, undo, None))

    def _on_failed(self, error: Exception, then: Callable[[], object] | None) -> None:
        self._end()
        panel = self._panel
        if isinstance(error, ChangedMeanwhile) and isinstance(error.current, PriceGrid):
            wanted = panel.read()
            if panel.grid is not None and wanted and error.current.performance_id == panel.grid.performance_id:
                self._ask_what_holds(panel.grid, error.current, wanted, then)
                return
        elsewhere = panel.fees.show_problems(error.fields) if isinstance(error, FieldRefused) else None
        if elsewhere == ():
            return
        message = message_for(error)
        advice = f"{message.advice} {self.tr('What you typed is still here.')}".strip()
        panel.say(Message(message.text, advice, message.level, self.tr("Try again"), lambda: self.save(then)))

    def _ask_what_holds(
        self, before: PriceGrid, current: PriceGrid, wanted: PriceDraft, then: Callable[[], object] | None
    ) -> None:
        """Somebody else changed the same prices: what both changed is chosen, the rest put together."""
        base, mine, theirs = (_values(draft_of(before)), _values(wanted), _values(draft_of(current)))
        names = base.keys() | mine.keys() | theirs.keys()
        base, mine, theirs = ({name: one.get(name) for name in sorted(names)} for one in (base, mine, theirs))
        disputed = contested(base, mine, theirs)
        if not disputed:
            self._take(current, merged(base, mine, theirs, ()), then)
            return
        sheet = ConflictSheet(
            self._panel,
            self.tr("Changed meanwhile"),
            self.tr("Somebody else changed these prices after you opened them. Choose what is to hold."),
            [
                Difference(
                    name,
                    self._panel.name_of(name),
                    self._words(mine[name], current.currency),
                    self._words(theirs[name], current.currency),
                    touched=mine[name] != base[name],
                )
                for name in disputed
            ],
        )
        sheet.settled.connect(lambda keep: self._take(current, merged(base, mine, theirs, keep), then))
        sheet.open()

    def _take(self, current: PriceGrid, values: Values, then: Callable[[], object] | None) -> None:
        """Go on from what is stored now, with the values that were agreed on."""
        others = self._panel.others
        self._panel.show_grid(current)
        self._panel.choose_others(others)
        self._panel.show_draft(_draft(values))
        self.save(then)

    def _words(self, amount: object, currency: str) -> str:
        return shown_amount(amount, currency) if isinstance(amount, int) else self.tr("not offered")

    def _begin(self) -> None:
        self.is_busy = True
        self._panel.show_busy(True)

    def _end(self) -> None:
        self.is_busy = False
        self._panel.show_busy(False)
        waiting, self._waiting = self._waiting, None
        if waiting is not None:
            waiting()


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
