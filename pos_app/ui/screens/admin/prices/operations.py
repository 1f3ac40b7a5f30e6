"""What the panel of prices asks of the box office."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos_app.services.season.performance_records import list_performance_records
from pos_app.services.season.prices import load_copied_prices, load_price_grid
from pos_app.services.season.prices_together import change_prices, preview_change

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QObject

    from pos_app.domain.season.performances import PerformanceRecord
    from pos_app.domain.season.prices import CopiedPrices, PriceDraft, PriceGrid, PricePreview
    from pos_app.ui.background import Reply
    from pos_app.ui.office import Office


class PriceOperations:
    """`owner` is who wants the answer. Errors: FieldRefused, ChangedMeanwhile, any PosError."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def grid(self, owner: QObject, performance_id: int) -> Reply[PriceGrid]:
        """Read the prices of a performance."""
        return self._office.read_latest(owner, "prices", load_price_grid, performance_id)

    def preview(
        self, owner: QObject, performance_ids: Sequence[int], wanted: PriceDraft
    ) -> Reply[tuple[PricePreview, ...]]:
        """Ask what would be different on each of these performances."""
        return self._office.read(owner, preview_change, performance_ids, wanted)

    def change(self, owner: QObject, before: Sequence[PriceGrid], wanted: PriceDraft) -> Reply[tuple[PriceGrid, ...]]:
        """Save prices and fees of performances, all or none; before: each as it was read."""
        return self._office.write(owner, change_prices, before, wanted)

    def copied(self, owner: QObject, from_id: int, to_id: int) -> Reply[CopiedPrices]:
        """Read the prices of one performance for another."""
        return self._office.read_latest(owner, "copied prices", load_copied_prices, from_id, to_id)

    def performances(self, owner: QObject) -> Reply[tuple[PerformanceRecord, ...]]:
        """Read all performances, by time."""
        return self._office.read_latest(owner, "performances", list_performance_records)
