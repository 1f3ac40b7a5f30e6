"""The writes of a gate that the fault injector walks through."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from pos_app.domain.door.order_party import PartyScan
from pos_app.services.door.check_in import check_in, undo_check_in
from pos_app.services.door.order_party import check_in_others
from tests.concurrency.fault_deeds import Deed, same

if TYPE_CHECKING:
    from collections.abc import Callable

    from pos_app.db.database import Database
    from pos_app.domain.door.check_in import ScanResult
    from tests.concurrency.fault_stage import Stage


def _judged(result: ScanResult, more_inside: int) -> tuple[Any, ...]:
    told = result.verdict, result.reason, result.advice, result.repeated, result.used_gate, result.used_here
    return *told, bool(result.check_in_id), bool(result.order_number), more_inside


def scan(*, entered: bool = False, leaving: bool = False) -> Callable[[Stage], Deed]:
    """Prepare a scan; entered: the ticket came in at another gate before; leaving: it is on the way out."""

    def prepare(stage: Stage) -> Deed:
        ticket, steward = stage.ticket(), stage.house.steward
        if entered:
            stage.database.transact(check_in, steward, stage.scan(ticket, "Gate 2"))
        scan = replace(stage.scan(ticket, "Gate 1"), leaving=leaving)
        inside = stage.inside()

        def ask(till: Database) -> Any:
            return _judged(till.transact(check_in, steward, scan), stage.inside() - inside)

        return same(ask)

    return prepare


def others(stage: Stage) -> Deed:
    """Let the two others of an order in, one of whom came in at another gate meanwhile."""
    first, second, third = stage.sell(stage.request(3)).ticket_ids
    steward = stage.house.steward
    entry = stage.database.transact(check_in, steward, stage.scan(first, "Gate 1"))
    stage.database.transact(check_in, steward, stage.scan(third, "Gate 2"))
    inside = stage.inside()
    party = PartyScan(entry.check_in_id, "Gate 1", (second, third), uuid4().hex)

    def ask(till: Database) -> Any:
        result = till.transact(check_in_others, steward, party)
        return [[_judged(one, stage.inside() - inside) for one in told] for told in (result.admitted, result.refused)]

    return same(ask)


def undo(stage: Stage) -> Deed:
    ticket, steward = stage.ticket(), stage.house.steward
    entry = stage.database.transact(check_in, steward, stage.scan(ticket, "Gate 1"))
    inside = stage.inside()

    def ask(till: Database) -> Any:
        return _judged(till.transact(undo_check_in, steward, entry.check_in_id), stage.inside() - inside)

    return same(ask)
