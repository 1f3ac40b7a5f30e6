"""The questions of the panel of prices, answered by the services of the box office."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos_app.services.prices_together import change_prices, preview_change
from pos_app.services.season.performance_records import list_performance_records
from pos_app.services.season.prices import load_copied_prices, load_price_grid

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QObject

    from pos_app.domain.roles import Actor
    from pos_app.domain.season.performances import PerformanceRecord
    from pos_app.domain.season.prices import CopiedPrices, PriceDraft, PriceGrid, PricePreview
    from pos_app.ui.background import Background, Reply


class BoundPrices:
    """Answers for one person at one till; see PriceServices."""

    def __init__(self, background: Background, actor: Actor) -> None:
        self._background = background
        self._actor = actor

    def grid(self, owner: QObject, performance_id: int) -> Reply[PriceGrid]:
        """Read the prices of a performance."""
        return self._background.read_latest(owner, "prices", load_price_grid, self._actor, performance_id)

    def preview(
        self, owner: QObject, performance_ids: Sequence[int], wanted: PriceDraft
    ) -> Reply[tuple[PricePreview, ...]]:
        """Ask what would be different."""
        return self._background.read(owner, preview_change, self._actor, performance_ids, wanted)

    def change(self, owner: QObject, before: Sequence[PriceGrid], wanted: PriceDraft) -> Reply[tuple[PriceGrid, ...]]:
        """Save prices and fees."""
        return self._background.write(owner, change_prices, self._actor, before, wanted)

    def copied(self, owner: QObject, from_id: int, to_id: int) -> Reply[CopiedPrices]:
        """Read the prices of one performance for another."""
        return self._background.read_latest(owner, "copied prices", load_copied_prices, self._actor, from_id, to_id)

    def performances(self, owner: QObject) -> Reply[tuple[PerformanceRecord, ...]]:
        """Read all performances."""
        return self._background.read_latest(owner, "performances", list_performance_records, self._actor)
