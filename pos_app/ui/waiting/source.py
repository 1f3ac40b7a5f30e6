"""Where waiting lists come from, for every screen that shows one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos_app.domain.roles import Permission
from pos_app.services.waiting.joining import join, leave, move_up
from pos_app.services.waiting.lists import change_list, close_list, open_list
from pos_app.services.waiting.offers import withdraw
from pos_app.services.waiting.rows import find_waiting, load_waiting

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from pos_app.domain.waiting.entries import JoinRequest, Queue, QueueEntry
    from pos_app.domain.waiting.rows import WaitingPage, WaitingRow
    from pos_app.ui.background import Reply
    from pos_app.ui.office import Office


class WaitingSource:
    """Asks for waiting lists and has them changed, off the thread of the window."""

    def __init__(self, office: Office) -> None:
        self._office = office

    @property
    def may_decide(self) -> bool:
        """Tell whether the person opens and closes lists, and decides who comes first."""
        return self._office.actor.may(Permission.MANAGE)

    @property
    def may_serve(self) -> bool:
        """Tell whether the person lets parties join, and sells what is offered."""
        return self._office.actor.may(Permission.WAITING)

    @property
    def till_name(self) -> str:
        """Return how this till is called."""
        return self._office.actor.till_name

    def page(self, owner: QObject, performance_id: int, *, closed: bool = False) -> Reply[WaitingPage]:
        """Read the list of a performance."""
        return self._office.read_latest(owner, "waiting", load_waiting, performance_id, closed=closed)

    def find(self, owner: QObject, text: str, performance_id: int | None) -> Reply[tuple[WaitingRow, ...]]:
        """Find parties; with nothing typed, all that are offered something."""
        return self._office.read_latest(owner, "parties", find_waiting, text, performance_id)

    def join(self, owner: QObject, request: JoinRequest) -> Reply[QueueEntry]:
        """Put a party on the list."""
        return self._office.write(owner, join, request)

    def leave(self, owner: QObject, request_id: str, row: WaitingRow) -> Reply[QueueEntry]:
        """Take a party off, as it was shown."""
        return self._office.write(owner, leave, request_id, row.entry.entry_id, row.entry.revision)

    def move_up(self, owner: QObject, request_id: str, row: WaitingRow, reason: str) -> Reply[QueueEntry]:
        """Let a party be the next one."""
        return self._office.write(owner, move_up, request_id, row.entry.entry_id, row.entry.revision, reason)

    def withdraw(self, owner: QObject, request_id: str, offer_id: int, reason: str) -> Reply[QueueEntry]:
        """Take an offer back."""
        return self._office.write(owner, withdraw, request_id, offer_id, reason)

    def open_list(self, owner: QObject, request_id: str, performance_id: int, minutes: int) -> Reply[Queue]:
        """Open the list of a performance."""
        return self._office.write(owner, open_list, request_id, performance_id, offer_minutes=minutes)

    def close_list(self, owner: QObject, request_id: str, performance_id: int, reason: str) -> Reply[Queue]:
        """Close it, with a letter to each who waits."""
        return self._office.write(owner, close_list, request_id, performance_id, reason)

    def change_list(self, owner: QObject, performance_id: int, minutes: int) -> Reply[Queue]:
        """Let offers stand longer, or shorter."""
        return self._office.write(owner, change_list, performance_id, offer_minutes=minutes)
