"""The questions of the panel of kept seats, answered by the services of the box office."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos_app.services.season.kept_seats import change_kept, list_kept_back, release_kept
from pos_app.services.season.kept_together import keep_together
from pos_app.services.season.performance_records import list_performance_records
from pos_app.ui.seat_map.live_map import LiveMap

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtCore import QObject

    from pos_app.domain.roles import Actor
    from pos_app.domain.season.kept_seats import KeepChoice, KeepDraft, KeptRecord
    from pos_app.domain.season.performances import PerformanceRecord
    from pos_app.ui.background import Background, Reply
    from pos_app.ui.seat_map import MapSight


class BoundKeptSeats:
    """Answers for one person at one till; see KeptServices."""

    def __init__(self, background: Background, actor: Actor) -> None:
        self._background = background
        self._actor = actor

    def live_map(self, sight: Callable[[], MapSight], parent: QObject) -> LiveMap:
        """Follow a performance."""
        return LiveMap(self._background, sight, parent)

    def kept(self, owner: QObject, performance_id: int) -> Reply[tuple[KeptRecord, ...]]:
        """Read what is kept back."""
        return self._background.read_latest(owner, "kept seats", list_kept_back, self._actor, performance_id)

    def keep(
        self, owner: QObject, request_id: str, performance_ids: Sequence[int], choice: KeepChoice, wanted: KeepDraft
    ) -> Reply[tuple[KeptRecord, ...]]:
        """Keep places back."""
        return self._background.write(owner, keep_together, self._actor, request_id, performance_ids, choice, wanted)

    def change(self, owner: QObject, before: KeptRecord, wanted: KeepDraft) -> Reply[KeptRecord]:
        """Give another reason or another time."""
        return self._background.write(owner, change_kept, self._actor, before, wanted)

    def release(self, owner: QObject, kept_id: int, seat_ids: Sequence[int] | None) -> Reply[KeptRecord | None]:
        """Put seats on sale again."""
        return self._background.write(owner, release_kept, self._actor, kept_id, seat_ids)

    def performances(self, owner: QObject) -> Reply[tuple[PerformanceRecord, ...]]:
        """Read all performances."""
        return self._background.read_latest(owner, "performances", list_performance_records, self._actor)
