from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from pos_app.doctor import Rule
from pos_app.services.selling.expiry import expire_holds
from pos_app.services.selling.holds import place_hold

if TYPE_CHECKING:
    from tests.doctor.conftest import Evening

pytestmark = pytest.mark.by_turns


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("DELETE FROM hold WHERE id=:h", "is not there"),
        ("UPDATE hold SET closed_as='expired', closed_at=created_at WHERE id=:h", "is closed (expired)"),
        ("UPDATE performance_seat SET claim_id=NULL WHERE claim_id=:h", "without saying by which"),
        ("UPDATE performance_seat SET claim_until=NULL WHERE claim_id=:h", "until ever"),
        ("UPDATE hold SET places='' WHERE id=:h", "do not name it"),
    ],
)
def test_a_claim_without_its_hold_is_named(evening: Evening, statement: str, told: str) -> None:
    evening.change(statement, h=evening.hold.hold_id)
    findings = [finding for finding in evening.judge() if finding.rule == Rule.CLAIMS]
    assert len(findings) == 2
    assert "Stalls, row D, seat 1 " in findings[0].subject
    assert all(told in finding.message for finding in findings)


def test_a_running_hold_that_lost_a_place_is_named(evening: Evening) -> None:
    evening.change(
        "UPDATE performance_seat SET state='free', claim_kind=NULL, claim_id=NULL, claim_until=NULL"
        " WHERE performance_id=:p AND seat_id=:s",
        p=evening.small.performance_id, s=evening.small.seat_id(4, 2),
    )  # fmt: skip
    (finding,) = evening.judge()
    assert finding.rule == Rule.HOLDS
    assert finding.subject == f"Hold {evening.hold.hold_id}"
    assert "Stalls, row D, seat 2 " in finding.message


def test_a_hold_whose_places_cannot_be_read_is_named(evening: Evening) -> None:
    evening.change("UPDATE hold SET places='nonsense' WHERE id=:h", h=evening.hold.hold_id)
    assert evening.broken_rules() == {Rule.HOLDS, Rule.CLAIMS}


def test_a_hold_past_its_time_is_housekeeping(evening: Evening) -> None:
    evening.change(
        "UPDATE hold SET expires_at=:past WHERE id=:h",
        "UPDATE performance_seat SET claim_until=:past WHERE claim_id=:h",
        h=evening.hold.hold_id, past="2026-01-01 00:00:00.000000",
    )  # fmt: skip
    assert evening.judge() == ()
    taken = place_hold(evening.session, evening.small.cashier, uuid4().hex, evening.small.seats_of(4, (2, 3)))
    assert evening.judge() == ()
    assert expire_holds(evening.session).seats == 1
    assert evening.judge() == ()
    assert taken.hold_id != evening.hold.hold_id
