"""What the panel of kept seats asks for; bound_services binds it to the real thing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtCore import QObject

    from pos_app.domain.season.kept_seats import KeepChoice, KeepDraft, KeptRecord
    from pos_app.domain.season.performances import PerformanceRecord
    from pos_app.ui.records.kind import Answer
    from pos_app.ui.seat_map import MapSight
    from pos_app.ui.seat_map.live_map import LiveMap


class KeptServices(Protocol):
    """`owner` is who wants the answer. Errors: KeepRefused, FieldRefused, ChangedMeanwhile, any PosError."""

    def live_map(self, sight: Callable[[], MapSight], parent: QObject) -> LiveMap:
        """Return what follows the states of a performance."""
        ...

    def kept(self, owner: QObject, performance_id: int) -> Answer[Sequence[KeptRecord]]:
        """Read what is kept back of a performance."""
        ...

    def keep(
        self, owner: QObject, request_id: str, performance_ids: Sequence[int], choice: KeepChoice, wanted: KeepDraft
    ) -> Answer[Sequence[KeptRecord]]:
        """Keep places back on performances, all or none; the same request keeps them once."""
        ...

    def change(self, owner: QObject, before: KeptRecord, wanted: KeepDraft) -> Answer[KeptRecord]:
        """Give another reason or another time."""
        ...

    def release(self, owner: QObject, kept_id: int, seat_ids: Sequence[int] | None) -> Answer[KeptRecord | None]:
        """Put seats on sale again, None: all; the answer is what is still kept."""
        ...

    def performances(self, owner: QObject) -> Answer[Sequence[PerformanceRecord]]:
        """Read all performances, by time."""
        ...
