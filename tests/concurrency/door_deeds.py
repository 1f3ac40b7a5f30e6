"""What a gate's process does of an evening: it scans what the test hands it, and asks again where nobody answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

from pos_app.db import database as database_module
from pos_app.db.connection import dialling
from pos_app.domain.door.check_in import Scan
from pos_app.domain.door.order_party import PartyScan
from pos_app.domain.errors import OutcomeUnknown, ServerBusy, ServerUnreachable
from pos_app.services.door.check_in import check_in
from pos_app.services.door.order_party import check_in_others
from tests.concurrency.till import change

if TYPE_CHECKING:
    from pos_app.domain.door.check_in import ScanResult
    from tests.concurrency.till import Till


def stand_at_gate(till: Till, *, gate: str) -> None:
    """Scan one code after the other each time the test says go with some; tell each verdict, until it says stop.

    tells, where the test says it: tell as well when the first scan is not answered for the first time.

    A scan that got no verdict is checked again under its own nonce, as the steward does. The gate is impatient, so
    that a silence that the test can wait for is a long one for it.
    """
    change(dialling, ANSWER_SECONDS=1, CONNECT_SECONDS=1)
    change(database_module, DEADLINE_SECONDS=1.0, IN_DOUBT_SECONDS=2.0)
    till.database.close()  # the lines that are open are patient ones
    while "stop" not in (told := till.wait()):
        for number, asked in enumerate(told["scans"]):
            tells = bool(told.get("tells")) and not number
            tries, result = _insist(till, Scan(gate=gate, **asked), tells=tells)
            till.say("verdict", _told(result, tries))


def let_parties_in(till: Till, *, gate: str, parties: list[tuple[int, list[int]]]) -> None:
    """Let the others of one order after the other in, each when the test says go; tell how many came in here."""
    for check_in_id, tickets in parties:
        till.wait()
        party = PartyScan(check_in_id, gate, tuple(tickets), uuid4().hex)
        result = till.transact(check_in_others, till.actor, party)
        told = {"in": len(result.admitted), "used": [one.used_gate for one in result.refused]}
        till.say("party", told)


def _insist(till: Till, scan: Scan, *, tells: bool) -> tuple[int, ScanResult]:
    tries = 0
    while True:
        tries += 1
        try:
            return tries, till.database.transact(check_in, till.actor, scan)
        except (ServerUnreachable, ServerBusy, OutcomeUnknown):
            if tells and tries == 1:
                till.say("unanswered")


def _told(result: ScanResult, tries: int) -> dict[str, Any]:
    return {
        "verdict": result.verdict,
        "reason": result.reason,
        "repeated": result.repeated,
        "used_gate": result.used_gate,
        "used_here": result.used_here,
        "used_seconds_ago": result.used_seconds_ago,
        "headline": result.headline,
        "tries": tries,
    }
