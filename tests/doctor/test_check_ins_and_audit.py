from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pos_app.doctor import Rule

if TYPE_CHECKING:
    from tests.doctor.conftest import Evening

pytestmark = pytest.mark.by_turns


@pytest.mark.parametrize(
    ("statement", "ticket"),
    [
        ("UPDATE ticket_presence SET inside=0 WHERE ticket_id=:t", 0),
        ("UPDATE check_in SET undone_at=created_at WHERE ticket_id=:t", 0),
        ("UPDATE ticket_presence SET inside=1 WHERE ticket_id=:t", 1),
    ],
)
def test_a_guest_who_is_inside_without_a_check_in_is_named(evening: Evening, statement: str, ticket: int) -> None:
    evening.change(statement, t=evening.sale.ticket_ids[ticket])
    (finding,) = evening.judge()
    assert finding.rule == Rule.CHECK_INS
    assert f"Ticket {evening.sale.ticket_ids[ticket]} " in finding.subject


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("UPDATE audit_entry SET body=replace(body, '\"cash\"', '\"card\"')", "its text was changed"),
        ("UPDATE audit_entry SET hash='00' WHERE seq=2", "its text was changed"),
        ("UPDATE audit_entry SET action='nothing' WHERE seq=2", "action"),
        ("UPDATE audit_entry SET recorded_at='2026-01-01 00:00:00.000000' WHERE seq=2", "at"),
        ("DELETE FROM audit_entry WHERE seq=2", "entry 2 is missing"),
        ("DELETE FROM audit_entry WHERE seq>3", "its head stands at"),
        ("UPDATE audit_head SET hash='00' WHERE seq>0", "its head stands at"),
        ("DELETE FROM audit_head WHERE seq>0", "no head"),
    ],
)
def test_an_audit_chain_that_was_tampered_with_is_named(evening: Evening, statement: str, told: str) -> None:
    if statement.startswith("DELETE FROM audit_entry"):
        evening.change("DELETE FROM audit_text")  # a server lets nobody take out what free text stands beside
    evening.change(statement)
    findings = evening.judge()
    assert {finding.rule for finding in findings} == {Rule.AUDIT}
    assert told in findings[0].message
    assert f"till:{evening.small.till_id}" in findings[0].subject
