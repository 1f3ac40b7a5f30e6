"""What the door screen asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos_app.flows.scan_tickets import scan_ticket
from pos_app.services.door.check_in import undo_check_in
from pos_app.services.door.finding import find_guests
from pos_app.services.door.gates import list_gates
from pos_app.services.door.guest_lists import count_guests, list_door_performances, list_scans
from pos_app.services.door.order_party import check_in_others, others_of_order

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from pos_app.domain.door.check_in import DoorCounts, DoorPerformance, Scan, ScanEntry, ScanResult
    from pos_app.domain.door.finding import FoundGuests
    from pos_app.domain.door.order_party import OrderParty, PartyResult, PartyScan
    from pos_app.ui.background import Reply
    from pos_app.ui.office import Office


class DoorOperations:
    """The work of a steward at a till; `owner` is who wants the answer. Scans and undoing keep their order."""

    def __init__(self, office: Office) -> None:
        self._office = office

    @property
    def till_name(self) -> str:
        """Return what this computer is called."""
        return self._office.actor.till_name

    def performances(self, owner: QObject) -> Reply[tuple[DoorPerformance, ...]]:
        """List the performances that a gate can be set to."""
        return self._office.background.poll(owner, "performances", list_door_performances)

    def check_in(self, owner: QObject, scan: Scan) -> Reply[ScanResult]:
        """Judge a scan and record it."""
        return self._office.run_flow(owner, scan_ticket, scan)

    def undo(self, owner: QObject, check_in_id: int) -> Reply[ScanResult]:
        """Take back an admission."""
        return self._office.write(owner, undo_check_in, check_in_id)

    def last_scans(self, owner: QObject, performance_id: int, gate: str) -> Reply[tuple[ScanEntry, ...]]:
        """List the last twenty scans of a performance, the newest first. gate: those of this till there; "": all."""
        here = (self._office.actor.till_id, gate) if gate else None
        return self._office.background.poll(owner, "last_scans", list_scans, performance_id, here=here)

    def others_of_order(self, owner: QObject, check_in_id: int) -> Reply[OrderParty]:
        """Find the others of the order of a guest who was let in; only the newest question is answered."""
        return self._office.read_latest(owner, "others", others_of_order, check_in_id)

    def check_in_others(self, owner: QObject, party: PartyScan) -> Reply[PartyResult]:
        """Let guests of one order in together."""
        return self._office.write(owner, check_in_others, party)

    def gates(self, owner: QObject) -> Reply[tuple[str, ...]]:
        """List the names of gates that this house has used."""
        return self._office.background.poll(owner, "gates", list_gates)

    def counts(self, owner: QObject, performance_id: int) -> Reply[DoorCounts]:
        """Count the guests inside and the tickets expected."""
        return self._office.background.poll(owner, "counts", count_guests, performance_id)

    def find_guests(self, owner: QObject, performance_id: int, query: str) -> Reply[FoundGuests]:
        """Find tickets of a performance by order number, name or seat."""
        return self._office.background.read_latest(owner, "guests", find_guests, performance_id, query)
