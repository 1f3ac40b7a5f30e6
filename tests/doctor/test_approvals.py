from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pos_app.doctor import Rule

if TYPE_CHECKING:
    from tests.doctor.conftest import Evening

pytestmark = pytest.mark.by_turns


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("UPDATE order_change SET approval_id=NULL WHERE kind='void'", "nobody allowed to take it back"),
        ("UPDATE order_change SET approval_id=NULL WHERE kind='void'", "nobody allowed refund"),
        ("UPDATE approval SET spent_on=NULL", "something else"),
        ("UPDATE approval SET permission='give_away'", "something else"),
        ("UPDATE approval SET staff_id=:cashier", "by somebody else"),
        ("UPDATE approval SET till_id=:till", "elsewhere"),
        ("UPDATE refund SET approver_id=NULL", "by somebody else"),
    ],
)
def test_a_refund_that_no_manager_allowed_is_named(evening: Evening, statement: str, told: str) -> None:
    small = evening.small
    known = {"cashier": small.cashier.staff_id, "till": small.other_till_id}
    evening.change(statement, **{name: value for name, value in known.items() if f":{name}" in statement})
    findings = evening.judge()
    assert {finding.rule for finding in findings} == {Rule.APPROVALS}
    assert all(evening.void_sale.number in finding.subject for finding in findings)
    assert any(told in finding.message for finding in findings)


def test_one_approval_is_good_for_all_that_is_done_by_a_list(evening: Evening) -> None:
    evening.change("UPDATE order_change SET request_id='list:7' WHERE kind='void'", "UPDATE approval SET spent_on='li'")
    assert evening.broken_rules() == {Rule.APPROVALS}
    evening.change("UPDATE approval SET spent_on='list'")
    assert evening.judge() == ()
