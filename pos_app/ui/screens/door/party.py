"""The others of an order: offered beside the verdict of one of them, and let in by one key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from pos_app.domain.codes import new_request_id
from pos_app.domain.door.check_in import Verdict
from pos_app.domain.door.order_party import PartyScan
from pos_app.domain.errors import PosError
from pos_app.domain.steady_clock import steady_seconds
from pos_app.ui.screens.door.panel_words import party_words, unchecked_party_words
from pos_app.ui.screens.door.scan_queue import LATE_SECONDS
from pos_app.ui.screens.door.verdict_look import DoorState
from pos_app.ui.words.sentences import spoken_count

if TYPE_CHECKING:
    from pos_app.domain.door.check_in import ScanResult
    from pos_app.domain.door.order_party import OrderParty, PartyResult
    from pos_app.ui.screens.door.operations import DoorOperations
    from pos_app.ui.screens.door.scan_queue import ScanQueue
    from pos_app.ui.screens.door.telling import Telling


class OrderParties(QObject):
    """Asks who else belongs to the guest in front, and lets them in when the steward says so.

    Signals:
        admitted(tuple[ScanResult, ...]): these came in together.
        failed(Exception): it is not known who else belongs to the guest.
    """

    admitted = Signal(object)
    failed = Signal(object)

    def __init__(self, operations: DoorOperations, queue: ScanQueue, telling: Telling, parent: QObject) -> None:
        super().__init__(parent)
        self._operations = operations
        self._queue = queue
        self._telling = telling
        self._gate = ""
        self._asked_for = 0
        self._offered: PartyScan | None = None
        self._asked_at: float | None = None
        self._more = 0
        """So many of the order are not offered yet."""
        telling.panel.group_button.clicked.connect(self._on_admit)
        telling.changed.connect(self._withdraw)

    def look(self, result: ScanResult, gate: str) -> None:
        """A guest was let in at a gate: ask who else is expected with them."""
        self._gate = gate
        if result.verdict is not Verdict.ADMITTED or not result.order_number:
            return
        self._ask(result.check_in_id)

    def _ask(self, check_in_id: int) -> None:
        self._asked_for = check_in_id
        self._operations.others_of_order(self, check_in_id).then(self._on_found, self.failed.emit)

    def _withdraw(self) -> None:
        """Something else stands there now."""
        self._asked_for = 0
        self._offered = None

    def _on_found(self, party: OrderParty) -> None:
        if not party.others or party.check_in_id != self._asked_for:
            return
        tickets = tuple(one.ticket_id for one in party.others)
        request = new_request_id()
        self._offered = PartyScan(party.check_in_id, self._gate, tickets, request)
        self._more = party.more
        self._offer(len(tickets))

    def _offer(self, others: int) -> None:
        if self._more:
            words = spoken_count("Admit {count} more of this order", "Admit {count} more of this order", others)
            self._telling.panel.offer_group(words)
            return
        self._telling.panel.offer_group(
            spoken_count("Admit the other one of this order", "Admit the other {count} of this order", others)
        )

    def _on_admit(self) -> None:
        offered = self._offered
        if offered is None or self._asked_at is not None or self._queue.waiting:
            # Behind a scan that is being judged, its answer would take that verdict's place.
            return
        self._asked_at = steady_seconds()
        self._telling.panel.offer_group("")
        self._queue.pause()
        self._operations.check_in_others(self, offered).then(
            lambda party: self._on_admitted(offered, party), lambda error: self._on_failed(offered, error)
        )

    def _on_admitted(self, offered: PartyScan, party: PartyResult) -> None:
        late = self._asked_at is not None and steady_seconds() - self._asked_at > LATE_SECONDS
        self._asked_at = None
        state = DoorState.ADMITTED if not party.refused else DoorState.ALREADY_USED
        self._telling.show(DoorState.TOLD_LATE if late else state, party_words(party))
        if late:
            self._telling.call()
        self.admitted.emit(party.admitted)
        self._queue.resume()
        if self._more and not late:
            self._ask(offered.check_in_id)

    def _on_failed(self, offered: PartyScan, error: Exception) -> None:
        self._asked_at = None
        self._telling.show(DoorState.NOT_CHECKED, unchecked_party_words(error))
        # The same request again: whoever is in already, unheard, does not come in twice.
        self._offered = offered
        self._offer(len(offered.ticket_ids))
        self._queue.resume(error)
        if not isinstance(error, PosError):
            raise error
