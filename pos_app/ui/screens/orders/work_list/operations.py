"""What a work list asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos_app.domain.codes import new_request_id
from pos_app.domain.orders.work_lists import OpenWorkList
from pos_app.flows.work_lists import end_around_orders, work_off_order
from pos_app.services.orders.work_lists.lists import close_work_list, open_work_list
from pos_app.services.orders.work_lists.reading import list_work_lists, look_for_work
from pos_app.services.orders.work_lists.steps import aim_work_list
from pos_app.services.orders.work_lists.targets import list_move_targets

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from pos_app.domain.orders.work_lists import MoveTarget, WorkDone, WorkListRow, WorkOutlook, WorkStep
    from pos_app.ui.background import Reply
    from pos_app.ui.office import Office


class WorkListOperations:
    """Reading, opening, working off and closing lists; `owner` is who wants the answer."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._open_requests: dict[int, str] = {}

    def look(self, owner: QObject, performance_id: int) -> Reply[WorkOutlook]:
        """Read the list of a performance, or what one would hold."""
        return self._office.read_latest(owner, "work list", look_for_work, performance_id)

    def lists(self, owner: QObject) -> Reply[tuple[WorkListRow, ...]]:
        """Read which lists are open, and which performances wait for one."""
        return self._office.read_latest(owner, "work lists", list_work_lists)

    def targets(self, owner: QObject, performance_id: int) -> Reply[tuple[MoveTarget, ...]]:
        """Read to where the orders of a performance can be moved."""
        return self._office.read_latest(owner, "move targets", list_move_targets, performance_id)

    def open(self, owner: QObject, performance_id: int, reason: str = "") -> Reply[int]:
        """Open a list; asked for once more after its answer was lost, it is the same request."""
        request_id = self._open_requests.setdefault(performance_id, new_request_id())
        return self._office.write(owner, open_work_list, OpenWorkList(request_id, performance_id, reason))

    def note_opened(self, performance_id: int) -> None:
        """The next list of a performance is another one."""
        self._open_requests.pop(performance_id, None)

    def aim(self, owner: QObject, list_id: int, performance_id: int) -> Reply[None]:
        """Remember to where the orders of a list go."""
        return self._office.write(owner, aim_work_list, list_id, performance_id)

    def work_off(self, owner: QObject, step: WorkStep) -> Reply[WorkDone]:
        """Work off one order."""
        return self._office.run_flow(owner, work_off_order, step)

    def end_around(self, owner: QObject, list_id: int) -> Reply[None]:
        """End all waiting for the performance of a list, and its resale."""
        return self._office.run_flow(owner, end_around_orders, list_id)

    def close(self, owner: QObject, list_id: int) -> Reply[None]:
        """Close a list."""
        return self._office.write(owner, close_work_list, list_id)
