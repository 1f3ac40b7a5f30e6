"""The door screen's questions, bound to the services."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos_app.services.door.check_in import check_in, undo_check_in
from pos_app.services.door.guest_lists import count_guests, find_guests, list_door_performances, list_scans

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from pos_app.domain.door.check_in import DoorCounts, DoorPerformance, GuestTicket, Scan, ScanEntry, ScanResult
    from pos_app.domain.roles import Actor
    from pos_app.ui.background import Background, Reply


class BoundDoor:
    """DoorServices for one person at one till."""

    def __init__(self, background: Background, actor: Actor) -> None:
        self._background = background
        self._actor = actor

    def performances(self, owner: QObject) -> Reply[tuple[DoorPerformance, ...]]:
        """List the performances that a gate can be set to."""
        return self._background.read_latest(owner, "performances", list_door_performances)

    def check_in(self, owner: QObject, scan: Scan) -> Reply[ScanResult]:
        """Judge a scan and record it."""
        return self._background.write(owner, check_in, self._actor, scan)

    def undo(self, owner: QObject, check_in_id: int) -> Reply[ScanResult]:
        """Take back an admission."""
        return self._background.write(owner, undo_check_in, self._actor, check_in_id)

    def last_scans(self, owner: QObject, performance_id: int) -> Reply[tuple[ScanEntry, ...]]:
        """List the last twenty scans."""
        return self._background.read_latest(owner, "last_scans", list_scans, performance_id)

    def counts(self, owner: QObject, performance_id: int) -> Reply[DoorCounts]:
        """Count the guests inside and the tickets expected."""
        return self._background.read_latest(owner, "counts", count_guests, performance_id)

    def find_guests(self, owner: QObject, performance_id: int, query: str) -> Reply[tuple[GuestTicket, ...]]:
        """Find tickets by order number, name or seat."""
        return self._background.read_latest(owner, "guests", find_guests, performance_id, query)
