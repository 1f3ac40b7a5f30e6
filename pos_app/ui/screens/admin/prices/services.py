"""What the panel of prices asks for; bound_services binds it to the real thing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QObject

    from pos_app.domain.season.performances import PerformanceRecord
    from pos_app.domain.season.prices import CopiedPrices, PriceDraft, PriceGrid, PricePreview
    from pos_app.ui.records.kind import Answer


class PriceServices(Protocol):
    """`owner` is who wants the answer. Errors: FieldRefused, ChangedMeanwhile, any PosError."""

    def grid(self, owner: QObject, performance_id: int) -> Answer[PriceGrid]:
        """Read the prices of a performance."""
        ...

    def preview(
        self, owner: QObject, performance_ids: Sequence[int], wanted: PriceDraft
    ) -> Answer[Sequence[PricePreview]]:
        """Ask what would be different on each of these performances."""
        ...

    def change(self, owner: QObject, before: Sequence[PriceGrid], wanted: PriceDraft) -> Answer[Sequence[PriceGrid]]:
        """Save prices and fees of performances, all or none; before: each as it was read."""
        ...

    def copied(self, owner: QObject, from_id: int, to_id: int) -> Answer[CopiedPrices]:
        """Read the prices of one performance for another."""
        ...

    def performances(self, owner: QObject) -> Answer[Sequence[PerformanceRecord]]:
        """Read all performances, by time."""
        ...
